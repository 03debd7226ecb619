"""Turnaround (*tomgang*): inspection and repair between two tenancies. Without it, a vacated home is ready at once."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, ClassVar

from pydantic import Field

from rules.reading import Record
from sim.kernel import purpose, uniform
from sim.world.mechanisms.mechanism import Mechanism
from sim.world.ongoing import spell
from sim.world.parameters import Duration

if TYPE_CHECKING:
    from sim.kernel import Distribution
    from sim.world.state import Dwelling, Handler, Household
    from sim.world.world import World

TURNAROUND = purpose("turnaround")
FOUND = purpose("turnaround:found")
LEFT = purpose("turnaround:left")


class TurnaroundParameters(Record):
    """How long a home is empty before it is ready: for all types, and for those that differ."""

    after: Duration
    by_type: dict[str, Duration] = Field(default_factory=dict)


class Turnaround(Mechanism):
    """The days of turnaround, keyed by the tenancy that ended: a policy that moves somebody else changes nothing here."""

    name = "turnaround"
    Parameters = TurnaroundParameters
    neutral: ClassVar[Any] = {"after": "0 days"}

    def __init__(self, parameters: TurnaroundParameters, world: World) -> None:
        super().__init__(parameters, world)
        self.parameters = parameters
        self.leavers: dict[Dwelling, tuple[int, int]] = {}
        world.customs.turnaround_days = self.days
        world.customs.turnaround_left = self.left

    def handlers(self) -> Mapping[str, Handler]:
        """Remember who leaves."""
        return {"moved_out": self.moved_out}

    def moved_out(self, world: World, household: Household, dwelling: Dwelling, _: str) -> None:
        """The turnaround that follows is that of this tenancy."""
        self.leavers[dwelling] = household.key, household.tenancies

    def days(self, dwelling: Dwelling) -> float:
        """Draw the turnaround of a home that has been left."""
        leaver = self.leavers.pop(dwelling, None)
        key, tenancy = (self.world.key_of(dwelling.id), 0) if leaver is None else leaver
        return self._duration(dwelling).quantile(uniform(key, TURNAROUND, tenancy))

    def left(self, dwelling: Dwelling) -> float:
        """Draw what is left of the turnaround in which day 0 finds a home: long ones are found more often than short ones."""
        key = self.world.key_of(dwelling.id)
        return spell(self._duration(dwelling), uniform(key, FOUND, 0), uniform(key, LEFT, 0)).left

    def _duration(self, dwelling: Dwelling) -> Distribution:
        chosen: Distribution = self.parameters.by_type.get(dwelling.type.id) or self.parameters.after
        return chosen
