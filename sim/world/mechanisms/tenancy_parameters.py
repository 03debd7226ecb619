"""What a scenario says of tenancy."""

from __future__ import annotations

from pydantic import Field

from rules.reading import Record, Share
from sim.world.mechanisms.places import DestinationShares, SituationShares
from sim.world.parameters import Duration


class TenancyParameters(Record):
    """What follows from the rules of tenancy.

    A notice to quit is carried out in a share of cases (``petition_carried_out``), ``eviction_after`` a while; the
    evicted are then in the situations of ``after_eviction``, and apply again ``applies_again_after`` a while, or
    never. ``not_renewed`` says where those go whose tenancy is not renewed; without it they stay for another term,
    which is counted as ``stay_extended``.
    """

    petition_carried_out: Share = 0.0
    eviction_after: Duration = Field(default="0 days", validate_default=True)
    after_eviction: SituationShares = Field(default={"no_roof": 1.0}, validate_default=True)
    applies_again_after: Duration | None = None
    not_renewed: DestinationShares | None = None
