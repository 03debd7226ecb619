"""The work of `regress`: runs under both states of the rules, verdicts, and what each change does alone."""

import sys
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sim.cli.regress_file import Guard
from sim.cli.regress_rules import Alone, Sides, compiled
from sim.experiment import Ending, Estimate, Progress, batch, estimate
from sim.experiment.regression import FAILING, Guarded, Judged, Observed, Verdict, judge, replicate_guarded
from sim.experiment.regression.verdict import wanted
from sim.experiment.shadow import DirectEffect, direct_effect
from sim.scenario import Scenario
from sim.scenario.shadowed import shadowed

#: Replications in which the other rules are asked about the same candidates.
SHADOWED = 2
_BEFORE, _AFTER = "before", "after"
Columns = Mapping[str, list[Observed]]


class StoppedEarly(Exception):  # noqa: N818 - no error: somebody wanted it
    """The work was cut short; there is nothing to tell."""

    def __init__(self, ending: Ending) -> None:
        self.ending = ending
        super().__init__(ending.value)


@dataclass(frozen=True, slots=True)
class AloneEffect:
    """What one part of the change does without the others.

    Parameters
    ----------
    name : str
    effects : mapping of str to Estimate
        Measure -> the mean of its paired differences.
    same : bool
        Whether it decides nothing otherwise.
    why : str
        Why it cannot be tried alone, in English.
    """

    name: str
    effects: Mapping[str, Estimate] = field(default_factory=dict)
    same: bool = False
    why: str = ""


@dataclass(frozen=True, slots=True)
class GuardReport:
    """What was found of one guarded scenario.

    Parameters
    ----------
    guard : Guard
    scenario : Scenario
        Under the new rules.
    judged : tuple of Judged
    replications : int
        0 = nothing needed to be run.
    same : str
        As `Sides.same`.
    differing : int
        Replications in which some guarded figure differs.
    firing : tuple of (rule, before, after)
        Rules that stood in the way of more or fewer decisions, on average in a replication.
    alone : tuple of AloneEffect
    effect : DirectEffect or None
    sides : Sides or None
        None where a baseline was compared with.
    """

    guard: Guard
    scenario: Scenario
    judged: tuple[Judged, ...]
    replications: int = 0
    same: str = ""
    differing: int = 0
    firing: tuple[tuple[str, float, float], ...] = ()
    alone: tuple[AloneEffect, ...] = ()
    effect: DirectEffect | None = None
    sides: Sides | None = None

    @property
    def verdicts(self) -> set[Verdict]:
        """Every verdict that fell."""
        return {of.verdict for of in self.judged}

    @property
    def failed(self) -> bool:
        """Whether something changed that should not, or did not that should."""
        return bool(self.verdicts & FAILING)


@dataclass(frozen=True, slots=True)
class Bench:
    """How the work is done.

    Parameters
    ----------
    seed, first, most, workers : int
    judged : int
        Figures judged in the whole run.
    quiet : bool
    lang : str
    stop : callable () -> bool
    """

    seed: int
    first: int
    most: int
    workers: int
    judged: int
    quiet: bool
    lang: str
    stop: Callable[[], bool]

    def observe(self, scenarios: Mapping[str, Any], ks: Sequence[int]) -> dict[str, list[Observed]]:
        """Run replications of several scenarios.

        Raises
        ------
        StoppedEarly
            When they are not all finished.
        """
        found: dict[str, list[Observed]] = {name: [] for name in scenarios}

        def receive(_: int, results: Mapping[str, Observed]) -> None:
            for name, one in results.items():
                found[name].append(one)

        progress = Progress(sys.stderr, quiet=self.quiet, lang=self.lang)
        outcome = batch(
            replicate_guarded, scenarios, self.seed, ks, receive=receive, workers=self.workers, progress=progress, stop=self.stop
        )
        progress.close()
        if outcome.ending is not Ending.COMPLETE:
            raise StoppedEarly(outcome.ending)
        return found


def compare_sides(sides: Sides, figures: tuple[Guarded, ...], bench: Bench) -> GuardReport:
    """Run a guarded scenario under both states of the rules, and judge it.

    Raises
    ------
    StoppedEarly
    """
    if sides.same:
        judged = tuple(_unchanged(of) for of in figures)
        return GuardReport(sides.guard, sides.after, judged, same=sides.same, sides=sides)
    tried = {f"alone {number}": of for number, of in enumerate(sides.alone) if _differs(of, sides)}
    scenarios = {_BEFORE: sides.before, _AFTER: sides.after, **{name: of.scenario for name, of in tried.items()}}
    found = bench.observe(scenarios, range(1, bench.first + 1))
    more = _more(found, figures, bench)
    if more:
        rest = bench.observe({_BEFORE: sides.before, _AFTER: sides.after}, more)
        for name, columns in rest.items():
            found[name] += columns
    alone = tuple(
        _alone(of, found.get(f"alone {number}"), found[_BEFORE], figures, sides) for number, of in enumerate(sides.alone)
    )
    effect = None if is_real(sides.after) else _flips(sides, bench)
    return judged_report(sides.guard, sides.after, found[_BEFORE], found[_AFTER], figures, bench, alone, effect, sides)


