"""From the records of one replication to its figures."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import NamedTuple

from sim.measures.beside import BESIDE
from sim.measures.breakdown import ALL, breakdowns
from sim.measures.definitions import Definition
from sim.measures.kpis import KPIS
from sim.measures.not_borne import WAYS, by_way
from sim.measures.records import Records
from sim.measures.settings import Settings
from sim.measures.survival import FloatArray
from sim.measures.tables import Tables
from sim.measures.waiting import ending_shares, endings_per_year
from sim.measures.windows import HORIZON

ENDING = "ending"
LEFT_BY, NOT_BORNE = "left_by", "cost_not_borne_nok_per_year"
_STATE = "state_cost_nok_per_year"


class Figure(NamedTuple):
    """One number of one replication.

    ``year`` is 0 for the horizon, -1 from the opening on, otherwise the year from the start; ``dimension``
    and ``value`` are ``all`` for the undivided figure; ``number`` is None where the definition has no
    answer (a zero denominator).
    """

    year: int
    dimension: str
    value: str
    kpi: str
    number: float | None


def measure(records: Records, settings: Settings | None = None) -> list[Figure]:
    """Take every figure, for every window and breakdown.

    Undivided figures are always there, null ones as None; a null figure of a breakdown is left out. Pure:
    the same records give the same rows in the same order.

    Parameters
    ----------
    records : Records
        What one replication left behind.
    settings : Settings, optional
        Limits and rates.

    Returns
    -------
    list of Figure
        By figure, then dimension, value and window.
    """
    settings = settings or Settings()
    tables = Tables(records, settings)
    slices = breakdowns(tables)
    rows: list[Figure] = []
    definitions: Mapping[str, Definition] = {**KPIS, **BESIDE}
    for definition in definitions.values():
        if (definition.id == _STATE and not settings.state_pays) or (definition.id == NOT_BORNE and not records.amounts):
            continue
        if definition.needs and not settings.values.get(definition.needs):
            continue
        for dimension in (ALL, *definition.by) if settings.breakdown else (ALL,):
            by = slices[dimension]
            if by.size:
                _append(rows, tables, dimension, by.values, definition.id, definition.figure(tables, by))
    if settings.breakdown:
        if records.amounts:
            _append(rows, tables, LEFT_BY, WAYS, NOT_BORNE, by_way(tables))
        _append(rows, tables, ENDING, tables.causes, "wait_ending_share", ending_shares(tables))
        _append(rows, tables, ENDING, tables.causes, "wait_endings_per_year", endings_per_year(tables))
    return rows


def figure(
    records: Records,
    kpi: str,
    settings: Settings | None = None,
    *,
    year: int = HORIZON,
    dimension: str = ALL,
    value: str = ALL,
) -> float | None:
    """Take one figure alone.

    Raises
    ------
    KeyError
        If there is no such figure, dimension or value.
    """
    tables = Tables(records, settings or Settings())
    by = breakdowns(tables)[dimension]
    column = [window.year for window in tables.windows].index(year)
    number = float((KPIS.get(kpi) or BESIDE[kpi]).figure(tables, by)[by.values.index(value), column])
    return None if math.isnan(number) else number


def _append(rows: list[Figure], tables: Tables, dimension: str, values: tuple[str, ...], kpi: str, numbers: FloatArray) -> None:
    for value, line in zip(values, numbers.tolist(), strict=True):
        for window, number in zip(tables.windows, line, strict=True):
            if number == number:
                rows.append(Figure(window.year, dimension, value, kpi, number))
            elif dimension == ALL:
                rows.append(Figure(window.year, dimension, value, kpi, None))
