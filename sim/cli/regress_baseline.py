"""A stored state of the guarded figures: read, compared with, and renewed."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Annotated

from pydantic import Field

from rules.reading import Finding, InputError, Place, Record, read_yaml, validate
from rules.reading import Mapping as Tree
from sim.cli.regress_file import Guard, Regressions
from sim.cli.regress_rules import DIGITS, by_file, compiled, files_of, relative
from sim.cli.regress_run import Bench, GuardReport, is_real, without_single_people
from sim.experiment.regression import (
    VERSION,
    Baseline,
    Guarded,
    Observed,
    StoredGuard,
    baseline_text,
    compared,
    replications_wanted,
    stale,
    unchanged,
)
from sim.experiment.regression.baseline import as_kept, rounded
from sim.scenario import Scenario, load_scenario

#: The rooms whose code can change a figure.
_ROOMS = ("rules/reading", "rules/language", "rules/ruleset", "rules/decide", "rules/national", "sim/kernel", "sim/world",
          "sim/scenario", "sim/measures", "sim/replication")  # fmt: skip


class _GuardRecord(Record):
    scenario: str
    years: float
    compiled: list[str]
    rules: dict[str, str]
    depends: dict[str, str]
    figures: dict[str, list[float | None]]
    firing: dict[str, list[int]]


class _BaselineRecord(Record):
    baseline: int
    reason: str
    program: str
    seed: int
    replications: Annotated[int, Field(ge=1)]
    expected: dict[str, str]
    guards: dict[str, _GuardRecord]


def read_baseline(path: Path) -> Baseline:
    """Read a stored baseline.

    Raises
    ------
    InputError
        For a file that is none, and for one of another version.
    """
    tree = read_yaml(path)
    entry = tree.entries.get("baseline") if isinstance(tree, Tree) else None
    if entry is None:
        message = "this is no baseline of `regress`"
        raise InputError(Finding("other-kind", message, tree.place, "make one: regress --baseline FILE --update --reason TEXT"))
    version = getattr(entry.node, "value", None)
    if version != VERSION:
        message = f"this is a baseline of version {version}, and version {VERSION} is read"
        raise InputError(Finding("other-version", message, entry.node.place, "renew it with --update"))
    record = validate(_BaselineRecord, tree)
    for name, guard in record.guards.items():
        lengths = {kept: len(numbers) for kept, numbers in guard.figures.items()}
        lengths |= {kept: len(numbers) for kept, numbers in guard.firing.items()}
        for kept, length in lengths.items():
            if length != record.replications:
                message = f"{kept} of {name} has {length} numbers, and {record.replications} replications are kept"
                raise InputError(Finding("wrong-length", message, tree.place, "renew it with --update"))
    guards = {
        name: StoredGuard(of.scenario, of.years, tuple(of.compiled), of.rules, of.depends, of.figures, of.firing)
        for name, of in record.guards.items()
    }
    return Baseline(record.reason, record.program, record.seed, record.replications, record.expected, guards)


def present(regressions: Regressions, scenarios: Mapping[str, Scenario], reason: str) -> Baseline:
    """Give what a baseline made now would rest on; its figures are still to come."""
    root = regressions.path.parent
    guards = {guard.name: _present(guard, scenarios[guard.name], root) for guard in regressions.guards}
    record = regressions.record
    return Baseline(reason, program_hash(), record.seed, record.replications, regressions.declared, guards)


def load_guards(regressions: Regressions) -> dict[str, Scenario]:
    """Read every guarded scenario with the rules as they are."""
    return {guard.name: load_scenario(guard.scenario, (), guard.years) for guard in regressions.guards}


def refuse_stale(path: Path, stored: Baseline, now: Baseline) -> None:
    """Say what a baseline rests on that is no longer so.

    Raises
    ------
    InputError
    """
    why = stale(stored, now)
    if why:
        place = Place(str(path), 1, 1, "")
        findings = [Finding("stale-baseline", f"the baseline is stale: {clause}", place) for clause in why[:-1]]
        hint = "renew it: regress --baseline FILE --update --reason TEXT"
        raise InputError(*findings, Finding("stale-baseline", f"the baseline is stale: {why[-1]}", place, hint))


def compare_stored(stored: Baseline, guard: Guard, scenario: Scenario, figures: tuple[Guarded, ...], bench: Bench) -> GuardReport:
    """Compare a guarded scenario with what is stored of it."""
    old = stored.guards[guard.name]
    if old.compiled == compiled(scenario) and stored.program == program_hash():
        return GuardReport(guard, scenario, unchanged(figures), same="compiled")
    before = [old.observed(k) for k in range(1, stored.replications + 1)]

    def after(ks: range) -> list[Observed]:
        return [as_kept(one) for one in bench.observe({"now": scenario}, ks)["now"]]

    found = after(range(1, bench.first + 1))
    more = min(stored.replications, replications_wanted(before[: bench.first], found, figures, bench.most, bench.judged))
    if more > bench.first:
        found += after(range(bench.first + 1, more + 1))
    comparison = compared(before[: len(found)], found, figures, bench.first, bench.judged)
    return GuardReport(guard, scenario, without_single_people(comparison, scenario))


def renewed(now: Baseline, regressions: Regressions, scenarios: Mapping[str, Scenario], bench: Bench) -> str:
    """Run everything that is guarded, and give the text of a new baseline."""
    guards = {}
    for guard in regressions.guards:
        observed = bench.observe({"now": scenarios[guard.name]}, range(1, bench.most + 1))["now"]
        old = now.guards[guard.name]
        figures = {of.kpi: [rounded(one.figures.get(of.kpi)) for one in observed] for of in guard.figures}
        fired = [] if is_real(scenarios[guard.name]) else sorted({rule for one in observed for rule in one.firing})
        firing = {rule: [one.firing.get(rule, 0) for one in observed] for rule in fired}
        guards[guard.name] = replace(old, figures=figures, firing=firing)
    return baseline_text(Baseline(now.reason, now.program, now.seed, bench.most, now.expected, guards))


@cache
def program_hash() -> str:
    """Give a hash of the code that can change a figure: the same on every machine."""
    root = Path(__file__).resolve().parents[2]
    found = hashlib.sha256()
    for room in _ROOMS:
        for file in sorted(file for file in (root / room).rglob("*") if file.suffix in (".py", ".yaml")):
            found.update(file.relative_to(root).as_posix().encode() + b"\0" + file.read_bytes().replace(b"\r\n", b"\n"))
    return found.hexdigest()[:DIGITS]


def _present(guard: Guard, scenario: Scenario, root: Path) -> StoredGuard:
    rules, others = files_of(guard)
    years = rounded(scenario.blueprint.days / 365.25) or 0.0
    figures: dict[str, Sequence[float | None]] = {of.kpi: () for of in guard.figures}
    files = by_file(rules, root), by_file(others, root)
    return StoredGuard(relative(guard.scenario, root), years, compiled(scenario), *files, figures, {})