def judged_report(
    guard: Guard,
    scenario: Scenario,
    before: Sequence[Observed],
    after: Sequence[Observed],
    figures: tuple[Guarded, ...],
    bench: Bench,
    alone: tuple[AloneEffect, ...] = (),
    effect: DirectEffect | None = None,
    sides: Sides | None = None,
) -> GuardReport:
    """Judge the figures of a guarded scenario from its replications, the same of both sides."""
    columns = {of.kpi: (_column(before, of.kpi), _column(after, of.kpi)) for of in figures}
    judged = tuple(judge(*columns[of.kpi], bench.first, of, bench.judged) for of in figures)
    firing = () if is_real(scenario) else _firing(before, after)
    differing = sum(any(old[i] != new[i] for old, new in columns.values()) for i in range(len(after)))
    return GuardReport(guard, scenario, judged, len(after), "", differing, firing, alone, effect, sides)


def target(before: Sequence[Observed], after: Sequence[Observed], figures: tuple[Guarded, ...], bench: Bench) -> int:
    """Give the replications that the spread of the first ones asks for, within what is allowed."""
    asked = [wanted(_column(before, of.kpi), _column(after, of.kpi), of, bench.judged) for of in figures]
    return min(bench.most, max(bench.first, *(bench.most if one is None else one for one in asked)))


def is_real(scenario: Scenario) -> bool:
    """Say whether it begins with real people: of them no single decisions are told, nor how few a rule is about."""
    return scenario.data == "real"


def mean_firing(observed: Sequence[Observed]) -> dict[str, float]:
    """Give how many decisions each rule stood in the way of, on average in a replication."""
    total: Counter[str] = Counter()
    for one in observed:
        total.update(one.firing)
    return {rule: total[rule] / max(1, len(observed)) for rule in sorted(total)}


def _unchanged(of: Guarded) -> Judged:
    return Judged(of, "equivalent" if of.expected is None else "missing", 0, 0, None, None, 0.0, 0.0, 0.0)


def _more(found: Columns, figures: tuple[Guarded, ...], bench: Bench) -> range:
    return range(bench.first + 1, target(found[_BEFORE], found[_AFTER], figures, bench) + 1)


def _column(observed: Sequence[Observed], kpi: str) -> list[float | None]:
    return [one.figures.get(kpi) for one in observed]


def _firing(before: Sequence[Observed], after: Sequence[Observed]) -> tuple[tuple[str, float, float], ...]:
    old, new = mean_firing(before), mean_firing(after)
    rules = dict.fromkeys([*old, *new])
    changed = [(rule, old.get(rule, 0.0), new.get(rule, 0.0)) for rule in rules if old.get(rule, 0.0) != new.get(rule, 0.0)]
    return tuple(sorted(changed, key=lambda row: (-abs(row[2] - row[1]), row[0])))


def _differs(of: Alone, sides: Sides) -> bool:
    return of.scenario is not None and compiled(of.scenario) != compiled(sides.before)


def _alone(
    of: Alone, observed: Sequence[Observed] | None, before: Sequence[Observed], figures: tuple[Guarded, ...], sides: Sides
) -> AloneEffect:
    if of.scenario is None:
        return AloneEffect(of.part.name, why=of.why)
    if observed is None:
        return AloneEffect(of.part.name, same=True)
    effects = {}
    for figure in figures:
        pairs = zip(_column(before[: len(observed)], figure.kpi), _column(observed, figure.kpi), strict=True)
        effects[figure.kpi] = estimate([None if b is None or a is None else a - b for b, a in pairs])
    return AloneEffect(of.part.name, effects)


def _flips(sides: Sides, bench: Bench) -> DirectEffect | None:
    assert sides.shadow is not None
    work = shadowed(sides.guard.scenario, *sides.shadow, years=sides.guard.years, lang=bench.lang)
    ks = range(1, min(SHADOWED, bench.first) + 1)
    effect, outcome = direct_effect(work, bench.seed, ks, workers=bench.workers, stop=bench.stop)
    if outcome.ending is not Ending.COMPLETE:
        raise StoppedEarly(outcome.ending)
    return effect
