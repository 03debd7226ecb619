"""Strain of neighbourhoods: it rises with every incident at a site, and decays.

``site_strain`` is the strain in whole points, for rules of allocation ("take care where it is already strained") and for risk
factors. Between incidents strain halves every ``half_life``: with incidents that come as a Poisson process, shot noise, whose
long-run mean is rate times ``rises`` times the mean life (half_life / ln 2) by Campbell's theorem. Ordinary neighbours complain
the likelier the more strained the site is.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from math import exp, floor, log
from typing import TYPE_CHECKING, Any, ClassVar

from sim.kernel import PEOPLE, purpose
from sim.measures.records import CountKey
from sim.world.mechanisms.crossing import look_again, matters
from sim.world.mechanisms.mechanism import FactOffer, Mechanism
from sim.world.mechanisms.strain_parameters import StrainParameters
from sim.world.verbs.dwellings import site_changed

if TYPE_CHECKING:
    from sim.measures.records import Records
    from sim.world.state import Dwelling, Handler, Household, Site
    from sim.world.world import World

COMPLAINT = purpose("strain:complaint")
MOST = 1000


@dataclass(slots=True)
class Level:
    """The strain of one site: so many points at a time, how many lived with them, and the round of its next announced fall."""

    points: float = 0.0
    since: float = 0.0
    announced: int = 0
    residents: int = 0


class Strain(Mechanism):
    """One decaying level a site; an event of the clock only where the whole points fall."""

    name = "strain"
    Parameters = StrainParameters
    facts = (FactOffer("site", "site_strain", "int", 0, MOST),)
    neutral: ClassVar[Any] = {"rises": 0, "half_life": "90 days"}

    def __init__(self, parameters: StrainParameters, world: World) -> None:
        super().__init__(parameters, world)
        self.parameters = parameters
        self.decay = log(2.0) / parameters.half_life
        self.levels: dict[Site, Level] = {}
        self.areas: dict[str, list[float]] = {}
        self.lived_with: dict[str, list[float]] = {}
        self.tells = "site_strain" in world.layout.fields
        world.customs.strain = self.at

    def handlers(self) -> Mapping[str, Handler]:
        """Incidents strain their site, and so those who live there."""
        if not self.parameters.rises:
            return {}
        return {"moved_in": self.moved, "moved_out": self.moved, "incident": self.incident}

    def moved(self, world: World, household: Household, dwelling: Dwelling, _: str) -> None:
        """More or fewer live with the strain of a site from now on."""
        level = self.levels.get(dwelling.site)
        if level is not None:
            self._age(dwelling.site, level)
            level.residents = len(dwelling.site.residents)

    def incident(self, world: World, household: Household, site: Site) -> None:
        """The strain of the site rises, and its neighbours may complain."""
        level = self.levels.get(site)
        if level is None:
            level = self.levels[site] = Level(since=world.now, residents=len(site.residents))
        self._age(site, level)
        level.points += self.parameters.rises
        self._tell(site, level)
        share = self.parameters.complaint_per_point * world.customs.complaint_factor(site)
        if share and world.draw(household, COMPLAINT) < 1.0 - (1.0 - share) ** whole(level.points):
            world.count("complaint", household, site.type.id, "ordinary_neighbours")

    def at(self, site: Site) -> float:
        """Return the strain of a site now, in points."""
        level = self.levels.get(site)
        return 0.0 if level is None else level.points * exp(-self.decay * (self.world.now - level.since))

    def _age(self, site: Site, level: Level) -> None:
        """Let a level decay until now, and keep its integral, exactly, in every bin that it passes."""
        now, bins = self.world.now, self.world.bins.boundaries
        kind = site.type.id
        areas = self.areas.setdefault(kind, [0.0] * (len(bins) - 1))
        lived_with = self.lived_with.setdefault(kind, [0.0] * (len(bins) - 1))
        index = self.world.bins.index(level.since)
        while level.since < now:
            until = min(now, bins[index + 1])
            left = level.points * exp(-self.decay * (until - level.since))
            area = (level.points - left) / self.decay
            areas[index] += area
            lived_with[index] += area * level.residents
            level.points, level.since = left, until
            index += 1

    def _tell(self, site: Site, level: Level, points: int | None = None) -> None:
        """Write the whole points where they have changed, let those look again to whom it matters, and announce the next fall."""
        world = self.world
        if not self.tells:
            return
        new = whole(level.points) if points is None else points
        old = site.facts.site_strain
        if new != old:
            site.facts.site_strain = new
            site_changed(world, site)
            if matters(world, "site_strain", old, new):
                for resident in site.residents:
                    look_again(world, resident, "site_strain")
        level.announced += 1
        if new > 0:
            self._announce(site, level, new - 1)

    def _announce(self, site: Site, level: Level, points: int) -> None:
        """Let the whole points fall to ``points`` when the strain has decayed to half a point more."""
        world, announced = self.world, level.announced

        def falls() -> None:
            if level.announced == announced:
                self._age(site, level)
                self._tell(site, level, points)

        day = max(world.now, level.since + log(level.points / (points + 0.5)) / self.decay)
        if day < world.blueprint.days:
            world.at(day, PEOPLE, falls)

    def invariants(self) -> Iterator[str]:
        """Strain is never below zero, and what rules read is what it is, rounded."""
        for site in self.world.sites.values():
            points = self.at(site)
            if points < 0.0:
                yield f"the strain of {site.id} is {points}"
            if self.tells and abs(points - site.facts.site_strain) > 0.5 + 1e-6 and site.facts.site_strain < MOST:
                yield f"the strain of {site.id} is {points:g}, and rules read {site.facts.site_strain}"

    def finish(self, records: Records) -> None:
        """Write the point-days of strain by type of home, rounded to whole ones in each period."""
        for site, level in self.levels.items():
            self._age(site, level)
        for kind, areas in self.areas.items():
            records.counts[CountKey("strain_days", "", kind, 0, "")] = [round(area) for area in areas]
            lived_with = self.lived_with[kind]
            records.counts[CountKey("strain_resident_days", "", kind, 0, "")] = [round(area) for area in lived_with]


def whole(points: float) -> int:
    """Return the whole points as which strain is read: rounded to the nearest, a half counts as one."""
    return min(MOST, floor(points + 0.5))
