"""A difference is told with no more than it says: neither noise, nor false precision, nor false sureness."""

import re
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.measures.beside import BESIDE
from sim.measures.definitions import UNITS
from sim.measures.kpis import KPIS
from sim.report import mean_told, notes, told, verdict

MINUS = "\N{MINUS SIGN}"


def kpi(unit: str, decimals: int) -> dict[str, Any]:
    return {"unit": unit, "unit_nb": UNITS[unit]["nb"], "unit_en": UNITS[unit]["en"], "decimals": decimals}


def row(low: float | None, high: float | None, difference: float | None = 0.0, **more: Any) -> dict[str, Any]:
    if low is not None and high is not None:
        difference = (low + high) / 2
    return {"difference": difference, "difference_low": low, "difference_high": high, **more}


DAYS, SHARE, COUNT, NOK = kpi("days", 0), kpi("share", 3), kpi("households", 1), kpi("NOK per year", 0)


@pytest.mark.parametrize(
    ("of", "kpi", "nb", "en"),
    [
        (row(-40, -12), DAYS, "kortere: mellom 12 og 40 dager", "shorter: between 12 and 40 days"),
        (row(12, 40), DAYS, "lengre: mellom 12 og 40 dager", "longer: between 12 and 40 days"),
        (row(-3, 8), DAYS, "ingen forskjell større enn 8 dager", "no difference larger than 8 days"),
        (row(-8, 0), DAYS, "ingen forskjell større enn 8 dager", "no difference larger than 8 days"),
        (row(0.01, 0.02), SHARE, "høyere: mellom 1,0 og 2,0 prosentpoeng", "higher: between 1.0 and 2.0 percentage points"),
        (row(-2.5, -1), COUNT, "færre: mellom 1,0 og 2,5 husstander", "fewer: between 1.0 and 2.5 households"),
        (row(-0.4, -0.02), COUNT, "færre: mellom 0,02 og 0,40 husstander", "fewer: between 0.02 and 0.40 households"),
        (row(0, 0), DAYS, "nøyaktig ingen forskjell", "exactly no difference"),
        (row(None, None), DAYS, "for få replikasjoner til å si noe", "too few replications to tell"),
        (row(None, None, None), DAYS, "ingenting å måle", "nothing to measure"),
        (row(10e6, 12.3456e6), NOK, "høyere: mellom 10,00 og 12,35 millioner kroner per år",
         "higher: between 10.00 and 12.35 million NOK per year"),
    ],
)  # fmt: skip
def test_words(of: dict[str, Any], kpi: dict[str, Any], nb: str, en: str) -> None:
    assert verdict(of, kpi, "nb") == nb
    assert verdict(of, kpi, "en") == en


@pytest.mark.parametrize(
    ("of", "nb"),
    [
        (row(1e-12, 2e-12), "ingen forskjell"),
        (row(-1e-12, 2e-12), "ingen forskjell"),
        (row(1e-12, 4), "ingen forskjell større enn 4 dager"),
        (row(1e-3, 2e-3, baseline_mean=2e6, policy_mean=2e6), "ingen forskjell"),
    ],
)
def test_floating_noise_is_no_finding(of: dict[str, Any], nb: str) -> None:
    assert verdict(of, DAYS, "nb") == nb


def test_noise_is_shown_as_zero() -> None:
    of = told(row(-1e-13, 3e-13, smallest_detectable=1e-13), SHARE, "nb")
    assert of[:3] == ("0,0", "0,0 til 0,0", "0,0")


@pytest.mark.parametrize(
    ("of", "kpi", "nb"),
    [
        (row(-0.002, 0.004), DAYS, "ingen forskjell større enn 0,1 dager"),
        (row(0.001, 0.002), DAYS, "lengre: under 0,1 dager"),
        (row(0.5, 3), DAYS, "lengre: mellom 0,5 og 3,0 dager"),
        (row(1.5, 2.5), DAYS, "lengre: mellom 1,5 og 2,5 dager"),
        (row(0.001, 3), DAYS, "lengre: høyst 3 dager"),
        (row(5.06, 5.08), DAYS, "lengre: om lag 5,1 dager"),
        (row(5.01, 5.02), DAYS, "lengre: om lag 5,0 dager"),
        (row(5.0, 5.0), COUNT, "flere: 5,0 husstander i alle replikasjoner"),
        (row(5.0, 5.0 + 1e-12), COUNT, "flere: 5,0 husstander i alle replikasjoner"),
        (row(-0.24, -0.16), COUNT, "færre: mellom 0,16 og 0,24 husstander"),
        (row(4000, 2e6), NOK, "høyere: høyst 2,00 millioner kroner per år"),
        (row(2.001e6, 2.002e6), NOK, "høyere: om lag 2,00 millioner kroner per år"),
    ],
)
def test_decimals_end_where_they_mean_nothing(of: dict[str, Any], kpi: dict[str, Any], nb: str) -> None:
    assert verdict(of, kpi, "nb") == nb


