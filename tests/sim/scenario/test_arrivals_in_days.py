"""Arrivals as written become step functions: trend, season, dates and batches, against sums done by hand."""

from __future__ import annotations

from datetime import date
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.scenario.arrivals import arrivals_of
from sim.scenario.dates import YEAR, month_bins
from sim.scenario.model import ArrivalsRecord

START = date(2026, 1, 1)


def arrivals(days: float = 3652.5, **written: Any) -> Any:
    return arrivals_of(ArrivalsRecord.model_validate(written), START, days)


def expected(rate: tuple[tuple[float, float], ...], days: float) -> float:
    edges = [*rate, (days, 0.0)]
    return sum(level * (high - low) for (low, level), (high, _) in pairwise(edges))


def test_a_constant_rate_is_one_step() -> None:
    assert arrivals(rate="40 per year").rate == ((0.0, 40 / YEAR),)


def test_from_and_until_cut_the_rate() -> None:
    found = arrivals(rate="1 per day", **{"from": date(2026, 2, 1), "until": date(2026, 3, 1)}).rate
    assert found == ((31.0, 1.0), (59.0, 0.0))


def test_a_season_multiplies_its_months() -> None:
    rate = dict(arrivals(rate="1 per day", season={7: 0.5}, days=365.0).rate)
    assert rate[181.0] == 0.5  # 1 July
    assert rate[212.0] == 1.0


def test_a_trend_is_compound() -> None:
    rate = arrivals(rate="10 per year", trend="2 % per year").rate
    growth = sum(1.02 ** (year + 0.5) for year in range(10)) * 10
    assert expected(rate, 3652.5) == pytest.approx(growth, rel=1e-4)


def test_rates_by_date_hold_from_their_date() -> None:
    found = arrivals(rates={date(2020, 1, 1): "5 per day", date(2025, 1, 1): "1 per day", date(2027, 1, 1): "2 per day"})
    assert found.rate == ((0.0, 1.0), (365.0, 2.0))


def test_batches_come_every_year_within_the_horizon() -> None:
    found = arrivals(batches={"each_year": "04-01", "size": 30}, days=730.0).batches
    assert found == ((90.0, 30), (455.0, 30))


def test_a_leap_day_comes_in_leap_years() -> None:
    assert [day for day, _ in arrivals(batches={"each_year": "02-29", "size": 1}).batches] == [789.0, 2250.0]


@given(days=st.floats(1, 5000), cuts=st.lists(st.floats(-100, 6000), max_size=4))
def test_bins_ascend_cover_the_horizon_and_hold_every_cut(days: float, cuts: list[float]) -> None:
    bins = month_bins(days, cuts)
    assert bins[0] == 0.0
    assert bins[-1] == days
    assert all(a < b for a, b in pairwise(bins))
    assert {cut for cut in cuts if 0 < cut < days} <= set(bins)
    assert all(b - a < 30.4375 + 1e-5 for a, b in pairwise(bins))
