"""What is said of one file without running it: its findings, and of a scenario its stock and its sources."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from rules.reading import Entry, Finding, InputError, Mapping, Say, from_plain, in_english, read_yaml
from rules.verify.catalogue import BY_NAME
from rules.verify.remark import Remark, number_of
from sim.cli import engine
from sim.cli.kinds import kind_of, refuse_other_kinds
from sim.cli.possible_homes import stock_remarks
from sim.cli.team_loads import team_loads

Stock = dict[str, dict[str, int]]
SaidOf = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Checked:
    """What was found in one file.

    Parameters
    ----------
    file : Path
    kind : str
        A key of `KINDS`, or ``unknown``.
    findings : tuple of Finding
    stock : mapping of str to mapping of str to int
        Scheme -> step -> dwellings that exist on day 0.
    assumptions, sourced : int
        Parameters without and with a source.
    said : mapping
        Of a scenario: ``systems``, ``rates`` and ``effects`` (`sim.scenario.honesty`), and ``teams`` (`sim.cli.team_loads`).
    burn_in : mapping
        How far it drifts in the first year, where that was asked for.
    """

    file: Path
    kind: str
    findings: tuple[Finding, ...] = ()
    stock: Stock = field(default_factory=dict)
    assumptions: int = 0
    sourced: int = 0
    said: SaidOf = field(default_factory=dict)
    burn_in: SaidOf = field(default_factory=dict)

    @property
    def is_scenario(self) -> bool:
        """Whether a whole scenario stands behind the file."""
        return self.kind in ("scenario", "policy")


def check_file(file: Path) -> Checked:
    """Check one file, or the folder of a rule set."""
    kind = "unknown"
    try:
        kind = kind_of(file)
        if kind in ("scenario", "policy"):
            return _check_scenario(file, kind)
        return Checked(file, kind, tuple(_check_other(file, kind)))
    except InputError as error:
        return Checked(file, kind, error.findings)


def with_burn_in(one: Checked, replications: int, workers: int, seed: int, lang: str) -> Checked:
    """Run a scenario without errors so many times, and add how far it drifts in its first year; leave other files be."""
    if one.kind != "scenario" or any(finding.severity == "error" for finding in one.findings):
        return one
    from sim.cli.burn_in import burn_in

    findings, told = burn_in(one.file, replications, workers, seed, lang)
    return replace(one, findings=(*one.findings, *findings), burn_in=told)


def _check_topic(folder: Path) -> Sequence[Finding]:
    """Check the rule set that a topic belongs to; of topics that several rule sets share, what they hold by themselves."""
    from rules.ruleset import ruleset_of
    from rules.ruleset.merge import read_ruleset_tree

    tree = read_ruleset_tree(folder)
    if "ruleset" in tree.entries:
        return engine.check_rules(folder)
    names = {"ruleset": folder.name, "label": {"nb": folder.name, "en": folder.name}}
    named = {key: Entry(key, tree.place, from_plain(value, tree.place)) for key, value in names.items()}
    return ruleset_of(Mapping({**named, **tree.entries}, tree.place)).findings


def _check_other(path: Path, kind: str) -> Sequence[Finding]:
    if kind == "scenarios":
        refuse_other_kinds(path, "scenario", "policy", "ruleset")
    if kind == "ruleset":
        return engine.check_rules(path)
    if kind == "topic":  # its folder holds the rest of the rules, without which it cannot be read
        return _check_topic(path.parent)
    if kind == "cases":
        from rules.verify import load_cases

        load_cases(path)
    elif kind == "accepted":
        from rules.verify.accepted import read_accepted, read_accepted_findings

        read_accepted(path), read_accepted_findings(path)
    elif kind == "properties":
        from rules.verify.proof_file import read_proof_file

        read_proof_file(path)
    elif kind == "regressions":
        from sim.cli.regress_file import read_regressions

        read_regressions(path, read_yaml(path))
    elif kind == "parameters":
        from sim.scenario.parameters import check_parameters

        node = read_yaml(path)
        check_parameters(node if isinstance(node, Mapping) else None)
    elif kind == "sources":
        from sim.scenario.register import read_register

        read_register(path)
    return ()


def document(checked: list[Checked], say: Say = in_english) -> dict[str, Any]:
    """Give what `check --json` prints: of one file directly, of several one entry a file; messages in a language."""
    if len(checked) == 1:
        return {"version": 1, **_entry(checked[0], say)}
    return {
        "version": 1,
        "findings": [_finding(finding, say) for one in checked for finding in one.findings],
        "files": [_entry(one, say) for one in checked],
    }


def _check_scenario(file: Path, kind: str) -> Checked:
    findings, told = engine.engine().check(file)
    wrong = any(finding.severity == "error" for finding in findings)
    scenario = None if wrong else engine.engine().load(file, (), None)
    possible = () if scenario is None else stock_remarks(scenario)
    # A policy begins with the day 0 of its scenario.
    overbooked, teams = team_loads(scenario) if scenario is not None and kind == "scenario" else ([], {})
    return Checked(
        file,
        kind,
        tuple(dict.fromkeys((*findings, *possible, *overbooked))),
        told.get("stock", {}),
        told.get("assumptions", 0),
        told.get("sourced", 0),
        {name: told[name] for name in ("systems", "rates", "effects") if name in told} | ({"teams": teams} if teams else {}),
    )


def _entry(one: Checked, say: Say) -> dict[str, Any]:
    about: dict[str, Any] = {"file": str(one.file), "kind": one.kind}
    if one.is_scenario:
        about |= {"stock": one.stock, "assumptions": one.assumptions, "sourced": one.sourced, **one.said}
    if one.burn_in:
        about["burn_in"] = one.burn_in
    return about | {"findings": [_finding(finding, say) for finding in one.findings]}


def _finding(finding: Finding, say: Say) -> dict[str, Any]:
    place = finding.place
    told = finding.said(say) if isinstance(finding, Remark) else (say(finding.message), finding.hint and say(finding.hint))
    return {
        "code": number_of(finding),
        "name": finding.code,
        "severity": finding.severity,
        "message": told[0],
        "hint": told[1],
        "about": finding.about if isinstance(finding, Remark) else None,
        "case": finding.case if isinstance(finding, Remark) else None,
        "page": BY_NAME[finding.code].page if finding.code in BY_NAME else None,
        "file": place and place.file,
        "line": place and place.line,
        "column": place and place.column,
    }
