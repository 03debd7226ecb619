"""What is said of one file without running it: its findings, and of a scenario its stock and its sources."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from rules.reading import Finding, InputError, Mapping, read_yaml
from sim.cli import engine

Stock = dict[str, dict[str, int]]


@dataclass(frozen=True, slots=True)
class Checked:
    """What was found in one file.

    Parameters
    ----------
    file : Path
    kind : {'scenario', 'policy', 'ruleset', 'parameters', 'unknown'}
    findings : tuple of Finding
    stock : mapping of str to mapping of str to int
        Scheme -> step -> dwellings that exist on day 0.
    assumptions, sourced : int
        Parameters without and with a source.
    """

    file: Path
    kind: str
    findings: tuple[Finding, ...] = ()
    stock: Stock = field(default_factory=dict)
    assumptions: int = 0
    sourced: int = 0

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
        return Checked(file, kind, tuple(engine.check_rules(file)) if kind == "ruleset" else ())
    except InputError as error:
        return Checked(file, kind, error.findings)


def kind_of(file: Path) -> str:
    """Tell what kind of file it is by its first keys; a file that holds parameters alone is read, and that is all.

    Raises
    ------
    InputError
        When the file cannot be read, or is of no known kind.
    """
    if file.is_dir():
        return "ruleset"
    node = read_yaml(file)
    keys = node.entries.keys() if isinstance(node, Mapping) else set()
    for key, kind in (("extends", "policy"), ("scenario", "scenario"), ("ruleset", "ruleset")):
        if key in keys:
            return kind
    if isinstance(node, Mapping) and all(_is_parameter(entry.node) for entry in node.entries.values()):
        return "parameters"
    raise InputError(
        Finding(
            "unknown-kind",
            "this is neither a scenario (key `scenario`), a policy (`extends`) nor a rule set (`ruleset`)",
            node.place,
            "of a rule set with one topic a file, name the folder",
        )
    )


def document(checked: list[Checked]) -> dict[str, Any]:
    """Give what `check --json` prints: of one file directly, of several one entry a file."""
    if len(checked) == 1:
        return {"version": 1, **_entry(checked[0])}
    return {
        "version": 1,
        "findings": [_finding(finding) for one in checked for finding in one.findings],
        "files": [_entry(one) for one in checked],
    }


def _check_scenario(file: Path, kind: str) -> Checked:
    findings, told = engine.engine().check(file)
    return Checked(
        file,
        kind,
        tuple(dict.fromkeys(findings)),
        told.get("stock", {}),
        told.get("assumptions", 0),
        told.get("sourced", 0),
    )


def _is_parameter(node: object) -> bool:
    return isinstance(node, Mapping) and {"value", "kind"} <= node.entries.keys()


def _entry(one: Checked) -> dict[str, Any]:
    about: dict[str, Any] = {"file": str(one.file), "kind": one.kind}
    if one.is_scenario:
        about |= {"stock": one.stock, "assumptions": one.assumptions, "sourced": one.sourced}
    return about | {"findings": [_finding(finding) for finding in one.findings]}


def _finding(finding: Finding) -> dict[str, Any]:
    place = finding.place
    return {
        "code": finding.code,
        "severity": finding.severity,
        "message": finding.message,
        "hint": finding.hint,
        "file": place and place.file,
        "line": place and place.line,
        "column": place and place.column,
    }
