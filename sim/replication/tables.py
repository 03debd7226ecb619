"""The rows that one replication adds to the tables of the results folder (without policy and replication)."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Any

from sim.measures import Records, Settings
from sim.measures.conditions import Conditions
from sim.measures.kostra import kostra
from sim.measures.settings import YEAR

Row = tuple[object, ...]
MONTH = YEAR / 12
#: The order of what happens to one household in the same instant; everything else comes after.
_AT_ONE_INSTANT = {"return": 0, "applied": 1, "listed": 2}
_SAME = 1e-6  # a month begins where a bin does, but for this rounding, in days


def result_tables(records: Records, settings: Settings | None = None) -> dict[str, Sequence[Row]]:
    """Return the rows of every table, by its name.

    Parameters
    ----------
    settings : Settings, optional
        Which schemes are ladders, which group is which of KOSTRA's, and from when anything is measured.
    """
    settings = settings or Settings()
    return {
        "series": list(_series(records, settings.ladders)),
        "flows": _flows(records),
        "money": _money(records),
        "kostra": [tuple(row) for row in kostra(records, settings.kostra, settings.measure_from)],
        "projects": [tuple(phase) for phase in records.projects],
        "events": _events(records),
        "households": records.households,
        "decisions": records.decisions,
    }


def _series(records: Records, ladders: tuple[str, ...]) -> Iterator[Row]:
    """Time averages by month, each by the definition of the figure whose name it has: (month, kpi, dimension, value, number)."""
    types = records.types
    ask = Conditions(types, ladders)
    months = _months(records.bins)
    people = records.household_days
    yield from _average(people, lambda c: "all" if ask.waiting_as_new(c) else None, months, "waiting_list_mean", "all")
    yield from _average(people, lambda c: "all" if ask.without_home(c) else None, months, "without_home_mean", "all")
    yield from _average(
        people,
        lambda c: f"{types[c.place].scheme}_{types[c.place].step}" if ask.resident(c) else None,
        months,
        "residents_mean",
        "step",
    )


def _months(bins: Sequence[float]) -> list[tuple[int, float]]:
    """Give the number of the month that each bin belongs to, and its length: a date that cuts a month makes no new month."""
    return [(int((low + _SAME) // MONTH) + 1, high - low) for low, high in pairwise(bins)]


def _average(
    areas: Mapping[Any, Sequence[float]],
    value_of: Callable[[Any], str | None],
    months: Sequence[tuple[int, float]],
    kpi: str,
    dimension: str,
) -> Iterator[Row]:
    lengths: defaultdict[int, float] = defaultdict(float)
    for month, length in months:
        lengths[month] += length
    sums: defaultdict[str, dict[int, float]] = defaultdict(lambda: dict.fromkeys(lengths, 0.0))
    for cell, area in areas.items():
        value = value_of(cell)
        if value is not None:
            total = sums[value]
            for (month, _), days in zip(months, area, strict=True):
                total[month] += days
    for value in sorted(sums):
        for month, days in sums[value].items():
            yield month, kpi, dimension, value, days / lengths[month]


def _year_of(day: float) -> int:
    """Years are counted from the start of the scenario, the first being 1."""
    return int(day // YEAR) + 1


def _flows(records: Records) -> list[Row]:
    counted: Counter[tuple[int, str, str]] = Counter()
    for move in records.moves:
        counted[_year_of(move.day), move.origin, move.destination] += 1
    return [(*key, n) for key, n in sorted(counted.items())]


def _events(records: Records) -> list[Row]:
    """What happened to whom, in the order of time: (day, household, kind, from, to)."""
    rows: list[Row] = [(day, household, "applied", "", "") for day, household in records.applied]
    for wait in records.waits:
        rows.append((wait.decided, wait.household, "listed", "", ""))
        if wait.end is not None and wait.ending != "housed":
            rows.append((wait.end, wait.household, "left_list", "", wait.ending))
    rows += [(move.day, move.household, move.kind, move.origin, move.destination) for move in records.moves]
    return sorted(rows, key=lambda row: (*row[:2], _AT_ONE_INSTANT.get(str(row[2]), len(_AT_ONE_INSTANT))))


def _money(records: Records) -> list[Row]:
    sums: defaultdict[tuple[int, str, str], float] = defaultdict(float)
    for amount in records.amounts:
        sums[_year_of(records.bins[amount.bin]), amount.account, amount.payer] += amount.nok
    return [(*key, nok) for key, nok in sorted(sums.items())]
