"""Whether a resident is to move within the municipality's homes: as the rules of moves say, or because its home closes.

Whoever lives in a home that closes with ``relocate`` has a claim from that day on: a transfer application that goes before all
others for every home that the rules find suitable. Which homes those are, is the rules' decision as for any transfer.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.world.clocks import NEVER
from sim.world.state import INF
from sim.world.verbs.applications import list_application, withdraw

#: Why whoever lives in a home that closes has applied to move.
RELOCATED = "relocated"

if TYPE_CHECKING:
    from sim.world.state import Household
    from sim.world.world import World


def review_move(world: World, household: Household) -> None:
    """Open a resident's transfer application when a rule gives one, close it when none does any more."""
    program = world.program_of(household)
    home = household.home
    assert home is not None
    reason = None
    household.move_review = INF
    if program.has_moves:
        facts, dwelling, site, day = household.facts, home.facts, home.site.facts, world.day
        until = program.move_until(facts, dwelling, site, day)
        household.move_review = float(until) if until < NEVER else INF
        reason = program.move_wanted(facts, dwelling, site, day)
    if household.programme and world.customs.moves_within(household, reason):
        return
    if home.relocates:
        reason = RELOCATED
    application = household.application
    if application is None:
        if reason is None:
            return
        application = list_application(world, household, "transfer", reason)
    elif application.offer is None:
        if reason is None:
            withdraw(world, household, "no_longer_wanted")
            return
        application.reason = reason
    if home.relocates:
        application.claim = True
