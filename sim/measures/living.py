"""Figures of the living environment: incidents and evictions, as counts and as rates that can be compared."""

from __future__ import annotations

import numpy as np

from sim.measures.breakdown import Breakdown
from sim.measures.survival import FloatArray, IntArray
from sim.measures.tables import Tables, ratio


def evictions_per_year(tables: Tables, by: Breakdown) -> FloatArray:
    """Executed evictions a year."""
    counts = tables.counts
    return counts.total(counts.where(tables.conditions.eviction), by.counts, by.size) / tables.years


def evictions_per_100_tenancy_years(tables: Tables, by: Breakdown) -> FloatArray:
    """Executed evictions for each hundred years of tenancy."""
    people = tables.households
    tenancies = people.total(people.where(tables.conditions.tenant), by.households, by.size) / 365.25
    return 100.0 * ratio(evictions_per_year(tables, by) * tables.years, tenancies)


def incidents_per_year(tables: Tables, by: Breakdown) -> FloatArray:
    """Incidents at ladder sites a year, true not reported."""
    return _incidents(tables, by) / tables.years


def complaints_per_year(tables: Tables, by: Breakdown) -> FloatArray:
    """Complaints of incidents at ladder sites a year, whoever complains."""
    counts = tables.counts
    return counts.total(counts.where(tables.conditions.complaint), by.counts, by.size) / tables.years


def strain_mean(tables: Tables, by: Breakdown) -> FloatArray:
    """Mean strain of the sites where the households of the ladders live."""
    people, counts, ask = tables.households, tables.counts, tables.conditions
    lived = people.total(people.where(ask.resident), by.households, by.size)
    return ratio(counts.total(counts.where(ask.strain), by.counts, by.size), lived)


def damage_days_per_year(tables: Tables, by: Breakdown) -> FloatArray:
    """Days a year by which repair of damage prolongs the void of ladder homes."""
    counts = tables.counts
    return counts.total(counts.where(tables.conditions.damage_days), by.counts, by.size) / tables.years


def incidents_per_resident_year(tables: Tables, by: Breakdown) -> FloatArray:
    """Incidents for each resident-year in the ladders."""
    return ratio(_incidents(tables, by), _resident_years(tables, by.households, by.size))


def incidents_per_resident_year_standardised(tables: Tables, by: Breakdown) -> FloatArray:
    """Incidents for each resident-year, as if every value of the breakdown had the residents of all of them.

    Indirect standardisation over group and need rank: observed incidents over those expected from the
    residents' strata at the rates of all ladder homes together, times the rate of all. (Direct
    standardisation has no answer where a small site type has nobody of a stratum.)
    """
    strata, person, event = _strata(tables)
    people, counts, ask = tables.households, tables.counts, tables.conditions
    residents, incidents = people.where(ask.resident), counts.where(ask.incident)
    years = people.total(residents, person, strata) / 365.25
    seen = counts.total(incidents, event, strata)
    rate = np.nan_to_num(ratio(seen, years))
    joint = np.where(by.households >= 0, by.households * strata + person, -1)
    exposure = people.total(residents, joint, by.size * strata) / 365.25
    expected = (exposure.reshape(by.size, strata, -1) * rate).sum(axis=1)
    overall = ratio(seen.sum(axis=0), years.sum(axis=0))
    return ratio(_incidents(tables, by), expected) * overall


def _incidents(tables: Tables, by: Breakdown) -> FloatArray:
    counts = tables.counts
    return counts.total(counts.where(tables.conditions.incident), by.counts, by.size)


def _resident_years(tables: Tables, codes: IntArray, values: int) -> FloatArray:
    people = tables.households
    return people.total(people.where(tables.conditions.resident), codes, values) / 365.25


def _strata(tables: Tables) -> tuple[int, IntArray, IntArray]:
    if "strata" not in tables.cache:
        people, events = tables.households.cells, tables.counts.cells
        number: dict[tuple[str, int], int] = {}
        for row in (*people, *events):
            number.setdefault((row.group, row.need), len(number))
        tables.cache["strata"] = (
            max(len(number), 1),
            np.array([number[row.group, row.need] for row in people], dtype=np.int64),
            np.array([number[row.group, row.need] for row in events], dtype=np.int64),
        )
    found: tuple[int, IntArray, IntArray] = tables.cache["strata"]
    return found
