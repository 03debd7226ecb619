"""The verb of leaving the model altogether."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.world.clocks import stop_clock
from sim.world.verbs.guard import impossible

if TYPE_CHECKING:
    from sim.world.state import Household
    from sim.world.world import World


def leave_model(world: World, household: Household, cause: str, destination: str) -> None:
    """Nothing more is simulated of the household."""
    if household.home is not None or household.application is not None:
        impossible(f"{household.id} leaves the model with a home or an application")
    household.status = "gone"
    household.destination = destination
    household.former = False
    stop_clock(household)
    del world.households[household.id]
    world.left_model.append((household.id, household.group, household.need, world.now, household.waited, cause))
    world.touch(household)
    for handler in world.moments.gone:
        handler(world, household)
