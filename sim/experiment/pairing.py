"""What pairing achieved: how many replications it saved, figure by figure and year by year.

The coupling of two policies decays as allocations cascade, so what is saved in the first year may be lost in the tenth.
"""

import math
from collections.abc import Sequence
from typing import NamedTuple

from sim.experiment.statistics import CONFIDENCE, correlation, estimate


class Pairing(NamedTuple):
    """What meeting the same random numbers did for one figure.

    Attributes
    ----------
    n : int
        Pairs in which both policies have a number.
    correlation, low, high : float or None
        Between the pairs, with its 95 % interval (Fisher's z; None with fewer than four pairs).
    reduction : float or None
        (Variance of the baseline + variance of the policy) / variance of the difference: so many times as many replications
        would be needed without pairing. None when the difference does not vary; infinity is never written.
    """

    n: int
    correlation: float | None
    low: float | None
    high: float | None
    reduction: float | None

    @property
    def harmful(self) -> bool:
        """Whether pairing is significantly worse than none: the reduction is below 1 exactly when the correlation is below 0."""
        return self.high is not None and self.high < 0


def pairing(baseline: Sequence[float | None], policy: Sequence[float | None]) -> Pairing:
    """Measure what pairing achieved (variance reduction by common random numbers: Law, 11.2).

    Parameters
    ----------
    baseline, policy : sequence of float or None
        Of equal length; entry i of both is replication i.
    """
    pairs = [(b, p) for b, p in zip(baseline, policy, strict=True) if b is not None and p is not None]
    before, after = [b for b, _ in pairs], [p for _, p in pairs]
    found = correlation(before, after) if pairs else None
    spread = [estimate(values).sd for values in (before, after, [p - b for b, p in pairs])]
    low, high = _fisher(found, len(pairs))
    first, second, paired = spread
    # A difference smaller than the rounding of its terms is no spread.
    noise = 1e-12 * max(map(abs, before + after), default=0.0)
    if first is None or second is None or paired is None or paired <= noise:
        return Pairing(len(pairs), found, low, high, None)
    return Pairing(len(pairs), found, low, high, (first / paired) ** 2 + (second / paired) ** 2)


def _fisher(correlation: float | None, n: int) -> tuple[float | None, float | None]:
    if correlation is None or n < 4:
        return None, None
    if abs(correlation) >= 1.0:
        return correlation, correlation
    # Loaded here: SciPy is slow to import, and worker processes never need it.
    from scipy.special import ndtri

    half = float(ndtri(0.5 + CONFIDENCE / 2)) / math.sqrt(n - 3)
    middle = math.atanh(correlation)
    return math.tanh(middle - half), math.tanh(middle + half)
