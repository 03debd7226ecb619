"""Keeping in the model those who left a home and will be heard of again."""

from __future__ import annotations

from collections.abc import Container
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sim.world.state import Household
    from sim.world.world import World


def keep_those(world: World, kept: Container[Household]) -> None:
    """Let whoever is in ``kept`` stay in the model after leaving a home, beside those kept for other reasons."""
    before = world.customs.keeps

    def keeps(household: Household) -> bool:
        return household in kept or before(household)

    world.customs.keeps = keeps
