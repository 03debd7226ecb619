"""When the households of a group apply: rates and batches in days from the start."""

from __future__ import annotations

from datetime import date

from sim.scenario.dates import YEAR, days_since, month_starts
from sim.scenario.model import ArrivalsRecord
from sim.world.blueprint import Arrivals


def arrivals_of(record: ArrivalsRecord, start: date, days: float) -> Arrivals:
    """Turn arrivals as written into a step function of days and dated batches.

    A trend is compound, a season multiplies the rate of its calendar months; both are followed month by month, each
    month with the trend at its middle.
    """
    return Arrivals(_rate(record, start, days), _batches(record, start, days))


def _rate(record: ArrivalsRecord, start: date, days: float) -> tuple[tuple[float, float], ...]:
    if record.rates:
        return _from_dates(record, start)
    if record.rate is None or record.rate == 0.0:
        return ()
    first = 0.0 if record.from_ is None else max(0.0, days_since(start, record.from_))
    last = days if record.until is None else days_since(start, record.until)
    if last <= first:
        return ()
    if record.trend == 0.0 and not record.season:
        steps = [(first, record.rate)]
    else:
        edges = [0.0, *(days_since(start, month) for month in month_starts(start, days)), days]
        months = [start.month, *(month.month for month in month_starts(start, days))]
        steps = []
        for index, month in enumerate(months):
            low, high = edges[index], edges[index + 1]
            if high > first and low < last:
                growth = (1.0 + record.trend) ** ((low + high) / 2 / YEAR)
                steps.append((max(low, first), record.rate * growth * record.season.get(month, 1.0)))
    if last < days:
        steps.append((last, 0.0))
    return tuple(steps)


def _from_dates(record: ArrivalsRecord, start: date) -> tuple[tuple[float, float], ...]:
    steps: dict[float, float] = {}
    for day in sorted(record.rates):  # of those before the start, the last holds on day 0
        steps[max(0.0, days_since(start, day))] = record.rates[day]
    return tuple(steps.items())


def _batches(record: ArrivalsRecord, start: date, days: float) -> tuple[tuple[float, int], ...]:
    if record.batches is None:
        return ()
    month, day = map(int, record.batches.each_year.split("-"))
    found = []
    for year in range(start.year, start.year + int(days / YEAR) + 2):
        if (month, day) == (2, 29) and not _leap(year):
            continue
        at = days_since(start, date(year, month, day))
        if 0.0 <= at < days:
            found.append((at, record.batches.size))
    return tuple(found)


def _leap(year: int) -> bool:
    return year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
