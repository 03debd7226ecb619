"""Spans of written values, grids, and designs that cover a space evenly."""

from decimal import Decimal

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.experiment.designs import crossed, latin_hypercube, morris, sobol
from sim.experiment.span import SpanError, grid, span


@pytest.mark.parametrize(
    ("written", "values"),
    [
        (("1", "5", "2"), ["1", "3", "5"]),
        (("0.1", "0.3", "0.1"), ["0.1", "0.2", "0.3"]),
        (("1 year", "2 years", "0.5"), ["1 years", "1.5 years", "2 years"]),
        (("100", "300", "100 hours per week"), ["100 hours per week", "200 hours per week", "300 hours per week"]),
        (
            ("60 000 NOK per year", "61 000 NOK per year", "500"),
            ["60000 NOK per year", "60500 NOK per year", "61000 NOK per year"],
        ),
        (("5 %", "6 %", "0.4"), ["5 %", "5.4 %", "5.8 %"]),
        (("-1", "1", "1"), ["-1", "0", "1"]),
        (("7", "7", "1"), ["7"]),
    ],
)
def test_grids(written: tuple[str, str, str], values: list[str]) -> None:
    assert list(grid(*written)[1]) == values


@pytest.mark.parametrize(
    ("written", "says"),
    [
        (("5", "1", "1"), "empty"),
        (("1", "5", "0"), "above zero"),
        (("1", "5", "-1"), "above zero"),
        (("a", "5", "1"), "number"),
        (("1 NOK", "5 years", "1"), "do not fit"),
        (("1", "1000000", "0.001"), "more than"),
    ],
)
def test_what_is_no_grid(written: tuple[str, str, str], says: str) -> None:
    with pytest.raises(SpanError, match=says):
        grid(*written)


def test_ends_in_different_units_of_time() -> None:
    of = span("6 months", "2 years")
    assert (of.low, of.high, of.unit) == (Decimal("182.625"), Decimal("730.5"), "days")
    assert of.at(1.0) == "730.5 days"
    assert of.number("1 year") == Decimal("365.25")
    assert of.share_of(of.number("1 year")) == pytest.approx(1 / 3)


@given(st.floats(-1e6, 1e6), st.floats(0, 1e6), st.floats(0, 1))
def test_a_value_lies_within_its_span(low: float, width: float, share: float) -> None:
    of = span(f"{low:.6f} days", f"{low + width:.6f} days")
    found = of.number(of.at(share))
    slack = Decimal("1e-8") * (1 + abs(of.low) + abs(of.high))
    assert of.low - slack <= found <= of.high + slack
    if width > 1:
        assert of.share_of(found) == pytest.approx(share, abs=1e-4)


def test_whole_numbers_are_equally_likely() -> None:
    of = span("2", "5")._replace(whole=True)
    found = [of.at((i + 0.5) / 400) for i in range(400)]
    assert {text: found.count(text) for text in set(found)} == {"2": 100, "3": 100, "4": 100, "5": 100}
    assert of.at(1.0) == "5"


def test_every_combination() -> None:
    assert crossed([["1", "2"], ["a"]]) == (("1", "a"), ("2", "a"))


@pytest.mark.parametrize("n", [4, 10, 32])
def test_a_hypercube_has_one_point_in_each_slice(n: int) -> None:
    table = np.array(latin_hypercube(n, 3, 1))
    assert all(sorted((table[:, j] * n).astype(int)) == list(range(n)) for j in range(3))
    assert latin_hypercube(n, 3, 1) == latin_hypercube(n, 3, 1) != latin_hypercube(n, 3, 2)


def test_sobol_points_cover_more_evenly_than_chance() -> None:
    table = np.array(sobol(64, 2, 5))
    boxes = {(int(8 * x), int(8 * y)) for x, y in table}
    assert len(boxes) > 55  # chance would fill about 41 of the 64
    assert len(sobol(10, 2, 5)) == 10


def test_a_trajectory_changes_one_number_at_a_time() -> None:
    for walk in morris(20, 5, 3):
        points = np.array(walk.points)
        steps = np.abs(np.diff(points, axis=0))
        assert ((steps > 0).sum(axis=1) == 1).all() and np.allclose(steps.max(axis=1), 2 / 3)
        assert sorted(walk.moved) == list(range(5))
        assert points.min() >= 0 and points.max() <= 1


def test_dates_move_by_calendar_months_and_years() -> None:
    assert grid("2028-01-01", "2031-01-01", "1 year")[1] == ("2028-01-01", "2029-01-01", "2030-01-01", "2031-01-01")
    assert grid("2028-01-31", "2028-12-01", "3 months")[1] == ("2028-01-31", "2028-04-30", "2028-07-31", "2028-10-31")
    assert grid("2028-02-27", "2028-03-05", "1 week")[1] == ("2028-02-27", "2028-03-05")
    days = span("2028-02-28", "2028-03-01")
    assert [days.at(share) for share in (0.0, 0.5, 1.0)] == ["2028-02-28", "2028-02-29", "2028-03-01"]
    assert days.near(0.5) == "2028-02-29"


@pytest.mark.parametrize(
    ("low", "high", "step", "says"),
    [
        ("2028-01-01", "2027-01-01", "1 year", "empty"),
        ("2028-02-30", "2029-01-01", "1 year", "no day of the calendar"),
        ("2028-01-01", "2029-01-01", "1", "whole days, weeks, months or years"),
        ("2028-01-01", "2029-01-01", "0 days", "whole days, weeks, months or years"),
        ("2028-01-01", "2029-01-01", "1.5 years", "whole days, weeks, months or years"),
        ("2028-01-01", "5 years", "1 year", "units do not fit"),
        ("2028-01-01", "9999-01-01", "1 day", "more than"),
    ],
)
def test_dates_that_cannot_be(low: str, high: str, step: str, says: str) -> None:
    with pytest.raises(SpanError, match=says):
        grid(low, high, step)
