"""Figures of being without a home."""

from __future__ import annotations

from sim.measures.breakdown import Breakdown
from sim.measures.survival import FloatArray
from sim.measures.tables import Tables


def temporary_nights_per_year(tables: Tables, by: Breakdown) -> FloatArray:
    """Nights in paid temporary accommodation a year."""
    people = tables.households
    return people.total(people.where(tables.conditions.in_temporary), by.households, by.size) / tables.years


def without_home_mean(tables: Tables, by: Breakdown) -> FloatArray:
    """Time average of households without a home."""
    people = tables.households
    return people.total(people.where(tables.conditions.without_home), by.households, by.size) / tables.days
