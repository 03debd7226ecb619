"""Programmes and beds with few places, as cases: each has a closed answer."""

from __future__ import annotations

from math import comb
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


def _beds(result: Any) -> list[Reading]:
    full, stays = _counted(result, "acute_overflow"), _counted(result, "acute_stay")
    days = sum(sum(areas) for cell, areas in result.records.household_days.items() if cell.away == "acute_bed:kad")
    return [(full, full + stays), days / result.records.bins[-1]]


FULL, TAKEN = engset(30, 10.0 / 100.0, 4)
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
}  # fmt: skip
