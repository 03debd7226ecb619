"""The monthly series of the results folder."""

from __future__ import annotations

import pytest

from sim.measures import HouseholdCell, Records, Settings, TypeInfo
from sim.replication.tables import result_tables

MONTH = 30.4375
WAITS = HouseholdCell("young", "waiting", "with_others", "", "", "velferd", 1, "newcomer", False, False)


def series(records: Records, kpi: str) -> dict[tuple[object, ...], float]:
    rows = result_tables(records, Settings(ladders=("velferd",)))["series"]
    return {(row[0], row[3]): float(str(row[4])) for row in rows if row[1] == kpi}


def test_a_date_that_cuts_a_month_makes_no_new_month() -> None:
    """Three months, the second cut at day 40: one waits through 10 of its days before the cut and 5 after it."""
    records = Records((0.0, MONTH, 40.0, 2 * MONTH, 3 * MONTH))
    records.household_days[WAITS] = [MONTH, 9.0, 5.0, 0.0]
    assert series(records, "waiting_list_mean") == {
        (1, "all"): pytest.approx(1.0),
        (2, "all"): pytest.approx(14.0 / MONTH),
        (3, "all"): 0.0,
    }


def test_a_series_is_of_the_figure_whose_name_it_has() -> None:
    """A resident who waits for another home is no new household; who stays with others is without a home, applied or not."""
    records = Records((0.0, MONTH), types={"flat": TypeInfo("velferd", 1, 1, True), "hf": TypeInfo("first", 1, 0, False)})
    moving = WAITS._replace(status="housed", situation="housed", place="flat", listed="transfer")
    records.household_days |= {
        WAITS: [MONTH],
        WAITS._replace(status="outside", listed=""): [MONTH],
        moving: [2 * MONTH],
        moving._replace(place="hf", listed=""): [MONTH],
    }
    assert series(records, "waiting_list_mean") == {(1, "all"): 1.0}
    assert series(records, "without_home_mean") == {(1, "all"): 2.0}
    assert series(records, "residents_mean") == {(1, "velferd_1"): 2.0}
