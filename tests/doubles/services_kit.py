"""Worlds with teams: what residents require, and what was recorded."""

from __future__ import annotations

from typing import Any

from mechanism_kit import people
from world_kit import FakeProgram

from sim.world.blueprint import SiteSpec


class Requires(FakeProgram):
    """Sixty minutes a week for each rank above the first."""

    hash = "requires"

    def number(self, name: str, a: Any, d: Any, s: Any, day: int) -> int:
        assert name == "required_minutes"
        return 60 * (a.true_rank - 1)


THREE = {"groups": {"people": people(("only", 3))}, "sites": (SiteSpec("site", "home", 4),), "program": Requires()}


def hours_of(records: Any, **cell: Any) -> float:
    return sum(
        sum(areas) for key, areas in records.hours.items() if all(getattr(key, name) == value for name, value in cell.items())
    )


def percents(world: Any) -> list[int]:
    return [h.facts.follow_up_percent for h in world.households.values()]
