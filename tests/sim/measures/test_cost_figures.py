from __future__ import annotations

import pytest

from sim.measures import OPENING, Amount, Asset, Records, Settings, TypeInfo, figure, measure

YEAR = 365.25


@pytest.fixture
def two_years() -> Records:
    return Records((0.0, YEAR, 2 * YEAR), types={"flat": TypeInfo("velferd", 1, 1, True)})


def test_yearly_cost_has_no_cash_capital(two_years: Records):
    two_years.amounts += [
        Amount(0, "running", "municipality", 100.0),
        Amount(1, "running", "municipality", 140.0),
        Amount(1, "rent", "municipality", -60.0),
        Amount(1, "imputed", "municipality", 8.0, cash=False),
        Amount(0, "capital", "municipality", 9_000.0),
        Amount(0, "grant", "municipality", -4_000.0),
        Amount(0, "grant", "state", 4_000.0),
    ]
    assert figure(two_years, "net_cost_nok_per_year") == pytest.approx((100 + 140 - 60 + 8) / 2)
    assert figure(two_years, "net_cost_nok_per_year", year=2) == pytest.approx(88)
    assert figure(two_years, "net_cost_nok_per_year", dimension="account", value="rent") == pytest.approx(-30)
    assert figure(two_years, "state_cost_nok_per_year") == pytest.approx(2_000)


def test_annuity_of_capital_less_grant(two_years: Records):
    """10 % over two years: 1.1^2 / 2.1 * 10 % = 0.576190 of the capital a year; land costs its interest."""
    two_years.assets += [
        Asset(0.0, "building", 1_500.0, 2.0, False, grant=500.0, place="flat"),
        Asset(YEAR, "land", 100.0, 0.0, True, place="flat"),
    ]
    settings = Settings(annuity_rate=0.10)
    building = 1_000 * 0.1 * 1.21 / 0.21
    assert figure(two_years, "net_cost_nok_per_year", settings, year=1) == pytest.approx(building)
    assert figure(two_years, "net_cost_nok_per_year", settings, year=2) == pytest.approx(building + 10)
    assert figure(two_years, "net_cost_nok_per_year", settings, dimension="type", value="flat") == pytest.approx(building + 5)
    free = Settings(annuity_rate=0.0)
    assert figure(two_years, "net_cost_nok_per_year", free) == pytest.approx(500.0)


def test_annuity_ends_when_it_is_worn_out(two_years: Records):
    two_years.assets.append(Asset(0.0, "building", 1_000.0, 1.0, False))
    assert figure(two_years, "net_cost_nok_per_year", Settings(annuity_rate=0.0), year=2) == 0.0


def test_present_value_by_hand(two_years: Records):
    """Mid-year factors 1.1^-0.5 and 1.1^-1.5; after two years a building of 40 years is worth 38/40, land what it cost."""
    two_years.amounts += [
        Amount(0, "running", "municipality", 100.0),
        Amount(1, "running", "municipality", 200.0),
        Amount(0, "capital", "municipality", 4_500.0),
        Amount(0, "grant", "municipality", -1_000.0),
        Amount(1, "imputed", "municipality", 50.0, cash=False),
        Amount(1, "grant", "state", 1_000.0),
    ]
    two_years.assets += [
        Asset(0.0, "building", 4_000.0, 40.0, False, grant=1_000.0),
        Asset(0.0, "land", 500.0, 0.0, True),
    ]
    settings = Settings(discount_rate=0.10)
    first, second, left = (100 + 4_500 - 1_000) * 1.1**-0.5, 200 * 1.1**-1.5, (3_800 + 500) * 1.1**-2
    assert figure(two_years, "net_present_cost_nok", settings) == pytest.approx(first + second - left)
    years = [figure(two_years, "net_present_cost_nok", settings, year=year) for year in (1, 2)]
    assert years == [pytest.approx(first - left), pytest.approx(second)]


def test_present_values_are_of_the_measured_horizon(two_years: Records):
    """Counted from day 365.25: what was paid before is outside, and the first measured year has factor 1.1^-0.5."""
    two_years.amounts += [Amount(0, "running", "municipality", 999.0), Amount(1, "running", "municipality", 110.0)]
    two_years.assets.append(Asset(0.0, "land", 700.0, 0.0, True))
    settings = Settings(measure_from=YEAR, discount_rate=0.10)
    assert figure(two_years, "net_present_cost_nok", settings) == pytest.approx(110 * 1.1**-0.5)


def test_what_is_under_construction_keeps_its_value(two_years: Records):
    """Paid in the second year, in use after the end: nothing is worn yet."""
    two_years.amounts.append(Amount(1, "capital", "municipality", 1_000.0))
    two_years.assets.append(Asset(3 * YEAR, "building", 1_000.0, 20.0, False, paid=1.5 * YEAR))
    assert figure(two_years, "net_present_cost_nok", Settings(discount_rate=0.0)) == pytest.approx(0.0)
    assert figure(two_years, "net_cost_nok_per_year") == 0.0


def test_accounts_add_up_to_the_whole(two_years: Records):
    two_years.amounts += [
        Amount(0, name, "municipality", nok) for name, nok in (("running", 3.0), ("rent", -1.0), ("capital", 50.0))
    ]
    two_years.assets.append(Asset(0.0, "building", 50.0, 10.0, False))
    for kpi in ("net_cost_nok_per_year", "net_present_cost_nok"):
        rows = [row for row in measure(two_years) if row.kpi == kpi and row.year == 0]
        parts = [row.number for row in rows if row.dimension == "account"]
        assert sum(parts) == pytest.approx(next(row.number for row in rows if row.dimension == "all"))


def test_an_account_that_nothing_fills_is_left_out(two_years: Records):
    """Not a 0 that looks measured; and a grant that one replication misses is a 0 where it could have come."""
    two_years.amounts.append(Amount(0, "running", "municipality", 3.0))
    shown = {row.kpi for row in measure(two_years, Settings(state_pays=False))}
    assert "state_cost_nok_per_year" not in shown
    assert "net_cost_nok_per_year" in shown
    could = [row.number for row in measure(two_years, Settings(state_pays=True)) if row.kpi == "state_cost_nok_per_year"]
    assert set(could) == {0.0}


def test_capital_paid_on_the_opening_day_stands_in_the_window_from_the_opening_on(two_years: Records):
    """10 % from day 0: 800 paid in the second year at 1.1^-1.5, a plot worth as much at the end at 1.1^-2; before it 100."""
    two_years.amounts += [
        Amount(0, "running", "municipality", 100.0),
        Amount(1, "capital", "municipality", 800.0),
    ]
    two_years.assets.append(Asset(YEAR, "land", 800.0, 0.0, True, place="flat"))
    settings = Settings(opening=YEAR, discount_rate=0.10)
    expected = 800 * (1.1**-1.5 - 1.1**-2)
    assert figure(two_years, "net_present_cost_nok", settings, year=OPENING) == pytest.approx(expected)
    assert figure(two_years, "net_present_cost_nok", settings) == pytest.approx(expected + 100 * 1.1**-0.5)
