"""What fell away with those who were lost: by hand, to the krone."""

import pytest

from sim.measures import Amount, CountKey, HouseholdCell, Records, Wait, figure, measure

YEAR = 365.25


def test_by_hand():
    """Ten households at 100 kroner a day each: who dies in the middle of the first year leaves 1.5 years of 36 525."""
    housed = HouseholdCell("g", "housed", "housed", "", "flat", "s", 1, "", False, False)
    records = Records((0.0, YEAR, 2 * YEAR))
    records.household_days = {housed: [10 * YEAR, 10 * YEAR]}
    records.amounts = [Amount(0, "running", "municipality", 10 * 36_525.0), Amount(1, "running", "municipality", 10 * 36_525.0),
                       Amount(0, "building", "municipality", 9e9), Amount(0, "grant", "state", 9e9)]  # fmt: skip
    records.counts = {
        CountKey("death", "g", "flat", 1, ""): [1, 0],
        CountKey("eviction", "g", "flat", 1, ""): [0, 2],
        CountKey("refused", "g", "", 1, "newcomer"): [4, 0],
        CountKey("exit", "g", "flat", 1, "private"): [7, 7],
    }
    records.waits = [Wait("a", "g", "s", 1, 0.0, YEAR, "lapsed"), Wait("b", "g", "s", 1, 0.0, 9.0, "housed"),
                     Wait("c", "g", "s", 1, 0.0, 9.0, "died"), Wait("d", "g", "s", 1, 0.0, None, "")]  # fmt: skip
    rows = {row.value: row.number for row in measure(records) if row.kpi == "cost_not_borne_nok_per_year" and row.year == 0}
    a_year = 36_525.0
    assert rows["death"] == pytest.approx(1.5 * a_year / 2)
    assert rows["eviction"] == pytest.approx(2 * 0.5 * a_year / 2)
    assert rows["refused"] == pytest.approx(4 * 1.5 * a_year / 2)
    assert rows["gave_up"] == pytest.approx(1.0 * a_year / 2)
    assert rows["all"] == pytest.approx(sum(number for way, number in rows.items() if way != "all"))
    assert figure(records, "cost_not_borne_nok_per_year", year=2) == pytest.approx(2 * 0.5 * a_year + 1.0 * a_year)
    assert figure(records, "housed_days_per_year") == pytest.approx(10 * YEAR)


def test_without_money_nothing_is_told():
    assert not [row for row in measure(Records((0.0, YEAR))) if row.kpi == "cost_not_borne_nok_per_year"]
