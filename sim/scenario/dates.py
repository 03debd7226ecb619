"""Dates as days from the start, and the periods in which areas and counts are kept."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from math import floor

YEAR = 365.25
MONTH = YEAR / 12
_SAME = 1e-6  # two boundaries nearer than this, in days, are one


def days_since(start: date, day: date) -> float:
    """Give the days from 00:00 of the start to 00:00 of a date; negative before it."""
    return float((day - start).days)


def date_of(start: date, day: float) -> date:
    """Give the date of a day, counted from the start; negative before it."""
    return start + timedelta(days=floor(day))


def month_bins(days: float, cuts: Iterable[float] = ()) -> tuple[float, ...]:
    """Give the boundaries of months of 30.4375 days from day 0 to the end, cut also at other days.

    Parameters
    ----------
    days : float
        The horizon.
    cuts : iterable of float
        Days at which some window begins; those outside the horizon are left out.

    Returns
    -------
    tuple of float
        Ascending, the first 0.0, the last `days`; every cut stands in it exactly as given.
    """
    exact = {0.0, float(days)} | {float(cut) for cut in cuts if 0.0 < cut < days}
    months = (MONTH * number for number in range(1, int(days / MONTH) + 1))
    near = sorted(exact)
    kept = [month for month in months if month < days and all(abs(month - cut) > _SAME for cut in near)]
    return tuple(sorted([*exact, *kept]))


def month_starts(start: date, days: float) -> list[date]:
    """Give the first days of the calendar months that begin within the horizon, after the start."""
    found: list[date] = []
    year, month = start.year, start.month
    while True:
        year, month = (year + 1, 1) if month == 12 else (year, month + 1)
        first = date(year, month, 1)
        if days_since(start, first) >= days:
            return found
        found.append(first)
