"""Figures of the people themselves: who is ready to leave, who lives where it wishes, who is assessed right."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

from sim.measures.breakdown import Breakdown
from sim.measures.records import CountKey
from sim.measures.survival import FloatArray
from sim.measures.tables import Tables, ratio


def ready_to_leave_mean(tables: Tables, by: Breakdown) -> FloatArray:
    """Time average of residents who are ready to leave and wait for a private letting."""
    return _total("ready_days", tables, by) / tables.days


def private_lettings_unused_per_year(tables: Tables, by: Breakdown) -> FloatArray:
    """Private lettings a year that nobody was ready for."""
    return _total("letting_unused", tables, by) / tables.years


def moves_in_circles_per_year(tables: Tables, by: Breakdown) -> FloatArray:
    """Residents a year who moved in a circle."""
    return _total("circle_move", tables, by) / tables.years


def assessed_wrong_share(tables: Tables, by: Breakdown) -> FloatArray:
    """Of the days of those who have been assessed: those on which the last assessment is not the truth."""
    return ratio(_total("assessed_wrong_days", tables, by), _total("assessed_days", tables, by))


def housed_in_wished_district_share(tables: Tables, by: Breakdown) -> FloatArray:
    """Of the resident-days of those who wish for a district: those in a home there."""
    return ratio(_total("in_wished_days", tables, by), _total("wishing_days", tables, by))


def housed_in_unwished_district_share(tables: Tables, by: Breakdown) -> FloatArray:
    """Of the resident-days of those who wish not to live in a district: those in a home there."""
    return ratio(_total("in_unwished_days", tables, by), _total("avoiding_days", tables, by))


def household_changes_per_year(tables: Tables, by: Breakdown) -> FloatArray:
    """Births, children who move out, separations and the like, a year."""
    return _total("household_change", tables, by) / tables.years


def applications_answering_supply_per_year(tables: Tables, by: Breakdown) -> FloatArray:
    """Applications a year more than declared: those that short waits called forth, less those that long waits kept away."""
    return (_total("application_induced", tables, by) - _total("application_deterred", tables, by)) / tables.years


def _total(kind: str, tables: Tables, by: Breakdown) -> FloatArray:
    counts = tables.counts
    return counts.total(counts.where(_of(kind)), by.counts, by.size)


@cache
def _of(kind: str) -> Callable[[CountKey], bool]:
    return lambda key: key.kind == kind
