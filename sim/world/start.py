"""Day 0: who lives where, who waits and for how long, and which homes stand empty."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.kernel import purpose, uniform
from sim.world.arrivals import newcomer
from sim.world.profile import create_household
from sim.world.verbs.applications import list_application
from sim.world.verbs.dwellings import ready_after, set_state
from sim.world.verbs.tenancy import move_in
from sim.world.wake import start_clock

if TYPE_CHECKING:
    from sim.world.blueprint import NeedState, PersonSpec, QueueSpec, ResidentsSpec
    from sim.world.state import Dwelling, Household
    from sim.world.world import World

OCCUPIED = purpose("initial:occupied")
GROUP = purpose("initial:group")
NEED = purpose("initial:need")
STAY = purpose("initial:stay")
COUNT = purpose("initial:count")
WAITED = purpose("initial:waited")
READY = purpose("initial:ready")


def start_residents(world: World) -> None:
    """Fill the homes that stand open on day 0 as the scenario says, and put the rest in turnaround where it says so."""
    for person in world.blueprint.initial.people:
        if person.dwelling:
            _settle_person(world, person)
    for spec in world.blueprint.initial.residents:
        homes = [d for d in world.dwellings if d.type.id == spec.type and d.state == "vacant"]
        for number, dwelling in enumerate(homes):
            if _is_occupied(world, spec, dwelling, number):
                _settle_in(world, spec, dwelling, number)
    if world.blueprint.initial.vacant == "turnaround":
        for dwelling in world.dwellings:
            if dwelling.state == "vacant":
                left = uniform(world.key_of(dwelling.id), READY, 0) * world.customs.turnaround_days(dwelling)
                if left > 0.0:
                    set_state(world, dwelling, "turnaround")
                    ready_after(world, dwelling, left)


def start_waiting(world: World) -> None:
    """Put the households on the list that have been waiting since before day 0."""
    for person in world.blueprint.initial.people:
        if not person.dwelling:
            household = _person(world, person, person.need)
            _mark_past(world, household, person.days)
            list_application(world, household, "newcomer", "", person.days)
    for spec in world.blueprint.initial.waiting:
        for number in range(_count(world, spec)):
            household = create_household(world, f"waiting-{spec.group}/{number}", spec.group)
            start_clock(world, household)
            waited = 0.0
            if spec.waited is not None:
                waited = spec.waited.quantile(uniform(household.key, WAITED, 0))
            _mark_past(world, household, waited)
            list_application(world, household, "newcomer", "", waited)


def start_applicants(world: World) -> None:
    """Let the households of ``initial: households`` apply, before the first event."""
    for spec in world.blueprint.initial.households:
        for number in range(_count(world, spec)):
            newcomer(world, f"start-{spec.group}/{number}", spec.group)


def _is_occupied(world: World, spec: ResidentsSpec, dwelling: Dwelling, number: int) -> bool:
    if spec.count is not None:
        return number < spec.count
    return uniform(world.key_of(dwelling.id), OCCUPIED, 0) < spec.occupied


def _settle_in(world: World, spec: ResidentsSpec, dwelling: Dwelling, number: int) -> None:
    entity = f"resident-{spec.type}/{number}"
    key = world.key_of(entity)
    group: str = spec.groups.quantile(uniform(key, GROUP, 0))
    need = (dwelling.type.scheme, dwelling.type.rank)
    if spec.need is not None:
        need = spec.need.quantile(uniform(key, NEED, 0))
    stay = 0.0
    if spec.months_in_home is not None:
        stay = spec.months_in_home.quantile(uniform(key, STAY, 0))
    household = create_household(world, entity, group, need, lived_here=stay)
    start_clock(world, household)
    _mark_past(world, household, stay)
    move_in(world, household, dwelling, "initial", since=-stay)


def _settle_person(world: World, person: PersonSpec) -> None:
    dwelling = world.dwelling_by_id[person.dwelling]
    household = _person(world, person, person.need or (dwelling.type.scheme, dwelling.type.rank))
    _mark_past(world, household, person.days)
    move_in(world, household, dwelling, "initial", since=-person.days)


def _person(world: World, person: PersonSpec, need: NeedState | None) -> Household:
    household = create_household(world, person.id, person.group, need, person.days, person.fields)
    for event, day in person.events.items():
        world.layout.mark(household.facts, event, day)
    if person.situation is not None:
        household.situation = person.situation
    start_clock(world, household)
    return household


def _mark_past(world: World, household: Household, days: float) -> None:
    day = int((world.now - days) // 1)
    for event in ("applied", "decided", "listed"):
        world.layout.mark(household.facts, event, day)


def _count(world: World, spec: QueueSpec) -> int:
    return int(spec.count.quantile(uniform(world.key_of("group:" + spec.group), COUNT, 0)))
