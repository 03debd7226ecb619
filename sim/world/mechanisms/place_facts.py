"""Facts of a place that conditions of projects read: of the living environment of a new site, and of the district of a plot.

They are no facts of the rules of allocation: a project works them out on the days on which its condition is asked.
"""

from __future__ import annotations

from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

from sim.world.mechanisms.mechanism import FactOffer

if TYPE_CHECKING:
    from sim.world.state import Site
    from sim.world.world import World

MONTH = 30.4375
MANY = 100_000
DISTRICT_FACTS = (
    FactOffer("site", "district_strain", "int", 0, MANY),
    FactOffer("site", "district_homes", "int", 0, MANY),
    FactOffer("site", "district_homes_percent", "int", 0, 100),
    FactOffer("site", "district_sites_alike", "int", 0, MANY),
)
SITE_FACTS = (
    FactOffer("site", "months_open", "int", 0, MANY),
    FactOffer("site", "site_residents", "int", 0, MANY),
    FactOffer("site", "site_conflict_sum", "int", 0, MANY),
    FactOffer("site", "site_strain", "int", 0, MANY),
    FactOffer("site", "site_incidents_3_months", "int", 0, MANY),
    FactOffer("site", "site_incidents_6_months", "int", 0, MANY),
    FactOffer("site", "site_incidents_12_months", "int", 0, MANY),
)
_NO_HOME = ("planned", "closed")


def district_facts(world: World, district: str, kind: str, under_way: int) -> dict[str, int]:
    """Work out the facts of a district: its strain, its homes, and the sites there of a type, with those under way."""
    here = everywhere = alike = 0
    strain = 0.0
    for site in world.sites.values():
        homes = sum(dwelling.state not in _NO_HOME for dwelling in site.dwellings)
        everywhere += homes
        if site.district == district:
            here += homes
            strain += world.customs.strain(site)
            alike += bool(homes) and site.type.id == kind
    return {
        "district_strain": int(strain + 0.5),
        "district_homes": here,
        "district_homes_percent": 100 * here // everywhere if everywhere else 0,
        "district_sites_alike": alike + under_way,
    }


def site_facts(world: World, site: Site, opened: float, incidents: list[float]) -> dict[str, int]:
    """Work out the facts of a site that has opened: who lives there, what has happened, and the strain that it has left."""
    now = world.now
    months = {f"site_incidents_{n}_months": sum(day > now - n * MONTH for day in incidents) for n in (3, 6, 12)}
    marked = "conflict" in world.layout.fields
    return {
        "months_open": int((now - opened) // MONTH),
        "site_residents": len(site.residents),
        "site_conflict_sum": sum(resident.facts.conflict for resident in site.residents) if marked else 0,
        "site_strain": int(world.customs.strain(site) + 0.5),
        **months,
    }


def holds(conditions: Any, name: str, facts: dict[str, int], day: int) -> bool:
    """Say whether a named condition holds for a place."""
    return bool(conditions.bits(None, None, SimpleNamespace(**facts), day) >> conditions.names.index(name) & 1)
