"""Day 0: who lives where, who waits and for how long, and which homes stand empty."""

from __future__ import annotations

from math import log
from typing import TYPE_CHECKING

from sim.kernel import purpose, uniform
from sim.world.arrivals import newcomer
from sim.world.core_facts import derive_core_facts
from sim.world.profile import NEED as ANY_NEED
from sim.world.profile import SITUATION, create_household, field_purpose, value_of
from sim.world.verbs.applications import list_application
from sim.world.verbs.dwellings import ready_after, set_state
from sim.world.verbs.leaving import FORMER_DAYS, left_before
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
INCIDENT = purpose("initial:incident")
TRANSFER_WAITED = purpose("initial:transfer_waited")
CHANGED = purpose("initial:need_changed")
DESTINATION = purpose("initial:former:destination")
AT_ONCE = purpose("initial:vacant_ready")
HISTORY_DAYS = 365.0


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
                key = world.key_of(dwelling.id)
                left = world.customs.turnaround_left(dwelling)
                if left > 0.0 and uniform(key, AT_ONCE, 0) >= world.blueprint.initial.vacant_ready:
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
            household = _waiting(world, spec, f"waiting-{spec.group}/{number}")
            start_clock(world, household)
            waited = 0.0
            if spec.waited is not None:
                waited = spec.waited.quantile(uniform(household.key, WAITED, 0))
            _mark_past(world, household, waited)
            list_application(world, household, "newcomer", "", waited)


def _waiting(world: World, spec: QueueSpec, entity: str) -> Household:
    """Make a household that still waits: of its group, but as far as the scenario says who still waits."""
    key = world.key_of(entity)
    need = (spec.need or world.blueprint.groups[spec.group].need).quantile(uniform(key, ANY_NEED, 0))
    given = {name: value_of(draw, uniform(key, field_purpose(name), 0), need, {}, name) for name, draw in spec.fields.items()}
    household = create_household(world, entity, spec.group, need, given=given)
    if spec.situation is not None:
        household.situation = spec.situation.quantile(uniform(key, SITUATION, 0))
    return household


def start_history(world: World) -> None:
    """Let residents have caused incidents in the year before, and been warned as the rules say."""
    before = world.blueprint.initial.incidents_before
    if before is None:
        return
    field, rates = before
    for household in world.households.values():
        home = household.home
        rate = rates.get(getattr(household.facts, field), 0.0)
        if home is None or rate <= 0.0:
            continue
        days: list[int] = []
        k, ago = 0, _gap(household, 0, rate)
        while ago < min(HISTORY_DAYS, -household.moved_in):
            days.append(int(-ago // 1))
            k += 1
            ago += _gap(household, k, rate)
        derive_core_facts(world, household)
        for day in reversed(days):
            world.layout.mark(household.facts, "incident", day)
            if world.program.warned(household.facts, home.facts, home.site.facts, day):
                world.layout.mark(household.facts, "warned", day)


def _gap(household: Household, k: int, rate: float) -> float:
    return -log(uniform(household.key, INCIDENT, k)) / rate


def start_former(world: World) -> None:
    """Let there be former residents, who moved out at a time drawn evenly over the two years before."""
    spec = world.blueprint.initial.former
    for number in range(0 if spec is None else spec.count):
        assert spec is not None
        entity = f"former/{number}"
        key = world.key_of(entity)
        need = None if spec.need is None else spec.need.quantile(uniform(key, NEED, 0))
        household = create_household(world, entity, spec.groups.quantile(uniform(key, GROUP, 0)), need)
        start_clock(world, household)
        destination = spec.destinations.quantile(uniform(key, DESTINATION, 0))
        left_before(world, household, destination, FORMER_DAYS * uniform(key, STAY, 0))


def start_transfers(world: World) -> None:
    """Put the residents on the list who are to move on day 0; none has waited longer than the need has been as it is."""
    initial, program = world.blueprint.initial, world.program
    if not program.has_moves:
        return
    for household in world.households.values():
        home = household.home
        if home is None or household.application is not None:
            continue
        since = -household.moved_in
        if initial.need_changed is not None and _assessed(household) != (home.type.scheme, home.type.rank):
            since = min(since, initial.need_changed.quantile(uniform(household.key, CHANGED, 0)))
            world.layout.mark(household.facts, "need_changed", int(-since // 1))
        if initial.transfers_waited is None:
            continue
        derive_core_facts(world, household)
        reason = program.move_wanted(household.facts, home.facts, home.site.facts, world.day)
        if reason is not None:
            days = initial.transfers_waited.quantile(uniform(household.key, TRANSFER_WAITED, 0))
            list_application(world, household, "transfer", reason, min(days, since))


def _assessed(household: Household) -> tuple[str, int]:
    return household.assessed or (household.scheme, household.need)


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
    kind = dwelling.type
    household = _person(world, person, person.need or ((kind.scheme, kind.rank) if kind.ladder else None))
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
