"""What one more of something costs: a ratio of two paired differences, or that there is none to give.

The interval is Fieller's. Where the interval of the difference below the line holds 0, the ratio could be anything, and there is
none.
"""

import math
from collections.abc import Mapping
from typing import NamedTuple

from sim.report.paired import interval

_CONFIDENCE = 0.95


class Ratio(NamedTuple):
    """A ratio of two differences with its 95 % interval."""

    value: float
    low: float
    high: float


Figures = Mapping[int, float | None]


def cost_per(cost: tuple[Figures, Figures], effect: tuple[Figures, Figures]) -> Ratio | None:
    """Divide the difference in cost by the difference in effect, over the replications that have all four figures.

    Parameters
    ----------
    cost, effect : (baseline, policy)
        Replication -> figure.

    Returns
    -------
    Ratio or None
        None where the interval of the difference in effect holds 0, or there are fewer than two replications.
    """
    pairs = [
        (cost_after - cost_before, after - before)
        for k in sorted(cost[0])
        if (cost_before := cost[0][k]) is not None
        and (cost_after := cost[1].get(k)) is not None
        and (before := effect[0].get(k)) is not None
        and (after := effect[1].get(k)) is not None
    ]
    return fieller([pair[0] for pair in pairs], [pair[1] for pair in pairs])


def fieller(above: list[float], below: list[float]) -> Ratio | None:
    """Give mean(above) / mean(below) with Fieller's interval; nothing where mean(below) may be 0."""
    n = len(below)
    found = interval(below)
    if n < 2 or found is None or found.low is None or found.high is None or found.low <= 0.0 <= found.high:
        return None
    from scipy.special import stdtrit  # loaded here: only a page of a comparison needs it

    t = float(stdtrit(n - 1, (1 + _CONFIDENCE) / 2))
    x, y = math.fsum(above) / n, found.mean
    square = t * t / (n * (n - 1))
    xx = square * math.fsum((value - x) ** 2 for value in above)
    yy = square * math.fsum((value - y) ** 2 for value in below)
    xy = square * math.fsum((first - x) * (second - y) for first, second in zip(above, below, strict=True))
    a, b, c = y * y - yy, x * y - xy, x * x - xx
    root = math.sqrt(max(b * b - a * c, 0.0))
    return Ratio(x / y, (b - root) / a, (b + root) / a)
