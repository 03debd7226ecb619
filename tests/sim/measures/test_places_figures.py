"""Complaints, strain, repair and the opening of projects, as figures."""

from __future__ import annotations

import pytest

from sim.measures import CountKey, HouseholdCell, Records, figure
from sim.measures.records import ProjectPhase


def test_complaints_of_the_ladders_whoever_complains(records: Records, resident: HouseholdCell):
    records.counts[CountKey("complaint", "young", "flat", 1, "neighbours")] = [2, 4]
    records.counts[CountKey("complaint", "young", "flat", 1, "ordinary_neighbours")] = [1, 3]
    records.counts[CountKey("complaint", "young", "programme", 1, "ordinary_neighbours")] = [9, 9]
    records.household_days[resident] = [365.25, 365.25]
    assert figure(records, "complaints_per_year") == pytest.approx(10 * 365.25 / 400)
    assert figure(records, "complaints_per_year", dimension="type", value="flat") == pytest.approx(10 * 365.25 / 400)


def test_strain_is_that_of_the_sites_where_residents_live(records: Records, resident: HouseholdCell):
    """A household in a calm flat and one in a strained house, half of the time each: points weighed by who lives there."""
    records.household_days[resident] = [100.0, 100.0]
    records.household_days[resident._replace(place="house")] = [100.0, 100.0]
    records.counts[CountKey("strain_resident_days", "", "house", 0, "")] = [300, 500]
    records.counts[CountKey("strain_days", "", "house", 0, "")] = [9, 9]
    assert figure(records, "strain_mean") == pytest.approx(2.0)
    assert figure(records, "strain_mean", dimension="type", value="house") == pytest.approx(4.0)
    assert figure(records, "strain_mean", dimension="type", value="flat") == 0.0


def test_days_of_repair(records: Records):
    records.counts[CountKey("damage_days", "young", "flat", 1, "")] = [30, 10]
    records.counts[CountKey("damage_days", "young", "programme", 1, "")] = [99, 99]
    assert figure(records, "damage_days_per_year") == pytest.approx(40 * 365.25 / 400)


def test_a_project_that_has_not_opened_counts_with_the_whole_period(records: Records):
    assert figure(records, "project_opening_days_mean") is None
    records.projects += [
        ProjectPhase("a", "planning", -50.0, 40.0),
        ProjectPhase("a", "building", 40.0, 100.0),
        ProjectPhase("a", "base", 100.0, 390.0),
        ProjectPhase("a", "contact_person", 100.0, None),
        ProjectPhase("b", "planning", 0.0, None),
    ]
    assert figure(records, "project_opening_days_mean") == pytest.approx((100.0 + 400.0) / 2)
