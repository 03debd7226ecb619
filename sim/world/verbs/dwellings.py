"""Verbs of homes: change of state, opening, closing, turnaround."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from sim.kernel import ALLOCATION
from sim.measures.records import DwellingCell
from sim.world.state import NOBODY
from sim.world.verbs.guard import impossible

if TYPE_CHECKING:
    from sim.world.state import Application, Dwelling, DwellingType, Site
    from sim.world.world import World

_cell = cache(DwellingCell)  # few, and quicker looked up than made
STATES = ("planned", "base", "vacant", "turnaround", "offered", "let", "held", "closed")


def set_state(world: World, dwelling: Dwelling, state: str) -> None:
    """Change the one state of a home; its days are counted there from now on, and a vacant home is tried on the list."""
    old = dwelling.state
    if old == state:
        return
    if state not in STATES:
        impossible(f"{dwelling.id} cannot be {state!r}")
    if (state in ("let", "held")) != (dwelling.household is not None):
        impossible(f"{dwelling.id} is {state} with household {dwelling.household and dwelling.household.id}")
    dwelling.state = state
    place = dwelling.type.id
    world.dwelling_days.move(world.now, _cell(place, old), _cell(place, state))
    if old == "vacant":
        world.queue.occupy(dwelling)
    if state == "vacant":
        world.queue.vacate(dwelling)
    for handler in world.moments.dwelling_changed:
        handler(world, dwelling, old)


def give_type(world: World, dwelling: Dwelling, kind: DwellingType, programme: str) -> None:
    """A home becomes one of a programme, or goes back to the stock: its days count as those of another type from now on.

    What rules read of the home itself (rooms, step, access) stays what it is.
    """
    world.dwelling_days.move(world.now, _cell(dwelling.type.id, dwelling.state), _cell(kind.id, dwelling.state))
    if dwelling.state == "vacant":
        world.queue.occupy(dwelling)
    dwelling.type = kind
    dwelling.programme = programme
    if dwelling.state == "vacant":
        world.queue.vacate(dwelling)
    if dwelling.household is not None:
        world.touch(dwelling.household)


def open_dwelling(world: World, dwelling: Dwelling, state: str = "vacant") -> None:
    """A planned home opens: vacant, or as a staff base at first; a base becomes a home the same way."""
    if dwelling.state not in ("planned", "base"):
        impossible(f"{dwelling.id} opens while {dwelling.state}")
    set_state(world, dwelling, state)
    for handler in world.moments.opened:
        handler(world, dwelling)


def close_dwelling(world: World, dwelling: Dwelling, relocate: bool = False) -> None:
    """A home closes for good: at once when nobody lives there, otherwise when it is vacated.

    An offer of it that is out falls away, accepted or not: the applicant stands on the list as before. Whoever lives there stays
    as long as it likes; or, with ``relocate``, gets a claim to another home (see `sim.world.moves`), and lives there until then.
    """
    dwelling.closes = min(dwelling.closes, world.now)
    if relocate:
        dwelling.relocates = True
        if dwelling.household is not None:
            world.touch(dwelling.household)
    offered_to = dwelling.offered_to
    if offered_to is not None and offered_to.application is not None:
        drop_offer(world, offered_to.application)
        world.touch(offered_to)
    if dwelling.state in ("vacant", "turnaround", "base", "planned"):
        set_state(world, dwelling, "closed")


def drop_offer(world: World, application: Application) -> None:
    """An offer that is out is no more: its home is vacant again, or closed if it was to close meanwhile."""
    dwelling = application.offer
    if dwelling is None:
        impossible(f"{application.household.id} has been offered no home")
    application.offer = None
    dwelling.offered_to = None
    if dwelling.state == "vacant":
        world.queue.try_again(dwelling)
    else:
        set_state(world, dwelling, "closed" if dwelling.closes <= world.now else "vacant")
    site_changed(world, dwelling.site)


def site_changed(world: World, site: Site) -> None:
    """Who lives at a site, or is to, decides who suits it: its vacant homes are tried again."""
    for dwelling in site.dwellings:
        if dwelling.state == "vacant":
            world.queue.try_again(dwelling)


def vacate(world: World, dwelling: Dwelling) -> None:
    """A home has been left: it is closed, or made ready for the next household (*tomgang*)."""
    dwelling.household = None
    dwelling.declined_by = NOBODY
    if dwelling.closes <= world.now:
        set_state(world, dwelling, "closed")
        return
    days = world.customs.turnaround_days(dwelling) + dwelling.extra_turnaround
    dwelling.extra_turnaround = 0.0
    if days <= 0.0:
        set_state(world, dwelling, "vacant")
        return
    set_state(world, dwelling, "turnaround")
    ready_after(world, dwelling, days)


def ready_after(world: World, dwelling: Dwelling, days: float) -> None:
    """Let a home in turnaround become vacant after so many days."""

    def ready() -> None:
        if dwelling.state == "turnaround":
            world.counters["vacancies"] += 1
            set_state(world, dwelling, "closed" if dwelling.closes <= world.now else "vacant")

    world.at(world.now + days, ALLOCATION, ready)
