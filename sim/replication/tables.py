"""The rows that one replication adds to the tables of the results folder (without policy and replication)."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Any

from sim.measures import Records
from sim.measures.settings import YEAR

Row = tuple[object, ...]
WITHOUT_HOME = ("no_roof", "temporary", "with_others", "leaving_institution")


def result_tables(records: Records) -> dict[str, list[Row]]:
    """Return the rows of every table, by its name."""
    return {
        "series": list(_series(records)),
        "flows": _flows(records),
        "money": _money(records),
        "projects": [tuple(phase) for phase in records.projects],
        "households": list(records.households),
        "decisions": list(records.decisions),
    }


def _series(records: Records) -> Iterator[Row]:
    """Time averages by month: (month, kpi, dimension, value, number)."""
    bins = records.bins
    lengths = [high - low for low, high in pairwise(bins)]
    yield from _average(
        records.household_days,
        lambda c: "all" if c.status == "waiting" else None,
        lengths,
        "waiting_list_mean",
        "all",
    )
    yield from _average(
        records.household_days,
        lambda c: "all" if not c.place and c.situation in WITHOUT_HOME and c.status != "gone" else None,
        lengths,
        "without_home_mean",
        "all",
    )
    types = records.types
    yield from _average(
        records.household_days,
        lambda c: f"{types[c.place].scheme}_{types[c.place].step}" if c.place and types[c.place].ladder else None,
        lengths,
        "residents_mean",
        "step",
    )


def _average(
    areas: Mapping[Any, Sequence[float]],
    value_of: Callable[[Any], str | None],
    lengths: Sequence[float],
    kpi: str,
    dimension: str,
) -> Iterator[Row]:
    sums: defaultdict[str, list[float]] = defaultdict(lambda: [0.0] * len(lengths))
    for cell, area in areas.items():
        value = value_of(cell)
        if value is not None:
            total = sums[value]
            for index, days in enumerate(area):
                total[index] += days
    for value in sorted(sums):
        for month, (days, length) in enumerate(zip(sums[value], lengths, strict=True), start=1):
            yield month, kpi, dimension, value, days / length


def _year_of(day: float) -> int:
    """Years are counted from the start of the scenario, the first being 1."""
    return int(day // YEAR) + 1


def _flows(records: Records) -> list[Row]:
    counted: Counter[tuple[int, str, str]] = Counter()
    for move in records.moves:
        counted[_year_of(move.day), move.origin, move.destination] += 1
    return [(*key, n) for key, n in sorted(counted.items())]


def _money(records: Records) -> list[Row]:
    sums: defaultdict[tuple[int, str, str], float] = defaultdict(float)
    for amount in records.amounts:
        sums[_year_of(records.bins[amount.bin]), amount.account, amount.payer] += amount.nok
    return [(*key, nok) for key, nok in sorted(sums.items())]
