"""Several differences judged together: simultaneous intervals, and comparisons with the best.

A 95 % interval of each of twenty figures misses the truth of about one of them. The intervals here hold all at once.

The critical value is that of the largest |t| among all columns (*max-t*), found by giving every replication's centred vector
a random sign (the wild bootstrap with Rademacher weights; Romano and Wolf, *Econometrica* 73, 2005, for studentised max-t;
Deng and Zhang, *Annals of Statistics* 48, 2020, for these weights with many columns). A replication keeps its vector whole, so
the correlation between figures and policies that pairing makes is used: the intervals are narrower than Bonferroni's, which
are the upper bound here, and wider than single ones. Unlike resampling with replacement, signs cannot leave a rare figure
without spread.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from sim.experiment.statistics import CONFIDENCE, student_quantile

FloatArray = NDArray[np.float64]

#: Random sign vectors: enough that the 95 % point of max-t is known to about one per cent.
RESAMPLES = 4_999
#: Below so many replications there are too few sign vectors; Bonferroni's value is used.
FEWEST = 12
_STREAM = 20_260_101


class Together(NamedTuple):
    """Intervals that hold all at once.

    Attributes
    ----------
    estimate, low, high : tuple of float or None
        For each column; None where fewer than two replications have a number.
    critical : float
        What the standard errors were multiplied by.
    single, bonferroni : float
        What one interval alone, and Bonferroni's, would have used.
    columns : int
        How many columns vary, and so count.
    """

    estimate: tuple[float | None, ...]
    low: tuple[float | None, ...]
    high: tuple[float | None, ...]
    critical: float
    single: float
    bonferroni: float
    columns: int


class WithBest(NamedTuple):
    """How far a policy is from the best of the others (Hsu).

    Attributes
    ----------
    gap : float
        Mean minus the best mean among the others; above zero it is itself the best in the sample (where more is better).
    low, high : float
        Simultaneous limits, which always hold zero: `high == 0` says that it is not the best, `low == 0` that it is.
    """

    gap: float
    low: float
    high: float

    @property
    def may_be_best(self) -> bool:
        """Whether the data leave it possible that this policy is the best."""
        return self.high > 0 or self.low == 0

    @property
    def is_best(self) -> bool:
        """Whether the data say that it is the best."""
        return self.low == 0


def simultaneous(columns: Sequence[Sequence[float | None]], confidence: float = CONFIDENCE) -> Together:
    """Give intervals of the means of several columns that cover all of them at once.

    Parameters
    ----------
    columns : sequence of sequence of float or None
        Each of one figure (usually a paired difference); entry i of every column is replication i, None = nothing to measure.
    confidence : float
        Of the family.

    Raises
    ------
    ValueError
        When columns differ in length.
    """
    if not columns:
        return Together((), (), (), 0.0, 0.0, 0.0, 0)
    data = _array(columns)
    there = ~np.isnan(data)
    counts = there.sum(axis=0)
    means = np.array([_mean(data[there[:, j], j]) for j in range(data.shape[1])])
    centred = np.where(there, data - means, 0.0)
    squares = (centred**2).sum(axis=0)
    sds = np.sqrt(squares / np.maximum(counts - 1, 1))
    varying = (counts >= 2) & (sds > 1e-12 * np.maximum(1.0, np.abs(means)))
    critical, single, bonferroni = _critical(centred[:, varying], counts[varying], confidence)
    half = np.where(counts >= 2, critical * np.where(varying, sds, 0.0) / np.sqrt(np.maximum(counts, 1)), np.nan)
    return Together(
        _plain(means),
        _plain(means - half),
        _plain(means + half),
        critical,
        single,
        bonferroni,
        int(varying.sum()),
    )


def with_the_best(
    policies: Mapping[str, Sequence[float | None]], *, more_is_better: bool, confidence: float = CONFIDENCE
) -> dict[str, WithBest]:
    """Compare every policy with the best of the others, all at once (Hsu, *Annals of Statistics* 12, 1984).

    The constrained intervals follow from simultaneous ones of all pairwise paired differences: no assumption on the
    covariance between policies is needed (Nelson and Matejcik, *Management Science* 41, 1995, assume sphericity).

    Parameters
    ----------
    policies : mapping of str to sequence
        The figure of each policy, entry i being replication i. Replications in which some policy has none are left out.

    Raises
    ------
    ValueError
        With fewer than two policies, or fewer than two whole replications.
    """
    if len(policies) < 2:
        raise ValueError("at least two policies are compared")
    names = list(policies)
    data = _array([policies[name] for name in names])
    data = data[~np.isnan(data).any(axis=1)] * (1.0 if more_is_better else -1.0)
    if len(data) < 2:
        raise ValueError("at least two replications in which every policy has a number are needed")
    pairs = [(i, j) for i in range(len(names)) for j in range(i)]
    found = simultaneous([(data[:, i] - data[:, j]).tolist() for i, j in pairs], confidence)
    low = np.full((len(names), len(names)), np.inf)
    high, middle = low.copy(), low.copy()
    for at, (i, j) in enumerate(pairs):
        estimate, least, most = found.estimate[at], found.low[at], found.high[at]
        assert estimate is not None and least is not None and most is not None
        middle[i, j], low[i, j], high[i, j] = estimate, least, most
        middle[j, i], low[j, i], high[j, i] = -estimate, -most, -least
    return {
        name: WithBest(float(middle[i].min()), min(0.0, float(low[i].min())), max(0.0, float(high[i].min())))
        for i, name in enumerate(names)
    }


def _critical(centred: FloatArray, counts: NDArray[Any], confidence: float) -> tuple[float, float, float]:
    """Give the critical value of max-t, that of a single column, and Bonferroni's."""
    columns = centred.shape[1]
    if columns == 0:
        return 0.0, 0.0, 0.0
    fewest = int(counts.min())
    single = student_quantile(0.5 + confidence / 2, fewest - 1)
    bonferroni = student_quantile(1.0 - (1.0 - confidence) / (2 * columns), fewest - 1)
    if columns == 1:
        return single, single, single
    if fewest < FEWEST:
        return bonferroni, single, bonferroni
    signs = _signs(len(centred))
    scaled = centred / np.sqrt((centred**2).sum(axis=0))
    # Summed by numpy itself: a library of linear algebra would begin threads for every small product.
    sums = np.einsum("ij,jk->ik", signs, scaled)
    left = np.maximum(1.0 - sums**2 / counts, 1e-12)
    largest = (np.abs(sums) * np.sqrt((counts - 1) / counts / left)).max(axis=1)
    found = float(np.quantile(largest, confidence, method="higher"))
    return min(max(found, single), bonferroni), single, bonferroni


@lru_cache(maxsize=4)
def _signs(n: int) -> FloatArray:
    """Give sign vectors, always the same for the same n: an interval depends on the data alone."""
    return np.random.default_rng([_STREAM, n]).choice([-1.0, 1.0], size=(RESAMPLES, n))


def _array(columns: Sequence[Sequence[float | None]]) -> FloatArray:
    lengths = {len(column) for column in columns}
    if len(lengths) != 1:
        raise ValueError("the columns differ in length")
    return np.array([[np.nan if value is None else float(value) for value in column] for column in columns]).T.copy()


def _mean(values: FloatArray) -> float:
    if values.size == 0:
        return float("nan")
    # Equal numbers have that mean to the last digit.
    return float(values[0]) if values.min() == values.max() else float(values.mean())


def _plain(values: FloatArray) -> tuple[float | None, ...]:
    return tuple(None if np.isnan(value) else float(value) for value in values)