def test_numbers_and_words_have_the_same_decimals() -> None:
    of = told(row(0.0002, 0.0016, smallest_detectable=0.0008), SHARE, "nb")
    assert of == ("+0,09", "+0,02 til +0,16", "0,08", "høyere: mellom 0,02 og 0,16 prosentpoeng")


def test_few_replications_are_said_to_be_uncertain() -> None:
    assert verdict(row(-40, -12, pairs=9), DAYS, "nb") == "kortere: mellom 12 og 40 dager (svært usikkert)"
    assert verdict(row(-4, 12, pairs=2), DAYS, "en") == "no difference larger than 12 days (very uncertain)"
    assert verdict(row(-40, -12, pairs=10), DAYS, "nb") == "kortere: mellom 12 og 40 dager"
    assert notes("nb", 1, compared=True)[0].startswith("Bare 1 replikasjon: tallene er svært usikre.")
    assert not any("svært usikre" in note for note in notes("nb", 10, compared=True))


REAL = [kpi(of.unit, of.decimals) for of in {**KPIS, **BESIDE}.values()]
FINITE = st.floats(-1e9, 1e9)


@given(FINITE, FINITE, st.sampled_from(REAL), st.sampled_from(["nb", "en"]))
def test_no_sentence_is_between_a_number_and_itself(one: float, other: float, of: dict[str, Any], lang: str) -> None:
    said = verdict(row(min(one, other), max(one, other)), of, lang)
    between = re.search(r"(?:mellom|between) (\S+) (?:og|and) (\S+) ", said)
    assert between is None or (between[1] != between[2] and any(digit in between[1] for digit in "123456789"))


@given(FINITE, FINITE, st.sampled_from(REAL))
def test_a_direction_is_claimed_only_when_the_interval_leaves_out_zero(one: float, other: float, of: dict[str, Any]) -> None:
    low, high = min(one, other), max(one, other)
    said = verdict(row(low, high), of, "nb")
    if low <= 1e-9 and high >= -1e-9:
        assert said.startswith(("ingen forskjell", "nøyaktig ingen forskjell"))
    elif low > 2e-9:
        assert said.startswith(("lengre", "høyere", "flere"))


@given(st.floats(1e-8, 1e9), st.floats(0, 1), st.sampled_from(REAL))
def test_no_difference_larger_than_names_the_end_farther_from_zero(most: float, part: float, of: dict[str, Any]) -> None:
    assert verdict(row(-most, part * most), of, "en") == verdict(row(-part * most, most), of, "en")


@pytest.mark.parametrize(
    ("low", "high", "kpi", "shown", "cut"),
    [
        (-0.3, 2.1, COUNT, "0,0 til 2,1", True),
        (0.3, 2.1, COUNT, "0,3 til 2,1", False),
        (-0.05, 0.4, SHARE, "0,0 % til 40,0 %", True),
        (0.9, 1.04, SHARE, "90,0 % til 100,0 %", True),
        (-12, 700, DAYS, "0 til 700", True),
        (-1200, 700, NOK, f"{MINUS}1200 til 700", False),
        (None, None, COUNT, "–", False),
    ],
)
def test_an_interval_is_cut_where_the_measure_ends(
    low: float | None, high: float | None, kpi: dict[str, Any], shown: str, cut: bool
) -> None:
    mean = 0.5 if low is None or high is None else (low + high) / 2
    of = mean_told({"mean": mean, "low": low, "high": high}, kpi, "nb")
    assert (of.interval.replace("\N{NO-BREAK SPACE}", " "), of.cut) == (shown, cut)
    assert any("ikke under 0 eller over 100 %" in note for note in notes("nb", 20, compared=False, cut=cut)) == cut


def test_how_often_is_told_as_per_cent_of_the_runs() -> None:
    of = mean_told({"mean": 0.25, "low": -0.1, "high": 0.6}, kpi("yes/no", 0), "en")
    assert of == ("25%", "0% to 60%", True)
