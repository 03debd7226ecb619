"""The windows that every figure is given for: each year, the horizon, and from the opening date on."""

from __future__ import annotations

from bisect import bisect_left
from typing import NamedTuple

from sim.measures.settings import YEAR, Settings

HORIZON = 0
OPENING = -1
_SLACK = 1e-9


class Window(NamedTuple):
    """A stretch of whole bins.

    ``year`` is 0 for the horizon, -1 for "from the opening on", otherwise the year counted from the start
    of the run (1, 2, ...). ``first`` and ``last`` are bin indices, half open; ``start`` and ``end`` the
    days they stand for.
    """

    year: int
    first: int
    last: int
    start: float
    end: float

    @property
    def days(self) -> float:
        """Length in days."""
        return self.end - self.start

    @property
    def years(self) -> float:
        """Length in years of 365.25 days."""
        return (self.end - self.start) / YEAR


def windows(bins: tuple[float, ...], settings: Settings) -> tuple[Window, ...]:
    """Horizon first, then the years, then the opening window (if there is one).

    A window that would begin or end inside a bin begins or ends at the next edge. Years are counted from
    the start of the run and cut to the measured horizon.

    Raises
    ------
    ValueError
        If nothing is measured: ``measure_from`` is not before the last edge.
    """
    end = bins[-1]
    if settings.measure_from >= end:
        raise ValueError(f"measuring from day {settings.measure_from:g}, but the run ends on day {end:g}")
    found = [_between(bins, HORIZON, settings.measure_from, end)]
    year = int(settings.measure_from // YEAR) + 1
    while (year - 1) * YEAR < end - 1.0:
        window = _between(bins, year, max((year - 1) * YEAR, settings.measure_from), min(year * YEAR, end))
        if window.last > window.first:
            found.append(window)
        year += 1
    if settings.opening is not None and settings.opening < end:
        window = _between(bins, OPENING, max(settings.opening, settings.measure_from), end)
        if window.last > window.first:
            found.append(window)
    return tuple(found)


def _between(bins: tuple[float, ...], year: int, start: float, end: float) -> Window:
    first = bisect_left(bins, start - _SLACK)
    last = bisect_left(bins, end - _SLACK)
    return Window(year, first, last, bins[first], bins[last])
