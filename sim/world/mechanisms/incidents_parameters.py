"""What a scenario says of incidents."""

from __future__ import annotations

from pydantic import Field, field_validator

from rules.reading import Nok, Record, Share
from sim.world.parameters import Duration, TransitionSpec


class DamageSpec(Record):
    """Damage to the home: in which share of incidents, how much longer it takes to make it ready, and what it costs.

    ``by_type``: another share in homes of some types, such as those that are built to stand wear.
    """

    share: Share
    by_type: dict[str, Share] = Field(default_factory=dict)
    longer_turnaround: Duration = Field(default="0 days", validate_default=True)
    cost: Nok = 0.0


class ComplaintSpec(Record):
    """Who complains of an incident, each with a probability: other residents of the site, and ordinary neighbours around it.

    ``neighbours`` complain where the site has other residents; ``by_type`` is another probability for ordinary neighbours of some
    types of homes, such as those that stand apart.
    """

    neighbours: Share = 0.0
    ordinary: Share = 0.0
    by_type: dict[str, Share] = Field(default_factory=dict)


class IncidentsParameters(Record):
    """How often a resident causes an incident, and what follows."""

    own: TransitionSpec
    conflict_from: int = 2
    damage: DamageSpec | None = None
    complaints: ComplaintSpec = ComplaintSpec()

    @field_validator("own")
    @classmethod
    def _of_residents(cls, own: TransitionSpec) -> TransitionSpec:
        own.from_.only_residents("an incident is caused at the site where somebody lives")
        return own
