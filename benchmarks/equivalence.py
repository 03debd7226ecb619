"""Whether two engines simulate the same model: two one-sided tests (TOST) of each KPI's mean, with Welch's standard errors.

Source: D. J. Schuirmann, "A comparison of the two one-sided tests procedure and the power approach for assessing the equivalence
of average bioavailability", Journal of Pharmacokinetics and Biopharmaceutics 15 (1987). Equivalence is shown, never
assumed: too few replications fail the test.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import sqrt
from statistics import mean, variance

from scipy.stats import t as student


@dataclass(frozen=True)
class Agreement:
    """One KPI of two engines. Differences, limits and margin are relative to the mean of the first."""

    kpi: str
    margin: float
    first: float
    second: float
    difference: float
    low: float
    high: float
    equivalent: bool


def compare(kpi: str, first: Sequence[float], second: Sequence[float], margin: float, alpha: float = 0.05) -> Agreement:
    """Test that the means differ by less than ``margin`` times the mean of the first, both ways at level ``alpha``."""
    a, b = variance(first) / len(first), variance(second) / len(second)
    error = sqrt(a + b)
    base = mean(first)
    difference = mean(second) - base
    if error == 0.0:
        reach = 0.0
    else:
        degrees = (a + b) ** 2 / (a**2 / (len(first) - 1) + b**2 / (len(second) - 1))
        reach = float(student.ppf(1 - alpha, degrees)) * error
    low, high = difference - reach, difference + reach
    inside = -margin * abs(base) < low and high < margin * abs(base)
    scale = abs(base) or 1.0
    return Agreement(kpi, margin, base, mean(second), difference / scale, low / scale, high / scale, inside)


def agreement(
    first: Sequence[Mapping[str, float]], second: Sequence[Mapping[str, float]], margin: float, margins: Mapping[str, float]
) -> list[Agreement]:
    """Compare every KPI of two samples of replications; ``margins`` names the KPIs that have a margin of their own."""
    return [compare(kpi, [run[kpi] for run in first], [run[kpi] for run in second], margins.get(kpi, margin)) for kpi in first[0]]
