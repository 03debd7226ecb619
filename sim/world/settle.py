"""Settling: what follows from an event, in a fixed order and without nested cascades.

Derive the facts of everybody whose state changed (each once, by order of creation), their measure cell, wish to move, speeds
and place in the queue; then allocate vacant homes one by one; until nobody is dirty and nothing more can be allocated.
"""

from __future__ import annotations

from operator import attrgetter
from typing import TYPE_CHECKING

from sim.world.allocation import allocate_next
from sim.world.clocks import rate
from sim.world.core_facts import derive_core_facts
from sim.world.invariants import check_world
from sim.world.moves import review_move
from sim.world.stays import follow_stay

if TYPE_CHECKING:
    from sim.kernel import Integral
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
    before = household.state
    if household.speeds_alone:
        household.speeds_alone = False
        # A wish to move that time changes at this very instant is looked at with everything else.
        if before is not None and before.days is not None and household.move_review > world.now:
            rate(world, household, before.life)
            return
    state = world.states.of(household)
    if state is not before:
        household.state = state
        derive_core_facts(world, household)
        _count_days(world.now, None if before is None else before.days, state.days)
        if state.temporary or (before is not None and before.temporary):
            follow_stay(world, household.id, state.temporary)
    if state.days is None:
        return  # it has left the model
    if household.home is not None:
        review_move(world, household)
        if household.dirty:
            return  # it has been listed or taken off the list: its turn comes again, before any home is allocated
    rate(world, household, state.life)
    application = household.application
    if application is not None and application.offer is None:
        world.queue.place(application)


def _count_days(now: float, old: Integral | None, new: Integral | None) -> None:
    """Count a household's days in another cell from now on."""
    if old is not new:
        if old is not None:
            old.change(now, -1.0)
        if new is not None:
            new.change(now, 1.0)
