"""How long a simulation takes to forget where it began: MSER-5, and how full a system is.

MSER cuts off as many of the first observations as makes the standard error of the mean of the rest least; of means of five,
MSER-5 (White, *Simulation* 69, 1997; White, Cobb and Spratt, *WSC* 2000; Franklin and White, *WSC* 2008). A cut in the second
half says that the series has not settled.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

FloatArray = NDArray[np.float64]
FIVE = 5
#: Fewer means of five say nothing of where a series settles.
FEWEST = 10


class WarmUp(NamedTuple):
    """How much of a series to leave out.

    Attributes
    ----------
    cut : int
        First observations to leave out.
    settled : bool
        Whether the series settles in its first half.
    """

    cut: int
    settled: bool


def mser_5(series: Sequence[float]) -> WarmUp:
    """Find the warm-up of a series of even steps.

    Raises
    ------
    ValueError
        With too few observations.
    """
    batches = len(series) // FIVE
    if batches < FEWEST:
        raise ValueError(f"at least {FIVE * FEWEST} observations are needed")
    means = np.array(series[: FIVE * batches], dtype=float).reshape(batches, FIVE).mean(axis=1)
    left = np.arange(batches, 0, -1)
    # Sums from each place to the end, about the overall mean so that no digits are lost.
    centred = means - means.mean()
    sums, squares = centred[::-1].cumsum()[::-1], (centred**2)[::-1].cumsum()[::-1]
    statistic = (squares - sums**2 / left) / left**2
    # The last five means say too little of a spread.
    place = int(np.argmin(statistic[:-FIVE]))
    return WarmUp(FIVE * place, place <= batches // 2)


def load(in_use: Sequence[float], housed: Sequence[float], waiting: Sequence[Sequence[float]]) -> float:
    """Estimate the load of a system: what is asked for over what there is.

    It is the share of homes in use, times those who want a home for each who gets one: the housed, and those by whom the list
    grows. A list that keeps its length makes the load the share in use, which is below 1; a system that cannot keep up has all
    homes in use and a list that grows.

    Parameters
    ----------
    in_use : sequence of float
        By replication, the share of homes in use after the warm-up.
    housed : sequence of float
        By replication, households that get a home, a year.
    waiting : sequence of sequence of float
        By replication, the waiting list month by month after the warm-up.
    """
    rows = np.array(waiting, dtype=float).mean(axis=0)
    months = np.arange(len(rows)) - (len(rows) - 1) / 2
    growth = 12.0 * float((months * rows).sum() / (months**2).sum()) if len(rows) > 1 else 0.0
    got = float(np.mean(housed))
    return float(np.mean(in_use)) * (got + growth) / got if got > 0 else float("inf")
