"""Calendar months in simulated time."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta


def months_later(start: date, day: int, months: int) -> int:
    """Return the whole day, counted from ``start``, that lies so many calendar months after another.

    The day of the month is kept where the month has it; otherwise it is the last of that month.
    """
    begins = start + timedelta(days=day)
    years, month = divmod(begins.month - 1 + months, 12)
    year = begins.year + years
    last = monthrange(year, month + 1)[1]
    return (date(year, month + 1, min(begins.day, last)) - start).days
