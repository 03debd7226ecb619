"""What replications say of a mean and of a difference, with how sure it is.

Null figures (nothing to measure in that replication) are left out and counted. All sums are exact (`math.fsum`), so
that results do not depend on the order of addition.
"""

import math
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

CONFIDENCE = 0.95
POWER = 0.80


class Estimate(NamedTuple):
    """A mean over replications.

    Attributes
    ----------
    n, nulls : int
        Replications with and without a number.
    mean, sd : float or None
        None with no number; the standard deviation (divisor n - 1) needs two.
    low, high : float or None
        The 95 % t-interval of the mean; None with fewer than two numbers.
    """

    n: int
    nulls: int
    mean: float | None
    sd: float | None
    low: float | None
    high: float | None


class Difference(NamedTuple):
    """A paired difference, policy minus baseline, over the replications in which both have a number.

    Attributes
    ----------
    n, nulls : int
        Pairs with and without a difference.
    baseline, policy, difference : float or None
        Means over the n pairs.
    sd : float or None
        Standard deviation of the differences.
    low, high : float or None
        The 95 % t-interval of the mean difference.
    correlation : float or None
        Between the pairs; None when one of them does not vary.
    smallest_detectable : float or None
        The true difference that n pairs would find with 80 % power at the 5 % level.
    """

    n: int
    nulls: int
    baseline: float | None
    policy: float | None
    difference: float | None
    sd: float | None
    low: float | None
    high: float | None
    correlation: float | None
    smallest_detectable: float | None


def estimate(values: Sequence[float | None]) -> Estimate:
    """Estimate a mean from independent replications (Student's t; Law, *Simulation Modeling and Analysis*, 9.4)."""
    numbers = [value for value in values if value is not None]
    n, nulls = len(numbers), len(values) - len(numbers)
    if n == 0:
        return Estimate(0, nulls, None, None, None, None)
    mean = _mean(numbers)
    if n == 1:
        return Estimate(1, nulls, mean, None, None, None)
    sd = _sd(numbers, mean)
    half = student_quantile(0.5 + CONFIDENCE / 2, n - 1) * sd / math.sqrt(n)
    return Estimate(n, nulls, mean, sd, mean - half, mean + half)


def difference(baseline: Sequence[float | None], policy: Sequence[float | None]) -> Difference:
    """Estimate policy minus baseline from pairs that met the same random numbers (Law, 10.2.1).

    Parameters
    ----------
    baseline, policy : sequence of float or None
        Of equal length; entry i of both is replication i.
    """
    pairs = [(b, p) for b, p in zip(baseline, policy, strict=True) if b is not None and p is not None]
    nulls = len(baseline) - len(pairs)
    if not pairs:
        return Difference(0, nulls, None, None, None, None, None, None, None, None)
    before, after = [b for b, _ in pairs], [p for _, p in pairs]
    of = estimate([p - b for b, p in pairs])
    detectable = None if of.sd is None else smallest_detectable(of.sd, of.n)
    return Difference(
        of.n,
        nulls,
        _mean(before),
        _mean(after),
        of.mean,
        of.sd,
        of.low,
        of.high,
        correlation(before, after),
        detectable,
    )


def differences(baseline: Sequence[float | None], policy: Sequence[float | None]) -> list[float | None]:
    """Give policy minus baseline, pair by pair; None where one of the two is."""
    return [None if before is None or after is None else after - before for before, after in zip(baseline, policy, strict=True)]


def smallest_detectable(sd: float, n: int) -> float:
    """Give (t.975 + t.80 at n - 1) · sd / √n: the true difference found with 80 % power at the 5 % level."""
    quantiles = student_quantile(0.5 + CONFIDENCE / 2, n - 1) + student_quantile(POWER, n - 1)
    return quantiles * sd / math.sqrt(n)


def correlation(first: Sequence[float], second: Sequence[float]) -> float | None:
    """Give Pearson's correlation, or None when one of the two does not vary or there are fewer than two pairs."""
    if len(first) < 2:
        return None
    deviations = [
        (a - mean_a, b - mean_b) for mean_a, mean_b in [(_mean(first), _mean(second))] for a, b in zip(first, second, strict=True)
    ]
    spread_a = math.hypot(*(a for a, _ in deviations))
    spread_b = math.hypot(*(b for _, b in deviations))
    if spread_a == 0.0 or spread_b == 0.0:
        return None
    # Each deviation is scaled first: the product of tiny spreads may underflow.
    product = math.fsum((a / spread_a) * (b / spread_b) for a, b in deviations)
    return max(-1.0, min(1.0, product))


@lru_cache(maxsize=256)
def student_quantile(probability: float, degrees: int) -> float:
    """Give the quantile of Student's t."""
    # Loaded here: SciPy is slow to import, and worker processes never need it.
    from scipy.special import stdtrit

    return float(stdtrit(degrees, probability))


def _mean(numbers: Sequence[float]) -> float:
    # Equal numbers have that mean to the last digit, which dividing a sum does not promise.
    if min(numbers) == max(numbers):
        return float(numbers[0])
    return math.fsum(numbers) / len(numbers)


def _sd(numbers: Sequence[float], mean: float) -> float:
    return math.hypot(*(number - mean for number in numbers)) / math.sqrt(len(numbers) - 1)
