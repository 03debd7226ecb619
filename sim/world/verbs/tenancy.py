"""Verbs of tenancy: move in, move out, warn. A transfer is a move out and a move in at one instant."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from sim.measures.records import Move
from sim.world.state import INF, NOBODY
from sim.world.verbs.applications import close_application
from sim.world.verbs.dwellings import set_state, site_changed, vacate
from sim.world.verbs.guard import impossible

if TYPE_CHECKING:
    from sim.world.state import Dwelling, Household
    from sim.world.world import World


def move_in(
    world: World,
    household: Household,
    dwelling: Dwelling,
    kind: str,
    origin: Dwelling | None = None,
    since: float | None = None,
) -> None:
    """The lease starts.

    Parameters
    ----------
    kind : str
        ``new``, ``transfer`` (from ``origin``), or ``initial`` (lived there before day 0: no lease start is counted).
    since : float, optional
        Day of moving in, for those who lived there before day 0.
    """
    if dwelling.household is not None or household.home is not None:
        impossible(f"{household.id} moves into {dwelling.id} where one or the other is taken")
    dwelling.household = household
    dwelling.lettings += 1
    dwelling.declined_by = NOBODY
    household.home = dwelling
    household.status = "housed"
    came_from = household.situation
    household.situation = "housed"
    household.programme = dwelling.programme
    household.moved_in = world.now if since is None else since
    household.tenancies += 1
    household.renewals = 0
    dwelling.site.residents.append(household)
    world.layout.mark(household.facts, "moved_in", int(household.moved_in // 1))
    place = dwelling.type.id
    if kind != "initial":
        world.count("lease_start", household, place, kind)
        source = came_from if origin is None else origin.type.id
        world.moves.append(Move(world.now, household.id, source, place, kind))
        if origin is not None:
            world.count(_direction(origin, dwelling), household, place, origin.type.id)
        if household.application is not None or not dwelling.programme:
            close_application(world, household, "housed")
    set_state(world, dwelling, "held" if household.away else "let")
    site_changed(world, dwelling.site)
    world.touch(household)
    for handler in world.moments.moved_in:
        handler(world, household, dwelling, kind)


def move_out(world: World, household: Household, cause: str) -> None:
    """The household leaves its home; the home is made ready for the next, or closes."""
    dwelling = _leave(world, household, cause)
    vacate(world, dwelling)
    site_changed(world, dwelling.site)


def exchange(world: World, moves: Sequence[tuple[Household, Dwelling]]) -> None:
    """Residents move into each other's homes at one instant: no home stands empty, and none is made ready in between."""
    left = [_leave(world, household, "transfer") for household, _ in moves]
    for dwelling in left:
        dwelling.household = None
    for (household, dwelling), origin in zip(moves, left, strict=True):
        move_in(world, household, dwelling, "transfer", origin)


def _leave(world: World, household: Household, cause: str) -> Dwelling:
    dwelling = household.home
    if dwelling is None:
        impossible(f"{household.id} moves out of no home")
    household.home = None
    household.programme = ""
    household.move_review = INF
    dwelling.site.residents.remove(household)
    world.layout.clear(household.facts, "moved_in")
    world.touch(household)
    for handler in world.moments.moved_out:
        handler(world, household, dwelling, cause)
    return dwelling


def warn(world: World, household: Household) -> None:
    """The tenant gets a written warning."""
    world.layout.mark(household.facts, "warned", world.day)
    world.count("warning", household, "" if household.home is None else household.home.type.id)
    world.touch(household)
    for handler in world.moments.warned:
        handler(world, household)


def renew(world: World, household: Household) -> None:
    """The tenancy is renewed for another term; no lease start is counted."""
    household.renewals += 1
    world.touch(household)


def _direction(origin: Dwelling, dwelling: Dwelling) -> str:
    before, after = origin.type.rank, dwelling.type.rank
    if not (origin.type.ladder and dwelling.type.ladder) or before == after:
        return "move_sideways"
    return "move_down" if after < before else "move_up"
