"""The facts about an applicant that the core of the world supplies to the rule language."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from sim.world.blueprint import Value
    from sim.world.state import Dwelling, Household
    from sim.world.world import World


def _move_kind(household: Household) -> str:
    application = household.application
    home = household.home
    if application is None or application.kind != "transfer" or home is None:
        return "none"
    scheme, need = household.assessed or (household.scheme, household.need)
    if home.type.scheme != scheme or need == home.type.rank:
        return "sideways" if home.type.scheme == scheme else "up"
    return "down" if need < home.type.rank else "up"


def _applying_as(household: Household) -> str:
    if household.application is not None:
        return household.application.kind
    # Whoever is being decided on applies as a newcomer: residents who are to move are not decided on anew.
    return "newcomer" if household.status == "applied" else "none"


def _on_ladder(home: Dwelling | None) -> bool:
    return home is not None and home.type.ladder


# What each fact is, as an expression in the household ``h`` and its ``home``. Facts are derived at every event, so those
# that some rule declares are written by one function, generated for just these.
# The last assessment equals the truth until a mechanism of assessment says otherwise (exact by default).
CORE_FACTS: Mapping[str, str] = {
    "applying_as": "applying_as(h)",
    "true_scheme": "h.scheme",
    "true_rank": "h.need",
    "assessed_scheme": "h.scheme if h.assessed is None else h.assessed[0]",
    "assessed_rank": "h.need if h.assessed is None else h.assessed[1]",
    "in_crisis": "h.crisis",
    "housed": "home is not None",
    "absent": "bool(h.away)",
    # An absence with places of its own (``acute_bed:kad``) is one kind to the rules, whichever the place.
    "absence": "h.away.partition(':')[0] or 'none'",
    "situation": "h.situation",
    # The home of a programme beside the ladders has no step and no rank.
    "own_scheme": "home.type.scheme if on_ladder(home) else 'none'",
    "own_rank": "home.type.rank if on_ladder(home) else 0",
    "own_step": "home.type.step if on_ladder(home) else 0",
    "programme": "h.programme or 'none'",
    "in_programme": "bool(h.programme)",
    "renewals": "h.renewals",
    "move_kind": "move_kind(h)",
}


class CoreFacts(NamedTuple):
    """The core facts that some rule or condition declares.

    Attributes
    ----------
    names : tuple of str
        Which they are.
    write : callable(facts, household, home)
        Writes them into the household's facts.
    values : callable(household, home) -> dict
        Returns them.
    """

    names: tuple[str, ...]
    write: Callable[[Any, Household, Dwelling | None], None]
    values: Callable[[Household, Dwelling | None], dict[str, Value]]


def core_facts_among(declared: Iterable[str]) -> CoreFacts:
    """Return the core facts among the declared fields."""
    known = set(declared)
    return _generated(tuple(name for name in CORE_FACTS if name in known))


@cache
def _generated(names: tuple[str, ...]) -> CoreFacts:
    lines = [f"    facts.{name} = {CORE_FACTS[name]}" for name in names]
    pairs = ", ".join(f"{name!r}: {CORE_FACTS[name]}" for name in names)
    source = "\n".join(("def write(facts, h, home):", *lines, "    return", f"def values(h, home): return {{{pairs}}}"))
    made: dict[str, Any] = {"applying_as": _applying_as, "move_kind": _move_kind, "on_ladder": _on_ladder}
    exec(compile(source, "<core facts>", "exec"), made)
    return CoreFacts(names, made["write"], made["values"])


def derive_core_facts(world: World, household: Household) -> None:
    """Write the core facts that some rule or condition declares into the household's facts."""
    world.core_facts.write(household.facts, household, household.home)
