"""The rules of a scenario one after the other, and which of them a case in progress meets."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from sim.world.world import World


def eligibility_program(world: World, applied: int) -> Any:
    """Return the program by which an application made on a day is judged eligible or not, now."""
    return eligibility_regime(world.regimes, world.now, applied)[1] if world.regimes else world.program


def eligibility_regime(regimes: Sequence[tuple[float, Any]], now: float, applied: int) -> tuple[float, Any]:
    """Return, of programs with the day from which each is in force, the one that judges an application made on a day.

    It is the one in force; but from rules with ``transition: application_date`` that came after the application the case goes
    back to what was in force before, one change after the other. Rules from before day 0 are not known to a run.
    """
    index = len(regimes) - 1
    while index > 0 and regimes[index][0] > now:
        index -= 1
    while index > 0 and regimes[index][1].transition == "application_date" and regimes[index][0] > applied:
        index -= 1
    return regimes[index]
