"""What must always hold. A sentence for each thing that does not; any sentence is our bug and stops the run."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import TYPE_CHECKING

from sim.world.queue import order_of
from sim.world.states import household_cell
from sim.world.verbs.guard import InvariantError

if TYPE_CHECKING:
    from sim.world.world import World

__all__ = ["InvariantError", "broken", "check_world"]


def check_world(world: World) -> None:
    """Raise `InvariantError` with the evidence if anything is broken."""
    evidence = tuple(broken(world))
    if evidence:
        raise InvariantError(f"day {world.now:.6f} of replication {world.replication}", *evidence)


def broken(world: World) -> Iterator[str]:
    """Yield a sentence for every broken invariant of the present state."""
    yield from _homes(world)
    yield from _people(world)
    yield from _list(world)
    yield from _areas(world)
    for mechanism in world.mechanisms.values():
        yield from mechanism.invariants()


def _homes(world: World) -> Iterator[str]:
    states: Counter[tuple[str, str]] = Counter()
    for dwelling in world.dwellings:
        states[dwelling.type.id, dwelling.state] += 1
        tenant = dwelling.household
        if (dwelling.state in ("let", "held")) != (tenant is not None):
            yield f"home {dwelling.id} is {dwelling.state} with tenant {tenant and tenant.id}"
        if tenant is not None and tenant.home is not dwelling:
            yield f"home {dwelling.id} is let to {tenant.id}, who lives elsewhere"
        if dwelling.state == "offered" and dwelling.offered_to is None:
            yield f"home {dwelling.id} is offered to nobody"
        wanted = None if dwelling.offered_to is None else dwelling.offered_to.application
        if dwelling.offered_to is not None and (wanted is None or wanted.offer is not dwelling):
            yield f"home {dwelling.id} is offered to {dwelling.offered_to.id}, who has no such offer"
        if dwelling.closes < world.now and dwelling.state not in ("let", "held", "closed"):
            yield f"home {dwelling.id} was to close on day {dwelling.closes:g}, and is {dwelling.state}"
    for (place, state), integral in world.dwelling_days.items():
        if round(integral.level) != states[place, state]:
            yield f"{states[place, state]} homes of {place} are {state}, but {integral.level:g} are counted"


def _people(world: World) -> Iterator[str]:
    for household in world.households.values():
        application = household.application
        if (household.status == "housed") != (household.home is not None):
            yield f"{household.id} is {household.status} with home {household.home and household.home.id}"
        if household.home is not None and household not in household.home.site.residents:
            yield f"{household.id} is not among the residents of its site"
        if household.status == "waiting" and application is None:
            yield f"{household.id} waits without an application"
        if application is not None:
            on_list = application.key is not None
            if on_list == (application.offer is not None):
                yield f"{household.id} is both on the list and offered a home, or neither"
        if household.away and household.status not in ("housed", "outside", "waiting"):
            yield f"{household.id} is away ({household.away}) while {household.status}"
    listed = sum(1 for h in world.households.values() if h.application is not None and h.application.key is not None)
    if listed != world.queue.size:
        yield f"{listed} applications are listed, but the list holds {world.queue.size}"


def _list(world: World) -> Iterator[str]:
    """Everybody on the list stands where their facts say, and the facts are what the household is."""
    program, day = world.program, world.day
    for household in world.households.values():
        facts = household.facts
        for name, value in world.core_facts.values(household, household.home).items():
            if getattr(facts, name) != value:
                yield f"{household.id} is {name} {value!r}, but rules read {getattr(facts, name)!r}"
        application = household.application
        if application is None:
            continue
        may_move = world.program_of(household).has_moves or application.claim
        if application.kind == "transfer" and not may_move and application.offer is None:
            yield f"{household.id} is to move under rules that know no moves"
        if application.offer is not None and application.offer.offered_to is not household:
            yield f"{household.id} has an offer of {application.offer.id}, which is offered to somebody else"
        if application.key is None:
            continue
        key = order_of(application, program.key(facts, day))
        if application.cell != program.cell(facts, day) or (application.key_until > day and application.key != key):
            yield f"{household.id} stands at {application.cell} {application.key} on the list, but belongs elsewhere"


def _areas(world: World) -> Iterator[str]:
    cells = Counter(household_cell(h) for h in world.households.values())
    for cell, integral in world.household_days.items():
        if round(integral.level) != cells[cell]:
            yield f"{cells[cell]} households stand in {cell}, but {integral.level:g} are counted"
