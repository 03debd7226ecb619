"""Verbs of the waiting list: apply, decide, list, withdraw.

The decision on eligibility (*vedtak*) and the allocation of a concrete home (*tildeling*) are two events;
waiting starts at the first.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.kernel import PEOPLE, purpose, uniform
from sim.measures.records import Wait
from sim.world.core_facts import derive_core_facts
from sim.world.state import Application
from sim.world.verbs.departure import leave_model
from sim.world.verbs.dwellings import set_state
from sim.world.verbs.guard import impossible

if TYPE_CHECKING:
    from sim.world.state import Household
    from sim.world.world import World

LOTTERY = purpose("lottery")


def arrive(world: World, household: Household) -> None:
    """A household applies. It is decided on at once, or after case handling."""
    household.status = "applied"
    world.layout.mark(household.facts, "applied", world.day)
    world.count("application", household, detail="newcomer")
    world.counters["arrivals"] += 1
    world.touch(household)
    for handler in world.moments.arrived:
        handler(world, household)
    days = world.customs.case_days(household)
    if days <= 0.0:
        decide(world, household)
        return
    number = household.applications

    def decided() -> None:
        if household.status == "applied" and household.applications == number:
            decide(world, household)

    world.at(world.now + days, PEOPLE, decided)


def decide(world: World, household: Household) -> None:
    """Decide on eligibility under the rules in force; the eligible are listed, the others leave with their grounds recorded."""
    if household.status != "applied":
        impossible(f"{household.id} is decided on while {household.status}")
    # Decided in the same event as the application, its facts have not been derived yet.
    derive_core_facts(world, household)
    refusals = world.program.refusals(household.facts, world.day)
    world.layout.mark(household.facts, "decided", world.day)
    record_decision(world, "eligibility", household.id, "", "refused" if refusals else "eligible", refusals)
    for handler in world.moments.decided:
        handler(world, household, refusals)
    if refusals:
        world.count("refused", household, detail="newcomer")
        leave_model(world, household, "refused", "other")
    else:
        list_application(world, household, "newcomer", "")


def list_application(world: World, household: Household, kind: str, reason: str, waited: float = 0.0) -> Application:
    """Put a household on the list: as a newcomer, or as a resident who is to move (transfer)."""
    if household.application is not None:
        impossible(f"{household.id} is listed twice")
    number = household.applications
    household.applications = number + 1
    since = world.now - waited
    application = Application(household, kind, number, decided=since, listed=since, reason=reason)
    application.scheme, application.need = household.scheme, household.need
    household.application = application
    if kind == "newcomer":
        household.status = "waiting"
    facts = household.facts
    facts.lottery = int(uniform(household.key, LOTTERY, number) * 2**31)
    world.layout.mark(facts, "listed", int(since // 1))
    world.touch(household)
    for handler in world.moments.listed:
        handler(world, application)
    return application


def close_application(world: World, household: Household, ending: str) -> None:
    """End an application, with the wait of a newcomer recorded; a home held for it becomes vacant again."""
    application = household.application
    if application is None:
        impossible(f"{household.id} has no application to end")
    world.queue.remove(application)
    dwelling = application.offer
    if dwelling is not None and ending != "housed":
        application.offer = None
        dwelling.offered_to = None
        set_state(world, dwelling, "vacant")
    household.application = None
    if application.kind == "newcomer":
        world.waits.append(
            Wait(
                household.id,
                household.group,
                application.scheme,
                application.need,
                application.decided,
                world.now,
                ending,
            )
        )
    world.touch(household)


def withdraw(world: World, household: Household, ending: str, destination: str = "other") -> None:
    """Leave the list without a home: a newcomer leaves the model, a resident stays where it is."""
    application = household.application
    if application is None:
        impossible(f"{household.id} leaves a list it is not on")
    close_application(world, household, ending)
    for handler in world.moments.left_list:
        handler(world, household, ending)
    if application.kind == "newcomer":
        leave_model(world, household, ending, destination)


def record_decision(
    world: World,
    kind: str,
    household: str,
    dwelling: str,
    outcome: str,
    grounds: tuple[str, ...] = (),
    considered: int = 1,
) -> None:
    """Append one row to the register of decisions; its number is its place in this replication."""
    number = world.counters["decisions"]
    world.counters["decisions"] = number + 1
    world.decisions.append(
        (number, world.day, kind, world.program.hash, dwelling, household, outcome, " ".join(grounds), considered)
    )
