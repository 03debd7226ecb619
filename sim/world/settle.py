"""Settling: what follows from an event, in a fixed order and without nested cascades.

Derive the facts of everybody whose state changed (each once, by order of creation), their measure cell, wish to move, speeds
and place in the queue; then allocate vacant homes one by one; until nobody is dirty and nothing more can be allocated.
"""

from __future__ import annotations

from operator import attrgetter
from typing import TYPE_CHECKING

from sim.world.allocation import allocate_next
from sim.world.cell import household_cell
from sim.world.clocks import rate
from sim.world.core_facts import derive_core_facts
from sim.world.invariants import check_world
from sim.world.moves import review_move

if TYPE_CHECKING:
    from sim.world.state import Household
    from sim.world.world import World

_by_order = attrgetter("order")


def settle(world: World) -> None:
    """Bring everything that follows from the present event about."""
    while True:
        dirty = world.dirty
        if dirty:
            world.dirty = []
            if len(dirty) > 1:
                dirty.sort(key=_by_order)
            for household in dirty:
                refresh(world, household)
        elif not world.queue.to_try or not allocate_next(world):
            break
    if world.check_every_settle:
        check_world(world)


def refresh(world: World, household: Household) -> None:
    """Derive what follows from one household's changed state or facts."""
    household.dirty = False
    application = household.application
    state = (
        household.status,
        household.home,
        household.scheme,
        household.need,
        household.crisis,
        household.away,
        household.situation,
        household.former,
        household.renewals,
        household.programme,
        None if application is None else application.kind,
    )
    if state != household.derived_from:
        household.derived_from = state
        derive_core_facts(world, household)
        cell = None if household.status == "gone" else household_cell(household)
        world.household_days.move(world.now, household.cell, cell)
        household.cell = cell
    if household.status == "gone":
        return
    if household.home is not None:
        review_move(world, household)
        application = household.application
    rate(world, household)
    if application is not None and application.offer is None:
        world.queue.place(application)
