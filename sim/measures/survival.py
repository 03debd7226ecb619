"""The period life table: product-limit estimates with delayed entry, right censoring and competing endings.

Kaplan and Meier (1958) for the survival curve, Aalen and Johansen (1978) for the cumulative incidence of
each ending; the risk set under left truncation as in Andersen, Borgan, Gill and Keiding (1993), section
IV.1. Ties: at one age, entries come before endings and endings before censoring.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

FloatArray = NDArray[np.float64]
IntArray = NDArray[np.int64]


class LifeTable(NamedTuple):
    """Survival at each distinct age at which someone's spell ended.

    Attributes
    ----------
    ages : array (m,)
        Ascending ages of endings.
    at_risk : array (m,)
        Number under observation just before each age.
    survival : array (m,)
        S at the age itself (after its endings).
    incidence : array (m, causes)
        Cumulative incidence of each cause, at the age itself.
    oldest : float
        The oldest age at which anybody was under observation: beyond it nothing is known of S.
    """

    ages: FloatArray
    at_risk: FloatArray
    survival: FloatArray
    incidence: FloatArray
    oldest: float

    def restricted_mean(self, tau: float) -> float:
        """Mean of min(spell, tau), the integral of S from 0 to tau; after the last ending S stays as it was."""
        inside = self.ages < tau
        ages = self.ages[inside]
        edges = np.concatenate(([0.0], ages, [tau]))
        levels = np.concatenate(([1.0], self.survival[inside]))
        return float(np.sum(levels * np.diff(edges)))

    def held_share(self, tau: float) -> float:
        """Share of the restricted mean that lies beyond the oldest age observed, where S is held as it was."""
        whole = self.restricted_mean(tau)
        return 0.0 if self.oldest >= tau or whole == 0.0 else 1.0 - self.restricted_mean(self.oldest) / whole

    def quantile(self, share: float, tau: float) -> tuple[float, bool]:
        """Smallest age d with S(d) <= 1 - share, and whether the limit ``tau`` stands in for it."""
        reached = np.flatnonzero(self.survival <= 1.0 - share + 1e-12)
        if reached.size == 0 or self.ages[reached[0]] > tau:
            return tau, True
        return float(self.ages[reached[0]]), False

    def incidence_at(self, age: float) -> FloatArray:
        """Cumulative incidence of each cause at ``age``, shape (causes,)."""
        last = int(np.searchsorted(self.ages, age, side="right")) - 1
        if last < 0:
            return np.zeros(self.incidence.shape[1])
        found: FloatArray = self.incidence[last]
        return found


def life_table(entry: FloatArray, leave: FloatArray, cause: IntArray, causes: int) -> LifeTable:
    """Estimate the table from spells that are observed between two ages.

    Parameters
    ----------
    entry, leave : array (n,)
        Age at which observation of the spell begins and ends; ``entry <= leave``.
    cause : array (n,)
        Cause of the ending at ``leave`` (0 .. causes-1), or -1 if the spell was still going on.
    causes : int
        Number of causes.

    Returns
    -------
    LifeTable
        Empty arrays if no spell ended.
    """
    ended = cause >= 0
    ages, place = np.unique(leave[ended], return_inverse=True)
    counts = np.bincount(place * causes + cause[ended], minlength=ages.size * causes)
    endings = counts.reshape(ages.size, causes).astype(np.float64)
    entered = np.searchsorted(np.sort(entry), ages, side="right")
    left = np.searchsorted(np.sort(leave), ages, side="left")
    at_risk = (entered - left).astype(np.float64)
    survival = np.cumprod(1.0 - endings.sum(axis=1) / at_risk)
    before = np.concatenate(([1.0], survival[:-1]))[: ages.size]
    incidence = np.cumsum(endings * (before / at_risk)[:, None], axis=0)
    return LifeTable(ages, at_risk, survival, incidence, float(np.max(leave, initial=0.0)))
