"""How sure a verdict must be, and how many replications that takes.

Let d be the paired difference of a figure, m its margin, s the standard deviation of the first n0 differences, and N the
replications in all. N is chosen from s alone, and s is kept: then (mean d - true d) √N / s follows Student's t with n0 - 1
degrees of freedom whatever the true spread is (C. Stein, *Annals of Mathematical Statistics* 16, 1945), and one verdict
falls, not one after each look.

- *Equivalent*: two one-sided tests at 5 % each, the 90 % interval inside ±m (D. Schuirmann, *Journal of Pharmacokinetics and
  Biopharmaceutics* 15, 1987). With a true difference of 2m it takes mean d < m - t.95 s/√N, hence s/√N < m / t.95, and so has
  a chance of at most P(t < -2 t.95): below 1 % from four first replications on, however few follow.
- *Changed*: the interval at 1 - 0.01 / K lies outside ±m, with K the number of figures judged in the run (Bonferroni). With no
  change its chance is at most 0.01 / K for each, so that at most 1 % of runs fail, however few replications there are.
- With s/√N ≤ m / (t[1 - 0.005/K] + t.99), a difference of 2m is told as changed with a chance of at least 99 %, and no change
  is told as equivalent in every figure in at least 99 % of runs. That is what N is for.
"""

import math
from typing import NamedTuple

from sim.experiment.statistics import student_quantile

#: The level of each of the two one-sided tests of equivalence.
ONE_SIDED = 0.05
#: The share of runs that may fail although nothing has changed.
FALSE_ALARM = 0.01
#: The chance that a change of twice the margin may go unnoticed.
MISS = 0.01
#: Fewer first replications leave changes of twice the margin more than a chance of `MISS` to pass.
FEWEST = 4
#: More are never said to be needed: so near to the margin nothing decides.
UNREACHABLE = 100_000


class Levels(NamedTuple):
    """What standard errors are multiplied by.

    Attributes
    ----------
    inner : float
        For the interval that must lie inside the margin.
    outer : float
        For the interval that must lie outside it.
    needed : float
        How many standard errors a margin should be worth.
    """

    inner: float
    outer: float
    needed: float


def levels_for(first: int, judged: int) -> Levels:
    """Give the levels for figures whose spread is known from `first` pairs, when `judged` figures are judged in one run.

    Raises
    ------
    ValueError
        For fewer than `FEWEST` pairs, or nothing to judge.
    """
    if first < FEWEST or judged < 1:
        raise ValueError(f"at least {FEWEST} pairs and one figure are needed")
    degrees = first - 1
    outer = student_quantile(1 - FALSE_ALARM / (2 * judged), degrees)
    return Levels(student_quantile(1 - ONE_SIDED, degrees), outer, outer + student_quantile(1 - MISS, degrees))


def replications_needed(sd: float, distance: float, factor: float) -> int | None:
    """Give the replications with which `factor` standard errors fit into a distance; None for more than can be run."""
    if sd == 0:
        return 1
    if distance <= 0 or (number := (factor * sd / distance) ** 2) > UNREACHABLE:
        return None
    return max(1, math.ceil(number - 1e-9))
