from contextlib import suppress
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError

from rules.reading import (
    Count,
    Days,
    GrowthPerYear,
    HoursPerWeek,
    Nok,
    NokPerDay,
    NokPerHour,
    NokPerYear,
    PerDay,
    Share,
)


def read(field: Any, written: object) -> Any:
    return TypeAdapter(field).validate_python(written)


@pytest.mark.parametrize(
    ("field", "written", "value"),
    [
        (Days, "90 days", 90), (Days, "1 day", 1), (Days, "4 years", 1461), (Days, "6 months", 182.625),
        (Days, "2 weeks", 14), (Days, "12 hours", 0.5), (Days, 0, 0), (Days, "1 000 days", 1000),
        (PerDay, "9.5 per year", 9.5 / 365.25), (PerDay, ".25 per day", 0.25), (PerDay, "2 per month", 2 / 30.4375),
        (PerDay, "3 per week", 3 / 7), (PerDay, "1 %  per year", 0.01 / 365.25), (PerDay, "0", 0),
        (Nok, "3.8 million NOK", 3_800_000), (Nok, "55 075 NOK", 55_075), (Nok, "55,075 NOK", 55_075),
        (Nok, "55\N{NO-BREAK SPACE}075 NOK", 55_075), (Nok, "1,234,567.5 NOK", 1_234_567.5),
        (NokPerYear, "900 000 NOK per year", 900_000), (NokPerYear, "75 000 NOK per month", 900_000),
        (NokPerDay, "365.25 NOK per year", 1), (NokPerHour, "650 NOK per hour", 650),
        (Share, "30 %", 0.3), (Share, "30%", 0.3), (Share, 0.3, 0.3), (Share, 1, 1), (Share, "100 %", 1),
        (GrowthPerYear, "-0.5 % per year", -0.005), (GrowthPerYear, 0, 0),
        (HoursPerWeek, 80, 80), (HoursPerWeek, "37.5 hours per week", 37.5), (HoursPerWeek, "2 hours per day", 14),
        (Count, 40, 40), (Count, "1 070", 1070),
    ],
)  # fmt: skip
def test_reads_units(field: Any, written: object, value: float) -> None:
    assert read(field, written) == pytest.approx(value, rel=1e-15)


@pytest.mark.parametrize(
    ("field", "written", "words"),
    [
        (Days, 90, "needs its unit"), (Days, "4 yeras", "'yeras'"), (Days, "-1 day", "below zero"),
        (Days, "3 days per week", "not a duration"), (Days, "1,5 years", "decimal comma"), (Days, True, "duration"),
        (Days, "4 years more", "'more'"), (Days, "", "does not begin with a number"), (Days, "1e3 days", "'e3'"),
        (Days, "10 00 days", "'00'"), (Days, "9" * 200, "too long"),
        (PerDay, "9.5", "needs its unit"), (PerDay, "4 days", "not a rate"), (PerDay, "1 per", "per what"),
        (PerDay, "1 per NOK", "no period"), (PerDay, "-1 per year", "below zero"),
        (Nok, "5 NOK per year", "not a sum of money"), (Nok, 5, "needs its unit"), (NokPerYear, "5 NOK", "not money"),
        (Share, "101 %", "over 100 %"), (Share, 30, "over 100 %"), (Share, "-1 %", "below zero"),
        (Share, "3 days", "not a share"), (GrowthPerYear, "1 %", "not a growth"),
        (GrowthPerYear, "-100 % per year", "nothing is left"), (HoursPerWeek, "80 hours", "not an effort"),
        (HoursPerWeek, "1 year per year", "not an effort"), (Count, 1.5, "whole number"), (Count, -1, "below zero"),
        (Count, "4 days", "not a count"), (Count, None, "a count such as"),
    ],
)  # fmt: skip
def test_refuses_what_is_not_that_quantity(field: Any, written: object, words: str) -> None:
    with pytest.raises(ValidationError, match=words):
        read(field, written)


@given(st.integers(0, 10**9), st.sampled_from([",", " ", "\N{NARROW NO-BREAK SPACE}"]))
def test_thousands_may_be_set_off(number: int, mark: str) -> None:
    assert read(Nok, f"{number:,} NOK".replace(",", mark)) == number


@given(st.decimals(0, 10**6, places=3), st.sampled_from([("year", 12), ("quarter", 3)]))
def test_periods_agree_with_each_other(amount: Any, period: tuple[str, int]) -> None:
    name, months = period
    assert read(Days, f"{amount} {name}s") == pytest.approx(months * read(Days, f"{amount} months"))
    assert read(PerDay, f"{amount} per month") == pytest.approx(months * read(PerDay, f"{amount} per {name}"))


@given(st.text(max_size=30))
def test_any_text_is_read_or_refused(text: str) -> None:
    for field in (Days, PerDay, Nok, NokPerYear, Share, GrowthPerYear, HoursPerWeek, Count):
        with suppress(ValidationError):
            assert read(field, text) is not None


def test_a_json_schema_can_be_made() -> None:
    assert TypeAdapter(Days).json_schema()["type"] == ["string", "number"]
