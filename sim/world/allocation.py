"""Allocation (*tildeling*): one vacant home, the list, the first who suits."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sim.world.queue import order_of
from sim.world.verbs.offers import offer

if TYPE_CHECKING:
    from sim.world.state import Application, Dwelling
    from sim.world.world import World


def allocate_next(world: World) -> bool:
    """Try vacant homes, lowest id first, until one is offered; return whether one was."""
    if not world.customs.allocates():
        return False  # the homes stay among those worth trying
    queue = world.queue
    while (dwelling := queue.next_to_try()) is not None:
        queue.renew()
        application = choose(world, dwelling)
        if application is not None:
            offer(world, application, dwelling)
            return True
    return False


def choose(world: World, dwelling: Dwelling) -> Application | None:
    """Return the application that goes first for a home under the rules in force, or None."""
    program = world.program
    home, site, day = dwelling.facts, dwelling.site.facts, world.day
    examined = 0
    chosen: Application | None = None
    if program.full_scan:
        best: tuple[object, ...] | None = None
        for application in world.queue.candidates(dwelling):
            examined += 1
            facts = application.household.facts
            if _may_have(application, dwelling) and program.suits(facts, home, seen(world, application, dwelling), day):
                key = order_of(application, program.full_key(facts, home, site, day))
                if best is None or key < best:
                    best, chosen = key, application
    else:
        for application in world.queue.candidates(dwelling):
            examined += 1
            facts = application.household.facts
            if _may_have(application, dwelling) and program.suits(facts, home, seen(world, application, dwelling), day):
                chosen = application
                break
    world.counters["candidates_examined"] += examined
    if world.observer is not None:
        world.observer.allocation(world, dwelling, chosen)
    return chosen


def seen(world: World, application: Application, dwelling: Dwelling) -> Any:
    """Give the facts of the site by which somebody is considered for a home: whoever lives there already is not counted twice."""
    own = application.household.home
    if own is None or own.site is not dwelling.site:
        return dwelling.site.facts
    return world.customs.own_site(application.household, dwelling.site)


def _may_have(application: Application, dwelling: Dwelling) -> bool:
    household = application.household
    return household not in dwelling.declined_by and dwelling is not household.home
