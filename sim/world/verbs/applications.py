"""Verbs of the waiting list: apply, decide, list, withdraw.

The decision on eligibility (*vedtak*) and the allocation of a concrete home (*tildeling*) are two events;
waiting starts at the first.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sim.kernel import PEOPLE, purpose, uniform
from sim.measures.records import Wait
from sim.world.core_facts import derive_core_facts
from sim.world.regimes import eligibility_program
from sim.world.state import Application
from sim.world.verbs.departure import leave_model
from sim.world.verbs.dwellings import drop_offer
from sim.world.verbs.guard import impossible

if TYPE_CHECKING:
    from sim.world.state import Household
    from sim.world.world import World

LOTTERY = purpose("lottery")


def arrive(world: World, household: Household) -> None:
    """A household applies. It is decided on at once, or after case handling."""
    household.status = "applied"
    for event in ("decided", "listed"):
        # Of an earlier application, for somebody who comes back.
        world.layout.clear(household.facts, event)
    world.layout.mark(household.facts, "applied", world.day)
    world.count("application", household, detail="newcomer")
    world.counters["arrivals"] += 1
    _note(world, household, world.now)
    world.touch(household)
    for handler in world.moments.arrived:
        handler(world, household)
    days = world.customs.case_days(household)
    if days <= 0.0:
        decide(world, household)
    else:
        _decide_after(world, household, days, world.day)


def applied_before(world: World, household: Household, passed: float, left: float) -> None:
    """A household whose application was made before day 0 is decided on when the rest of its case handling is over."""
    household.status = "applied"
    applied = int((world.now - passed) // 1)
    world.layout.mark(household.facts, "applied", applied)
    _note(world, household, world.now - passed)
    world.touch(household)
    for handler in world.moments.arrived:
        handler(world, household)
    _decide_after(world, household, left, applied)


def _note(world: World, household: Household, day: float) -> None:
    """Keep who applied when, with the need of that day."""
    world.applied.append((day, household.id))
    world.applicants.append((household.group, household.scheme, household.need))


def _decide_after(world: World, household: Household, days: float, applied: int) -> None:
    number = household.applications

    def decided() -> None:
        if household.status == "applied" and household.applications == number:
            decide(world, household, applied)

    world.at(world.now + days, PEOPLE, decided)


def decide(world: World, household: Household, applied: int | None = None) -> None:
    """Decide on eligibility; the eligible are listed, the others leave with their grounds recorded.

    The rules are those in force, or for an application of an earlier day (``applied``) those that their transition names.
    """
    if household.status != "applied":
        impossible(f"{household.id} is decided on while {household.status}")
    # Decided in the same event as the application, its facts have not been derived yet.
    derive_core_facts(world, household)
    for prepare in world.before_decision:
        prepare(household)
    program = world.program if applied is None else eligibility_program(world, applied)
    refusals = program.refusals(household.facts, world.day)
    outcome = "refused" if refusals else "eligible"
    record_verdict(world, "eligibility", household.id, "", outcome, refusals, program, applied)
    world.layout.mark(household.facts, "decided", world.day)
    for handler in world.moments.decided:
        handler(world, household, refusals)
    if refusals:
        world.count("refused", household, detail="newcomer")
        leave_model(world, household, "refused", "other")
    else:
        list_application(world, household, "newcomer", "")


def list_application(world: World, household: Household, kind: str, reason: str, waited: float = 0.0) -> Application:
    """Put a household on the list: as a newcomer, or as a resident who is to move (transfer).

    A transfer is applied for, decided on and listed on one day; a newcomer's application and decision have been marked before.
    """
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
    for event in ("listed",) if kind == "newcomer" else ("applied", "decided", "listed"):
        world.layout.mark(facts, event, int(since // 1))
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
    if application.offer is not None and ending != "housed":
        drop_offer(world, application)
    household.application = None
    if application.kind == "newcomer":
        if household.waited is None:
            household.waited = world.now - application.decided
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


def record_verdict(
    world: World,
    kind: str,
    household: str,
    dwelling: str,
    outcome: str,
    grounds: tuple[str, ...],
    program: Any = None,
    applied: int | None = None,
) -> None:
    """Record a decision that concerns one household alone; who observes the world sees the facts as they were judged."""
    if world.observer is not None:
        world.observer.verdict(world, kind, household, dwelling, outcome, applied)
    record_decision(world, kind, household, dwelling, outcome, grounds, program=program)


def record_decision(
    world: World,
    kind: str,
    household: str,
    dwelling: str,
    outcome: str,
    grounds: tuple[str, ...] = (),
    considered: int = 1,
    program: Any = None,
) -> None:
    """Append one row to the register of decisions; its number is its place in this replication."""
    number = world.counters["decisions"]
    world.counters["decisions"] = number + 1
    world.decisions.append(
        (number, world.day, kind, (program or world.program).hash, dwelling, household, outcome, " ".join(grounds), considered)
    )
