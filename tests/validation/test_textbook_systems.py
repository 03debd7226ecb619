"""Textbook systems: the same YAML with parts left out must give the exact answers, and a wrong model must be found out."""

from __future__ import annotations

import pytest
from agreement import Case, agrees, scores
from exact_queues import (
    erlang_b,
    impatient,
    ladder_after,
    ladder_average,
    ladder_stationary,
    multi_server,
    priority_waits,
)
from readings import kpi, levels_at_the_end, mean_wait, residents, share_ended, share_that_waits

YEAR = 365.25
STAYS = [4.0, 3.0, 2.0, 2.0, 3.0]
NEWCOMERS = [60.0, 55.0, 30.0, 20.0, 12.0]
MOVES = [
    [0.0, 0.05, 0.01, 0.0, 0.0],
    [0.20, 0.0, 0.05, 0.02, 0.0],
    [0.05, 0.25, 0.0, 0.06, 0.02],
    [0.0, 0.1, 0.2, 0.0, 0.1],
    [0.0, 0.0, 0.1, 0.2, 0.0],
]
LEAVES = "exits.transitions.leaves.after.exponential"


def homes(number: int) -> list[tuple[str, str]]:
    return [("sites.homes.dwellings", str(number))]


def stays(law: str, factor: float) -> list[tuple[str, str]]:
    """Longer or shorter stays at every level of the ladder."""
    paths = {"exponential": "exponential", "fixed": "fixed", "lognormal": "lognormal.mean"}
    return [
        (f"needs.transitions.leaves_{level}.after.{paths[law]}", f"{stay * factor:.4f} years")
        for level, stay in enumerate(STAYS, start=1)
    ]


def either(law: str) -> list[list[tuple[str, str]]]:
    return [stays(law, 1.1), stays(law, 0.9)]


def waits_of_several(result):
    return [share_that_waits(result), mean_wait(result)]


def ladder_levels(result):
    return [residents(result, f"level_{level}") for level in range(1, 6)]


def cohort(years: float) -> list[float]:
    left = ladder_after([420.0, 330.0, 150.0, 100.0, 70.0], [0.0] * 5, STAYS, MOVES, years)
    return [*left, left.sum()]


ERLANG_A = impatient(14.0, 4.0, 40, 2.0)
LONG = pytest.mark.long

CASES = {
    "five homes": Case(
        "five_homes", multi_server(0.25, 10, 5)[:2], waits_of_several, 30,
        wrong=[[(LEAVES, "11 days")], [(LEAVES, "9 days")]],
    ),
    "two classes on three homes": Case(
        "two_classes_three_homes", priority_waits([0.08, 0.17], 10, 3),
        lambda result: [mean_wait(result, YEAR, "first"), mean_wait(result, YEAR, "second")], 20,
        wrong=[[(LEAVES, "11 days")], [(LEAVES, "9 days")]],
    ),
    "patience": Case(
        "impatient", [ERLANG_A.leave, ERLANG_A.queue, ERLANG_A.busy],
        lambda result: [share_ended(result, "found_other"), kpi(result, "waiting_list_mean"), residents(result)], 16,
        wrong=[homes(44), homes(36)],
    ),
    "lost when twelve are let": Case(
        "lost_twelve_homes", [erlang_b(9.7182, 12)], lambda result: [share_ended(result, "lapsed")], 20,
        wrong=[[(LEAVES, "1.1 years")], [(LEAVES, "0.9 years")]],
    ),
    "lost when ten are let": Case(
        "lost_ten_homes", [erlang_b(8.1455, 10)], lambda result: [share_ended(result, "lapsed")], 20,
        wrong=[homes(11), homes(9)],
    ),
    "ladder, exponential stays": Case(
        "ladder_exponential", ladder_average([306, 216, 83, 54, 47], NEWCOMERS, STAYS, MOVES, 10.0), ladder_levels, 8,
        wrong=either("exponential"),
    ),
    "cohort after a year": Case(
        "ladder_closed", cohort(1.0), lambda result: levels_at_the_end(result, 5), 20, wrong=either("exponential"),
    ),
    "cohort after five years": Case(
        "ladder_closed", cohort(5.0), lambda result: levels_at_the_end(result, 5), 12,
        settings=[("horizon", "5 years")], wrong=either("exponential"),
    ),
}  # fmt: skip

LONG_CASES = {
    "three homes": Case(
        "three_homes", multi_server(0.25, 10, 3)[:2], waits_of_several, 60,
        wrong=[[(LEAVES, "11 days")], [(LEAVES, "9 days")]],
    ),
    "forty homes": Case(
        "forty_homes",
        [multi_server(9.5, 4, 40).waits, multi_server(9.5, 4, 40).wait * YEAR, multi_server(9.5, 4, 40).queue],
        lambda result: [*waits_of_several(result), kpi(result, "waiting_list_mean")], 100,
        wrong=[homes(44), [(LEAVES, "3.6 years")]],
    ),
    "two classes on forty homes": Case(
        "two_classes_forty_homes", [wait * YEAR for wait in priority_waits([3.0, 6.5], 4.0, 40)],
        lambda result: [mean_wait(result, 20 * YEAR, "first"), mean_wait(result, 20 * YEAR, "second")], 100,
        wrong=[homes(44), [(LEAVES, "3.6 years")]],
    ),
    "ladder, lognormal stays": Case(
        "ladder_lognormal", ladder_stationary(NEWCOMERS, STAYS, MOVES), ladder_levels, 10, wrong=either("lognormal"),
    ),
    "ladder, fixed stays": Case(
        "ladder_fixed", ladder_stationary(NEWCOMERS, STAYS, MOVES), ladder_levels, 10, wrong=either("fixed"),
    ),
}  # fmt: skip

EVERY = [
    *(pytest.param(case, id=name) for name, case in CASES.items()),
    *(pytest.param(case, id=name, marks=LONG) for name, case in LONG_CASES.items()),
]


@pytest.mark.parametrize("case", EVERY)
def test_agrees_with_the_exact_answer(case: Case):
    z = scores(case)
    assert agrees(z), z


@pytest.mark.parametrize("which", [0, 1])
@pytest.mark.parametrize("case", EVERY)
def test_rejects_a_tenth_more_or_less(case: Case, which: int):
    assert not agrees(scores(case, case.wrong[which]))
