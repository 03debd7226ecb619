"""Small worlds of several mechanisms against Markov chains: changing rates, re-entry, blocking, changing speeds."""

from __future__ import annotations

from datetime import date

import pytest
from agreement import Case, agrees, scores
from exact_models import changing, reentry, tiny_ladder, two_stages
from readings import kpi, residents

YEAR = 365.25
LEAVES = "exits.transitions.leaves.after.exponential"


def day(text: str) -> float:
    return float((date.fromisoformat(text) - date(2026, 1, 1)).days)


DAYS = {
    "opens": day("2027-01-01"),
    "closes": day("2028-01-01"),
    "faster": day("2027-07-01"),
    "slower": day("2028-10-01"),
}

CASES = {
    "rates and homes that change": Case(
        "changing", changing(DAYS, 180.0, (16.0, 26.0, 8.0), 4).ravel(),
        lambda result: [
            number
            for year in range(1, 5)
            for number in (kpi(result, "waiting_list_mean", year), residents(result, year=year))
        ], 150,
        wrong=[[(LEAVES, "198 days")], [(LEAVES, "162 days")]],
    ),
    "re-entry": Case(
        "reentry", reentry(4.0, 1.0, 8, 0.4, 0.5, 40.0),
        lambda result: [kpi(result, "waiting_list_mean"), residents(result), kpi(result, "returns_per_year")], 60,
        wrong=[[(LEAVES, "1.1 years")], [(LEAVES, "0.9 years")]],
    ),
    "first home kept until the second is free": Case(
        "two_stages", two_stages(4.0, 0.5, 1 / 3, (4, 2), 40.0),
        lambda result: [
            kpi(result, "waiting_list_mean"), residents(result, "house"), residents(result, "flat"),
            kpi(result, "moves_down_per_year"),
        ], 60,
        wrong=[[(LEAVES, "4.4 months")], [(LEAVES, "3.6 months")]],
    ),
    "tiny ladder with blocking, risk factors and a site effect": Case(
        "tiny_ladder", tiny_ladder(60.0),
        lambda result: [
            kpi(result, "waiting_list_mean"), residents(result, "house"), residents(result, "flat"),
            kpi(result, "moves_down_per_year"), kpi(result, "exits_to_ordinary_per_year"),
        ], 60,
        wrong=[[(LEAVES, "8.8 months")], [(LEAVES, "7.2 months")]],
    ),
}  # fmt: skip

EVERY = [pytest.param(case, id=name) for name, case in CASES.items()]


@pytest.mark.parametrize("case", EVERY)
def test_agrees_with_the_chain(case: Case):
    z = scores(case)
    assert agrees(z), z


@pytest.mark.parametrize("which", [0, 1])
@pytest.mark.parametrize("case", EVERY)
def test_rejects_stays_a_tenth_longer_or_shorter(case: Case, which: int):
    assert not agrees(scores(case, case.wrong[which]))


def test_the_clock_matters():
    """The tiny ladder tells apart: no effect of the neighbours, and none of the fit of the home."""
    exact = tiny_ladder(60.0)
    for other in (tiny_ladder(60.0, slowed=1.0), tiny_ladder(60.0, fit=1.0)):
        assert max(abs(other / exact - 1.0)) > 0.1
