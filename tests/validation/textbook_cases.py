"""Textbook systems as cases: the same YAML with parts left out has a closed answer."""

from __future__ import annotations

from typing import Any

from agreement import Case, Reading, Settings
from exact_queues import (
    erlang_b,
    impatient,
    ladder_after,
    ladder_average,
    ladder_stationary,
    multi_server,
    priority_waits,
)
from readings import (
    kpi,
    levels,
    levels_at_the_end,
    life_table_wait,
    mean_wait,
    residents,
    share_ended,
    share_that_waits,
)

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
DAY_0 = [306.0, 216.0, 83.0, 54.0, 47.0]
COHORT = [420.0, 330.0, 150.0, 100.0, 70.0]
LEAVES = "exits.transitions.leaves.after.exponential"


def homes(more: int, fewer: int) -> dict[str, Settings]:
    return {f"{number} homes": [("sites.homes.dwellings", str(number))] for number in (more, fewer)}


def stays(longer: str, shorter: str) -> dict[str, Settings]:
    return {f"stays of {stay}": [(LEAVES, stay)] for stay in (longer, shorter)}


def ladder_stays(law: str) -> dict[str, Settings]:
    """Longer and shorter stays at every level of the ladder."""

    def all_levels(factor: float) -> Settings:
        return [
            (f"needs.transitions.leaves_{level}.after.{law}", f"{stay * factor:.4f} years")
            for level, stay in enumerate(STAYS, start=1)
        ]

    return {"stays 10 % longer": all_levels(1.1), "stays 10 % shorter": all_levels(0.9)}


def by_level(means: Any) -> dict[str, float]:
    """Residents of each level, and all of them."""
    return {**{f"residents of level {level}": float(n) for level, n in enumerate(means, 1)}, "residents": float(sum(means))}


def waits(result: Any, margin: float) -> list[Reading]:
    return [share_that_waits(result, margin), mean_wait(result, margin)]


def two_classes(result: Any, first: float, margin: float) -> list[Reading]:
    """Mean wait of either class, and of both together."""
    either = [mean_wait(result, margin, first, group) for group in ("first", "second")]
    return [*either, mean_wait(result, margin, first)]


def of_classes(rates: list[float], stay: float, servers: int, unit: float = 1.0) -> dict[str, float]:
    first, second = priority_waits(rates, stay, servers)
    both = multi_server(sum(rates), stay, servers).wait
    return {
        "mean wait, first class (days)": first * unit,
        "mean wait, second class (days)": second * unit,
        "mean wait, both (days)": both * unit,
    }


FIVE = multi_server(0.25, 10, 5)
THREE = multi_server(0.25, 10, 3)
FORTY = multi_server(9.5, 4, 40)
ERLANG_A = impatient(14.0, 4.0, 40, 2.0)

DEFAULT = {
    "M/M/5": Case(
        "five_homes",
        {"P(wait)": FIVE.waits, "mean wait (days)": FIVE.wait, "mean wait, life table (days)": FIVE.wait},
        lambda result: [*waits(result, 100.0), life_table_wait(result)],
        100,
        stays("11 days", "9 days"),
        wrong_replications=60,
    ),
    "Two priority classes, 3 homes (Cobham)": Case(
        "two_classes_three_homes",
        of_classes([0.08, 0.17], 10.0, 3),
        lambda result: two_classes(result, YEAR, YEAR),
        40,
        stays("11 days", "9 days"),
        wrong_replications=30,
    ),
    "Patience (Erlang-A)": Case(
        "impatient",
        {"share who give up": ERLANG_A.leave, "mean queue": ERLANG_A.queue, "mean residents": ERLANG_A.busy},
        lambda result: [
            share_ended(result, "found_other", 15 * YEAR), kpi(result, "waiting_list_mean"), residents(result),
        ],
        40,
        homes(44, 36),
        wrong_replications=20,
    ),
    "Lost when full (Erlang-B), 12 homes": Case(
        "lost_twelve_homes",
        {"share lost": erlang_b(9.7182, 12)},
        lambda result: [share_ended(result, "lapsed")],
        80,
        stays("1.1 years", "0.9 years"),
        wrong_replications=45,
    ),
    "Lost when full (Erlang-B), 10 homes": Case(
        "lost_ten_homes",
        {"share lost": erlang_b(8.1455, 10)},
        lambda result: [share_ended(result, "lapsed")],
        80,
        homes(11, 9),
        wrong_replications=25,
    ),
    "Five levels, exponential stays": Case(
        "ladder_exponential",
        by_level(ladder_average(DAY_0, NEWCOMERS, STAYS, MOVES, 5.0)),
        lambda result: levels(result, 5),
        40,
        ladder_stays("exponential"),
        wrong_replications=20,
    ),
    "Five levels without newcomers, after 1 year": Case(
        "ladder_closed",
        by_level(ladder_after(COHORT, [0.0] * 5, STAYS, MOVES, 1.0)),
        lambda result: levels_at_the_end(result, 5),
        40,
        ladder_stays("exponential"),
        wrong_replications=25,
    ),
    "Five levels without newcomers, after 5 years": Case(
        "ladder_closed",
        by_level(ladder_after(COHORT, [0.0] * 5, STAYS, MOVES, 5.0)),
        lambda result: levels_at_the_end(result, 5),
        40,
        ladder_stays("exponential"),
        settings=[("horizon", "5 years")],
        wrong_replications=15,
    ),
}  # fmt: skip

LONG = {
    "M/M/3": Case(
        "three_homes",
        {"P(wait)": THREE.waits, "mean wait (days)": THREE.wait},
        lambda result: waits(result, YEAR),
        60,
        stays("11 days", "9 days"),
        wrong_replications=40,
    ),
    "M/M/40": Case(
        "forty_homes",
        {"P(wait)": FORTY.waits, "mean wait (days)": FORTY.wait * YEAR, "mean queue": FORTY.queue},
        lambda result: [*waits(result, 40 * YEAR), kpi(result, "waiting_list_mean")],
        700,
        homes(44, 36),
        wrong_replications=20,
    ),
    "Two priority classes, 40 homes (Cobham)": Case(
        "two_classes_forty_homes",
        of_classes([3.0, 6.5], 4.0, 40, YEAR),
        lambda result: two_classes(result, 20 * YEAR, 40 * YEAR),
        100,
        homes(44, 36),
        wrong_replications=20,
    ),
    "Five levels, lognormal stays": Case(
        "ladder_lognormal",
        by_level(ladder_stationary(NEWCOMERS, STAYS, MOVES)),
        lambda result: levels(result, 5),
        40,
        ladder_stays("lognormal.mean"),
        wrong_replications=10,
    ),
    "Five levels, fixed stays": Case(
        "ladder_fixed",
        by_level(ladder_stationary(NEWCOMERS, STAYS, MOVES)),
        lambda result: levels(result, 5),
        40,
        ladder_stays("fixed"),
        wrong_replications=10,
    ),
}
