"""Scattered homes of a programme: looked for one by one, in the stock or on the private market, and given back afterwards.

A home of the stock leaves it while it is the programme's, and re-enters it with its type. A rented one exists only while it
is let: its site stands ready, planned, until a home is rented and when it has been given up.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from math import floor
from typing import TYPE_CHECKING

from sim.kernel import ALLOCATION, PEOPLE, purpose, uniform
from sim.world.blueprint import SiteSpec
from sim.world.building import add_site, add_type
from sim.world.mechanisms.ledger import GIVEN_UP
from sim.world.mechanisms.programme_parameters import rented_site
from sim.world.state import INF
from sim.world.verbs.dwellings import drop_offer, give_type, set_state
from sim.world.verbs.tenancy import move_in, move_out

if TYPE_CHECKING:
    from sim.world.mechanisms.programme import Programme
    from sim.world.mechanisms.programme_parameters import Scattered
    from sim.world.state import Dwelling, DwellingType, Household

LOOKS = purpose("programmes:searches")
SEARCH = purpose("programmes:search")
RENTED = purpose("programmes:rented")
SPREAD = purpose("programmes:day 0")
HALF = 0.5


@dataclass(slots=True, eq=False)
class Case:
    """Somebody for whom a home is looked for.

    ``rented``: it is to be rented; ``again``: it is not the first home; ``ready``: the search is over.
    """

    household: Household
    rented: bool
    again: bool
    ready: bool = False


class ScatteredHomes:
    """The homes of one programme that has none of its own.

    Attributes
    ----------
    cases : dict of Household to Case
        Those for whom a home is looked for, in the order in which the search began.
    stock : dict of Dwelling to DwellingType
        Homes that have been taken from the stock, with the type that they go back with.
    """

    def __init__(self, programme: Programme, spec: Scattered, most: int) -> None:
        self.programme = programme
        self.spec = spec
        self.world = world = programme.world
        self.cases: dict[Household, Case] = {}
        self.stock: dict[Dwelling, DwellingType] = {}
        self.type = add_type(world, programme.spec.homes)
        self.slots = [self._slot(number) for number in range(1, most + 1)]
        self._turnaround, self._turnaround_left = world.customs.turnaround_days, world.customs.turnaround_left
        world.customs.turnaround_days, world.customs.turnaround_left = self._days, self._left
        self._provide_for_day_0()

    def _slot(self, number: int) -> Dwelling:
        rules = self.world.blueprint.programmes[self.programme.name]
        spec = SiteSpec(rented_site(self.programme.name, number), self.type.id, 1, opens=INF, attributes=rules.site_attributes)
        return add_site(self.world, spec).dwellings[0]

    def _days(self, dwelling: Dwelling) -> float:
        return 0.0 if self._is_rented(dwelling) else self._turnaround(dwelling)

    def _left(self, dwelling: Dwelling) -> float:
        return 0.0 if self._is_rented(dwelling) else self._turnaround_left(dwelling)

    def _is_rented(self, dwelling: Dwelling) -> bool:
        """Whether it is a home that is rented for the programme: given up on the day it is left."""
        return dwelling.type is self.type and dwelling not in self.stock

    def _provide_for_day_0(self) -> None:
        """Make ready the homes of those who take part on day 0.

        Where they are known one by one, those they live in; else as many from the stock as the share says, spread by lot.
        """
        world, people = self.world, self.world.blueprint.initial.people
        for person in people:
            if person.programme == self.programme.name:
                self._make_ready(world.dwelling_by_id[person.dwelling])
        known = {person.dwelling for person in people}
        count = next((spec.count or 0 for spec in world.blueprint.initial.residents if spec.type == self.type.id), 0)
        vacant = (d for d in world.dwellings if d.state == "vacant" and not d.programme and d.id not in known)
        open_homes = [dwelling for dwelling in vacant if dwelling.type.id in self.spec.types]
        wanted = min(floor(count * self.spec.from_stock + HALF), len(open_homes))
        for dwelling in sorted(open_homes, key=lambda d: (uniform(world.key_of(d.id), SPREAD, 0), d.order))[:wanted]:
            self._take_from_stock(dwelling)
        unused = [slot for slot in self.slots if slot.state == "planned"]
        for slot in unused[: count - wanted]:
            set_state(world, slot, "vacant")

    def _make_ready(self, dwelling: Dwelling) -> None:
        if dwelling.type is self.type:
            set_state(self.world, dwelling, "vacant")
        else:
            self._take_from_stock(dwelling)

    def release_unused(self) -> None:
        """Give back the homes of day 0 that nobody lives in."""
        for dwelling in list(self.stock):
            if dwelling.household is None:
                self.give_back(dwelling)
        for slot in self.slots:
            self.emptied(slot)

    def emptied(self, dwelling: Dwelling) -> None:
        """A rented home that stands empty is given up."""
        if dwelling.state == "vacant" and self._is_rented(dwelling):
            set_state(self.world, dwelling, "planned")
            self.programme.consider_soon()

    # --- looking ----------------------------------------------------------------------------------------------

    def look_for(self, household: Household, *, again: bool = False) -> None:
        """Begin to look for a home."""
        k = household.rounds.get(LOOKS, 0)
        household.rounds[LOOKS] = k + 1
        case = Case(household, uniform(household.key, RENTED, k) >= self.spec.from_stock, again)
        self.cases[household] = case

        def search_ends() -> None:
            if self.cases.get(household) is case:
                case.ready = True
                self._try(case)

        days = self.spec.search.quantile(uniform(household.key, SEARCH, k))
        self.world.at(self.world.now + days, PEOPLE if days > 0.0 else ALLOCATION, search_ends)

    def look_again(self) -> None:
        """Try everybody whose search is over; those who take part already go first by the programme's claims."""
        for case in sorted((c for c in self.cases.values() if c.ready), key=self._order):
            self._try(case)

    def looks_for(self, household: Household) -> bool:
        """Whether a home is looked for."""
        return household in self.cases

    def again(self, household: Household) -> bool:
        """Whether it is not the first home that is looked for."""
        case = self.cases.get(household)
        return case is not None and case.again

    def found(self, household: Household) -> None:
        """A home has been moved into."""
        self.cases.pop(household, None)

    def stop_looking(self, household: Household) -> None:
        """A household wants no home any more."""
        self.found(household)

    def vacated(self, dwelling: Dwelling) -> None:
        """A home of the stock is vacant: it is kept from the list if it suits somebody whose search is over."""
        if dwelling.programme or dwelling.type.id not in self.spec.types:
            return
        if any(self._wants(case, dwelling) for case in self.cases.values()):
            self.world.queue.occupy(dwelling)
            dwelling.programme = self.programme.name
            self.world.at(self.world.now, ALLOCATION, lambda: self._let(dwelling))

    def _let(self, dwelling: Dwelling) -> None:
        """Let a home that was kept from the list to the first who wants it; otherwise the list has it again."""
        dwelling.programme = ""
        if dwelling.state != "vacant":
            return
        for case in sorted(self.cases.values(), key=self._order):
            if self._wants(case, dwelling):
                self._move(case, dwelling)
                return
        self.world.queue.vacate(dwelling)

    def _wants(self, case: Case, dwelling: Dwelling) -> bool:
        household = case.household
        return case.ready and not case.rented and dwelling is not household.home and self.programme.suits(household, dwelling)

    def _order(self, case: Case) -> tuple[object, ...]:
        return (*self.programme.program.key(case.household.facts, self.world.day), case.household.order)

    def _try(self, case: Case) -> None:
        home = next(self._suitable(case), None)
        if home is not None:
            self._move(case, home)

    def _suitable(self, case: Case) -> Iterator[Dwelling]:
        if case.rented:
            return (slot for slot in self.slots if slot.state == "planned")
        types = self.spec.types
        vacant = (d for d in self.world.dwellings if d.state == "vacant" and not d.programme and d.type.id in types)
        return (dwelling for dwelling in vacant if self._wants(case, dwelling))

    def _move(self, case: Case, dwelling: Dwelling) -> None:
        world, household, programme = self.world, case.household, self.programme
        if not case.rented:
            self._take_from_stock(dwelling)
        origin = household.home
        if origin is None:
            if household.application is not None and household.application.offer is not None:
                drop_offer(world, household.application)
            move_in(world, household, dwelling, "new")
            return
        programme.going = household
        move_out(world, household, "transfer")
        move_in(world, household, dwelling, "transfer", origin)
        programme.going = None

    # --- the homes themselves ---------------------------------------------------------------------------------

    def is_of_stock(self, dwelling: Dwelling) -> bool:
        """Whether a home was taken from the stock."""
        return dwelling in self.stock

    def _take_from_stock(self, dwelling: Dwelling) -> None:
        self.stock[dwelling] = dwelling.type
        give_type(self.world, dwelling, self.type, self.programme.name)

    def left(self, dwelling: Dwelling) -> None:
        """A home has been left: one of the stock goes back to it; a rented one is given up, and nobody makes it ready again."""
        if self._is_rented(dwelling):
            dwelling.extra_turnaround = 0.0
            self.world.count(GIVEN_UP, None, dwelling.type.id)
        self.give_back(dwelling)

    def give_back(self, dwelling: Dwelling) -> None:
        """A home of the stock is one of its own type again."""
        kind = self.stock.pop(dwelling, None)
        if kind is not None:
            give_type(self.world, dwelling, kind, "")
