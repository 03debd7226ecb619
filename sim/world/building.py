"""Sites and homes come into being: on day 0, on a date, or through a project."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from sim.kernel import CALENDAR
from sim.measures.records import DwellingCell
from sim.world.state import INF, Dwelling, DwellingType, Site
from sim.world.verbs.dwellings import close_dwelling, open_dwelling

if TYPE_CHECKING:
    from sim.world.blueprint import SiteSpec, Value
    from sim.world.world import World


def add_type(world: World, name: str) -> DwellingType:
    """Return a dwelling type of the catalogue."""
    known = world.types.get(name)
    if known is None:
        spec = world.blueprint.types[name]
        known = world.types[name] = DwellingType(name, spec.scheme, spec.step, spec.rank, spec.ladder)
    return known


def add_site(world: World, spec: SiteSpec) -> Site:
    """Make a site and its homes, all planned; they open on ``spec.opens`` and close on ``spec.closes``.

    A site with ``opens`` infinite is opened by whoever made it (a project).
    """
    kind = add_type(world, spec.type)
    facts = world.layout.new_site(
        _declared(
            world,
            {
                **world.site_defaults,
                **spec.attributes,
                "site_size": spec.dwellings,
                "district": spec.district,
                "site_type": spec.type,
            },
            "site",
        )
    )
    site = Site(spec.id, kind, spec.district, facts)
    world.sites[spec.id] = site
    for number in range(1, spec.dwellings + 1):
        dwelling = Dwelling(f"{spec.id}/{number}", len(world.dwellings), site, kind, _dwelling_facts(world, spec, kind, number))
        dwelling.closes = spec.closes
        dwelling.programme = world.programme_of_type.get(kind.id, "")
        site.dwellings.append(dwelling)
        world.dwellings.append(dwelling)
        world.dwelling_by_id[dwelling.id] = dwelling
        world.dwelling_days.move(world.now, None, DwellingCell(kind.id, "planned"))
    if spec.opens <= 0.0:
        for dwelling in site.dwellings:
            open_dwelling(world, dwelling)
    elif spec.opens < INF:
        _on(world, spec.opens, partial(open_site, world, site))
    if 0.0 < spec.closes < INF:
        _on(world, spec.closes, partial(close_site, world, site, spec.relocate))
    return site


def open_site(world: World, site: Site) -> None:
    """Open the homes of a site that are planned."""
    for dwelling in site.dwellings:
        if dwelling.state == "planned":
            open_dwelling(world, dwelling)


def close_site(world: World, site: Site, relocate: bool) -> None:
    """Close the homes of a site: as they are left, or with a claim to another home for everybody who lives there."""
    for dwelling in site.dwellings:
        close_dwelling(world, dwelling, relocate)


def _dwelling_facts(world: World, spec: SiteSpec, kind: DwellingType, number: int) -> object:
    values: dict[str, Value] = {
        **world.blueprint.types[kind.id].attributes,
        **spec.dwelling_attributes,
        **(spec.each[number - 1] if number <= len(spec.each) else {}),
        "home_type": kind.id,
        "home_scheme": kind.scheme,
        "home_step": kind.step,
        "home_rank": kind.rank,
    }
    return world.layout.new_dwelling(_declared(world, values, "dwelling"))


def _declared(world: World, values: dict[str, Value], of: str) -> dict[str, Value]:
    fields = world.layout.fields
    return {name: value for name, value in values.items() if name in fields and fields[name].of == of}


def _on(world: World, day: float, happens: Callable[[], None]) -> None:
    if day < world.blueprint.days:
        world.at(day, CALENDAR, happens)
