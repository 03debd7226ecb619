"""The value of an assumed number at which the ranking of two policies turns."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from math import sqrt
from typing import Literal, NamedTuple

from sim.experiment.statistics import CONFIDENCE, estimate, student_quantile

Verdict = Literal["turns", "never", "unsure"]


class BreakEven(NamedTuple):
    """Where a paired difference passes zero as one number moves.

    Attributes
    ----------
    verdict : {'turns', 'never', 'unsure'}
        It turns: surely above zero somewhere and surely below elsewhere. Never: surely on one side everywhere. Otherwise the
        replications do not tell.
    at : tuple of float
        Values at which the mean difference passes zero.
    within : tuple of (float, float)
        The values at which a difference of zero cannot be ruled out at the 5 % level: the confidence set of the turning point.
    """

    verdict: Verdict
    at: tuple[float, ...]
    within: tuple[tuple[float, float], ...]


def break_even(
    places: Sequence[float], differences: Sequence[Sequence[float | None]], confidence: float = CONFIDENCE
) -> BreakEven:
    """Find where a difference turns, between values at which it was run.

    Between two neighbouring values the difference of each replication is taken as a straight line; the confidence set is then
    Fieller's (*Journal of the Royal Statistical Society* B 16, 1954): all values at which a t-test keeps zero. It covers
    the turning point of the broken line as often as it says, however the values are correlated.

    Parameters
    ----------
    places : sequence of float
        Values in rising order, two at least.
    differences : sequence of sequence
        For each value the paired differences by replication; replications without a number at some value are left out.
    """
    rows = [row for row in zip(*differences, strict=True) if None not in row]
    columns = [[float(row[place] or 0.0) for row in rows] for place in range(len(places))]
    if len(rows) < 2:
        return BreakEven("unsure", (), ((places[0], places[-1]),))
    critical = student_quantile(0.5 + confidence / 2, len(rows) - 1)
    means = [estimate(column).mean or 0.0 for column in columns]
    roots: list[float] = []
    open_: list[tuple[float, float]] = []
    for index, (low, high) in enumerate(pairwise(places)):
        first, second = means[index], means[index + 1]
        if first == 0.0:
            roots.append(low)
        elif first * second < 0.0:
            roots.append(low + (high - low) * first / (first - second))
        inside = _undecided(columns[index], columns[index + 1], critical)
        open_ += [(low + (high - low) * a, low + (high - low) * b) for a, b in inside]
    if means[-1] == 0.0:
        roots.append(places[-1])
    sure = [_sign(column, critical) for column in columns]
    within = _merged(open_)
    verdict: Verdict = "turns" if {1, -1} <= set(sure) else "unsure" if within else "never"
    return BreakEven(verdict, tuple(roots), within)


def _undecided(first: Sequence[float], second: Sequence[float], critical: float) -> list[tuple[float, float]]:
    """Give the parts of 0..1 in which |t| of the straight line between two columns is not above the critical value."""
    n = len(first)
    slopes = [b - a for a, b in zip(first, second, strict=True)]
    start, slope = estimate(first), estimate(slopes)
    assert start.mean is not None and start.sd is not None and slope.mean is not None and slope.sd is not None
    mean_a, mean_b = start.mean, slope.mean
    covariance = sum((a - mean_a) * (b - mean_b) for a, b in zip(first, slopes, strict=True)) / (n - 1)
    scale = critical**2 / n
    a = mean_b**2 - scale * slope.sd**2
    b = 2 * (mean_a * mean_b - scale * covariance)
    c = mean_a**2 - scale * start.sd**2
    crossings = sorted({0.0, 1.0, *(root for root in _roots(a, b, c) if 0.0 < root < 1.0)})
    found = []
    for low, high in pairwise(crossings):
        middle = (low + high) / 2
        if a * middle**2 + b * middle + c <= 0.0:
            found.append((low, high))
    return found


def _roots(a: float, b: float, c: float) -> list[float]:
    if a == 0.0:
        return [] if b == 0.0 else [-c / b]
    under = b * b - 4 * a * c
    if under < 0.0:
        return []
    # The form that does not lose digits by cancellation.
    q = -(b + (sqrt(under) if b >= 0 else -sqrt(under))) / 2
    return [q / a] + ([c / q] if q != 0.0 else [])


def _sign(column: Sequence[float], critical: float) -> int:
    of = estimate(column)
    assert of.mean is not None and of.sd is not None
    half = critical * of.sd / sqrt(of.n)
    return 1 if of.mean - half > 0 else -1 if of.mean + half < 0 else 0


def _merged(parts: Sequence[tuple[float, float]]) -> tuple[tuple[float, float], ...]:
    found: list[tuple[float, float]] = []
    for low, high in parts:
        if found and low <= found[-1][1] + 1e-12 * max(1.0, abs(low)):
            found[-1] = (found[-1][0], high)
        else:
            found.append((low, high))
    return tuple(found)
