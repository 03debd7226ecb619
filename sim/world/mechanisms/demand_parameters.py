"""What a scenario says of demand that answers supply."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from rules.reading import Count, Days, Record
from sim.world.parameters import Duration


class UnregisteredSpec(Record):
    """Households with a need that stand on no list on day 0: how many, and after how long each applies."""

    count: Count
    applies_after: Duration


class DemandParameters(Record):
    """How strongly applications answer the wait that may be expected, and who is in need beside the list on day 0."""

    reference: Days
    elasticity: Annotated[float, Field(ge=0, le=5)] = 0.0
    most: Annotated[float, Field(ge=1, le=10)] = 2.0
    refresh: Days = 30.4375
    unregistered: dict[str, UnregisteredSpec] = Field(default_factory=dict)
