"""Verbs of offers: offer, reply, take over. Without a mechanism of replies an offer is accepted and moved into at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.kernel import PEOPLE
from sim.world.verbs.applications import record_decision, withdraw
from sim.world.verbs.dwellings import drop_offer, set_state
from sim.world.verbs.guard import impossible
from sim.world.verbs.tenancy import move_in, move_out

if TYPE_CHECKING:
    from sim.world.state import Application, Dwelling
    from sim.world.world import World


def offer(world: World, application: Application, dwelling: Dwelling) -> None:
    """Offer a vacant home to an applicant; the reply follows in its own time."""
    household = application.household
    if dwelling.state != "vacant" or application.offer is not None:
        impossible(f"{dwelling.id} ({dwelling.state}) is offered to {household.id}")
    record_decision(world, "allocation", household.id, dwelling.id, application.kind)
    world.queue.remove(application)
    application.offer = dwelling
    application.offers += 1
    dwelling.offered_to = household
    world.count("offer", household, dwelling.type.id, application.kind)
    for handler in world.moments.offered:
        handler(world, application, dwelling)
    days = world.customs.reply_days(application, dwelling)
    accepted = world.customs.accepts(application, dwelling)
    if days <= 0.0:
        reply(world, application, dwelling, accepted)
        return
    set_state(world, dwelling, "offered")

    def replied() -> None:
        world.counters["replies"] += 1
        if application.offer is dwelling and household.application is application:
            reply(world, application, dwelling, accepted)

    world.at(world.now + days, PEOPLE, replied)


def reply(world: World, application: Application, dwelling: Dwelling, accepted: bool) -> None:
    """The applicant accepts, and moves in after a while; or declines, with the consequence that rules state."""
    household = application.household
    for handler in world.moments.replied:
        handler(world, application, dwelling, accepted)
    if accepted:
        days = world.customs.move_in_days(application, dwelling)
        if days <= 0.0:
            take_over(world, application, dwelling)
            return
        set_state(world, dwelling, "offered")

        def lease_starts() -> None:
            if application.offer is dwelling and household.application is application:
                take_over(world, application, dwelling)

        world.at(world.now + days, PEOPLE, lease_starts)
        return
    turn_down(world, application, dwelling)


def turn_down(world: World, application: Application, dwelling: Dwelling) -> None:
    """The applicant has said no to a home, vacant or in a circle of moves, with the consequence that rules state."""
    household = application.household
    world.count("decline", household, dwelling.type.id, application.kind)
    world.layout.mark(household.facts, "offer_declined", world.day)
    dwelling.declined_by |= {household}
    if application.offer is dwelling:
        drop_offer(world, application)
    world.touch(household)
    home = dwelling.facts, dwelling.site.facts
    if world.program.decline_outcome(household.facts, *home, world.day) == "lapse":
        withdraw(world, household, "lapsed")


def take_over(world: World, application: Application, dwelling: Dwelling) -> None:
    """The lease starts: a newcomer moves in; a resident moves over, the old home kept until this moment."""
    household = application.household
    dwelling.offered_to = None
    origin = household.home
    if origin is None:
        move_in(world, household, dwelling, "new")
    else:
        move_out(world, household, "transfer")
        move_in(world, household, dwelling, "transfer", origin)
