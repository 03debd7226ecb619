"""The verdict on one guarded figure: paired differences against a margin, or against what was meant to change."""

import math
from collections.abc import Sequence
from typing import Literal, NamedTuple, TypeAlias

from sim.experiment.regression.levels import FEWEST, Levels, levels_for, replications_needed
from sim.experiment.statistics import estimate

#: ``missing``: what was meant to change has not.
Verdict: TypeAlias = Literal["equivalent", "expected", "changed", "missing", "undecided"]
#: The verdicts that fail a run.
FAILING: frozenset[Verdict] = frozenset({"changed", "missing"})


class Expected(NamedTuple):
    """The range in which a change is meant to lie, in the unit of the figure; without limit where infinite."""

    low: float
    high: float

    @property
    def half(self) -> float | None:
        """Half its width, where it has one."""
        return (self.high - self.low) / 2 if math.isfinite(self.high - self.low) else None


class Guarded(NamedTuple):
    """A figure that is guarded.

    Attributes
    ----------
    kpi : str
    margin : float
        The largest difference that does not matter, in the unit of the figure.
    expected : Expected or None
        What is meant to change.
    """

    kpi: str
    margin: float
    expected: Expected | None = None


class Judged(NamedTuple):
    """What can be said of one figure.

    Attributes
    ----------
    of : Guarded
    verdict : str
    n, nulls : int
        Pairs with and without a difference.
    before, after, difference : float or None
        Means over the pairs.
    low, high : float or None
        The 90 % interval of the difference.
    needed : int or None
        Replications that would decide, of what is undecided; None = none would that can be run.
    """

    of: Guarded
    verdict: Verdict
    n: int
    nulls: int
    before: float | None
    after: float | None
    difference: float | None
    low: float | None
    high: float | None
    needed: int | None = None


def wanted(before: Sequence[float | None], after: Sequence[float | None], of: Guarded, judged: int) -> int | None:
    """Give the replications that the first ones ask for; None when they are too few to say.

    The number depends on the spread of the differences alone and never on their mean: that is what keeps the levels true.
    """
    differences = _differences(before, after)
    if len(differences) < FEWEST:
        return None
    sd = estimate(differences).sd or 0.0
    tolerance = of.margin
    if of.expected is not None:
        tolerance = of.expected.half or of.margin
    return replications_needed(sd, tolerance, levels_for(len(differences), judged).needed)


def judge(before: Sequence[float | None], after: Sequence[float | None], first: int, of: Guarded, judged: int) -> Judged:
    """Judge one figure.

    Parameters
    ----------
    before, after : sequence of float or None
        Of equal length; entry i of both is replication i.
    first : int
        How many of them the number of replications was chosen by.
    of : Guarded
    judged : int
        How many figures are judged in the whole run.
    """
    pairs = [(b, a) for b, a in zip(before, after, strict=True) if b is not None and a is not None]
    nulls = len(before) - len(pairs)
    early = _differences(before[:first], after[:first])
    both = estimate([a - b for b, a in pairs])
    old, new = estimate([b for b, _ in pairs]).mean, estimate([a for _, a in pairs]).mean
    if nulls == len(before) > 0 and all(value is None for value in (*before, *after)):
        return Judged(of, untouched(of), 0, nulls, None, None, None, None, None)
    if len(early) < FEWEST or both.mean is None:
        return Judged(of, "undecided", both.n, nulls, old, new, both.mean, None, None, None)
    # Where the first do not differ at all, the spread is that of all.
    sd = estimate(early).sd or both.sd or 0.0
    level, error = levels_for(len(early), judged), sd / math.sqrt(both.n)
    verdict, needed = _verdict(both.mean, sd, error, of, level)
    half = level.inner * error
    return Judged(of, verdict, both.n, nulls, old, new, both.mean, both.mean - half, both.mean + half, needed)


def untouched(of: Guarded) -> Verdict:
    """Judge a figure that no change can have reached, or that has no number before nor after."""
    return "equivalent" if of.expected is None else "missing"


def _verdict(mean: float, sd: float, error: float, of: Guarded, level: Levels) -> tuple[Verdict, int | None]:
    inner, outer = level.inner * error, level.outer * error
    within = Expected(-of.margin, of.margin)
    if of.expected is None:
        if _inside(mean, inner, within):
            return "equivalent", None
        if _outside(mean, outer, within):
            return "changed", None
        return "undecided", _deciding(mean, sd, within, level)
    if _inside(mean, inner, of.expected):
        return "expected", None
    if _outside(mean, outer, of.expected):
        return ("missing" if _inside(mean, inner, within) else "changed"), None
    return "undecided", _deciding(mean, sd, of.expected, level)


def _inside(mean: float, half: float, within: Expected) -> bool:
    return within.low <= mean - half and mean + half <= within.high


def _outside(mean: float, half: float, within: Expected) -> bool:
    return mean - half > within.high or mean + half < within.low


def _deciding(mean: float, sd: float, within: Expected, level: Levels) -> int | None:
    """Give the replications that would decide if the mean stayed where it is."""
    gap = min(abs(mean - within.low), abs(mean - within.high))
    return replications_needed(sd, gap, level.inner if _inside(mean, 0.0, within) else level.outer)


def _differences(before: Sequence[float | None], after: Sequence[float | None]) -> list[float]:
    return [a - b for b, a in zip(before, after, strict=True) if b is not None and a is not None]
