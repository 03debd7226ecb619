"""Numbers and verdicts as people read them."""

from typing import Any

import pytest

from sim.report import amount, change, number, verdict
from sim.report.wording import WORDS

NBSP, MINUS = "\N{NO-BREAK SPACE}", "\N{MINUS SIGN}"


@pytest.mark.parametrize(
    ("value", "decimals", "nb", "en"),
    [
        (1234.56, 1, f"1{NBSP}234,6", "1,234.6"),
        (-1234567.0, 0, f"{MINUS}1{NBSP}234{NBSP}567", f"{MINUS}1,234,567"),
        (-0.04, 1, "0,0", "0.0"),
        (0.0, 2, "0,00", "0.00"),
        (None, 1, "–", "–"),
    ],
)
def test_number(value: float | None, decimals: int, nb: str, en: str) -> None:
    assert number(value, decimals, "nb") == nb
    assert number(value, decimals, "en") == en


def test_shares_are_per_cent_and_their_differences_points() -> None:
    assert amount(0.6344, "share", 3, "nb") == f"63,4{NBSP}%"
    assert amount(0.6344, "share", 3, "en") == "63.4%"
    assert change(0.0123, "share", 3, "nb") == "+1,2"
    assert change(-12.0, "days", 0, "nb") == f"{MINUS}12"
    assert change(0.0, "days", 0, "nb") == "0"


def row(low: float | None, high: float | None, difference: float | None = 0.0) -> dict[str, Any]:
    return {"difference": difference, "difference_low": low, "difference_high": high}


DAYS = {"unit": "days", "unit_nb": "dager", "unit_en": "days", "decimals": 0}
SHARE = {"unit": "share", "unit_nb": "andel", "unit_en": "share", "decimals": 3}
COUNT = {"unit": "households", "unit_nb": "husstander", "unit_en": "households", "decimals": 1}


@pytest.mark.parametrize(
    ("of", "kpi", "nb", "en"),
    [
        (row(-40, -12), DAYS, "kortere: mellom 12 og 40 dager", "shorter: between 12 and 40 days"),
        (row(12, 40), DAYS, "lengre: mellom 12 og 40 dager", "longer: between 12 and 40 days"),
        (row(-3, 8), DAYS, "ingen forskjell større enn 8 dager", "no difference larger than 8 days"),
        (row(-8, 0), DAYS, "ingen forskjell større enn 8 dager", "no difference larger than 8 days"),
        (row(0.01, 0.02), SHARE, "høyere: mellom 1,0 og 2,0 prosentpoeng", "higher: between 1.0 and 2.0 percentage points"),
        (row(-2.5, -1), COUNT, "færre: mellom 1,0 og 2,5 husstander", "fewer: between 1.0 and 2.5 households"),
        (row(-0.002, 0.004), DAYS, "ingen forskjell større enn 0,004 dager", "no difference larger than 0.004 days"),
        (row(-0.4, -0.02), COUNT, "færre: mellom 0,02 og 0,40 husstander", "fewer: between 0.02 and 0.40 households"),
        (row(0, 0), DAYS, "nøyaktig ingen forskjell", "exactly no difference"),
        (row(None, None), DAYS, "for få replikasjoner til å si noe", "too few replications to tell"),
        (row(None, None, None), DAYS, "ingenting å måle", "nothing to measure"),
    ],
)
def test_verdict(of: dict[str, Any], kpi: dict[str, Any], nb: str, en: str) -> None:
    assert verdict(of, kpi, "nb") == nb
    assert verdict(of, kpi, "en") == en


def test_both_languages_have_all_words() -> None:
    assert WORDS["nb"].keys() == WORDS["en"].keys()
