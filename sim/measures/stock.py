"""Figures of the homes themselves: how many are lived in, and how many are let anew."""

from __future__ import annotations

from sim.measures.breakdown import Breakdown
from sim.measures.survival import FloatArray
from sim.measures.tables import Tables, ratio


def occupancy_mean(tables: Tables, by: Breakdown) -> FloatArray:
    """Ladder dwelling-days let or held, over those existing."""
    homes, ask = tables.dwellings, tables.conditions
    occupied = homes.total(homes.where(ask.occupied), by.dwellings, by.size)
    return ratio(occupied, homes.total(homes.where(ask.existing), by.dwellings, by.size))


def homes_mean(tables: Tables, by: Breakdown) -> FloatArray:
    """Time average of existing ladder homes."""
    homes = tables.dwellings
    return homes.total(homes.where(tables.conditions.existing), by.dwellings, by.size) / tables.days


def residents_mean(tables: Tables, by: Breakdown) -> FloatArray:
    """Time average of households living in the ladders, held homes included."""
    people = tables.households
    return people.total(people.where(tables.conditions.resident), by.households, by.size) / tables.days


def housed_days_per_year(tables: Tables, by: Breakdown) -> FloatArray:
    """Household-days a year in any municipal home, programmes beside the ladders included."""
    people = tables.households
    return people.total(people.where(tables.conditions.tenant), by.households, by.size) / tables.years


def allocations_per_year(tables: Tables, by: Breakdown) -> FloatArray:
    """Lease starts in the ladders, new and transfer, a year."""
    counts = tables.counts
    return counts.total(counts.where(tables.conditions.lease_start), by.counts, by.size) / tables.years
