"""Differences that no file holds, replication by replication, with their 95 % t-intervals."""

import math
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

_CONFIDENCE = 0.95


class Interval(NamedTuple):
    """A mean with its 95 % t-interval; without two numbers there is no interval."""

    mean: float
    low: float | None
    high: float | None


def interval(numbers: Sequence[float]) -> Interval | None:
    """Give the mean of some numbers with its interval; nothing where there are none."""
    n = len(numbers)
    if n == 0:
        return None
    mean = math.fsum(numbers) / n
    if n == 1:
        return Interval(mean, None, None)
    # Loaded here: most pages need it, no command that makes none does.
    from scipy.special import stdtrit

    spread = math.sqrt(math.fsum((number - mean) ** 2 for number in numbers) / (n - 1) / n)
    half = float(stdtrit(n - 1, (1 + _CONFIDENCE) / 2)) * spread
    return Interval(mean, mean - half, mean + half)


def paired(before: Mapping[int, float | None], after: Mapping[int, float | None]) -> dict[str, Any] | None:
    """Compare two sets of figures over the replications that have both.

    Parameters
    ----------
    before, after : mapping of int to float or None
        Replication -> figure.

    Returns
    -------
    dict or None
        With the names of `summary.csv`: `pairs`, `baseline_mean`, `policy_mean`, `difference`, `difference_low`,
        `difference_high`. Nothing where no replication has both.
    """
    pairs = [(first, second) for k in sorted(before) if (first := before[k]) is not None and (second := after.get(k)) is not None]
    found = interval([second - first for first, second in pairs])
    if found is None:
        return None
    return {
        "pairs": len(pairs),
        "baseline_mean": math.fsum(first for first, _ in pairs) / len(pairs),
        "policy_mean": math.fsum(second for _, second in pairs) / len(pairs),
        "difference": found.mean,
        "difference_low": found.low,
        "difference_high": found.high,
    }
