"""Whether a resident is to move within the municipality's homes, as the rules of moves say."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.world.clocks import NEVER
from sim.world.state import INF
from sim.world.verbs.applications import list_application, withdraw

if TYPE_CHECKING:
    from sim.world.state import Household
    from sim.world.world import World


def review_move(world: World, household: Household) -> None:
    """Open a resident's transfer application when a rule gives one, close it when none does any more."""
    program = world.program_of(household)
    if not program.has_moves:
        household.move_review = INF
        application = household.application
        if application is not None and application.offer is None:
            withdraw(world, household, "no_longer_wanted")
        return
    home = household.home
    assert home is not None
    facts, dwelling, site, day = household.facts, home.facts, home.site.facts, world.day
    until = program.move_until(facts, dwelling, site, day)
    household.move_review = float(until) if until < NEVER else INF
    reason = program.move_wanted(facts, dwelling, site, day)
    if household.programme and world.customs.moves_within(household, reason):
        return
    application = household.application
    if application is None:
        if reason is not None:
            list_application(world, household, "transfer", reason)
    elif application.offer is None:
        if reason is None:
            withdraw(world, household, "no_longer_wanted")
        else:
            application.reason = reason
