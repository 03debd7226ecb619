"""The facts about an applicant that the core of the world supplies to the rule language."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sim.world.blueprint import Value
    from sim.world.state import Household
    from sim.world.world import World


def _move_kind(household: Household) -> str:
    application = household.application
    home = household.home
    if application is None or application.kind != "transfer" or home is None:
        return "none"
    if home.type.scheme != household.scheme or household.need == home.type.rank:
        return "sideways" if home.type.scheme == household.scheme else "up"
    return "down" if household.need < home.type.rank else "up"


def _applying_as(household: Household) -> str:
    if household.application is not None:
        return household.application.kind
    # Whoever is being decided on applies as a newcomer: residents who are to move are not decided on anew.
    return "newcomer" if household.status == "applied" else "none"


# The last assessment equals the truth until a mechanism of assessment says otherwise (exact by default).
CORE_FACTS: Mapping[str, Callable[[Household], Value]] = {
    "applying_as": _applying_as,
    "true_scheme": lambda h: h.scheme,
    "true_rank": lambda h: h.need,
    "assessed_scheme": lambda h: h.scheme,
    "assessed_rank": lambda h: h.need,
    "in_crisis": lambda h: h.crisis,
    "housed": lambda h: h.home is not None,
    "absent": lambda h: bool(h.away),
    "absence": lambda h: h.away or "none",
    "situation": lambda h: h.situation,
    "own_scheme": lambda h: "none" if h.home is None else h.home.type.scheme,
    "own_rank": lambda h: 0 if h.home is None else h.home.type.rank,
    "own_step": lambda h: 0 if h.home is None else h.home.type.step,
    "renewals": lambda h: h.renewals,
    "move_kind": _move_kind,
}


def derive_core_facts(world: World, household: Household) -> None:
    """Write the core facts that some rule or condition declares into the household's facts."""
    facts = household.facts
    for name, value in world.core_facts:
        setattr(facts, name, value(household))
