"""Tenancy: terms and renewals, warnings, notice to quit and eviction.

The rules say when; this says what follows, and how long it takes.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any, ClassVar

from sim.kernel import CALENDAR, PEOPLE, purpose, uniform
from sim.world.core_facts import derive_core_facts
from sim.world.mechanisms.keeping import keep_those
from sim.world.mechanisms.mechanism import Mechanism
from sim.world.mechanisms.months import months_later
from sim.world.mechanisms.tenancy_parameters import TenancyParameters
from sim.world.parameters import discrete
from sim.world.verbs.applications import record_verdict
from sim.world.verbs.leaving import move_on
from sim.world.verbs.lives import come_again, set_situation
from sim.world.verbs.tenancy import renew, warn

if TYPE_CHECKING:
    from sim.world.state import Dwelling, Handler, Household, Site
    from sim.world.world import World

NOTICES = purpose("tenancy:notices")
CARRIED_OUT = purpose("tenancy:notice:carried_out")
EVICTION_DAYS = purpose("tenancy:notice:days")
SITUATION = purpose("tenancy:evicted:situation")
AGAIN_DAYS = purpose("tenancy:evicted:again")
DESTINATION = purpose("tenancy:not_renewed:destination")


class Tenancy(Mechanism):
    """Terms run by the calendar; notices are keyed (household, k)."""

    name = "tenancy"
    Parameters = TenancyParameters
    neutral: ClassVar[Any] = {}

    def __init__(self, parameters: TenancyParameters, world: World) -> None:
        super().__init__(parameters, world)
        self.parameters = parameters
        self.after_eviction = discrete(parameters.after_eviction)
        self.not_renewed = None if parameters.not_renewed is None else discrete(parameters.not_renewed)
        self.cases: dict[Household, int] = {}
        self.evicted: set[Household] = set()
        keep_those(world, self.evicted)

    def handlers(self) -> Mapping[str, Handler]:
        """A term begins at move-in; an incident may lead to a warning or a notice."""
        return {
            "moved_in": self.moved_in,
            "moved_out": self.moved_out,
            "incident": self.incident,
            "exited": self.exited,
        }

    # --- terms ------------------------------------------------------------------------------------------------

    def moved_in(self, world: World, household: Household, dwelling: Dwelling, _: str) -> None:
        """The first term begins on the day of moving in, which for residents of day 0 may lie long before."""
        begins = int(household.moved_in // 1)
        ends = self._ends(household, dwelling, begins)
        while ends is not None and ends <= world.day:
            renew(world, household)
            ends = self._ends(household, dwelling, ends)
        self._schedule(household, dwelling, ends)

    def _ends(self, household: Household, dwelling: Dwelling, begins: int) -> int | None:
        """The last day of the term that begins on a day, as many months long as the rules say of this renewal."""
        world = self.world
        derive_core_facts(world, household)
        months = world.program_of(household).term_months(household.facts, dwelling.facts, dwelling.site.facts, world.day)
        return months_later(world.blueprint.start, begins, months) if months > 0 else None

    def _schedule(self, household: Household, dwelling: Dwelling, ends: int | None) -> None:
        world = self.world
        if ends is None or ends >= world.blueprint.days:
            return
        tenancy = household.tenancies

        def term_ends() -> None:
            if household.home is dwelling and household.tenancies == tenancy:
                self.review(household, dwelling, ends)

        world.at(float(ends), CALENDAR, term_ends)

    def review(self, household: Household, dwelling: Dwelling, day: int) -> None:
        """Renew the tenancy for another term, or end it, as the rules say."""
        world = self.world
        program = world.program_of(household)
        refusals = program.renewal_refusals(household.facts, dwelling.facts, dwelling.site.facts, world.day)
        outcome = "not_renewed" if refusals else "renewed"
        record_verdict(world, "renewal", household.id, dwelling.id, outcome, refusals, program=program)
        if household.programme and world.customs.lease_review(household, dwelling, refusals):
            return
        if not refusals:
            renew(world, household)
        elif self.not_renewed is None or household.programme:
            world.count("stay_extended", household, dwelling.type.id)
        else:
            k = household.tenancies
            move_on(world, household, outcome, self.not_renewed.quantile(uniform(household.key, DESTINATION, k)))
            return
        self._schedule(household, dwelling, self._ends(household, dwelling, day))

    # --- warning, notice, eviction ----------------------------------------------------------------------------

    def incident(self, world: World, household: Household, site: Site) -> None:
        """Warn, or give notice, as the rules say after this incident."""
        home = household.home
        if home is None:
            return
        facts = household.facts, home.facts, site.facts
        program = world.program_of(household)
        if program.warned(*facts, world.day):
            warn(world, household)
        if household not in self.cases and program.notice(*facts, world.day):
            self.notice(household)

    def notice(self, household: Household) -> None:
        """Give notice to quit; whether it ends in eviction, and when, is drawn for each notice."""
        world, home = self.world, household.home
        k = household.rounds.get(NOTICES, 0)
        household.rounds[NOTICES] = k + 1
        world.count("notice", household, "" if home is None else home.type.id)
        if uniform(household.key, CARRIED_OUT, k) >= self.parameters.petition_carried_out:
            return
        self.cases[household] = k

        def evict() -> None:
            if self.cases.get(household) == k:
                self.evicted.add(household)
                move_on(world, household, "evicted", "homeless")

        days = self.parameters.eviction_after.quantile(uniform(household.key, EVICTION_DAYS, k))
        world.at(world.now + days, PEOPLE, evict)

    def moved_out(self, world: World, household: Household, _: Dwelling, __: str) -> None:
        """A notice lapses with the tenancy it was about."""
        self.cases.pop(household, None)

    def exited(self, world: World, household: Household, cause: str, _: str) -> None:
        """Where the evicted are now, and when they apply again, if they do."""
        if cause != "evicted":
            return
        k = household.rounds[NOTICES] - 1
        set_situation(world, household, self.after_eviction.quantile(uniform(household.key, SITUATION, k)))
        after = self.parameters.applies_again_after
        if after is None:
            self.evicted.discard(household)
            return

        def again() -> None:
            self.evicted.discard(household)
            if household.status == "outside":
                come_again(world, household, household.situation)

        world.at(world.now + after.quantile(uniform(household.key, AGAIN_DAYS, k)), PEOPLE, again)

    def invariants(self) -> Iterator[str]:
        """Only residents are under notice; the evicted have no home."""
        for household in self.cases:
            if household.home is None and household.status != "gone":
                yield f"{household.id} is under notice without a home"
        for household in self.evicted:
            if household.home is not None:
                yield f"{household.id} is evicted and has a home"
