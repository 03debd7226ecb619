"""Facts that the core of the world keeps because rules in play read them: discretion, counts for quotas, expected supply."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from sim.world.discretion import Discretion
from sim.world.forecast import Forecast
from sim.world.mechanisms.mechanism import Mechanism
from sim.world.quotas import QuotaCounts

if TYPE_CHECKING:
    from sim.world.world import World


def keepers_of(world: World, programs: Mapping[str, Any]) -> dict[str, Mechanism]:
    """Make what keeps the facts that the rules of some regime read; rules that use none of them cost nothing."""
    every = tuple(programs.values())
    for program in every:
        for name, value in program.kept.items():
            applicant = world.layout.fields[name].of == "applicant"
            (world.supplied_defaults if applicant else world.site_defaults)[name] = value
    found: list[Mechanism] = []
    if any(program.discretions for program in every):
        found.append(Discretion(world, every))
    if any(program.quotas for program in every):
        found.append(QuotaCounts(world))
    horizons = {name: ahead for program in every for name, ahead in program.forecasts.items()}
    if horizons:
        found.append(Forecast(world, horizons))
    return {keeper.name: keeper for keeper in found}
