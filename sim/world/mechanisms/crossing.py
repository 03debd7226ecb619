"""Covariates of others: when a new value of a supplied fact can matter to somebody."""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sim.world.state import Household
    from sim.world.world import World


def tell(world: World, household: Household, name: str, old: int, new: int) -> None:
    """Let a household be looked at again where a fact that went from one value to another can matter to it."""
    if matters(world, name, old, new):
        look_again(world, household, name)


def look_again(world: World, household: Household, name: str) -> None:
    """Let a household be looked at again because of a fact: all of it if rules read the fact, else its speeds alone."""
    if name in world.rules_read:
        world.touch(household)
    else:
        world.touch_speeds(household)


def matters(world: World, name: str, old: int, new: int) -> bool:
    """Return whether a resident must be looked at again because a fact went from one value to another.

    It must when a cut point that the condition of some risk factor names lies between them: values on the same side
    of every cut point are alike. Rules name no cut points, so what the wish to move or the place in the queue read
    matters at every change.
    """
    if old == new:
        return False
    if name in getattr(world.program, "watched", ()):
        return True
    conditions = world.conditions
    if conditions is None:
        return False
    cuts = getattr(conditions, "cut_points", {}).get(name, ())
    return cuts is None or bisect_right(cuts, old) != bisect_right(cuts, new)
