"""Small worlds of several mechanisms, each solved as a Markov chain: changing rates, re-entry, blocking, changing speeds."""

from __future__ import annotations

from datetime import date
from typing import Any

from agreement import Case, Reading, Settings
from exact_models import changing, reentry, tiny_ladder, two_stages
from readings import kpi, residents

LEAVES = "exits.transitions.leaves.after.exponential"
RECOVERS = "needs.transitions.recovers.after.exponential"
RELAPSES = "needs.transitions.relapses.after.exponential"


def tenth(**paths: tuple[str, float, str]) -> dict[str, Settings]:
    """Every stay longer, and every stay shorter; each stay is (path, length, unit)."""
    return {
        f"stays 10 % {word}": [(path, f"{length * factor:.6g} {unit}") for path, length, unit in paths.values()]
        for word, factor in (("longer", 1.1), ("shorter", 0.9))
    }


def day(text: str) -> float:
    return float((date.fromisoformat(text) - date(2026, 1, 1)).days)


DAYS = {
    "opens": day("2027-01-01"),
    "closes": day("2028-01-01"),
    "faster": day("2027-07-01"),
    "slower": day("2028-10-01"),
}


def year_by_year(result: Any) -> list[Reading]:
    return [
        number
        for year in range(1, 5)
        for number in (kpi(result, "waiting_list_mean", year), residents(result, year=year))
    ]  # fmt: skip


CASES = {
    "Arrival rates and homes that change": Case(
        "changing",
        {
            f"{what}, year {year}": float(number)
            for year, row in enumerate(changing(DAYS, 180.0, (16.0, 26.0, 8.0), 4), 1)
            for what, number in zip(("mean queue", "mean residents"), row, strict=True)
        },
        year_by_year,
        500,
        tenth(leaves=(LEAVES, 180, "days")),
        wrong_replications=250,
    ),
    "Re-entry with a probability": Case(
        "reentry",
        dict(zip(("mean queue", "mean residents", "returns a year"), reentry(4.0, 1.0, 8, 0.4, 0.5, 40.0), strict=True)),
        lambda result: [kpi(result, "waiting_list_mean"), residents(result), kpi(result, "returns_per_year")],
        80,
        tenth(leaves=(LEAVES, 1, "years")),
    ),
    "First home kept until the second is free": Case(
        "two_stages",
        dict(
            zip(
                ("mean queue", "residents, first stage", "residents, second stage", "moves a year"),
                two_stages(4.0, 0.5, 1 / 3, (4, 2), 40.0),
                strict=True,
            )
        ),
        lambda result: [
            kpi(result, "waiting_list_mean"), residents(result, "house"), residents(result, "flat"),
            kpi(result, "moves_down_per_year"),
        ],
        60,
        tenth(leaves=(LEAVES, 4, "months"), recovers=(RECOVERS, 6, "months")),
    ),
    "Tiny ladder: blocking, risk factors, a site effect": Case(
        "tiny_ladder",
        dict(
            zip(
                ("mean queue", "residents, house", "residents, flats", "moves a year", "exits a year"),
                tiny_ladder(60.0),
                strict=True,
            )
        ),
        lambda result: [
            kpi(result, "waiting_list_mean"), residents(result, "house"), residents(result, "flat"),
            kpi(result, "moves_down_per_year"), kpi(result, "exits_to_ordinary_per_year"),
        ],
        80,
        tenth(leaves=(LEAVES, 8, "months"), recovers=(RECOVERS, 6, "months"), relapses=(RELAPSES, 1, "years")),
        wrong_replications=100,
    ),
}  # fmt: skip
