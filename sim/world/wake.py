"""A household wakes: its transition is due, or time has changed a condition it depends on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.kernel import PEOPLE, Standing
from sim.world.clocks import FIRED, TO_DRAW, spend
from sim.world.state import INF

if TYPE_CHECKING:
    from sim.world.state import Household
    from sim.world.world import World


def start_clock(world: World, household: Household) -> None:
    """Give a new household its one event; it stands nowhere until the first time it is rated."""
    household.standing = Standing(world.clock, PEOPLE, world.wake, household)


def fire(world: World, household: Household) -> None:
    """Carry out what is due for the household now: its transition, or only a review of conditions that time changes."""
    now = world.tick()
    life = household.life
    if household.due <= now and life is not None:
        position = household.due_index
        index = life.active[position]
        spend(household, now)
        household.left[position] = TO_DRAW
        household.bits = FIRED
        household.due = INF
        world.counters["transitions"] += 1
        world.transitions[index].fire(world, household, household.drawn[index] - 1)
    world.touch(household)
    world.settle()
