"""Circles of moves: residents who wait for each other's homes move at the same time, where no vacancy serves them.

Every so many days the residents on the list who are to move are searched for circles in which each one's home suits the next,
under the rules of matching in force. A circle is found from its member who came first (lowest order of creation), the shortest
first, and of circles equally short the one whose members came first. All are asked; if all accept, they move on one day, when the
slowest of them is ready to. Both homes are let meanwhile, so nothing stands empty. Until that day each stands on the list as
before: a vacancy that comes first, or a change that makes a home unsuitable, breaks the circle.

A site is judged as it stands, as for any other allocation: who is to leave it still counts there, so a circle never puts more on
it than the rules allow; only whoever moves within a site is not counted twice.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING, Annotated, Any, ClassVar

from pydantic import Field

from rules.reading import Days, Record
from sim.kernel import ALLOCATION, PEOPLE
from sim.world.allocation import seen
from sim.world.mechanisms.mechanism import Mechanism
from sim.world.verbs.applications import record_decision
from sim.world.verbs.offers import turn_down
from sim.world.verbs.tenancy import exchange

if TYPE_CHECKING:
    from sim.world.state import Application, Dwelling, Household
    from sim.world.world import World

Circle = tuple["Application", ...]


class CirclesParameters(Record):
    """How many days lie between two searches (0: none), the date of the first, and how many may move in one circle.

    Without a date the first search is at the start.
    """

    every: Days
    first: date | None = None
    longest: Annotated[int, Field(ge=2, le=6)] = 3


class Circles(Mechanism):
    """Finds circles among those who are to move, asks their members, and lets them move together."""

    name = "circles"
    Parameters = CirclesParameters
    neutral: ClassVar[Any] = {"every": "0 days"}

    def __init__(self, parameters: CirclesParameters, world: World) -> None:
        super().__init__(parameters, world)
        self.every = float(parameters.every)
        first = parameters.first
        self.first = 0.0 if first is None else max(0.0, float((first - world.blueprint.start).days))
        self.longest = parameters.longest
        self.number = 0
        self.agreed: dict[Household, Circle] = {}
        self._wanted: dict[tuple[str, tuple[Any, ...], tuple[Any, ...]], bool] = {}

    def start(self) -> None:
        """Call the first search."""
        if self.every > 0.0:
            self._call(self.first)

    def _call(self, day: float) -> None:
        if day < self.world.blueprint.days:
            self.world.at(day, ALLOCATION, self._meet)

    def _meet(self) -> None:
        self.number += 1
        self._call(self.first + self.number * self.every)
        self.world.settle()  # who is to move, and what is allocated, on this very instant
        for circle in self.search():
            self.ask(circle)

    # --- finding ----------------------------------------------------------------------------------------------

    def search(self) -> list[Circle]:
        """Circles that have no member in common."""
        return _Search(self).circles()

    def suits(self, application: Application, dwelling: Dwelling) -> bool:
        """Whether a home that is let to somebody else suits, and has not been declined."""
        world = self.world
        facts = application.household.facts
        if application.household in dwelling.declined_by or not self.compatible(application, dwelling):
            return False
        world.counters["candidates_examined"] += 1
        return bool(world.program.suits(facts, dwelling.facts, seen(world, application, dwelling), world.day))

    def compatible(self, application: Application, dwelling: Dwelling) -> bool:
        """The part of matching that goes by kinds of applicants and homes alone: asked once for each pair of kinds."""
        program = self.world.program
        assert application.cell is not None
        asked = program.hash, application.cell, program.dwelling_class(dwelling.facts)
        found = self._wanted.get(asked)
        if found is None:
            found = self._wanted[asked] = program.compatible(application.household.facts, dwelling.facts, self.world.day)
        return found

    # --- asking and moving ------------------------------------------------------------------------------------

    def ask(self, circle: Circle) -> None:
        """Ask every member; with a no from anybody, nobody moves."""
        world, customs = self.world, self.world.customs
        replies = moves = 0.0
        refused: list[tuple[Application, Dwelling]] = []
        for application, dwelling in _homes(circle):
            household = application.household
            application.offers += 1
            record_decision(world, "circle", household.id, dwelling.id, application.kind)
            world.count("offer", household, dwelling.type.id, application.kind)
            replies = max(replies, customs.reply_days(application, dwelling))
            if customs.accepts(application, dwelling):
                moves = max(moves, customs.move_in_days(application, dwelling))
            else:
                refused.append((application, dwelling))
        for application, dwelling in refused:
            turn_down(world, application, dwelling)
        if refused:
            return
        for application in circle:
            self.agreed[application.household] = circle
        if replies + moves <= 0.0:
            self.move(circle)
        else:
            world.at(world.now + replies + moves, PEOPLE, lambda: self.move(circle))

    def move(self, circle: Circle) -> None:
        """Let all members move, if the circle still holds."""
        world = self.world
        for application in circle:
            del self.agreed[application.household]
        pairs = list(_homes(circle))
        if not all(self._holds(application, dwelling) for application, dwelling in pairs):
            world.count("circle_broken", None)
            return
        world.count("circle", None)
        exchange(world, [(application.household, dwelling) for application, dwelling in pairs])
        for application, dwelling in pairs:
            world.count("circle_move", application.household, dwelling.type.id)

    def _holds(self, application: Application, dwelling: Dwelling) -> bool:
        household = application.household
        return _stands(application) and dwelling is not household.home and self.suits(application, dwelling)

    def invariants(self) -> Iterator[str]:
        """A circle has agreed as a whole."""
        for household, circle in self.agreed.items():
            if any(self.agreed.get(application.household) is not circle for application in circle):
                yield f"{household.id} has agreed to a circle that others have not agreed to"


def _homes(circle: Circle) -> Iterator[tuple[Application, Dwelling]]:
    """Each member with the home of the next, in which it is to live."""
    for place, application in enumerate(circle):
        home = circle[(place + 1) % len(circle)].household.home
        if home is not None:
            yield application, home


def _stands(application: Application) -> bool:
    """Whether this is a resident, at home, who stands on the list and has no offer."""
    household = application.household
    home = household.home
    return (
        application.kind == "transfer"
        and household.application is application
        and application.key is not None
        and home is not None
        and not household.away
    )


class _Search:
    """One search: who could move into whose home, looked up as far as it is asked."""

    def __init__(self, mechanism: Circles) -> None:
        self.of = mechanism
        world = mechanism.world
        found = [a for a in world.queue.applications() if _stands(a) and a.household not in mechanism.agreed]
        found.sort(key=lambda a: a.household.order)
        self.members = self._thinned(found)
        self.vacant = [d for d in world.dwellings if d.state == "vacant"] if self.members else []
        self._next: dict[Application, list[Application]] = {}
        self._served: dict[Application, bool] = {}

    def circles(self) -> list[Circle]:
        found: list[Circle] = []
        done: set[Application] = set()
        for first in self.members:
            if first not in done:
                circle = self._through(first, done)
                if circle:
                    found.append(circle)
                    done.update(circle)
                done.add(first)
        return found

    def _thinned(self, found: list[Application]) -> list[Application]:
        """Leave out those whose kind of home nobody here wants, or who want no kind that is here, until none is left out.

        It goes by kinds alone, of which there are few: what is left is little to search.
        """
        program = self.of.world.program
        kinds: dict[tuple[Any, Any], list[Application]] = {}
        for application in found:
            home = application.household.home
            assert home is not None
            kinds.setdefault((application.cell, program.dwelling_class(home.facts)), []).append(application)
        left = {kind: members[0] for kind, members in kinds.items()}
        while True:
            wanted = {
                (taker, giver)
                for taker, one in left.items()
                for giver, other in left.items()
                if other.household.home is not None and self.of.compatible(one, other.household.home)
            }
            takers, givers = {taker for taker, _ in wanted}, {giver for _, giver in wanted}
            kept = {kind: one for kind, one in left.items() if kind in takers and kind in givers}
            if len(kept) == len(left):
                return [a for a in found if a.household.home and (a.cell, program.dwelling_class(a.household.home.facts)) in left]
            left = kept

    def _through(self, first: Application, done: set[Application]) -> Circle:
        """The shortest circle through a member, breadth first."""
        if self._is_served(first):
            return ()
        came_from: dict[Application, Application | None] = {first: None}
        frontier = [first]
        for _ in range(self.of.longest):
            reached: list[Application] = []
            for application in frontier:
                for other in self._after(application):
                    if other is first:
                        return _path(application, came_from)
                    if other not in came_from and other not in done and not self._is_served(other):
                        came_from[other] = application
                        reached.append(other)
            frontier = reached
        return ()

    def _after(self, application: Application) -> list[Application]:
        """Those whose home suits a member, in their order."""
        found = self._next.get(application)
        if found is None:
            found = self._next[application] = [
                other
                for other in self.members
                if other is not application
                and (home := other.household.home) is not None
                and home.closes > self.of.world.now
                and self.of.suits(application, home)
            ]
        return found

    def _is_served(self, application: Application) -> bool:
        """Whether a home that stands empty would do: then no circle is needed."""
        found = self._served.get(application)
        if found is None:
            found = self._served[application] = any(self.of.suits(application, dwelling) for dwelling in self.vacant)
        return found


def _path(last: Application, came_from: dict[Application, Application | None]) -> Circle:
    path = [last]
    while (before := came_from[path[-1]]) is not None:
        path.append(before)
    return tuple(reversed(path))
