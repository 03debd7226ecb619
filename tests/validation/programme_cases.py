"""Programmes and beds with few places, as cases: each has a closed answer."""

from __future__ import annotations

from math import comb, exp
from typing import Any

from agreement import Case, Reading

YEAR = 365.25


def engset(sources: int, load: float, servers: int) -> tuple[float, float]:
    """Finite-source loss system: (share of the needs that find all places taken, mean places taken).

    ``load`` is the mean stay by the mean time until a source that has no place needs one.
    """
    weights = [comb(sources, n) * load**n for n in range(servers + 1)]
    taken = sum(n * w for n, w in enumerate(weights)) / sum(weights)
    # Needs come from those without a place, so they see the system without themselves.
    seen = [comb(sources - 1, n) * load**n for n in range(servers + 1)]
    return seen[-1] / sum(seen), taken


def _counted(result: Any, kind: str) -> int:
    return sum(sum(counts) for key, counts in result.records.counts.items() if key.kind == kind)


def housed_again(loss: float, found: float, years: float) -> float:
    """Two-state chain: in a home so many years after one was found, lost and found at these rates a year."""
    both = loss + found
    return found / both + loss / both * exp(-both * years)


def half_year_stays(years_until_ready: float, ends: list[int]) -> float:
    """Mean days of who leaves at the first of these days after an exponential time, and at the last at the latest."""
    mean, before = 0.0, 0
    for end in ends:
        mean += (end - before) * exp(-before / (years_until_ready * YEAR))
        before = end
    return mean


def _days(result: Any, **cell: str) -> float:
    table = result.records.household_days.items()
    return sum(sum(areas) for key, areas in table if all(getattr(key, name) == value for name, value in cell.items()))


def _still(result: Any, years: int) -> tuple[int, int]:
    seen = {key.detail: sum(n) for key, n in result.records.counts.items() if key.kind == f"programme_after_{years}_years"}
    return seen.get("housed", 0), sum(seen.values())


def _lost_and_found(result: Any) -> list[Reading]:
    return [_still(result, 1), _still(result, 2), (_counted(result, "programme_home_lost"), _days(result, place="flat") / YEAR)]


def _beds(result: Any) -> list[Reading]:
    full, stays = _counted(result, "acute_overflow"), _counted(result, "acute_stay")
    days = sum(sum(areas) for cell, areas in result.records.household_days.items() if cell.away == "acute_bed:kad")
    return [(full, full + stays), days / result.records.bins[-1]]


FULL, TAKEN = engset(30, 10.0 / 100.0, 4)
LOSS = 0.27 / 0.85
#: The last days of the half-years of a lease from 1 January 2026: 1 July, 1 January, 1 July, 1 January.
HALF_YEARS = [181, 365, 546, 730]
_STAYS = "acute_beds.kinds.kad.lasts.lognormal.mean"

CASES = {
    "Acute beds, four for thirty residents (Engset)": Case(
        "acute_beds",
        {"share who find the beds full": FULL, "mean beds taken": TAKEN},
        _beds,
        40,
        {f"stays of {days} days": [(_STAYS, f"{days} days")] for days in (11, 9)},
        wrong_replications=20,
    ),
    "Homes lost and found again (Housing First as a two-state chain)": Case(
        "homes_lost_and_found",
        {
            "share housed after 1 year": housed_again(LOSS, 1.0, 1.0),
            "share housed after 2 years": housed_again(LOSS, 1.0, 2.0),
            "homes lost per housed year": LOSS,
        },
        _lost_and_found,
        40,
        {f"an effect of {effect}": [("risk_factors.takes_part.factor", effect)] for effect in ("0.297", "0.243")},
        wrong_replications=20,
    ),
    "Leases of half a year, two years at most": Case(
        "half_years",
        {"mean stay (days)": half_year_stays(1.0, HALF_YEARS)},
        lambda result: [_days(result, place="room") / 60],
        40,
        {f"ready after {years} years": [("programmes.house.changes.can_rent.after.exponential", f"{years} years")]
         for years in ("1.1", "0.9")},
        wrong_replications=80,
    ),
}  # fmt: skip
