from __future__ import annotations

import pytest

from sim.measures import CountKey, HoursCell, HouseholdCell, Records, figure


def test_evictions_are_not_warnings(records: Records, resident: HouseholdCell):
    records.counts[CountKey("eviction", "young", "flat", 1, "")] = [1, 3]
    records.counts[CountKey("warning", "young", "flat", 1, "")] = [9, 9]
    records.counts[CountKey("notice", "young", "flat", 1, "")] = [9, 9]
    records.household_days[resident] = [365.25 * 20, 365.25 * 30]
    assert figure(records, "evictions_per_year") == pytest.approx(4 * 365.25 / 400)
    assert figure(records, "evictions_per_100_tenancy_years") == pytest.approx(8.0)
    assert figure(records, "evictions_per_100_tenancy_years", dimension="type", value="house") is None


def test_incidents_at_ladder_sites(records: Records, resident: HouseholdCell):
    records.counts[CountKey("incident", "young", "flat", 1, "")] = [2, 4]
    records.counts[CountKey("incident", "young", "programme", 1, "")] = [9, 9]
    records.household_days[resident] = [365.25, 365.25 * 2]
    assert figure(records, "incidents_per_year") == pytest.approx(6 * 365.25 / 400)
    assert figure(records, "incidents_per_resident_year") == pytest.approx(2.0)


def test_standardising_takes_away_who_lives_there(records: Records, resident: HouseholdCell):
    """Need 3 has one incident a year and need 1 has none, wherever they live: the type that houses the hardest is no worse."""
    year = 365.25
    hard = resident._replace(need=3)
    records.household_days[resident] = [9 * year, 0.0]
    records.household_days[hard] = [1 * year, 0.0]
    records.household_days[hard._replace(place="house")] = [10 * year, 0.0]
    records.counts[CountKey("incident", "young", "flat", 3, "")] = [1, 0]
    records.counts[CountKey("incident", "young", "house", 3, "")] = [10, 0]
    for place, crude in (("flat", 0.1), ("house", 1.0)):
        assert figure(records, "incidents_per_resident_year", dimension="type", value=place) == pytest.approx(crude)
        standardised = figure(records, "incidents_per_resident_year_standardised", dimension="type", value=place)
        assert standardised == pytest.approx(11 / 20)


def test_standardising_shows_a_type_that_is_worse(records: Records, resident: HouseholdCell):
    """The same residents in both, but three times the incidents in one: 30 and 10 in 10 years each, 2 a year together."""
    for place, incidents in (("flat", 10), ("house", 30)):
        records.household_days[resident._replace(place=place)] = [3652.5, 0.0]
        records.counts[CountKey("incident", "young", place, 1, "")] = [incidents, 0]
        got = figure(records, "incidents_per_resident_year_standardised", dimension="type", value=place)
    assert got == pytest.approx(3.0)


def test_adequacy_is_met_over_required(records: Records):
    def hours(what: str, first: float, second: float) -> None:
        records.hours[HoursCell("north", "velferd", what, place="flat")] = [first, second]

    hours("required", 100.0, 300.0)
    hours("offered", 90.0, 210.0)
    hours("accepted", 80.0, 190.0)
    hours("received", 80.0, 170.0)
    hours("met", 70.0, 150.0)
    hours("days", 50.0, 150.0)
    hours("required_short", 10.0, 40.0)
    records.hours[HoursCell("south", "velferd", "required", place="flat")] = [0.0, 100.0]
    records.hours[HoursCell("south", "velferd", "met", place="flat")] = [0.0, 100.0]
    assert figure(records, "follow_up_adequacy_mean") == pytest.approx(320 / 500)
    assert figure(records, "follow_up_adequacy_mean", dimension="team", value="north") == pytest.approx(220 / 400)
    assert figure(records, "follow_up_adequacy_mean", dimension="scheme", value="velferd") == pytest.approx(320 / 500)
    assert figure(records, "follow_up_short_share") == pytest.approx(50 / 200)
    assert figure(records, "follow_up_declined_share") == pytest.approx(30 / 300)


