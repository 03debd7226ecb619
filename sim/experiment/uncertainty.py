"""Chance and ignorance kept apart: what luck does to one future, and what the unknown numbers do to the mean.

Points of a design over the unknown numbers are crossed with replications (every point meets the same ones), so that the figures
are a two-way table; its analysis of variance parts the spread of the conditional mean (what we do not know) from that of chance
and from the noise that so few replications leave (Searle, Casella and McCulloch, *Variance Components*, 1992, ch. 4).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

FloatArray = NDArray[np.float64]
#: Bands hold nine of ten.
BAND = 0.90
#: Draws of what a table leaves possible, and even points at which each is worked out.
DRAWS, EVEN = 499, 128
_STREAM = 20_260_104


class Bands(NamedTuple):
    """Two bands of a figure.

    Attributes
    ----------
    points, replications : int
        Size of the table they rest on.
    mean : float
        Over the unknown numbers and chance.
    unknown_low, unknown_high : float
        Nine of ten conditional means lie between: what we do not know. The noise of few replications is taken out.
    chance_low, chance_high : float
        Nine of ten single futures lie between, the unknown numbers being what they are on average.
    unknown_sd, chance_sd : float
        Standard deviations of the two.
    noise_share : float
        The part of the variance among the point means that was only noise, 0 to 1: near 1 more replications are needed.
    above_zero : float
        Share of the conditional means above zero.
    """

    points: int
    replications: int
    mean: float
    unknown_low: float
    unknown_high: float
    chance_low: float
    chance_high: float
    unknown_sd: float
    chance_sd: float
    noise_share: float
    above_zero: float


def table(numbers: Sequence[Sequence[float | None]]) -> FloatArray:
    """Give points x replications as an array, without the replications in which some point has no number.

    Raises
    ------
    ValueError
        When fewer than two points or two whole replications are left.
    """
    rows = np.array([[np.nan if value is None else float(value) for value in of] for of in numbers], dtype=float)
    rows = rows[:, ~np.isnan(rows).any(axis=0)]
    if rows.ndim != 2 or rows.shape[0] < 2 or rows.shape[1] < 2:
        raise ValueError("at least two points with two replications in which every point has a number are needed")
    return rows


def bands(numbers: Sequence[Sequence[float | None]]) -> Bands:
    """Part chance from ignorance in a table of points x replications.

    Raises
    ------
    ValueError
        As `table`.
    """
    rows = table(numbers)
    points, replications = rows.shape
    means = rows.mean(axis=1)
    mean = float(means.mean())
    residual = rows - means[:, None] - rows.mean(axis=0) + mean
    noise = float((residual**2).sum()) / ((points - 1) * (replications - 1))
    chance = float(((rows - means[:, None]) ** 2).sum()) / (points * (replications - 1))
    among = float(means.var(ddof=1))
    unknown = max(0.0, among - noise / replications)
    shrunk = mean + np.sqrt(unknown / among if among > 0 else 0.0) * (means - mean)
    one = mean + (rows - means[:, None]).ravel() * np.sqrt(replications / (replications - 1))
    low, high = (1 - BAND) / 2, (1 + BAND) / 2
    return Bands(
        points,
        replications,
        mean,
        float(np.quantile(shrunk, low, method="median_unbiased")),
        float(np.quantile(shrunk, high, method="median_unbiased")),
        float(np.quantile(one, low)),
        float(np.quantile(one, high)),
        float(np.sqrt(unknown)),
        float(np.sqrt(chance)),
        min(1.0, noise / replications / among) if among > 0 else 0.0,
        float((shrunk > 0).mean()),
    )


class Information(NamedTuple):
    """What it would be worth to know.

    Attributes
    ----------
    everything : float
        Expected value of perfect information: how much better one would choose if every unknown number were known.
    uncorrected : float
        The same without the correction for noise, which always makes it too large.
    each : tuple of float
        The value of knowing each number alone, the others staying unknown.
    best : int
        Which policy is best on average.
    regret : tuple of float
        For each policy what is lost on average against the one that is best at each point; of `best` it is `everything`.
    best_share : tuple of float
        For each policy the share of the points at which it is the best.
    low, high : float
        The 95 % interval of `everything`, for so few points and replications.
    """

    everything: float
    uncorrected: float
    each: tuple[float, ...]
    best: int
    regret: tuple[float, ...]
    best_share: tuple[float, ...]
    low: float = 0.0
    high: float = 0.0


def value_of_information(benefits: Sequence[Sequence[Sequence[float | None]]], shares: Sequence[Sequence[float]]) -> Information:
    """Estimate the value of perfect information on all unknown numbers, and on each.

    The benefits of policies are compared pair by pair with the first. With few replications the largest of several noisy means is
    too large on average; the between-point spread is therefore shrunk to what is left of its variance when the noise is taken out
    (a linear map that leaves the mean; exact for normal benefits). The value of one number is found by regression of the benefits
    on it (Strong, Oakley and Brennan, *Medical Decision Making* 34, 2014; here a cubic), shrunk in the same way for the terms
    fitted.

    Parameters
    ----------
    benefits : sequence of sequence of sequence
        Policy x point x replication, in money or any other unit that is to be as large as possible.
    shares : sequence of sequence of float
        Point x number: where in its span each unknown number stood.

    Raises
    ------
    ValueError
        As `table`; also with fewer than two policies.
    """
    if len(benefits) < 2:
        raise ValueError("at least two policies are needed")
    flat = table([row for policy in benefits for row in policy])
    policies, points = len(benefits), len(benefits[0])
    cube = flat.reshape(policies, points, -1)
    gain = cube[1:] - cube[0]
    replications = gain.shape[2]
    means = gain.mean(axis=2).T
    middle = means.mean(axis=0)
    residual = gain - means.T[:, :, None] - gain.mean(axis=1)[:, None, :] + middle[:, None, None]
    residual = residual.reshape(policies - 1, -1)
    noise = residual @ residual.T / ((points - 1) * (replications - 1)) / replications
    among = np.atleast_2d(np.cov(means.T))
    shrunk = middle + (means - middle) @ _shrinking(among, noise)
    best = int(np.argmax(np.concatenate([[0.0], middle])))
    each = tuple(_worth(_fitted(np.array(column), means)) for column in zip(*shares, strict=True))
    all_ = np.concatenate([np.zeros((points, 1)), shrunk], axis=1)
    regret = tuple(float(value) for value in all_.max(axis=1).mean() - all_.mean(axis=0))
    first = np.bincount(all_.argmax(axis=1), minlength=policies) / points
    everything = _worth(shrunk)
    luck = (gain.mean(axis=1) - middle[:, None]).T
    low, high = _interval(means, among, noise, luck)
    everything = _worth(shrunk)
    return Information(
        everything,
        _worth(means),
        each,
        best,
        regret,
        tuple(float(share) for share in first),
        min(low, everything),
        max(high, everything),
    )


def _interval(means: FloatArray, among: FloatArray, noise: FloatArray, luck: FloatArray) -> tuple[float, float]:
    """Give the 95 % interval of the value of knowing everything, with the conditional means taken for normal.

    Middle and spread of the conditional means are drawn from what the table leaves possible (the posterior under Jeffreys' prior:
    Gelman and others, *Bayesian Data Analysis*, 3rd ed., 3.6; the noise taken out), and the value is worked out at each draw.
    What no point happened to show counts, too: points of which none favours another plan do not make its value nothing.

    Parameters
    ----------
    means : array (points, gains)
    among, noise : array (gains, gains)
        Covariance of the point means, and the part of it that is noise of replications.
    luck : array (replications, gains)
        What every replication adds at all points.
    """
    points, gains = means.shape
    replications = len(luck)
    rng = np.random.default_rng([_STREAM, points, gains, replications])
    # An inverse Wishart by Bartlett's decomposition.
    factor = np.zeros((DRAWS, gains, gains))
    for row in range(gains):
        factor[:, row, row] = np.sqrt(rng.chisquare(max(1, points - 1 - row), size=DRAWS))
        factor[:, row, :row] = rng.normal(size=(DRAWS, row))
    root = _root((points - 1) * among) @ np.transpose(np.linalg.inv(factor), (0, 2, 1))
    shared = rng.normal(size=(DRAWS, gains)) @ _root(np.atleast_2d(np.cov(luck.T))).T
    shared *= np.sqrt((replications - 1) / rng.chisquare(replications - 1, size=(DRAWS, 1)))
    middle = means.mean(axis=0) + (root @ rng.normal(size=(DRAWS, gains, 1)))[..., 0] / np.sqrt(points)
    middle += shared / np.sqrt(replications)
    known = _root(root @ np.transpose(root, (0, 2, 1)) - noise)
    normal = _normal_points(gains)
    worth = [_worth(centre + normal @ turned.T) for centre, turned in zip(middle, known, strict=True)]
    low, high = np.quantile(worth, [0.025, 0.975])
    return float(low), float(high)


def _root(covariance: FloatArray) -> FloatArray:
    """Give a square root of a covariance, or of each of several, what is below zero cut."""
    values, vectors = np.linalg.eigh(covariance)
    found: FloatArray = vectors * np.sqrt(np.maximum(values, 0.0))[..., None, :]
    return found


def _normal_points(dimensions: int) -> FloatArray:
    """Give even points of independent standard normals."""
    from scipy.special import ndtri

    from sim.experiment.designs import sobol

    found: FloatArray = ndtri(np.clip(np.array(sobol(EVEN, dimensions, 1)), 1e-6, 1 - 1e-6))
    return found


def _worth(gains: FloatArray) -> float:
    """Give the mean of the best choice at each point, less the best choice on average; gains are against the first policy."""
    informed = np.maximum(gains.max(axis=1), 0.0).mean()
    return max(0.0, float(informed - max(0.0, gains.mean(axis=0).max())))


def _shrinking(among: FloatArray, noise: FloatArray) -> FloatArray:
    """Give the matrix that turns deviations of covariance `among` into ones of covariance `among - noise` (cut at zero)."""
    values, vectors = np.linalg.eigh(among)
    positive = values > 1e-12 * max(float(values.max()), 1e-300)
    root = np.where(positive, np.sqrt(np.maximum(values, 0.0)), 0.0)
    inverse = np.where(positive, 1.0 / np.where(positive, root, 1.0), 0.0)
    whiten = vectors * inverse @ vectors.T
    left, turned = np.linalg.eigh(np.eye(len(among)) - whiten @ noise @ whiten)
    keep = turned * np.sqrt(np.clip(left, 0.0, 1.0)) @ turned.T
    found: FloatArray = whiten @ keep @ (vectors * root @ vectors.T)
    return found


def _fitted(share: FloatArray, means: FloatArray) -> FloatArray:
    """Give the regression of every column on one number, shrunk by what fitting alone would explain."""
    terms = min(3, max(1, len(share) // 10), len(np.unique(share)) - 1)
    middle = means.mean(axis=0)
    if terms < 1:
        return np.broadcast_to(middle, means.shape).copy()
    design = np.polynomial.legendre.legvander(2 * share - 1, terms)
    fitted = design @ np.linalg.lstsq(design, means, rcond=None)[0]
    explained = ((fitted - middle) ** 2).sum(axis=0)
    left = ((means - fitted) ** 2).sum(axis=0) / max(1, len(share) - terms - 1)
    part = np.clip(1.0 - terms * left / np.where(explained > 0, explained, 1.0), 0.0, 1.0)
    return np.asarray(middle + np.sqrt(part) * (fitted - middle))
