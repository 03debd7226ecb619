"""Turnaround (*tomgang*): inspection, repair and letting between two tenancies; longer after damage."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from pydantic import Field

from rules.reading import Record
from sim.kernel import purpose, uniform
from sim.world.mechanisms.mechanism import Mechanism
from sim.world.parameters import Duration

if TYPE_CHECKING:
    from sim.world.state import Dwelling

READY = purpose("turnaround")


class Turnaround(Mechanism):
    """Homes take time to be ready for the next household."""

    name = "turnaround"
    neutral: Mapping[str, Any] = {"after": "0 days"}

    class Parameters(Record):
        """Days from vacancy to ready, in general and for some types of home."""

        after: Duration
        by_type: dict[str, Duration] = Field(default_factory=dict)

    def __init__(self, parameters: Parameters, world: Any) -> None:
        super().__init__(parameters, world)
        world.customs.turnaround_days = self.days

    def days(self, dwelling: Dwelling) -> float:
        """Days of this turnaround, keyed by the home and its number of lettings so far."""
        spent = self.parameters.by_type.get(dwelling.type.id, self.parameters.after)
        return float(spent.quantile(uniform(self.world.key_of(dwelling.id), READY, dwelling.lettings)))
