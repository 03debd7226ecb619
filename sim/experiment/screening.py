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
        95 % intervals, by drawing rows of the design anew.
    """

    first: tuple[float, ...]
    total: tuple[float, ...]
    noise_share: float
    first_within: tuple[tuple[float, float], ...] = ()
    total_within: tuple[tuple[float, float], ...] = ()


def sobol_points(
    base: Sequence[Sequence[float]], groups: Sequence[Sequence[int]] | None = None
) -> tuple[tuple[float, ...], ...]:
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
    if not len(found[0]):
        nothing = (0.0,) * (len(by_row) - 2)
        return Indices(nothing, nothing, 1.0, ((0.0, 1.0),) * len(nothing), ((0.0, 1.0),) * len(nothing))
    # For the intervals rows of the design are drawn anew (Archer and others, *Journal of Statistical Computation and Simulation*
    # 58, 1997), the noise staying what it is.
    weights = np.random.default_rng([_STREAM, n]).multinomial(n, np.full(n, 1.0 / n), size=RESAMPLES) / n
    ends = [np.quantile(of, [0.025, 0.975], axis=0).T for of in _indices(by_row, weights, noise)]
    return Indices(
        tuple(float(value) for value in found[0][0]),
        tuple(float(value) for value in found[1][0]),
        noise / float(by_row[:2].var(ddof=1)),
        tuple((float(low), float(high)) for low, high in ends[0]),
        tuple((float(low), float(high)) for low, high in ends[1]),
    )


def _indices(by_row: FloatArray, weights: FloatArray, noise: float) -> tuple[FloatArray, FloatArray]:
    """Give first-order and total indices for each set of weights of the rows, without those in which nothing but noise varies.

    Parameters
    ----------
    by_row : array (2 + numbers, rows)
        A, B, and A with each column from B.
    weights : array (sets, rows)
        Each set sums to one.
    """
    n = by_row.shape[1]
    first, second, mixed = by_row[0], by_row[1], by_row[2:]
    centre = weights @ (first + second) / 2
    variance = (weights @ (first**2 + second**2) / 2 - centre**2) * (2 * n / (2 * n - 1)) - noise
    there = variance > 0
    weights, centre, variance = weights[there], centre[there, None], variance[there, None]
    # Summed by numpy itself: a library of linear algebra would begin threads for every small product.
    step = mixed - first
    alone = (np.einsum("sr,nr->sn", weights, second * step) - centre * np.einsum("sr,nr->sn", weights, step)) / variance
    total = (np.einsum("sr,nr->sn", weights, step**2) / 2 - noise) / variance
    return alone, total
