"""How the cost grows with the number of homes: the exponent of a straight line through (log homes, log CPU), with its limits."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import log, sqrt
from statistics import mean

from scipy.stats import t as student


@dataclass(frozen=True)
class Exponent:
    """Cost grows as size to this power; ``low`` and ``high`` are 95 % limits (one-sided 97.5 % each)."""

    exponent: float
    low: float
    high: float


def exponent(sizes: Sequence[float], costs: Sequence[float]) -> Exponent:
    """Fit by least squares; at least three points.

    Raises
    ------
    ValueError
        With fewer than three points.
    """
    if len(sizes) < 3:
        raise ValueError(f"a line with limits needs at least three points, not {len(sizes)}")
    x, y = [log(size) for size in sizes], [log(cost) for cost in costs]
    centre, level = mean(x), mean(y)
    spread = sum((a - centre) ** 2 for a in x)
    slope = sum((a - centre) * (b - level) for a, b in zip(x, y, strict=True)) / spread
    residual = sum((b - level - slope * (a - centre)) ** 2 for a, b in zip(x, y, strict=True))
    reach = float(student.ppf(0.975, len(x) - 2)) * sqrt(residual / (len(x) - 2) / spread)
    return Exponent(slope, slope - reach, slope + reach)
