"""Whole days counted from a start date, and completed calendar units between them.

A month after the 31st of January is the last day of February: where a month lacks the day, its last day stands
for it (domstolloven § 148, second paragraph). A period is completed on that day.
"""

from calendar import monthrange
from collections.abc import Iterable
from datetime import date

from rules.language.fields import Period, TimeUnit

#: A day that never comes.
NEVER = 2**31

_MONTHS = {"months": 1, "years": 12}
_DAYS = {"days": 1, "weeks": 7}


class Calendar:
    """Days as integers; day 0 is `start`.

    Parameters
    ----------
    start : datetime.date
    """

    __slots__ = ("_added", "_zero", "start")

    def __init__(self, start: date) -> None:
        self.start = start
        self._zero = start.toordinal()
        self._added: dict[tuple[int, int], int] = {}

    def __reduce__(self) -> tuple[type["Calendar"], tuple[date]]:
        return Calendar, (self.start,)

    def add_months(self, day: int, months: int) -> int:
        """Give the day some months after (or, below zero, before) a day; `NEVER` beyond the year 9999."""
        key = (day, months)
        found = self._added.get(key)
        if found is None:
            if len(self._added) > 100_000:
                self._added.clear()
            found = self._added[key] = self._add_months(day, months)
        return found

    def _add_months(self, day: int, months: int) -> int:
        base = date.fromordinal(self._zero + day)
        year, month = divmod(base.year * 12 + base.month - 1 + months, 12)
        if not 1 <= year <= 9999:
            return NEVER if year > 9999 else -NEVER
        last = monthrange(year, month + 1)[1]
        return date(year, month + 1, min(base.day, last)).toordinal() - self._zero

    def completed_months(self, since: int, day: int) -> int:
        """Give the months completed from `since` to `day`: the largest n with since + n months <= day."""
        first, last = date.fromordinal(self._zero + since), date.fromordinal(self._zero + day)
        months = (last.year - first.year) * 12 + last.month - first.month
        if last.day >= first.day:
            return months
        return months if last.day == monthrange(last.year, last.month)[1] else months - 1

    def completed_years(self, since: int, day: int) -> int:
        """Give the years completed from `since` to `day`."""
        return self.completed_months(since, day) // 12

    def elapsed(self, since: int, day: int, unit: TimeUnit) -> int:
        """Give the completed units from `since` to `day`."""
        if unit in _DAYS:
            return (day - since) // _DAYS[unit]
        return self.completed_months(since, day) // _MONTHS[unit]

    def remaining(self, end: int, day: int, unit: TimeUnit) -> int:
        """Give the whole units left from `day` until `end`: the largest n with day <= end - n units.

        A period before a date begins on the day of the same number, or on the last of a month that lacks it.
        """
        if unit in _DAYS:
            return (end - day) // _DAYS[unit]
        now, then = date.fromordinal(self._zero + day), date.fromordinal(self._zero + end)
        months = (then.year - now.year) * 12 + then.month - now.month
        months -= min(then.day, monthrange(now.year, now.month)[1]) < now.day
        return months // _MONTHS[unit]

    def reach(self, since: int, count: int, unit: TimeUnit) -> int:
        """Give the first day on which at least `count` units have been completed since a day."""
        if unit in _DAYS:
            return since + count * _DAYS[unit]
        return self.add_months(since, count * _MONTHS[unit])

    def leaves(self, day: int, period: Period) -> int:
        """Give the first day on which an event of `day` no longer counts in a window of that period."""
        return self.reach(day, period.count, period.unit)

    def next_elapsed(
        self, since: int | None, held: int, day: int, unit: TimeUnit, ends: tuple[int, int], cuts: Iterable[int] | None
    ) -> int:
        """Give the first day after `day` on which an elapsed time passes one of the cuts.

        Parameters
        ----------
        since : int or None
            The day it counts from; None when the event has not happened.
        held : int
            The day on which the clock was stopped; `NEVER` while it runs.
        day : int
        unit : {'days', 'weeks', 'months', 'years'}
        ends : tuple of (int, int)
            The range beyond which the value does not change.
        cuts : iterable of int or None
            Values c at which it matters that the elapsed time becomes c; None = every value.
        """
        if since is None or held <= day:
            return NEVER
        lo, hi = ends
        if cuts is None:
            target = max(self.elapsed(since, day, unit), lo) + 1
            return self.reach(since, target, unit) if target <= hi else NEVER
        soonest = NEVER
        for cut in cuts:
            if lo < cut <= hi and day < (reached := self.reach(since, cut, unit)) < soonest:
                soonest = reached
        return soonest

    def next_remaining(self, end: int | None, day: int, unit: TimeUnit, ends: tuple[int, int], cuts: Iterable[int] | None) -> int:
        """Give the first day after `day` on which a remaining time falls below one of the cuts; see `next_elapsed`."""
        if end is None:
            return NEVER
        lo, hi = ends
        if cuts is None:
            cuts = (min(self.remaining(end, day, unit), hi),)
        soonest = NEVER
        for cut in cuts:
            if lo < cut <= hi and day < (left := self.reach(end, -cut, unit) + 1) < soonest:
                soonest = left
        return soonest


def count_after(ends: tuple[int, ...], day: int) -> int:
    """Give the number of events that still count on a day, from the days on which they leave the window."""
    return sum(end > day for end in ends)


def next_count(ends: tuple[int, ...], day: int, bounds: tuple[int, int], cuts: Iterable[int] | None) -> int:
    """Give the first day after `day` on which a number of events in a window falls below one of the cuts.

    Parameters
    ----------
    ends : tuple of int
        The days on which the events leave the window, in order.
    day : int
    bounds : tuple of (int, int)
        The range beyond which the value does not change.
    cuts : iterable of int or None
        Values c at which it matters that the number falls from c to c - 1; None = every value.
    """
    lo, hi = bounds
    number = min(count_after(ends, day), hi)
    cut = number if cuts is None else max((cut for cut in cuts if cut <= number), default=lo)
    return ends[-cut] if cut > lo and cut > 0 else NEVER
