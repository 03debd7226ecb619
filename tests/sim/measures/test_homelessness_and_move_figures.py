from __future__ import annotations

import pytest

from sim.measures import CountKey, HouseholdCell, Records, Return, figure, measure

PER_YEAR = 365.25 / 400


def test_nights_in_temporary_accommodation(records: Records, resident: HouseholdCell):
    waiting = resident._replace(status="waiting", situation="temporary", place="")
    records.household_days[waiting] = [80.0, 120.0]
    records.household_days[waiting._replace(away="hospital")] = [33.0, 0.0]
    records.household_days[waiting._replace(situation="no_roof")] = [44.0, 0.0]
    assert figure(records, "temporary_nights_per_year") == pytest.approx(200 * PER_YEAR)
    assert figure(records, "temporary_nights_per_year", dimension="need", value="velferd_1") == pytest.approx(200 * PER_YEAR)


def test_without_a_home(records: Records, resident: HouseholdCell):
    waiting = resident._replace(status="waiting", place="")
    for situation in ("no_roof", "temporary", "with_others", "leaving_institution"):
        records.household_days[waiting._replace(situation=situation)] = [100.0, 0.0]
    for situation in ("unsuitable", "ordinary", "notice_to_quit"):
        records.household_days[waiting._replace(situation=situation)] = [100.0, 0.0]
    records.household_days[resident._replace(away="prison", situation="housed")] = [100.0, 0.0]
    records.household_days[waiting._replace(status="gone", situation="no_roof")] = [100.0, 0.0]
    assert figure(records, "without_home_mean") == pytest.approx(1.0)


def test_moves_by_direction(records: Records):
    records.counts[CountKey("move_down", "young", "flat", 1, "house")] = [2, 1]
    records.counts[CountKey("move_up", "old", "house", 3, "flat")] = [0, 2]
    records.counts[CountKey("move_sideways", "old", "house", 3, "quarter")] = [5, 5]
    assert figure(records, "moves_down_per_year") == pytest.approx(3 * PER_YEAR)
    assert figure(records, "moves_up_per_year") == pytest.approx(2 * PER_YEAR)
    assert figure(records, "moves_up_per_year", dimension="group", value="young") == 0.0


def test_exits_to_ordinary_and_all_ends_of_tenancies(records: Records):
    records.counts[CountKey("exit", "young", "flat", 1, "private")] = [3, 0]
    records.counts[CountKey("exit", "young", "programme", 1, "own_home")] = [0, 1]
    records.counts[CountKey("exit", "young", "flat", 1, "institution")] = [7, 0]
    records.counts[CountKey("exit", "young", "", 1, "private")] = [7, 0]
    records.counts[CountKey("death", "young", "flat", 1, "")] = [0, 2]
    records.counts[CountKey("eviction", "young", "house", 1, "")] = [1, 0]
    assert figure(records, "exits_to_ordinary_per_year") == pytest.approx(4 * PER_YEAR)
    ends = {
        r.value: r.number for r in measure(records) if r.kpi == "tenancy_ends_per_year" and r.dimension == "cause" and not r.year
    }
    assert ends == {
        "death": pytest.approx(2 * PER_YEAR),
        "eviction": pytest.approx(PER_YEAR),
        "institution": pytest.approx(7 * PER_YEAR),
        "own_home": pytest.approx(PER_YEAR),
        "private": pytest.approx(3 * PER_YEAR),
    }


def test_returns_by_time_since_the_exit(records: Records):
    for exited in (-10.0, 100.0, -400.0, -1000.0):
        records.returns.append(Return("a/1", "young", exited, 200.0, "private"))
    records.returns.append(Return("a/1", "young", 0.0, 400.0, "private"))
    assert figure(records, "returns_per_year") == pytest.approx(4 * PER_YEAR)
    for value, number in (("first_year", 2), ("second_year", 1), ("later", 1)):
        assert figure(records, "returns_per_year", dimension="since_exit", value=value) == pytest.approx(number * PER_YEAR)
    assert figure(records, "returns_within_365_days_per_year") == pytest.approx(2 * PER_YEAR)


def test_deaths_by_where_they_lived(records: Records):
    records.counts[CountKey("death", "young", "house", 3, "")] = [1, 1]
    records.counts[CountKey("death", "young", "", 3, "no_roof")] = [0, 1]
    assert figure(records, "deaths_per_year") == pytest.approx(3 * PER_YEAR)
    assert figure(records, "deaths_per_year", dimension="lived", value="house") == pytest.approx(2 * PER_YEAR)
    assert figure(records, "deaths_per_year", dimension="lived", value="no_roof") == pytest.approx(PER_YEAR)
