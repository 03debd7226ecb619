"""Verbs of leaving: moving on, eviction, death; and what remains in the model afterwards."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.kernel import MEASURES
from sim.measures.records import Move
from sim.world.verbs.applications import close_application
from sim.world.verbs.departure import leave_model
from sim.world.verbs.guard import impossible
from sim.world.verbs.tenancy import move_out

if TYPE_CHECKING:
    from sim.world.state import Household
    from sim.world.world import World

ORDINARY = ("private", "own_home")
# MEASURES: former residents in ordinary housing in the municipality count for at most 730 days after exit.
FORMER_DAYS = 730.0


def move_on(world: World, household: Household, cause: str, destination: str) -> None:
    """A resident leaves municipal housing for somewhere else (``destination``), on its own or because the tenancy ends.

    Parameters
    ----------
    cause : str
        ``moved_on``, ``not_renewed``, ``evicted``, ``hold_expired`` …
    destination : str
        private, own_home, out_of_municipality, institution, homeless or other.
    """
    home = household.home
    if home is None:
        impossible(f"{household.id} moves on from no home")
    place, ladder = home.type.id, home.type.ladder
    if household.application is not None:
        close_application(world, household, cause)
    kind = "eviction" if cause == "evicted" else "exit"
    world.count(kind, household, place, "" if kind == "eviction" else destination)
    world.layout.mark(household.facts, "evicted" if cause == "evicted" else "exited", world.day)
    world.moves.append(Move(world.now, household.id, place, destination, kind))
    move_out(world, household, cause)
    household.away = ""
    household.exited = world.now
    household.destination = destination
    household.status = "outside"
    household.situation = "ordinary" if destination in ORDINARY else destination
    household.former = destination in ORDINARY and ladder
    if household.former:
        _former_until(world, household)
    for handler in world.moments.exited:
        handler(world, household, cause, destination)
    if household.status == "outside" and not household.former and not world.customs.keeps(household):
        leave_model(world, household, cause, destination)


def left_before(world: World, household: Household, destination: str, ago: float) -> None:
    """Somebody who moved to ordinary housing before day 0: still counted as a former resident, and may come back."""
    household.exited = world.now - ago
    household.destination = destination
    household.status = "outside"
    household.situation = "ordinary"
    household.former = True
    world.layout.mark(household.facts, "exited", int(household.exited // 1))
    _former_until(world, household)
    world.touch(household)
    for handler in world.moments.exited:
        handler(world, household, "moved_on", destination)


def die(world: World, household: Household) -> None:
    """The reference person dies; the tenancy or the application ends."""
    home = household.home
    place = "" if home is None else home.type.id
    world.count("death", household, place, "" if home is not None else household.situation)
    if household.application is not None:
        close_application(world, household, "died")
    if home is not None:
        world.moves.append(Move(world.now, household.id, place, "dead", "death"))
        move_out(world, household, "died")
    leave_model(world, household, "died", "dead")


def _former_until(world: World, household: Household) -> None:
    exited = household.exited

    def no_longer() -> None:
        if household.former and household.exited == exited:
            household.former = False
            if world.customs.keeps(household):
                world.touch(household)
            else:
                leave_model(world, household, "moved_on", household.destination)

    world.at(exited + FORMER_DAYS, MEASURES, no_longer)
