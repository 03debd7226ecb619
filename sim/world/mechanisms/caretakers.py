"""Social caretakers (*miljøvaktmester*): a post of so many per cent at a site, from when, and what it costs.

``caretaker_percent`` is a fact of the site: what a caretaker does to incidents is said by a risk factor that reads it, and may be
nothing. Posts are dated decisions: a policy changes them from the day on which it takes effect.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import partial
from re import fullmatch
from typing import TYPE_CHECKING, Any, ClassVar

from pydantic import Field

from rules.reading import NokPerYear, Record, Share
from sim.kernel import CALENDAR, Cells
from sim.measures.records import Amount
from sim.world.mechanisms.crossing import look_again, matters
from sim.world.mechanisms.mechanism import FactOffer, Mechanism
from sim.world.verbs.dwellings import site_changed

if TYPE_CHECKING:
    from sim.measures.records import Records
    from sim.world.state import Dwelling, Handler, Site
    from sim.world.world import World

YEAR = 365.25
GONE = ("planned", "closed")


class CaretakersParameters(Record):
    """The post at each site (by its id, or the id of an entry of several alike), and what a whole post costs a year."""

    posts: dict[str, Share] = Field(default_factory=dict)
    cost_of_post: NokPerYear = 0.0


class Caretakers(Mechanism):
    """A level a site, that rules and risk factors may read, and its cost as long as the site stands."""

    name = "caretakers"
    Parameters = CaretakersParameters
    facts = (FactOffer("site", "caretaker_percent", "int", 0, 100),)
    neutral: ClassVar[Any] = {}

    def __init__(self, parameters: CaretakersParameters, world: World) -> None:
        super().__init__(parameters, world)
        self.parameters = parameters
        self.tells = "caretaker_percent" in world.layout.fields
        self.posts: dict[Site, float] = {}
        self.paid: dict[Site, float] = {}
        self.years: Cells[str] = Cells(world.bins)

    def handlers(self) -> Mapping[str, Handler]:
        """A post is paid for as long as its site stands."""
        return {"dwelling_changed": self.dwelling_changed} if self.parameters.posts else {}

    def start(self) -> None:
        """Fill the posts of day 0, and those that are decided for later."""
        for key, share in self.parameters.posts.items():
            dated = self.world.blueprint.timelines.get(f"caretakers.posts.{key}", ((0.0, share),))
            for day, post in dated:
                for site in sites_of(key, self.world.sites.values()):
                    if day <= 0.0:
                        self.employ(site, post)
                    elif day < self.world.blueprint.days:
                        self.world.at(day, CALENDAR, partial(self.employ, site, post))

    def employ(self, site: Site, post: float) -> None:
        """Let a site have a caretaker of so much of a post."""
        self.posts[site] = post
        self._pay(site)
        if not self.tells:
            return
        old, new = site.facts.caretaker_percent, round(100.0 * post)
        site.facts.caretaker_percent = new
        if old != new:
            site_changed(self.world, site)
            if matters(self.world, "caretaker_percent", old, new):
                for resident in site.residents:
                    look_again(self.world, resident, "caretaker_percent")

    def dwelling_changed(self, world: World, dwelling: Dwelling, old: str) -> None:
        """A site may have opened, or closed altogether."""
        if dwelling.site in self.posts and (old in GONE or dwelling.state in GONE):
            self._pay(dwelling.site)

    def _pay(self, site: Site) -> None:
        stands = any(dwelling.state not in GONE for dwelling in site.dwellings)
        share = self.posts[site] if stands else 0.0
        change = share - self.paid.get(site, 0.0)
        if change:
            self.years.add(self.world.now, site.type.id, change)
            self.paid[site] = share

    def invariants(self) -> Iterator[str]:
        """What rules read is the post that is filled."""
        for site, post in self.posts.items():
            if self.tells and site.facts.caretaker_percent != round(100.0 * post):
                yield f"the caretaker of {site.id} has {post:.0%} of a post, and rules read {site.facts.caretaker_percent} %"

    def finish(self, records: Records) -> None:
        """Write what the posts cost."""
        if not self.parameters.cost_of_post:
            return
        self.years.close(self.world.now)
        for place, areas in self.years.table().items():
            for number, area in enumerate(areas):
                if area:
                    nok = area * self.parameters.cost_of_post / YEAR
                    records.amounts.append(Amount(number, "staff", "municipality", nok, place=place))


def sites_of(key: str, sites: Any) -> list[Any]:
    """Give the sites that a key names: the one of that id, or else all of an entry of several alike (``key-1``, ``key-2`` …)."""
    every = list(sites)
    exact = [site for site in every if site.id == key]
    return exact or [site for site in every if fullmatch(rf"{key}-\d+", site.id)]
