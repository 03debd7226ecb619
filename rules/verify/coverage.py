"""Coverage of worked cases: which rules, conditions, exceptions, rows and classes no case exercises, and why."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Literal, TypeAlias

from rules.decide.conditions import granted
from rules.language import Expr, Table, Value
from rules.language.form import Const, Not
from rules.reading import Finding, Place
from rules.ruleset import Rule, RuleSet, Version
from rules.verify.asking import firsts
from rules.verify.case_file import case_files, ruleset_path
from rules.verify.cases import LoadedCases, failures, load_cases
from rules.verify.mutate_expressions import both
from rules.verify.nearest import Nearest, nearest, row_conditions
from rules.verify.observed_case import ObservedCase
from rules.verify.parts import atoms, roots, tables_of

Why: TypeAlias = Literal["never reached", "never met", "never failed", "never applied"]

#: Noted for a part that a case began to judge, whatever came of it.
_REACHED = "reached"

_WHY: Mapping[str, dict[str, str]] = {
    "never reached": {"nb": "aldri prøvd", "en": "never reached"},
    "never met": {"nb": "aldri oppfylt", "en": "never met"},
    "never failed": {"nb": "aldri ikke oppfylt", "en": "never failed"},
    "never applied": {"nb": "aldri brukt", "en": "never applied"},
}


@dataclass(frozen=True)
class Branches:
    """One part of the rules and how far the cases exercised it.

    Parameters
    ----------
    owner : str
        Id of the rule, or name of the definition, table or class.
    kind : {'rule', 'condition', 'exception', 'row', 'class', 'criterion'}
    text : dict of str to str
        Wording by language.
    place : Place
    whys : tuple of str
        What no case did; empty = exercised. Each counts as a branch.
    count : int
        Branches it has.
    wanted : mapping of str to tuple of Expr
        For each reason what somebody must meet to take it away.
    nearest : tuple of Nearest
        For each of `whys` the case that came nearest.
    """

    owner: str
    kind: str
    text: Mapping[str, str]
    place: Place
    whys: tuple[Why, ...]
    count: int
    wanted: Mapping[Why, tuple[Expr, ...]] = field(default_factory=dict, compare=False)
    nearest: tuple[Nearest, ...] = field(default=(), compare=False)

    def told(self, lang: str) -> str:
        """Tell what is not exercised, why, and which case came nearest."""
        reasons = ", ".join(_WHY[why][lang] for why in self.whys)
        near = "".join(f"\n  {one.told(lang)}" for one in self.nearest)
        return f"{self.place}: {self.owner}: {self.text[lang]}: {reasons}{near}"


@dataclass(frozen=True)
class CoverageReport:
    """How far the worked cases exercise a rule set.

    Parameters
    ----------
    parts : tuple of Branches
        In the order of the rules.
    failing : tuple of Finding
        What is wrong in the cases themselves; a case that fails exercises what it met before.
    """

    parts: tuple[Branches, ...]
    failing: tuple[Finding, ...]

    @property
    def missing(self) -> tuple[Branches, ...]:
        """Those that are not wholly exercised."""
        return tuple(part for part in self.parts if part.whys)

    @property
    def share(self) -> float | None:
        """Share of branches exercised; None when there are none."""
        count = sum(part.count for part in self.parts)
        lost = sum(part.count if part.whys == ("never reached",) else len(part.whys) for part in self.parts)
        return (count - lost) / count if count else None


def run_coverage(path: str | Path) -> CoverageReport:
    """Find what the worked cases of a rule set do not exercise.

    Each atomic condition has two branches, met and failed, as it is judged (from the left, until the whole is decided);
    a rule has two, an exception, a row and a class one each. What stands in several versions of the rules is exercised
    when a case meets it in any of them.

    Parameters
    ----------
    path : str or Path
        A folder of rules, a file of rules, or a file of cases.

    Raises
    ------
    InputError
        For mistakes in the rules or in a file of cases.
    """
    merged: dict[tuple[object, ...], tuple[Branches, set[Value]]] = {}
    failing: list[Finding] = []
    tried: list[tuple[str, ObservedCase]] = []
    for ruleset, loaded in _by_ruleset(Path(path)):
        seen: dict[int, set[Value]] = {}
        for cases in loaded:
            for name in cases.names:
                case = LoadedCases(cases.record, cases.tree, ruleset).judgement(name, ObservedCase)
                failing += failures(case)
                tried.append((name, case))
                for part, values in case.observer.seen.items():
                    seen.setdefault(part, set()).update(values)
        for version in ruleset.versions:
            for branches, number in _parts(ruleset, version):
                key = (branches.owner, branches.kind, str(branches.place), branches.text["en"])
                values = set(seen.get(number, ())) | ({_REACHED} if number in seen else set())
                merged.setdefault(key, (branches, set()))[1].update(values)
    parts = [_judged(branches, values, tried) for branches, values in merged.values()]
    return CoverageReport(tuple(sorted(parts, key=_order)), tuple(failing))


def _by_ruleset(path: Path) -> Iterator[tuple[RuleSet, list[LoadedCases]]]:
    found: dict[Path, list[LoadedCases]] = {}
    for file in case_files(path):
        loaded = load_cases(file)
        found.setdefault(ruleset_path(file, loaded.record).resolve(), []).append(loaded)
    for loaded_files in found.values():
        yield loaded_files[0].ruleset, loaded_files


def _parts(ruleset: RuleSet, version: Version) -> Iterator[tuple[Branches, int]]:
    """Give every part with branches, and by which `id` it is noted."""
    before: dict[str, tuple[Expr, ...]] = {}
    for rule in version.all_rules():
        earlier = version.moves[: version.moves.index(rule)] if rule.stage == "moves" else ()
        before[rule.id] = tuple(Not(granted(other), other.place) for other in earlier)
        yield from _of_rule(rule, before[rule.id])
    contexts = _contexts(version, before)
    for root in roots(ruleset, version):
        for atom in atoms(root.expr):
            given = contexts.get((root.owner, root.part), ())
            wanted = _both_ways(given, (*given, atom), (*given, Not(atom, atom.place)))
            yield (
                Branches(root.owner, "condition", both(atom), atom.place, (), 2, {} if root.part == "where" else wanted),
                id(atom),
            )
    for table in tables_of(version):
        yield from _of_table(table)
    for criterion in version.priority:
        text = {"nb": criterion.label.nb, "en": criterion.label.en}
        yield Branches(criterion.kind, "criterion", text, criterion.place, (), 1), id(criterion)
        for (name, when), (_, wanted_here) in zip(criterion.classes, firsts(criterion.classes), strict=True):
            if not isinstance(when, Const):
                words = {"nb": f"klassen {name}", "en": f"the class {name}"}
                here: dict[Why, tuple[Expr, ...]] = {"never reached": wanted_here, "never applied": wanted_here}
                yield Branches(name, "class", words, when.place, (), 1, here), id(when)


def _contexts(version: Version, before: Mapping[str, tuple[Expr, ...]]) -> dict[tuple[str, str], tuple[Expr, ...]]:
    """Give what must hold for the parts of a rule to be judged, by owner and part as in `Root`."""
    found: dict[tuple[str, str], tuple[Expr, ...]] = {}
    for rule in version.all_rules():
        given = (*before[rule.id], *(() if rule.when is None else (rule.when,)))
        found[rule.id, "when"], found[rule.id, "requires"] = before[rule.id], given
        for waiver in rule.waivers:
            found[f"{rule.id}.{waiver.id}", "unless"] = (*given, Not(rule.requires, rule.place))
    return found


def _both_ways(reached: tuple[Expr, ...], met: tuple[Expr, ...], failed: tuple[Expr, ...]) -> dict[Why, tuple[Expr, ...]]:
    return {"never reached": reached or met, "never met": met, "never failed": failed}


def _of_rule(rule: Rule, before: tuple[Expr, ...]) -> Iterator[tuple[Branches, int]]:
    text = {"nb": rule.label.nb, "en": rule.label.en}
    given = (*before, *(() if rule.when is None else (rule.when,)))
    unmet = Not(rule.requires, rule.place)
    wanted = _both_ways(given, (*given, rule.requires), (*given, unmet))
    yield Branches(rule.id, "rule", text, rule.place, (), 2, wanted), id(rule.requires)
    earlier: tuple[Expr, ...] = (*given, unmet)
    for waiver in rule.waivers:
        text = {"nb": waiver.label.nb, "en": waiver.label.en}
        here: dict[Why, tuple[Expr, ...]] = {"never reached": earlier, "never applied": (*earlier, waiver.when)}
        yield Branches(f"{rule.id}.{waiver.id}", "exception", text, waiver.place, (), 1, here), id(waiver.when)
        earlier = (*earlier, Not(waiver.when, waiver.place))


def _of_table(table: Table) -> Iterator[tuple[Branches, int]]:
    for number, row in enumerate(table.rows, 1):
        text = {"nb": f"rad {number}", "en": f"row {number}"}
        yield Branches(table.name, "row", text, row.place, (), 1, {"never reached": row_conditions(table, row)}), id(row)


def _judged(part: Branches, values: set[Value], cases: list[tuple[str, ObservedCase]]) -> Branches:
    whys: list[Why] = []
    if not values:
        whys = ["never reached"]
    elif part.count == 2:
        whys += ["never met"] if True not in values else []
        whys += ["never failed"] if False not in values else []
    elif part.kind in ("exception", "class") and True not in values:
        whys = ["never applied"]
    near = (nearest(part.wanted[why], cases) for why in whys if part.wanted.get(why))
    return replace(part, whys=tuple(whys), nearest=tuple(one for one in near if one is not None))


def _order(part: Branches) -> tuple[str, int, int, int]:
    return part.place.file, part.place.line, part.place.column, part.count
