"""Numbers and verdicts as people read them."""

import pytest

from sim.report import amount, change, number, replications_text, years_text
from sim.report.numbers import plain
from sim.report.wording import WORDS

NBSP, THIN, MINUS = "\N{NO-BREAK SPACE}", "\N{NARROW NO-BREAK SPACE}", "\N{MINUS SIGN}"


@pytest.mark.parametrize(
    ("value", "decimals", "nb", "en"),
    [
        (1234.56, 1, "1234,6", "1,234.6"),
        (9999.94, 1, "9999,9", "9,999.9"),
        (9999.96, 1, f"10{THIN}000,0", "10,000.0"),
        (12345.6, 0, f"12{THIN}346", "12,346"),
        (-1234567.0, 0, f"{MINUS}1{THIN}234{THIN}567", f"{MINUS}1,234,567"),
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


@pytest.mark.parametrize(
    ("value", "nb", "en"),
    [(10.0, "10", "10"), (0.2, "0,2", "0.2"), (1.25, "1,25", "1.25"), (0.1 + 0.2, "0,3", "0.3"), (0, "0", "0")],
)
def test_a_plain_number_has_the_decimals_it_needs(value: float, nb: str, en: str) -> None:
    assert plain(value, "nb") == nb
    assert plain(value, "en") == en


def test_one_is_singular() -> None:
    assert [replications_text(n, "nb") for n in (1, 2, 20)] == ["1 replikasjon", "2 replikasjoner", "20 replikasjoner"]
    assert [replications_text(n, "en") for n in (1, 2)] == ["1 replication", "2 replications"]
    assert [years_text(y, "nb") for y in (0.2, 1, 10)] == ["0,2 år", "1 år", "10 år"]
    assert [years_text(y, "en") for y in (0.2, 1, 10)] == ["0.2 years", "1 year", "10 years"]


def test_both_languages_have_all_words() -> None:
    assert WORDS["nb"].keys() == WORDS["en"].keys()
