from __future__ import annotations

import pytest

from sim.measures import CountKey, DwellingCell, HouseholdCell, Records, Settings, figure, measure


def test_occupancy_leaves_out_what_is_no_home(records: Records):
    days = records.dwelling_days
    days[DwellingCell("flat", "let")] = [60.0, 200.0]
    days[DwellingCell("flat", "held")] = [10.0, 30.0]
    for state in ("vacant", "offered", "turnaround"):
        days[DwellingCell("flat", state)] = [10.0, 30.0]
    for state in ("planned", "base", "closed"):
        days[DwellingCell("flat", state)] = [500.0, 500.0]
    days[DwellingCell("programme", "let")] = [999.0, 999.0]
    assert figure(records, "occupancy_mean") == pytest.approx(300 / 420)
    assert figure(records, "occupancy_mean", dimension="step", value="velferd_1") == pytest.approx(300 / 420)
    assert figure(records, "occupancy_mean", dimension="type", value="house") is None
    assert figure(records, "homes_mean") == pytest.approx(420 / 400)


def test_allocations_count_new_leases_in_the_ladders(records: Records):
    records.counts[CountKey("lease_start", "young", "flat", 1, "new")] = [2, 3]
    records.counts[CountKey("lease_start", "young", "house", 1, "transfer")] = [0, 1]
    records.counts[CountKey("lease_start", "young", "programme", 1, "new")] = [9, 9]
    assert figure(records, "allocations_per_year") == pytest.approx(6 / (400 / 365.25))
    assert figure(records, "allocations_per_year", dimension="kind", value="transfer") == pytest.approx(365.25 / 400)
    assert figure(records, "allocations_per_year", dimension="scheme", value="velferd") == pytest.approx(6 * 365.25 / 400)


def test_lowest_step_share_counts_those_who_moved_out(records: Records, resident: HouseholdCell):
    days = records.household_days
    days[resident] = [30.0, 70.0]
    days[resident._replace(away="hospital")] = [0.0, 10.0]
    days[resident._replace(place="house")] = [60.0, 0.0]
    days[resident._replace(place="programme")] = [400.0, 0.0]
    out = resident._replace(status="outside", situation="ordinary", place="")
    days[out._replace(former=True)] = [0.0, 30.0]
    days[out] = [0.0, 500.0]
    assert figure(records, "lowest_step_share") == pytest.approx((100 + 10 + 30) / (100 + 10 + 60 + 30))


def test_step_1_of_the_other_ladder_is_not_the_lowest_step(records: Records, resident: HouseholdCell):
    records.types["care"] = records.types["care"]._replace(step=1, rank=1)
    records.household_days[resident._replace(place="care")] = [10.0, 0.0]
    records.household_days[resident] = [30.0, 0.0]
    assert figure(records, "lowest_step_share") == pytest.approx(0.75)
    assert figure(records, "lowest_step_share", Settings(ladders=("omsorg", "velferd"))) == pytest.approx(0.25)


def test_need_of_the_lowest_step(records: Records, resident: HouseholdCell):
    days = records.household_days
    days[resident] = [50.0, 0.0]
    days[resident._replace(place="house")] = [20.0, 0.0]
    days[resident._replace(status="waiting", place="", situation="no_roof")] = [20.0, 0.0]
    days[resident._replace(status="outside", place="", situation="ordinary", former=True)] = [10.0, 0.0]
    days[resident._replace(status="outside", place="", situation="ordinary")] = [777.0, 0.0]
    days[resident._replace(status="gone", place="")] = [777.0, 0.0]
    days[resident._replace(need=3)] = [777.0, 0.0]
    assert figure(records, "need_lowest_housed_lowest_share") == pytest.approx(60 / 100)


def test_below_need(records: Records, resident: HouseholdCell):
    """Rank 3 at step 3 and at step 4 is enough, at step 1 it is not; a need of the care ladder is never met by a welfare home."""
    days = records.household_days
    days[resident] = [40.0, 0.0]
    days[resident._replace(need=3)] = [10.0, 0.0]
    days[resident._replace(need=3, place="quarter")] = [20.0, 0.0]
    days[resident._replace(scheme="omsorg", need=2, place="house")] = [5.0, 0.0]
    days[resident._replace(scheme="omsorg", need=2, place="care")] = [20.0, 0.0]
    days[resident._replace(need=3, place="care")] = [5.0, 0.0]
    days[resident._replace(need=5, place="programme")] = [999.0, 0.0]
    assert figure(records, "below_need_share") == pytest.approx(20 / 100)
    assert figure(records, "below_need_share", dimension="step", value="omsorg_2") == pytest.approx(5 / 25)


def test_steps_stand_in_the_order_of_the_ladders(records: Records):
    for place in records.types:
        records.dwelling_days[DwellingCell(place, "let")] = [1.0, 1.0]
    steps = [r.value for r in measure(records) if r.kpi == "homes_mean" and r.dimension == "step" and r.year == 0]
    assert steps == ["velferd_1", "velferd_3", "velferd_4", "omsorg_2"]
