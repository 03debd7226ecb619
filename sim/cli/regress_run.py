"""The work of `regress`: runs under both states of the rules, verdicts, and what each change does alone."""

import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sim.cli.regress_file import Guard
from sim.cli.regress_rules import Alone, Sides, compiled
from sim.experiment import Ending, Estimate, Progress, batch
from sim.experiment.regression import (
    FAILING,
    Comparison,
    Guarded,
    Observed,
    Verdict,
    compared,
    effects,
    replicate_guarded,
    replications_wanted,
    unchanged,
)
from sim.experiment.shadow import DirectEffect, direct_effect
from sim.scenario import Scenario
from sim.scenario.shadowed import shadowed

#: Replications in which the other rules are asked about the same candidates.
SHADOWED = 2
_BEFORE, _AFTER = "before", "after"


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
    comparison : Comparison
    same : str
        As `Sides.same`.
    alone : tuple of AloneEffect
    effect : DirectEffect or None
    sides : Sides or None
        None where a baseline was compared with.
    """

    guard: Guard
    scenario: Scenario
    comparison: Comparison
    same: str = ""
    alone: tuple[AloneEffect, ...] = ()
    effect: DirectEffect | None = None
    sides: Sides | None = None

    @property
    def verdicts(self) -> set[Verdict]:
        """Every verdict that fell."""
        return {of.verdict for of in self.comparison.judged}

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
        return GuardReport(sides.guard, sides.after, unchanged(figures), sides.same, sides=sides)
    tried = {f"alone {number}": of for number, of in enumerate(sides.alone) if _differs(of, sides)}
    scenarios = {_BEFORE: sides.before, _AFTER: sides.after, **{name: of.scenario for name, of in tried.items()}}
    found = bench.observe(scenarios, range(1, bench.first + 1))
    more = replications_wanted(found[_BEFORE], found[_AFTER], figures, bench.most, bench.judged)
    if more > bench.first:
        rest = bench.observe({_BEFORE: sides.before, _AFTER: sides.after}, range(bench.first + 1, more + 1))
        for name, columns in rest.items():
            found[name] += columns
    alone = tuple(_alone(of, found.get(f"alone {number}"), found[_BEFORE], figures) for number, of in enumerate(sides.alone))
    effect = None if is_real(sides.after) else _flips(sides, bench)
    comparison = compared(found[_BEFORE], found[_AFTER], figures, bench.first, bench.judged)
    return GuardReport(sides.guard, sides.after, without_single_people(comparison, sides.after), "", alone, effect, sides)


def is_real(scenario: Scenario) -> bool:
    """Say whether it begins with real people: of them no single decisions are told, nor how few a rule is about."""
    return scenario.data == "real"


def without_single_people(comparison: Comparison, scenario: Scenario) -> Comparison:
    """Leave out how often each rule fires where real people stand behind it."""
    return comparison._replace(firing=()) if is_real(scenario) else comparison


def _differs(of: Alone, sides: Sides) -> bool:
    return of.scenario is not None and compiled(of.scenario) != compiled(sides.before)


def _alone(
    of: Alone, observed: Sequence[Observed] | None, before: Sequence[Observed], figures: tuple[Guarded, ...]
) -> AloneEffect:
    if of.scenario is None:
        return AloneEffect(of.part.name, why=of.why)
    if observed is None:
        return AloneEffect(of.part.name, same=True)
    return AloneEffect(of.part.name, effects(before, observed, figures))


def _flips(sides: Sides, bench: Bench) -> DirectEffect | None:
    assert sides.shadow is not None
    work = shadowed(sides.guard.scenario, *sides.shadow, years=sides.guard.years, lang=bench.lang)
    ks = range(1, min(SHADOWED, bench.first) + 1)
    effect, outcome = direct_effect(work, bench.seed, ks, workers=bench.workers, stop=bench.stop)
    if outcome.ending is not Ending.COMPLETE:
        raise StoppedEarly(outcome.ending)
    return effect
