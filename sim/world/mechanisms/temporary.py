"""Temporary accommodation: the statutory floor, paid a night, never full.

Whoever the rules entitle to it and has nowhere to be gets it; nobody vanishes from the model.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, ClassVar

from rules.reading import Record
from sim.kernel import CALENDAR
from sim.measures.records import Amount
from sim.world.core_facts import derive_core_facts
from sim.world.mechanisms.mechanism import Mechanism
from sim.world.mechanisms.nightly import NokPerNight
from sim.world.mechanisms.places import Situation
from sim.world.verbs.lives import set_situation

if TYPE_CHECKING:
    from sim.measures.records import Records
    from sim.world.state import Application, Handler, Household
    from sim.world.world import World

TEMPORARY = "temporary"


class TemporaryParameters(Record):
    """The price of a night, and the situations from which people are given it."""

    price: NokPerNight = 0.0
    situations: tuple[Situation, ...] = ("no_roof",)


class Temporary(Mechanism):
    """Whoever applies, waits or is outside, and is entitled, goes from its situation to ``temporary``."""

    name = TEMPORARY
    Parameters = TemporaryParameters
    neutral: ClassVar[Any] = {"situations": []}

    def __init__(self, parameters: TemporaryParameters, world: World) -> None:
        super().__init__(parameters, world)
        self.parameters = parameters

    def handlers(self) -> Mapping[str, Handler]:
        """Asked when somebody applies, is listed, or has left a home."""
        return {"arrived": self.consider, "listed": self.listed, "exited": self.exited}

    def start(self) -> None:
        """Ask for everybody again when other rules come into force."""
        world = self.world
        for regime in world.blueprint.regimes[1:]:
            if regime.day < world.blueprint.days:
                world.at(regime.day, CALENDAR, self.consider_all)

    def listed(self, world: World, application: Application) -> None:
        """Somebody is put on the list."""
        self.consider(world, application.household)

    def exited(self, world: World, household: Household, _: str, __: str) -> None:
        """Somebody has left a municipal home."""
        self.consider(world, household)

    def consider_all(self) -> None:
        """Ask for everybody, in the order of their creation."""
        for household in list(self.world.households.values()):
            self.consider(self.world, household)

    def consider(self, world: World, household: Household) -> None:
        """Give temporary accommodation to a household that is entitled to it now."""
        if household.home is not None or household.away or household.situation not in self.parameters.situations:
            return
        derive_core_facts(world, household)
        if world.program.temporary_entitled(household.facts, world.day):
            set_situation(world, household, TEMPORARY)

    def finish(self, records: Records) -> None:
        """Write the price of the nights."""
        price = self.parameters.price
        if price == 0.0:
            return
        nights = [0.0] * (len(records.bins) - 1)
        for cell, days in records.household_days.items():
            if cell.situation == TEMPORARY and cell.status != "housed" and not cell.away:
                nights = [before + more for before, more in zip(nights, days, strict=True)]
        records.amounts.extend(
            Amount(number, "temporary_nights", "municipality", count * price) for number, count in enumerate(nights) if count
        )
