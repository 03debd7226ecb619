"""Verbs of a life: need, crisis, absence, incident, return."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.measures.records import Move, Return
from sim.world.profile import write_marks
from sim.world.verbs.applications import arrive
from sim.world.verbs.dwellings import set_state, site_changed
from sim.world.verbs.guard import impossible

if TYPE_CHECKING:
    from sim.world.state import Household
    from sim.world.world import World


def set_need(world: World, household: Household, scheme: str, need: int) -> None:
    """The latent need changes; the marks that follow it change with it."""
    before = household.scheme, household.need
    if before == (scheme, need):
        return
    household.scheme = scheme
    household.need = need
    write_marks(world, household)
    if household.assessed is None:  # otherwise rules know of the change when it has been assessed
        world.layout.mark(household.facts, "need_changed", world.day)
    world.touch(household)
    if household.home is not None:
        site_changed(world, household.home.site)
    for handler in world.moments.need_changed:
        handler(world, household, *before)


def set_crisis(world: World, household: Household, crisis: bool) -> None:
    """A crisis begins or ends. It triggers no move by itself."""
    household.crisis = crisis
    change = world.layout.pause if crisis else world.layout.resume
    change(household.facts, "in_crisis", world.day)
    world.touch(household)
    for handler in world.moments.crisis_changed:
        handler(world, household)


def go_away(world: World, household: Household, kind: str) -> None:
    """Somebody is away (hospital, treatment, prison, an acute bed): a home is held, a place on the list kept."""
    if household.away or household.status not in ("housed", "waiting"):
        impossible(f"{household.id} goes away while {household.status} and away at {household.away!r}")
    household.away = kind
    world.layout.pause(household.facts, "absent", world.day)
    if household.home is not None:
        set_state(world, household.home, "held")
    world.touch(household)
    for handler in world.moments.absence_changed:
        handler(world, household)


def come_back(world: World, household: Household) -> None:
    """Somebody who was away is back: in the home that was held, if there is one."""
    household.away = ""
    world.layout.resume(household.facts, "absent", world.day)
    world.layout.mark(household.facts, "absence_ended", world.day)
    if household.home is not None:
        set_state(world, household.home, "let")
    world.touch(household)
    for handler in world.moments.absence_changed:
        handler(world, household)


def cause_incident(world: World, household: Household) -> None:
    """An incident at the site where the household lives."""
    home = household.home
    if home is None:
        impossible(f"{household.id} causes an incident at no site")
    world.layout.mark(household.facts, "incident", world.day)
    world.count("incident", household, home.type.id)
    world.touch(household)
    for handler in world.moments.incident:
        handler(world, household, home.site)


def come_again(world: World, household: Household, situation: str) -> None:
    """A former resident applies again, under the same id."""
    if household.status != "outside":
        impossible(f"{household.id} returns while {household.status}")
    household.former = False
    household.situation = situation
    world.count("return", household, detail=household.destination)
    world.returns.append(Return(household.id, household.group, household.exited, world.now, household.destination))
    world.moves.append(Move(world.now, household.id, household.destination, situation, "return"))
    arrive(world, household)


def set_situation(world: World, household: Household, situation: str) -> None:
    """Where somebody without a municipal home lives changes."""
    if household.home is not None:
        impossible(f"{household.id} has a home and cannot be {situation}")
    household.situation = situation
    world.touch(household)
