"""Figures of waiting, all read off one period life table of the waiting list."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from sim.measures.breakdown import Breakdown
from sim.measures.survival import FloatArray, LifeTable, life_table
from sim.measures.tables import BoolArray, Tables
from sim.measures.windows import Window


def wait_table(tables: Tables, window: Window, chosen: BoolArray) -> LifeTable | None:
    """Period life table of one window.

    Those already waiting when the window opens enter at the age they have then (delayed entry); those still
    waiting when it closes are censored. Every ending is an ending; causes stand in the order of
    ``tables.causes``.

    Parameters
    ----------
    chosen : array (waits,)
        Which of the records' waits are meant.

    Returns
    -------
    LifeTable or None
        None if nobody was waiting in the window.
    """
    spells = tables.spells
    seen = chosen & (spells.decided < window.end) & (spells.end >= window.start)
    if not seen.any():
        return None
    decided, end = spells.decided[seen], spells.end[seen]
    over = end < window.end
    entry = np.maximum(window.start - decided, 0.0)
    leave = np.where(over, end, window.end) - decided
    return life_table(entry, leave, np.where(over, spells.cause[seen], -1), len(tables.causes))


def wait_days_mean(tables: Tables, by: Breakdown) -> FloatArray:
    """Restricted mean of the time on the list."""
    return _each(tables, by, lambda table: table.restricted_mean(tables.settings.tau))


def wait_days_mean_held_share(tables: Tables, by: Breakdown) -> FloatArray:
    """Share of the mean that lies beyond the oldest wait observed in the window: an upper bound rather than an observation."""
    return _each(tables, by, lambda table: table.held_share(tables.settings.tau))


def wait_days_p90(tables: Tables, by: Breakdown) -> FloatArray:
    """Smallest d with S(d) <= 0.10, or tau."""
    return _each(tables, by, lambda table: table.quantile(0.9, tables.settings.tau)[0])


def wait_days_p90_at_limit(tables: Tables, by: Breakdown) -> FloatArray:
    """1 where tau stands in for the percentile."""
    return _each(tables, by, lambda table: float(table.quantile(0.9, tables.settings.tau)[1]))


def housed_within_limit_share(tables: Tables, by: Breakdown) -> FloatArray:
    """Cumulative incidence of *housed* at the stated limit."""
    return _each(tables, by, lambda table: float(table.incidence_at(tables.settings.limit_days)[0]))


def waiting_list_mean(tables: Tables, by: Breakdown) -> FloatArray:
    """Time average of the new households on the list."""
    chosen = tables.households.where(tables.conditions.waiting_as_new)
    return tables.households.total(chosen, by.households, by.size) / tables.days


def ending_shares(tables: Tables) -> FloatArray:
    """Cumulative incidence of each ending at tau: shape (causes, windows), NaN where nobody waited."""
    out = np.full((len(tables.causes), len(tables.windows)), np.nan)
    everyone = np.ones(tables.spells.decided.size, dtype=np.bool_)
    for column, window in enumerate(tables.windows):
        table = wait_table(tables, window, everyone)
        if table is not None:
            out[:, column] = table.incidence_at(tables.settings.tau)
    return out


def endings_per_year(tables: Tables) -> FloatArray:
    """Waits ended a year by each cause: shape (causes, windows)."""
    spells = tables.spells
    out = np.zeros((len(tables.causes), len(tables.windows)))
    for column, window in enumerate(tables.windows):
        inside = (spells.end >= window.start) & (spells.end < window.end)
        out[:, column] = np.bincount(spells.cause[inside], minlength=len(tables.causes)) / window.years
    return out


def _each(tables: Tables, by: Breakdown, figure: Callable[[LifeTable], float]) -> FloatArray:
    out = np.full((by.size, len(tables.windows)), np.nan)
    for row, line in enumerate(_life_tables(tables, by)):
        for column, table in enumerate(line):
            if table is not None:
                out[row, column] = figure(table)
    return out


def _life_tables(tables: Tables, by: Breakdown) -> list[list[LifeTable | None]]:
    key = ("life tables", by.dimension)
    if key not in tables.cache:
        tables.cache[key] = [
            [wait_table(tables, window, by.waits == value) for window in tables.windows] for value in range(by.size)
        ]
    found: list[list[LifeTable | None]] = tables.cache[key]
    return found
