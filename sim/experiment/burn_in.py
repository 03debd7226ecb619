"""How far the unchanged model drifts in its first year: whether day 0 looks like what the model itself keeps up.

Of each replication a contrast is taken: the figure of year 1 less what the later years, continued backwards along a straight
line, would make of it. A trend that goes on (growing demand, new homes) is no burn-in, and does not count; what settles within
the first years is. The contrasts are independent, so Student's t gives an interval of their mean; it is told relative to the
level that the later years make of year 1, which is taken as known.
"""

import math
from collections.abc import Sequence
from typing import Literal, NamedTuple

from sim.experiment.statistics import Estimate, estimate

Verdict = Literal["steady", "drifts", "undecided"]
#: So many later years a line is fitted to; with fewer, year 1 is compared with their mean.
LINE_FROM = 4


class Drift(NamedTuple):
    """The drift of one figure.

    Attributes
    ----------
    n : int
        Replications in which every year has a number.
    first, later : float or None
        Mean of year 1, and what the later years make of year 1.
    share, low, high : float or None
        (first - later) / later, with its 95 % interval; None where there is no level to compare with, or one replication.
    verdict : {'steady', 'drifts', 'undecided'}
        The interval lies within the tolerance, beyond it, or neither.
    """

    n: int
    first: float | None
    later: float | None
    share: float | None
    low: float | None
    high: float | None
    verdict: Verdict


def later_weights(years: int) -> list[float]:
    """Give the weights of years 2 to ``years`` in what they make of year 1.

    With `LINE_FROM` or more of them: the least-squares line, continued to year 1. They add up to 1 either way.
    """
    later = range(2, years + 1)
    if not later:
        raise ValueError("drift needs at least two years")
    equal = 1.0 / len(later)
    if len(later) < LINE_FROM:
        return [equal] * len(later)
    middle = math.fsum(later) / len(later)
    spread = math.fsum((year - middle) ** 2 for year in later)
    return [equal + (1.0 - middle) * (year - middle) / spread for year in later]


def drift(yearly: Sequence[Sequence[float | None]], tolerance: float) -> Drift:
    """Judge the first year of a figure.

    Parameters
    ----------
    yearly : sequence of sequence of float or None
        For each replication the figure of every year, year 1 first.
    tolerance : float
        The share of the level by which year 1 may differ.
    """
    whole = [[float(value) for value in of if value is not None] for of in yearly if None not in of]
    if not whole:
        return Drift(0, None, None, None, None, None, "undecided")
    weights = later_weights(len(whole[0]))
    expected = [math.fsum(w * value for w, value in zip(weights, of[1:], strict=True)) for of in whole]
    contrast = estimate([of[0] - later for of, later in zip(whole, expected, strict=True)])
    first = math.fsum(of[0] for of in whole) / len(whole)
    later = math.fsum(expected) / len(whole)
    return _judged(len(whole), first, later, contrast, tolerance)


def _judged(n: int, first: float, later: float, contrast: Estimate, tolerance: float) -> Drift:
    level = abs(later)
    if level == 0.0:
        return Drift(n, first, later, None, None, None, "steady" if first == 0.0 else "undecided")
    assert contrast.mean is not None
    share = contrast.mean / level
    if contrast.low is None or contrast.high is None:
        return Drift(n, first, later, share, None, None, "undecided")
    low, high = contrast.low / level, contrast.high / level
    verdict: Verdict = "undecided"
    if low > tolerance or high < -tolerance:
        verdict = "drifts"
    elif -tolerance <= low and high <= tolerance:
        verdict = "steady"
    return Drift(n, first, later, share, low, high, verdict)
