"""Incidents at sites: who causes them, what they cost, and how much conflict behaviour each resident has around it.

``neighbour_conflict_percent`` is about those who live there, those who are away included. ``site_conflict_sum``, which rules
of allocation read, counts those as well who have been offered a home there; who is to move within the site is counted once,
and not at all in the decision on that move (`seen_by`), since the rule adds the applicant itself.

The rate of a resident's own incidents is its baseline times named risk factors, so that the living environment
(neighbours with conflict behaviour, size of site, robustness, follow-up) may matter or not as the scenario says.
Raw counts punish the type of home that houses the hardest: compare per resident-year, standardised for residents.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from copy import copy
from typing import TYPE_CHECKING, Any, ClassVar

from sim.kernel import purpose, uniform
from sim.measures.records import Amount, CountKey
from sim.world.mechanisms.crossing import look_again, matters
from sim.world.mechanisms.incidents_parameters import IncidentsParameters
from sim.world.mechanisms.mechanism import FactOffer, Mechanism
from sim.world.mechanisms.neighbours import Neighbours
from sim.world.transitions import Transition
from sim.world.verbs.dwellings import site_changed
from sim.world.verbs.lives import cause_incident

if TYPE_CHECKING:
    from sim.measures.records import Records
    from sim.world.state import Dwelling, Handler, Household, Site
    from sim.world.world import World

DAMAGE = purpose("incidents:damage")
DAMAGE_DAYS = purpose("incidents:damage:days")
COMPLAINT = purpose("incidents:complaint")
ORDINARY = purpose("incidents:complaint:ordinary")


class Incidents(Mechanism):
    """Incidents keyed (household, k), and the facts about neighbours that rules and risk factors read."""

    name = "incidents"
    Parameters = IncidentsParameters
    facts = (
        FactOffer("site", "site_conflict_sum", "int", 0, 10_000),
        FactOffer("applicant", "neighbour_conflict_percent", "int", 0, 100),
    )
    neutral: ClassVar[Any] = {"own": {"after": "1 000 000 years"}}

    def __init__(self, parameters: IncidentsParameters, world: World) -> None:
        super().__init__(parameters, world)
        self.parameters = parameters
        fields = world.layout.fields
        self.sites: dict[Site, Neighbours] = {}
        self.expected: dict[Dwelling, int] = {}
        self.marked = "conflict" in fields
        self.tells_sum = "site_conflict_sum" in fields
        self.tells_percent = "neighbour_conflict_percent" in fields
        self.used = self.marked and (self.tells_sum or self.tells_percent)
        if self.marked and self.tells_sum:
            world.customs.own_site = self.seen_by

    def transitions(self) -> tuple[Transition, ...]:
        """A resident's own incidents, again and again."""
        own = self.parameters.own
        source = own.from_.source(status=("housed",), away=("",))
        return (Transition("incidents.own", source, own.after, own.factors, self.happens),)

    def handlers(self) -> Mapping[str, Handler]:
        """Who lives at a site, and how they behave, decides what its residents meet."""
        if not self.used:
            return {} if self.parameters.damage is None else {"moved_out": self.repaired}
        return {
            "moved_in": self.moved_in,
            "moved_out": self.moved_out,
            "need_changed": self.need_changed,
            "dwelling_changed": self.dwelling_changed,
        }

    def happens(self, world: World, household: Household, k: int) -> None:
        """An incident, with its damage and complaints."""
        cause_incident(world, household)
        home = household.home
        if home is None:
            return
        place = home.type.id
        damage = self.parameters.damage
        if damage is not None and uniform(household.key, DAMAGE, k) < damage.by_type.get(place, damage.share):
            world.count("damage", household, place)
            home.extra_turnaround += damage.longer_turnaround.quantile(uniform(household.key, DAMAGE_DAYS, k))
        complaints, left = self.parameters.complaints, world.customs.complaint_factor(home.site)
        share = complaints.neighbours * left if len(home.site.residents) > 1 else 0.0
        if share and uniform(household.key, COMPLAINT, k) < share:
            world.count("complaint", household, place, "neighbours")
        share = complaints.by_type.get(place, complaints.ordinary) * left
        if share and uniform(household.key, ORDINARY, k) < share:
            world.count("complaint", household, place, "ordinary_neighbours")

    def repaired(self, world: World, household: Household, dwelling: Dwelling, _: str) -> None:
        """The home has been left: the days of repair come on top of its turnaround."""
        days = round(dwelling.extra_turnaround)
        if days and dwelling.closes > world.now:
            world.tallies.count(world.now, CountKey("damage_days", household.group, dwelling.type.id, household.need, ""), days)

    # --- neighbours -------------------------------------------------------------------------------------------

    def moved_in(self, world: World, household: Household, dwelling: Dwelling, _: str) -> None:
        """The site has one resident more."""
        self._neighbours(dwelling.site).put(household, household.facts.conflict)
        self._tell(dwelling.site)

    def moved_out(self, world: World, household: Household, dwelling: Dwelling, _: str) -> None:
        """The site has one resident fewer, and the household no neighbours."""
        self.repaired(world, household, dwelling, _)
        self._neighbours(dwelling.site).take(household)
        application = household.application
        if application is not None and application.offer in self.expected and application.offer.site is dwelling.site:
            self._expect(application.offer, household.facts.conflict)
        if self.tells_percent:
            household.facts.neighbour_conflict_percent = 0
        self._tell(dwelling.site)

    def need_changed(self, world: World, household: Household, _: str, __: int) -> None:
        """Conflict behaviour follows the need."""
        if household.home is not None:
            site = household.home.site
            self._neighbours(site).put(household, household.facts.conflict)
            self._tell(site)
        application = household.application
        if application is not None and application.offer is not None and application.offer in self.expected:
            self._expect(application.offer, coming(household, application.offer.site))

    def dwelling_changed(self, world: World, dwelling: Dwelling, old: str) -> None:
        """Whoever has been offered a home is counted at its site while the offer is out: two offers must not overfill it."""
        if dwelling.state == "offered" and dwelling.offered_to is not None:
            self._expect(dwelling, coming(dwelling.offered_to, dwelling.site))
        elif old == "offered":
            self._expect(dwelling, 0)
            del self.expected[dwelling]

    def seen_by(self, household: Household, site: Site) -> Any:
        """Give the facts of a household's own site as they would be without it: so it is considered for another home there."""
        seen = copy(site.facts)
        seen.site_conflict_sum -= household.facts.conflict
        return seen

    def _expect(self, dwelling: Dwelling, mark: int) -> None:
        self._neighbours(dwelling.site).expected += mark - self.expected.get(dwelling, 0)
        self.expected[dwelling] = mark
        self._tell(dwelling.site)

    def _neighbours(self, site: Site) -> Neighbours:
        found = self.sites.get(site)
        if found is None:
            found = self.sites[site] = Neighbours(self.parameters.conflict_from)
        return found

    def _tell(self, site: Site) -> None:
        """Write what has changed, and let those look again to whom it can matter."""
        world = self.world
        around = self.sites[site]
        if self.tells_sum:
            old, new = site.facts.site_conflict_sum, around.sum + around.expected
            if old != new:
                site.facts.site_conflict_sum = new
                site_changed(world, site)
                if matters(world, "site_conflict_sum", old, new):
                    for resident in around.marks:
                        look_again(world, resident, "site_conflict_sum")
        if self.tells_percent:
            # All neighbours of one kind see the same share, so it is worked out twice and not for each.
            calm, troubled = around.percent(-1), around.percent(around.threshold)
            asked: dict[tuple[int, int], bool] = {}  # most of them saw the same share before as well
            for resident, mark in around.marks.items():
                new = troubled if mark >= around.threshold else calm
                old = resident.facts.neighbour_conflict_percent
                if new != old:
                    resident.facts.neighbour_conflict_percent = new
                    felt = asked.get((old, new))
                    if felt is None:
                        felt = asked[old, new] = matters(world, "neighbour_conflict_percent", old, new)
                    if felt:
                        look_again(world, resident, "neighbour_conflict_percent")

    def invariants(self) -> Iterator[str]:
        """What is known of every site is what its residents are."""
        if not self.used:
            return
        for site in self.world.sites.values():
            marks = {h: h.facts.conflict for h in site.residents}
            known = self.sites[site].marks if site in self.sites else {}
            if marks != known:
                yield f"the residents of {site.id} are not those whose conflict behaviour is counted there"
            expected = sum(coming(d.offered_to, site) for d in site.dwellings if d.state == "offered" and d.offered_to)
            if self.tells_sum and site.facts.site_conflict_sum != sum(marks.values()) + expected:
                yield f"the conflict behaviour at {site.id} does not add up to {site.facts.site_conflict_sum}"

    def finish(self, records: Records) -> None:
        """Write the cost of damage."""
        damage = self.parameters.damage
        if damage is None or damage.cost == 0.0:
            return
        for key, counts in list(records.counts.items()):
            if key.kind == "damage":
                for number, count in enumerate(counts):
                    if count:
                        nok = count * damage.cost
                        records.amounts.append(Amount(number, "damage", "municipality", nok, place=key.place))


def coming(household: Household, site: Site) -> int:
    """Give the conflict behaviour that a site gets more of when a household moves in: none, if it lives there already."""
    return 0 if household.home is not None and household.home.site is site else household.facts.conflict
