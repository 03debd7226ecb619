"""History matching: which values of the unknown numbers can be ruled out by what has been observed.

Not one best fit, but all that is left: a point is ruled out when the model's mean there is so far from an observation that
neither the error of the observation, nor chance, nor what the emulator does not know of the model can explain it (Craig and
others, 1997; Vernon, Goldstein and Bower, *Bayesian Analysis* 5, 2010; with stochastic models Andrianakis and others, *PLoS
Computational Biology* 11, 2015). The model is run in waves, each in what the waves before have left.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from sim.experiment.designs import Table, latin_hypercube
from sim.experiment.uncertainty import table

FloatArray = NDArray[np.float64]
#: Implausibility above which a point is ruled out: 95 % of any unimodal distribution lies within (Pukelsheim, 1994).
RULED_OUT = 3.0
#: Points at which what is left is measured.
CANDIDATES = 2**14


class Observation(NamedTuple):
    """An observed figure.

    Attributes
    ----------
    kpi : str
    value : float
    sd : float
        Standard deviation of its error, and of what the model is known to leave out, together.
    """

    kpi: str
    value: float
    sd: float


@dataclass(frozen=True, slots=True)
class Emulator:
    """A regression of one figure on the unknown numbers, that knows how sure it is.

    Parameters
    ----------
    powers : array (terms, numbers)
        Exponents of each term.
    weights : array (terms,)
    spread : array (terms, terms)
        Inverse of the matrix of normal equations.
    residual : float
        Variance of the point means about the regression: noise of the replications and lack of fit.
    chance : float
        Variance of a single future about its mean.
    replications : int
    """

    powers: NDArray[np.int64]
    weights: FloatArray
    spread: FloatArray
    residual: float
    chance: float
    replications: int

    def implausibility(self, shares: FloatArray, seen: Observation) -> FloatArray:
        """Give how many standard deviations each point is away from an observation."""
        gap, variance = self.gap(shares, seen)
        found: FloatArray = np.abs(gap) / np.sqrt(variance)
        return found

    def gap(self, shares: FloatArray, seen: Observation) -> tuple[FloatArray, FloatArray]:
        """Give how far the mean of each point is from an observation, and the variance of that distance."""
        terms = _terms(shares, self.powers)
        mean = terms @ self.weights
        unsure = self.residual * (1.0 + ((terms @ self.spread) * terms).sum(axis=1))
        # The observation is one future, and all points share the luck of the same few replications.
        chance = self.chance * (1.0 + 1.0 / self.replications)
        return mean - seen.value, np.maximum(unsure + chance + seen.sd**2, 1e-300)


def emulator(shares: Sequence[Sequence[float]], numbers: Sequence[Sequence[float | None]]) -> Emulator:
    """Fit the richest of three regressions that leaves at least half of the points over: straight lines, squares, products.

    Parameters
    ----------
    shares : sequence of sequence of float
        Point x number, 0 to 1.
    numbers : sequence of sequence
        Point x replication.

    Raises
    ------
    ValueError
        With too few points or replications.
    """
    rows = table(numbers)
    points = np.array(shares, dtype=float)
    n, d = points.shape
    line = [np.zeros(d, dtype=np.int64), *np.eye(d, dtype=np.int64)]
    squares = [2 * row for row in np.eye(d, dtype=np.int64)]
    products = [np.eye(d, dtype=np.int64)[i] + np.eye(d, dtype=np.int64)[j] for i, j in combinations(range(d), 2)]
    options = [of for of in (line, line + squares, line + squares + products) if len(of) <= n // 2]
    if not options:
        raise ValueError(f"{n} points are too few for {d} numbers; at least {2 * (d + 1)} are needed")
    powers = np.array(options[-1])
    terms = _terms(points, powers)
    means = rows.mean(axis=1)
    weights = np.linalg.lstsq(terms, means, rcond=None)[0]
    residual = float(((means - terms @ weights) ** 2).sum()) / (n - len(powers))
    chance = float(rows.var(axis=1, ddof=1).mean())
    return Emulator(powers, weights, np.asarray(np.linalg.pinv(terms.T @ terms), dtype=float), residual, chance, rows.shape[1])


class Left(NamedTuple):
    """What the waves so far have left.

    Attributes
    ----------
    share : float
        Of the volume of all ranges.
    low, high : tuple of float
        For each number the least and the largest share of its range at which something is left.
    middle : tuple of (float, float)
        For each number where the middle half of what is left lies, each point weighing as much as the observations are likely
        there.
    """

    share: float
    low: tuple[float, ...]
    high: tuple[float, ...]
    middle: tuple[tuple[float, float], ...]


class Matching:
    """A history match in the making.

    Parameters
    ----------
    observations : sequence of Observation
    dimensions : int
        Of the space of unknown numbers.
    seed : int
        Of the designs.
    candidates : int
        At how many points what is left is measured.
    """

    def __init__(self, observations: Sequence[Observation], dimensions: int, seed: int, candidates: int = CANDIDATES) -> None:
        self._observations, self._seed = tuple(observations), seed
        self._waves: list[dict[str, Emulator]] = []
        self._candidates = np.array(latin_hypercube(candidates, dimensions, seed))

    def design(self, n: int) -> Table:
        """Give the points of the next wave: all over the ranges at first, then over what is left; fewer if little is left."""
        if not self._waves:
            return latin_hypercube(n, self._candidates.shape[1], self._seed + 1)
        left = self._candidates[self.plausible(self._candidates)]
        rng = np.random.default_rng([self._seed, len(self._waves)])
        chosen = rng.permutation(len(left))[:n]
        return tuple(tuple(float(share) for share in left[index]) for index in chosen)

    def add(self, shares: Sequence[Sequence[float]], figures: Mapping[str, Sequence[Sequence[float | None]]]) -> None:
        """Learn from a wave.

        Parameters
        ----------
        figures : mapping of str to sequence of sequence
            Measure -> point x replication.
        """
        self._waves.append({seen.kpi: emulator(shares, figures[seen.kpi]) for seen in self._observations})

    def implausibility(self, shares: FloatArray) -> FloatArray:
        """Give the largest implausibility of each point, over waves and observations."""
        worst = np.zeros(len(shares))
        for wave in self._waves:
            for seen in self._observations:
                worst = np.maximum(worst, wave[seen.kpi].implausibility(shares, seen))
        return worst

    def plausible(self, shares: FloatArray) -> NDArray[np.bool_]:
        """Tell which points are left."""
        return self.implausibility(shares) <= RULED_OUT

    def likelihood(self, shares: FloatArray) -> FloatArray:
        """Give how likely the observations are at each point, by the emulators of the last wave; the largest is 1.

        Errors are independent of each other. The part of their variance that is known from a few replications alone makes them
        Student's (Satterthwaite's degrees of freedom): taken as normal, the true values would too often seem unlikely.
        """
        last, logs = self._waves[-1], np.zeros(len(shares))
        for seen in self._observations:
            of = last[seen.kpi]
            gap, variance = of.gap(shares, seen)
            chance = of.chance * (1.0 + 1.0 / of.replications)
            degrees = (of.replications - 1) * (variance / chance) ** 2 if chance > 0 else np.full(len(shares), 1e9)
            logs -= (degrees + 1) / 2 * np.log1p(gap**2 / variance / degrees) + np.log(variance) / 2
        found: FloatArray = np.exp(logs - logs.max())
        return found

    def left(self) -> Left:
        """Measure what is left."""
        inside = self._candidates[self.plausible(self._candidates)]
        share = len(inside) / len(self._candidates)
        if not len(inside):
            return Left(0.0, (), (), ())
        weights = self.likelihood(inside)
        quarters = np.array([_weighted(column, weights) for column in inside.T]).T
        return Left(
            share,
            tuple(float(value) for value in inside.min(axis=0)),
            tuple(float(value) for value in inside.max(axis=0)),
            tuple((float(a), float(b)) for a, b in quarters.T),
        )

    def hardest(self) -> str:
        """Name the observation that rules out most."""
        last = self._waves[-1]
        least = {seen.kpi: float(last[seen.kpi].implausibility(self._candidates, seen).min()) for seen in self._observations}
        return max(least, key=lambda kpi: least[kpi])


def _weighted(values: FloatArray, weights: FloatArray) -> tuple[float, float]:
    """Give the quartiles of weighted values."""
    order = np.argsort(values)
    below = np.cumsum(weights[order]) / weights.sum()
    low, high = (float(values[order][np.searchsorted(below, quarter)]) for quarter in (0.25, 0.75))
    return low, high


def _terms(shares: FloatArray, powers: NDArray[np.int64]) -> FloatArray:
    centred = 2.0 * shares - 1.0
    found: FloatArray = np.prod(centred[:, None, :] ** powers[None, :, :], axis=2)
    return found
