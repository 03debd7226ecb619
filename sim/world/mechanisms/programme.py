"""One programme beside the ladders: who takes part, who is let in, and how their stay ends.

Its rules say who may take part, in which order, and what suits; chance says when a home is lost, when somebody leaves and what
changes meanwhile. A programme has rooms of its own, or places for so many people whose homes are found one by one
(`programme_homes`).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from sim.kernel import ALLOCATION, CALENDAR, MEASURES, purpose, uniform
from sim.measures.records import PlaceCell
from sim.world.mechanisms.capacity import step_function
from sim.world.mechanisms.programme_homes import ScatteredHomes
from sim.world.mechanisms.programme_parameters import KEEPS_HOME, ProgrammeEnd, ProgrammeSpec
from sim.world.parameters import discrete
from sim.world.transitions import Transition
from sim.world.verbs.leaving import ORDINARY, move_on
from sim.world.verbs.lives import come_again, set_situation
from sim.world.verbs.tenancy import move_in

if TYPE_CHECKING:
    from sim.kernel import Cells
    from sim.world.state import Application, Dwelling, Household
    from sim.world.world import World

LOST = "home_lost"
HOMELESS = "homeless"
YEAR = 365.25
ABSENT = ("planned", "closed")
NEXT_HOME = "next_home_ready"
SITUATION = purpose("programmes:situation")


class Programme:
    """One programme.

    Attributes
    ----------
    participants : dict of Household to day
        Everybody who holds a place, and since when: housed, on the way to a first home, or between two homes.
    places : int
        How many can take part; None for a programme with rooms of its own, which are its places.
    empty : set of Dwelling
        Its own rooms that are vacant.
    """

    def __init__(self, name: str, spec: ProgrammeSpec, world: World, areas: Cells[PlaceCell]) -> None:
        self.name = name
        self.spec = spec
        self.world = world
        self.program = world.programmes[name]
        self.areas = areas
        self.participants: dict[Household, float] = {}
        self.housed = 0
        own = [d for d in world.dwellings if d.programme == name]
        self.rooms = sum(d.state not in ABSENT for d in own)
        self.empty = {d for d in own if d.state == "vacant"}
        self.places: int | None = None
        self.steps: tuple[tuple[float, float], ...] = ()
        self.homes: ScatteredHomes | None = None
        self.going: Household | None = None
        self.back: set[Household] = set()
        self._due = False
        self._tells_next = NEXT_HOME in world.layout.fields
        self._situations = None if spec.home_loss is None else discrete(spec.home_loss.situations)
        self._not_renewed = None if spec.not_renewed is None else discrete(spec.not_renewed)
        if spec.follow_up is not None:
            world.follow_up[name] = spec.follow_up
        if spec.scattered is not None and spec.places is not None:
            self.steps = step_function(world.blueprint.timelines.get(f"programmes.{name}.places", ()), float(spec.places))
            self.places = int(self.steps[0][1])
            most = max(int(places) for _, places in self.steps)
            self.homes = ScatteredHomes(self, spec.scattered, most)

    def start(self) -> None:
        """Count what there is on day 0, and schedule what is dated."""
        world = self.world
        for day, places in self.steps[1:]:
            if day < world.blueprint.days:
                self._set_places(day, int(places))
        if self.homes is not None:
            self.homes.release_unused()
        self.review_all()
        self.tally()
        self.consider_soon()

    # --- who is let in ----------------------------------------------------------------------------------------

    def consider_soon(self) -> None:
        """See who can be let in, when everything that follows from the present event is settled."""
        if not self._due:
            self._due = True
            self.world.at(self.world.now, ALLOCATION, self._consider)

    def has_room(self) -> bool:
        """Whether somebody more could take part."""
        if self.places is not None:
            return len(self.participants) < self.places
        return bool(self.empty)

    def _consider(self) -> None:
        self._due = False
        if self.homes is not None:
            while self.has_room() and (chosen := self._first(None)) is not None:
                self.participants[chosen.household] = self.world.now
                self.homes.look_for(chosen.household)
            self.homes.look_again()
        else:
            for room in sorted(self.empty, key=lambda d: d.order):
                chosen = self._first(room)
                if chosen is not None:
                    move_in(self.world, chosen.household, room, "new")
        self.tally()

    def _first(self, home: Dwelling | None) -> Application | None:
        """Of those on the list who may take part by the programme's rules, and whom the home suits, the first in its order."""
        world, program, day = self.world, self.program, self.world.day
        best: tuple[Any, ...] | None = None
        first: Application | None = None
        for application in world.queue.applications():
            household = application.household
            if application.kind != "newcomer" or household.programme or household in self.participants:
                continue
            if program.refusals(household.facts, day) or (home is not None and not self.suits(household, home)):
                continue
            key = (*program.key(household.facts, day), application.listed, household.order)
            if best is None or key < best:
                best, first = key, application
        return first

    def suits(self, household: Household, home: Dwelling) -> bool:
        """Whether a home suits somebody by the programme's rules."""
        facts, site, day = (household.facts, home.facts), home.site.facts, self.world.day
        self._count_for_quotas(home)
        return bool(self.program.compatible(*facts, day) and self.program.suits(*facts, site, day))

    def _count_for_quotas(self, home: Dwelling) -> None:
        """Count, for the site of a home, the homes of the programme that its quotas ask for."""
        day = self.world.day
        for number, quota in enumerate(self.program.quotas):
            district = home.site.district if quota.per == "district" else None
            there = home.site.dwellings if quota.per == "site" else self.world.dwellings
            area = [d for d in there if d.state not in ABSENT and district in (None, d.site.district)]
            of_stock = [d for d in area if self.program.quota_stock(d.facts, d.site.facts, day)[number]]
            let = [d for d in of_stock if d.programme == self.name and d.household is not None]
            counts = self.program.quota_counts
            setattr(home.site.facts, quota.homes, len(of_stock))
            setattr(home.site.facts, quota.let, sum(
                bool(counts(d.household.facts, d.facts, d.site.facts, day)[number]) for d in let if d.household is not None
            ))  # fmt: skip

    # --- while somebody takes part ----------------------------------------------------------------------------

    def transitions(self) -> Iterator[Transition]:
        """What may happen to those who take part and are at home."""
        spec, name = self.spec, self.name
        if spec.home_loss is not None:
            loss = spec.home_loss
            yield self._transition(f"programmes.{name}.home_loss", loss, lambda _, h, __: self._lose_home(h))
        for end, how in spec.ends.items():
            yield self._ends(f"programmes.{name}.ends.{end}", how)
        for change, what in spec.changes.items():
            yield self._transition(f"programmes.{name}.changes.{change}", what, _setting(self.world, what.sets))

    def _transition(self, name: str, spec: Any, fire: Any) -> Transition:
        source = spec.from_.source(status=("housed",), away=("",)) | {"programme": (self.name,)}
        return Transition(name, source, spec.after, spec.factors, fire)

    def _ends(self, name: str, spec: ProgrammeEnd) -> Transition:
        where, to = purpose(name + ":to"), discrete(spec.to)

        def fire(world: World, household: Household, k: int) -> None:
            destination = to.quantile(uniform(household.key, where, k))
            if destination == KEEPS_HOME:
                self._keep_home(household)
            else:
                move_on(world, household, "moved_on", destination)

        return self._transition(name, spec, fire)

    def joined(self, household: Household, dwelling: Dwelling, kind: str) -> None:
        """Somebody has moved into a home of the programme."""
        world = self.world
        self.housed += 1
        known = household in self.participants
        self.participants.setdefault(household, household.moved_in)
        self._next_home(household, False)
        if kind == "initial":
            for field, value in self.spec.on_day_0.items():
                setattr(household.facts, field, value)
        if self.going is not household and kind != "initial" and (self.homes is None or not self.homes.again(household)):
            world.count("programme_entry", household, self.name)
            if self.homes is not None:
                for years in (1, 2):
                    self._observe(household, years)
        if self.homes is not None:
            self.homes.found(household)
        self._review_later(household)
        if not known or self.homes is None:
            self.consider_soon()
        self.tally()

    def _review_later(self, household: Household) -> None:
        """Ask anew what the programme gives, where that depends on the time that somebody has taken part."""
        world, tenancy = self.world, household.tenancies
        if self.spec.follow_up not in self.program.timed_numbers:
            return

        def review() -> None:
            if household.programme == self.name and household.tenancies == tenancy and household.home is not None:
                for handler in world.moments.programme_changed:
                    handler(world, household)
                self._review_later(household)

        if world.now + self.spec.review < world.blueprint.days:
            world.at(world.now + self.spec.review, CALENDAR, review)

    def review_all(self) -> None:
        """Look again, now and then, for people on the list who have come to qualify."""
        world = self.world
        if world.now + self.spec.review < world.blueprint.days:
            world.at(world.now + self.spec.review, CALENDAR, self._look_for_people)

    def _look_for_people(self) -> None:
        self.consider_soon()
        self.review_all()

    def _observe(self, household: Household, years: int) -> None:
        """Note, so many years after the first home, whether the household lives in a home (of whatever kind) then."""
        world = self.world

        def look() -> None:
            ordinary = household.situation == "ordinary" and household.destination in ORDINARY
            detail = "housed" if household.status == "housed" or ordinary else "not_housed"
            world.count(f"programme_after_{years}_years", household, self.name, detail)

        if world.now + years * YEAR < world.blueprint.days:
            world.at(world.now + years * YEAR, MEASURES, look)

    # --- how a stay ends --------------------------------------------------------------------------------------

    def left_home(self, household: Household, dwelling: Dwelling, cause: str) -> None:
        """Somebody has moved out of a home of the programme; the home goes where it came from."""
        self.housed -= 1
        if self.homes is not None:
            self.homes.left(dwelling)
        if self.going is household:
            return
        if cause != LOST:
            del self.participants[household]
            if self.homes is not None:
                self.homes.stop_looking(household)
            if cause == "transfer":
                offered = None if household.application is None else household.application.offer
                self._count_end(household, "" if offered is None else offered.type.scheme)
            elif cause == "died":
                self._count_end(household, "dead")
        self.tally()

    def exited(self, household: Household, cause: str, destination: str) -> None:
        """Somebody has left the programme's home for somewhere else, or lost it and still takes part."""
        if cause != LOST:
            self._count_end(household, destination)
            self.consider_soon()
            return
        world, homes = self.world, self.homes
        assert homes is not None and self._situations is not None
        household.programme = self.name
        world.count("programme_home_lost", household, self.name)
        homes.look_for(household, again=True)
        set_situation(world, household, self._situations.quantile(uniform(household.key, SITUATION, household.tenancies)))

    def gone(self, household: Household) -> None:
        """Somebody has left the model, or the list, without a home of the programme."""
        if household in self.participants:
            del self.participants[household]
            if self.homes is not None:
                self.homes.stop_looking(household)
            if household.programme == self.name:
                self._count_end(household, household.destination)
            self.tally()
            self.consider_soon()

    def lease_review(self, household: Household, dwelling: Dwelling, refusals: tuple[str, ...]) -> bool:
        """See to somebody whose term has ended: whether the programme has let the household go."""
        world = self.world
        if not refusals:
            if self._tells_next and not getattr(household.facts, NEXT_HOME) and self._would_end(household, dwelling):
                # The next step is due and there is no home to go to: the stay is extended.
                world.count("programme_extended", household, self.name)
            return False
        for destination, field in self.spec.next_steps.items():
            if getattr(household.facts, field):
                move_on(world, household, "moved_on", destination)
                return True
        offered = household.application is not None and household.application.offer is not None
        if offered or self._not_renewed is None:
            world.count("programme_extended", household, self.name)
            return False
        self.back.add(household)
        move_on(world, household, "not_renewed", HOMELESS)
        self.back.discard(household)
        come_again(world, household, self._not_renewed.quantile(uniform(household.key, SITUATION, household.tenancies)))
        return True

    def _would_end(self, household: Household, dwelling: Dwelling) -> bool:
        self._next_home(household, True)
        would = self.program.renewal_refusals(household.facts, dwelling.facts, dwelling.site.facts, self.world.day)
        self._next_home(household, False)
        return bool(would)

    def next_home_found(self, household: Household, found: bool) -> None:
        """Somebody who is to move on has accepted a home, or has none in sight any more."""
        self._next_home(household, found)

    def _next_home(self, household: Household, ready: bool) -> None:
        if self._tells_next:
            setattr(household.facts, NEXT_HOME, ready)

    def _lose_home(self, household: Household) -> None:
        move_on(self.world, household, LOST, HOMELESS)

    def _keep_home(self, household: Household) -> None:
        """Leave the programme as an ordinary tenant: the home is one of its own type again, or the household's own lease."""
        world, home = self.world, household.home
        assert home is not None
        if self.homes is None or not self.homes.is_of_stock(home):
            move_on(world, household, "moved_on", "private")
            return
        self.homes.give_back(home)
        self.homes.stop_looking(household)
        household.programme = ""
        del self.participants[household]
        self.housed -= 1
        self._count_end(household, KEEPS_HOME)
        world.touch(household)
        for handler in world.moments.programme_changed:
            handler(world, household)
        self.tally()
        self.consider_soon()

    def _count_end(self, household: Household, destination: str) -> None:
        self.world.count("programme_end", household, self.name, destination)

    # --- what is counted --------------------------------------------------------------------------------------

    def changed(self, dwelling: Dwelling, old: str) -> None:
        """A home of the programme has changed its state."""
        if (old in ABSENT) != (dwelling.state in ABSENT):
            self.rooms += 1 if old in ABSENT else -1
            self.tally()
        if self.homes is not None:
            return
        if dwelling.state == "vacant":
            self.empty.add(dwelling)
            self.consider_soon()
        else:
            self.empty.discard(dwelling)

    def tally(self) -> None:
        """Count places, those taken and those housed from now on."""
        for what, level in (
            ("places", self.rooms if self.places is None else self.places),
            ("taken", len(self.participants)),
            ("housed", self.housed),
        ):
            self.areas[PlaceCell("programme", self.name, what)].set(self.world.now, level)

    def _set_places(self, day: float, places: int) -> None:
        def change() -> None:
            self.places = places
            self.tally()
            self.consider_soon()

        self.world.at(day, CALENDAR, change)

    def invariants(self) -> Iterator[str]:
        """Who lives in a home of the programme takes part in it; who takes part has a home, or one is looked for."""
        name = self.name
        residents = {d.household for d in self.world.dwellings if d.programme == name and d.household is not None}
        if len(residents) != self.housed:
            yield f"{len(residents)} live in homes of {name}, but {self.housed} are counted"
        for household in residents:
            if household.programme != name or household not in self.participants:
                yield f"{household.id} lives in a home of {name} without taking part"
        for household in self.participants:
            if household not in residents and (self.homes is None or not self.homes.looks_for(household)):
                yield f"{household.id} takes part in {name} without a home, and none is looked for"


def _setting(world: World, sets: dict[str, Any]) -> Any:
    def fire(_: World, household: Household, __: int) -> None:
        for field, value in sets.items():
            setattr(household.facts, field, value)
        world.touch(household)

    return fire
