"""Which unknown numbers matter: Morris' screening and Sobol indices of the conditional mean, the noise of replications told."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from sim.experiment.designs import Trajectory
from sim.experiment.uncertainty import table

FloatArray = NDArray[np.float64]
RESAMPLES = 499
_STREAM = 20_260_103


class Effect(NamedTuple):
    """What moving one number over its span does, in the unit of the figure (Morris, *Technometrics* 33, 1991).

    Attributes
    ----------
    mean : float
        Mean elementary effect, with its sign.
    size : float
        Mean absolute effect (mu-star; Campolongo and others, *Environmental Modelling & Software* 22, 2007).
    spread : float
        Standard deviation of the effects: curvature, and dependence on the other numbers.
    noise : float
        Standard error of a single effect that comes from few replications alone: a size below it means nothing.
    """

    mean: float
    size: float
    spread: float
    noise: float


def elementary_effects(
    walks: Sequence[Trajectory],
    numbers: Sequence[Sequence[Sequence[float | None]]],
    groups: Sequence[Sequence[int]] | None = None,
) -> tuple[Effect, ...]:
    """Give the effect of every number, or of every group of numbers, per whole span.

    Parameters
    ----------
    walks : sequence of Trajectory
    groups : sequence of sequence of int, optional
        With which the walks were made. The mean of a group says nothing, as its numbers go in different directions.
    numbers : sequence of sequence of sequence
        Walk x point x replication.

    Raises
    ------
    ValueError
        When a walk has fewer than two replications in which every point has a number.
    """
    dimensions = len(walks[0].moved)
    effects: list[list[float]] = [[] for _ in range(dimensions)]
    noises: list[list[float]] = [[] for _ in range(dimensions)]
    for walk, of in zip(walks, numbers, strict=True):
        rows = table(of)
        for step, number in enumerate(walk.moved):
            first = number if groups is None else groups[number][0]
            way = walk.points[step + 1][first] - walk.points[step][first]
            change = (rows[step + 1] - rows[step]) / way
            effects[number].append(float(change.mean()))
            noises[number].append(float(change.var(ddof=1)) / len(change))
    return tuple(
        Effect(
            float(np.mean(of)),
            float(np.abs(of).mean()),
            float(np.std(of, ddof=1)) if len(of) > 1 else 0.0,
            float(np.sqrt(np.mean(noise))),
        )
        for of, noise in zip(effects, noises, strict=True)
    )


class Indices(NamedTuple):
    """Parts of the variance of the conditional mean.

    Attributes
    ----------
    first : tuple of float
        What each number explains alone.
    total : tuple of float
        What it explains alone and together with others.
    noise_share : float
        The part of the variance among points that was only noise of replications (taken out of the indices).
    first_within, total_within : tuple of (float, float)
        95 % intervals: bootstrap-t over the rows of the design.
    """

    first: tuple[float, ...]
    total: tuple[float, ...]
    noise_share: float
    first_within: tuple[tuple[float, float], ...] = ()
    total_within: tuple[tuple[float, float], ...] = ()


def sobol_points(base: Sequence[Sequence[float]], groups: Sequence[Sequence[int]] | None = None) -> tuple[tuple[float, ...], ...]:
    """Give all points of Saltelli's design: A, B, and A with each column (or group of columns) taken from B, in that order.

    Parameters
    ----------
    base : sequence of sequence of float
        N rows of twice as many shares as there are numbers: A beside B.
    """
    half = len(base[0]) // 2
    first = [tuple(row[:half]) for row in base]
    second = [tuple(row[half:]) for row in base]
    taken = [frozenset(group) for group in groups or [[number] for number in range(half)]]
    mixed = [
        tuple(b[number] if number in group else a[number] for number in range(half))
        for group in taken
        for a, b in zip(first, second, strict=True)
    ]
    return (*first, *second, *mixed)


def sobol_indices(n: int, numbers: Sequence[Sequence[float | None]]) -> Indices:
    """Estimate Sobol indices of the conditional mean (Saltelli and others, *Computer Physics Communications* 181, 2010).

    First-order indices by Saltelli's estimator, total ones by Jansen's. With replications crossed over points the noise of a
    point mean is known from the two-way residual and taken out of variances and total effects.

    Parameters
    ----------
    n : int
        Rows of the base design.
    numbers : sequence of sequence
        For each of the n (d + 2) points of `sobol_points`, the figure by replication; with a single replication nothing is known
        of the noise, and it is taken for none.

    Raises
    ------
    ValueError
        When points have no number.
    """
    rows = np.array([[np.nan if value is None else float(value) for value in of] for of in numbers], dtype=float)
    rows = rows[:, ~np.isnan(rows).any(axis=0)]
    if rows.size == 0:
        raise ValueError("there is no replication in which every point has a number")
    means = rows.mean(axis=1)
    noise = 0.0
    if rows.shape[1] > 1:
        residual = rows - means[:, None] - rows.mean(axis=0) + means.mean()
        noise = float((residual**2).sum()) / ((rows.shape[0] - 1) * (rows.shape[1] - 1)) / rows.shape[1]
    means = means - means[: 2 * n].mean()
    by_row = means.reshape(-1, n)
    found = _indices(by_row, np.full((1, n), 1.0 / n), noise)
    numbers_moved = len(by_row) - 2
    if not len(found.values):
        nothing = (0.0,) * numbers_moved
        return Indices(nothing, nothing, 1.0, ((0.0, 1.0),) * numbers_moved, ((0.0, 1.0),) * numbers_moved)
    first, total = np.split(found.values[0], 2)
    within = _intervals(by_row, noise, found)
    return Indices(
        tuple(map(float, first)),
        tuple(map(float, total)),
        noise / float(by_row[:2].var(ddof=1)),
        within[:numbers_moved],
        within[numbers_moved:],
    )


class _Weighted(NamedTuple):
    """Indices for each set of weights of the rows: first-order ones, then total ones.

    Attributes
    ----------
    values, errors : array (sets, 2 x numbers)
        Errors by linearisation of the ratios.
    """

    values: FloatArray
    errors: FloatArray


def _intervals(by_row: FloatArray, noise: float, found: _Weighted) -> tuple[tuple[float, float], ...]:
    """Give the 95 % interval of each index: bootstrap-t over the rows of the design.

    Rows are drawn anew (Archer and others, *Journal of Statistical Computation and Simulation* 58, 1997), each index is
    studentised by its linearised error (Efron and Tibshirani, *An Introduction to the Bootstrap*, 1993, 12.5), and the error of
    the whole design is that of the jackknife, which is not too small with few rows. The noise stays what it is.
    """
    n = by_row.shape[1]
    drawn = np.random.default_rng([_STREAM, n]).multinomial(n, np.full(n, 1.0 / n), size=RESAMPLES) / n
    anew = _indices(by_row, drawn, noise)
    # An index that no row of the resample moves has no error: it says nothing.
    t = (anew.values - found.values) / np.where(anew.errors > 1e-12, anew.errors, np.inf)
    least, most = np.quantile(t, [0.025, 0.975], axis=0)
    rows = np.array_split(np.arange(n), -(-n // RESAMPLES))
    left_out = ((1.0 - (part[:, None] == np.arange(n))) / (n - 1) for part in rows)
    without = np.concatenate([_indices(by_row, weights, noise).values for weights in left_out])
    error = np.sqrt((len(without) - 1) / len(without) * ((without - without.mean(axis=0)) ** 2).sum(axis=0))
    low, high = found.values[0] - most * error, found.values[0] - least * error
    return tuple((float(a), float(b)) for a, b in zip(low, high, strict=True))


def _indices(by_row: FloatArray, weights: FloatArray, noise: float) -> _Weighted:
    """Give the indices for each set of weights of the rows, without those sets in which nothing but noise varies.

    Parameters
    ----------
    by_row : array (2 + numbers, rows)
        A, B, and A with each column from B.
    weights : array (sets, rows)
        Each set sums to one.
    """
    n = by_row.shape[1]
    first, second, mixed = by_row[0], by_row[1], by_row[2:]
    middle, square = (first + second) / 2, (first**2 + second**2) / 2
    centre = _mean(weights, middle)
    variance = (_mean(weights, square) - centre**2) * (2 * n / (2 * n - 1)) - noise
    there = variance > 0
    weights, centre, variance = weights[there], centre[there, None], variance[there, None]
    spread = square - 2 * centre * middle
    step = mixed - first
    values, errors = [], []
    for moved in step:
        slope = _mean(weights, moved)[:, None]
        alone = (_mean(weights, second * moved)[:, None] - centre * slope) / variance
        total = (_mean(weights, moved**2)[:, None] / 2 - noise) / variance
        for index, top in ((alone, (second - centre) * moved - slope * middle), (total, moved**2 / 2)):
            values.append(index[:, 0])
            part = top - index * spread
            part = part - np.einsum("sr,sr->s", weights, part)[:, None]
            errors.append(np.sqrt(np.einsum("sr,sr->s", weights, part**2) / (n - 1)) / variance[:, 0])
    order = [*range(0, len(values), 2), *range(1, len(values), 2)]
    return _Weighted(np.array(values)[order].T, np.array(errors)[order].T)


def _mean(weights: FloatArray, values: FloatArray) -> FloatArray:
    # Summed by numpy itself: a library of linear algebra would begin threads for every small product.
    found: FloatArray = np.einsum("sr,r->s", weights, values)
    return found