def test_declined_hours_lower_the_headline_and_not_the_figure_beside_it(records: Records):
    """The north gives all that is accepted, the south half of it, and nobody serves the rest.

    North: of 100 hours 40 declined, 60 met. South: of 100 hours 20 declined, 80 accepted, 40 met. No team: 100 required.
    """
    amounts = {
        "north": {"required": 100.0, "offered": 100.0, "accepted": 60.0, "met": 60.0},
        "south": {"required": 100.0, "offered": 100.0, "accepted": 80.0, "met": 40.0},
        "none": {"required": 100.0, "offered": 100.0, "accepted": 70.0, "met": 0.0},  # offered by nobody, whatever is written
    }
    for team, of in amounts.items():
        for what, hours in of.items():
            records.hours[HoursCell(team, "velferd", what, place="flat")] = [hours, 0.0]

    def taken(kpi: str, team: str) -> float | None:
        return figure(records, kpi, dimension="team", value=team)

    assert figure(records, "follow_up_adequacy_mean") == pytest.approx(100 / 300)
    assert figure(records, "follow_up_adequacy_undeclined_mean") == pytest.approx(100 / (300 - 40 - 20))
    assert figure(records, "follow_up_declined_share") == pytest.approx(60 / 200)
    assert [taken("follow_up_adequacy_undeclined_mean", team) for team in amounts] == pytest.approx([1.0, 0.5, 0.0])
    assert [taken("follow_up_adequacy_mean", team) for team in amounts] == pytest.approx([0.6, 0.4, 0.0])
    assert taken("follow_up_declined_share", "none") is None


def test_the_four_hours_and_the_load_of_teams(records: Records):
    """North: 100 hours required, half by people who wait; 40 accepted, which take 50 with travel; 30 given by a team of 40."""
    days = records.bins[-1] - records.bins[0]
    week = {"required": 100.0, "offered": 50.0, "accepted": 40.0, "booked": 50.0, "received": 30.0, "met": 30.0}
    for what, hours in week.items():
        records.hours[HoursCell("north", "velferd", what, place="flat")] = [hours, 0.0]
    records.hours[HoursCell("north", "", "capacity")] = [40.0, 0.0]
    records.hours[HoursCell("south", "velferd", "booked", place="flat")] = [10.0, 20.0]
    records.hours[HoursCell("south", "", "capacity")] = [60.0, 60.0]
    assert figure(records, "team_load", dimension="team", value="north") == pytest.approx(1.25)
    assert figure(records, "team_load") == pytest.approx(80 / 160)
    assert figure(records, "follow_up_not_offered_share") == pytest.approx(0.5)
    for what, hours in {"required": 100, "offered": 50, "accepted": 40, "received": 30}.items():
        found = figure(records, f"follow_up_{what}_hours_per_week", dimension="team", value="north")
        assert found == pytest.approx(hours * 7 / days)
    assert figure(records, "follow_up_received_hours_per_week", dimension="type", value="flat") == pytest.approx(30 * 7 / days)


def test_a_scheme_is_that_of_the_home_in_follow_up_too(records: Records):
    """Who needs omsorg and lives in a velferd flat stands under velferd, as in every other table."""
    records.hours[HoursCell("north", "omsorg", "required", place="flat")] = [100.0, 0.0]
    records.hours[HoursCell("north", "omsorg", "met", place="flat")] = [25.0, 0.0]
    assert figure(records, "follow_up_adequacy_mean", dimension="scheme", value="velferd") == pytest.approx(0.25)
    assert figure(records, "follow_up_adequacy_mean", dimension="scheme", value="omsorg") is None
    assert figure(records, "follow_up_adequacy_mean", dimension="step", value="velferd_1") == pytest.approx(0.25)


def test_nobody_requires_anything(records: Records):
    assert figure(records, "follow_up_adequacy_mean") is None
    assert figure(records, "follow_up_adequacy_undeclined_mean") is None
    assert figure(records, "follow_up_required_hours_per_week") is None
    assert figure(records, "team_load") is None
