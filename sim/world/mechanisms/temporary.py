"""Temporary accommodation (*midlertidig botilbud*): the statutory floor. Never full, paid by the night; nobody vanishes.

Whoever the rules entitle, and whose situation is listed, goes there for as long as it has no home.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from rules.reading import NokPerDay, Record
from sim.world.mechanisms.mechanism import Mechanism
from sim.world.verbs.lives import set_situation

if TYPE_CHECKING:
    from sim.world.state import Application, Handler, Household
    from sim.world.world import World


class Temporary(Mechanism):
    """Nobody who has nowhere to go is left without a roof."""

    name = "temporary"

    class Parameters(Record):
        """Price a night, and the situations from which people are taken in."""

        price: NokPerDay
        situations: tuple[str, ...] = ("no_roof", "leaving_institution")

    def handlers(self) -> Mapping[str, Handler]:
        """People are taken in when they apply and when they are listed."""
        return {"arrived": self._arrived, "listed": self._listed}

    def _arrived(self, world: World, household: Household) -> None:
        self._take_in(household)

    def _listed(self, world: World, application: Application) -> None:
        self._take_in(application.household)

    def _take_in(self, household: Household) -> None:
        world = self.world
        if (
            household.home is None
            and household.situation in self.parameters.situations
            and world.program.temporary_entitled(household.facts, world.day)
        ):
            set_situation(world, household, "temporary")
