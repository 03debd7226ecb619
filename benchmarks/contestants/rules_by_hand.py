"""The rules of core_rules.yaml written out as plain Python: the least that any rules can cost."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

DAYS_A_MONTH = 30.4375


class Facts:
    """What the rules know of one household."""

    __slots__ = ("assessed_rank", "conflict", "listed", "moved_here", "needs_rooms", "own_rank", "settled_refugee", "urgent")


class RulesByHand:
    """Decisions of the core, as the contestants ask for them; ``a`` applicant, ``d`` dwelling, ``s`` site, whole days."""

    def applicant(self, values: dict[str, Any], moved_here_day: int) -> Any:
        a = Facts()
        for name, value in values.items():
            setattr(a, name, value)
        a.moved_here = moved_here_day
        return a

    def dwelling(self, values: dict[str, Any]) -> Any:
        return SimpleNamespace(**values)

    site = dwelling

    def list(self, a: Any, day: int) -> None:
        a.listed = day

    def eligible(self, a: Any, day: int) -> bool:
        return bool(a.settled_refugee or day - a.moved_here >= 36 * DAYS_A_MONTH)

    def suits(self, a: Any, d: Any, s: Any, day: int) -> bool:
        return bool(
            d.home_rank == a.assessed_rank
            and d.rooms >= a.needs_rooms
            and (a.conflict < 1 or a.conflict + s.site_conflict_sum <= s.site_limit)
        )

    def key(self, a: Any, day: int) -> tuple[int, int]:
        return (0 if a.urgent else 1), a.listed - day

    def move_wanted(self, a: Any, d: Any, s: Any, day: int) -> bool:
        return bool(a.assessed_rank != a.own_rank)
