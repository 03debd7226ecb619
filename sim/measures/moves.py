"""Figures of moving: between homes, out, back, and the ends of tenancies by cause."""

from __future__ import annotations

import numpy as np

from sim.measures.breakdown import Breakdown
from sim.measures.records import Return
from sim.measures.survival import FloatArray, IntArray
from sim.measures.tables import BoolArray, Tables

WITHIN_DAYS = 365.0


def moves_down_per_year(tables: Tables, by: Breakdown) -> FloatArray:
    """Moves between ladder homes to less support, a year."""
    return _per_year(tables, by, tables.counts.where(tables.conditions.move_down))


def moves_up_per_year(tables: Tables, by: Breakdown) -> FloatArray:
    """Moves between ladder homes to more support, a year."""
    return _per_year(tables, by, tables.counts.where(tables.conditions.move_up))


def exits_to_ordinary_per_year(tables: Tables, by: Breakdown) -> FloatArray:
    """Tenancies ended by a move to a private or own home, gross, a year."""
    return _per_year(tables, by, tables.counts.where(tables.conditions.exit_to_ordinary))


def deaths_per_year(tables: Tables, by: Breakdown) -> FloatArray:
    """Deaths a year."""
    return _per_year(tables, by, tables.counts.where(tables.conditions.death))


def tenancy_ends_per_year(tables: Tables, by: Breakdown) -> FloatArray:
    """Tenancies ended a year: what a saving by death or eviction would hide."""
    return _per_year(tables, by, tables.counts.where(tables.conditions.tenancy_ended))


def returns_per_year(tables: Tables, by: Breakdown) -> FloatArray:
    """Former residents who apply again, a year."""
    return _returns(tables, by.returns, by.size, tables.records.returns)


def returns_within_365_days_per_year(tables: Tables, by: Breakdown) -> FloatArray:
    """Returns at most 365 days after the exit, a year: stands beside the gross exits."""
    early = np.array([_early(entry) for entry in tables.records.returns], dtype=np.bool_)
    return _returns(tables, np.where(early, by.returns, -1), by.size, tables.records.returns)


def _early(entry: Return) -> bool:
    return entry.returned - entry.exited <= WITHIN_DAYS


def _returns(tables: Tables, codes: IntArray, values: int, entries: list[Return]) -> FloatArray:
    days = np.array([entry.returned for entry in entries])
    out = np.zeros((values, len(tables.windows)))
    for column, window in enumerate(tables.windows):
        inside = (days >= window.start) & (days < window.end) & (codes >= 0)
        out[:, column] = np.bincount(codes[inside], minlength=values)
    return out / tables.years


def _per_year(tables: Tables, by: Breakdown, chosen: BoolArray) -> FloatArray:
    return tables.counts.total(chosen, by.counts, by.size) / tables.years
