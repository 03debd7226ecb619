"""Allocation meetings (*tildelingsmøter*): vacant homes are allocated every so many days, in sequence, and not in between.

Before the first meeting, and without this mechanism, a home is allocated as soon as it is vacant and somebody suits it. A home
that is turned down between two meetings waits for the next. One that becomes ready on the instant of a meeting is in it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import TYPE_CHECKING, Any, ClassVar

from rules.reading import Days, Record
from sim.kernel import ALLOCATION
from sim.world.mechanisms.mechanism import Mechanism

if TYPE_CHECKING:
    from sim.world.state import Application, Dwelling, Handler
    from sim.world.world import World


class MeetingsParameters(Record):
    """How many days lie between two meetings (0: no meetings, allocation goes on all the time), and the date of the first.

    Without a date the first meeting is at the start.
    """

    every: Days
    first: date | None = None


class Meetings(Mechanism):
    """Holds vacant homes back from one meeting to the next; in a meeting they are allocated lowest id first, as always."""

    name = "meetings"
    Parameters = MeetingsParameters
    neutral: ClassVar[Any] = {"every": "0 days"}

    def __init__(self, parameters: MeetingsParameters, world: World) -> None:
        super().__init__(parameters, world)
        self.every = float(parameters.every)
        first = parameters.first
        self.first = 0.0 if first is None else max(0.0, float((first - world.blueprint.start).days))
        self.number = 0
        self.sits = False
        self.outside = 0

    @property
    def _begun(self) -> bool:
        return self.every > 0.0 and self.world.now >= self.first

    def handlers(self) -> Mapping[str, Handler]:
        """Watch that nothing is offered between meetings."""
        return {"offered": self.offered} if self.every > 0.0 else {}

    def offered(self, world: World, application: Application, dwelling: Dwelling) -> None:
        """A home is offered: in a meeting, when there are meetings."""
        self.outside += self._begun and not self.sits

    def start(self) -> None:
        """Hold homes back between meetings, and call the first."""
        if self.every > 0.0:
            self.world.customs.allocates = self.allocates
            self._call(self.first)

    def allocates(self) -> bool:
        """Whether homes may be allocated now: before the first meeting, or in one."""
        return self.sits or not self._begun

    def _call(self, day: float) -> None:
        if day < self.world.blueprint.days:
            # Twice into the clock: what else happens on this instant stands before the second.
            self.world.clock.at(day, ALLOCATION, lambda: self.world.at(day, ALLOCATION, self._meet))

    def _meet(self) -> None:
        self.number += 1
        self._call(self.first + self.number * self.every)
        self.sits = True
        self.world.settle()
        self.sits = False

    def invariants(self) -> Iterator[str]:
        """No home is offered outside a meeting."""
        if self.outside:
            yield f"{self.outside} homes have been offered between two allocation meetings"
