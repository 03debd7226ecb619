"""One team of follow-up: whom it serves, how its hours are shared, and how many each resident gets.

When the accepted hours exceed the capacity, every resident gets the same share of what it accepts.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from math import floor
from typing import TYPE_CHECKING

from sim.kernel import Cells
from sim.measures.records import HoursCell

if TYPE_CHECKING:
    from sim.kernel import Bins, Integral
    from sim.world.state import Household

SHORT = 0.8
HOURS_A_DAY_PER_WEEKLY_MINUTE = 1.0 / 60.0 / 7.0
# Below the last digit of any sum of shares and minutes, far above their rounding.
TINY = 1e-9


@dataclass(frozen=True, slots=True)
class Membership:
    """What a resident asks of a team: whole minutes a week, the share of them it accepts, and where it is counted."""

    minutes: int
    accepts: float
    place: tuple[str, str]


@dataclass(slots=True)
class _Place:
    """Members of one (scheme, type of home), by the share that they accept, and their integrals.

    ``hours`` is what they accept, in hours a day.
    """

    received: Integral
    short: Integral
    required: Integral
    accepted: Integral
    days: Integral
    hours: float = 0.0
    minutes: dict[float, int] = field(default_factory=dict)
    people: dict[float, int] = field(default_factory=dict)


class Team:
    """A team with its members.

    Parameters
    ----------
    name : str
        Name in the scenario.
    hours : Cells of HoursCell
        Where the hours of all teams are integrated.

    Attributes
    ----------
    capacity : float
        Minutes a week that reach residents.
    ratio : float
        Received / accepted, the same for every member; 0 without capacity.
    """

    def __init__(self, name: str, capacity: float, hours: Cells[HoursCell]) -> None:
        self.name = name
        self.capacity = capacity
        self.ratio = 1.0 if capacity > 0.0 else 0.0
        self.members: dict[float, dict[Household, Membership]] = {}
        self._hours = hours
        self._minutes: dict[float, int] = {}
        self._places: dict[tuple[str, str], _Place] = {}

    def add(self, now: float, household: Household, membership: Membership) -> None:
        """Take on a resident."""
        self.members.setdefault(membership.accepts, {})[household] = membership
        self._count(now, membership, 1)

    def remove(self, now: float, household: Household, membership: Membership) -> None:
        """Let a resident go."""
        del self.members[membership.accepts][household]
        self._count(now, membership, -1)

    def share_out(self, now: float) -> bool:
        """Divide the capacity anew; return whether anybody's share changed."""
        accepted = self.accepted()
        ratio = 0.0 if self.capacity <= 0.0 else 1.0
        if accepted > self.capacity > 0.0:
            ratio = self.capacity / accepted
        if ratio == self.ratio:
            return False
        self.ratio = ratio
        for place in self._places.values():
            self._deliver(now, place)
        return True

    def accepted(self) -> float:
        """Minutes a week that members accept; summed in one order, so that it does not depend on the past."""
        return sum(share * self._minutes[share] for share in sorted(self._minutes))

    def percent(self, accepts: float) -> int:
        """Return received / required in whole percent, for members who accept such a share."""
        return floor(100.0 * accepts * self.ratio + TINY)

    def _count(self, now: float, membership: Membership, people: int) -> None:
        share, minutes = membership.accepts, people * membership.minutes
        self._minutes[share] = self._minutes.get(share, 0) + minutes
        place = self._places.get(membership.place)
        if place is None:
            place = self._places[membership.place] = self._new_place(*membership.place)
        place.minutes[share] = place.minutes.get(share, 0) + minutes
        place.people[share] = place.people.get(share, 0) + people
        # Summed in one order, so that it does not depend on the past.
        accepted = sum(part * place.minutes[part] for part in sorted(place.minutes))
        place.hours = accepted * HOURS_A_DAY_PER_WEEKLY_MINUTE
        place.required.change(now, minutes * HOURS_A_DAY_PER_WEEKLY_MINUTE)
        place.days.change(now, people)
        self._deliver(now, place)

    def _deliver(self, now: float, place: _Place) -> None:
        """Set the levels that follow from who the members are and the present ratio."""
        ratio, short = self.ratio, 0
        for share, people in place.people.items():
            if share * ratio < SHORT - TINY:
                short += people
        place.accepted.set(now, place.hours)
        place.received.set(now, place.hours * ratio)
        place.short.set(now, short)

    def _new_place(self, scheme: str, kind: str) -> _Place:
        def integral(what: str) -> Integral:
            return self._hours[HoursCell(self.name, scheme, what, place=kind)]

        received = integral("received")
        # What is received is at most what is required, so all of it meets a need; and a team offers what is required.
        self._hours[HoursCell(self.name, scheme, "met", place=kind)] = received
        short, required = integral("required_short"), integral("required")
        self._hours[HoursCell(self.name, scheme, "offered", place=kind)] = required
        return _Place(received, short, required, integral("accepted"), integral("days"))


def new_hours(bins: Bins) -> Cells[HoursCell]:
    """Return the empty integrals of all teams."""
    return Cells(bins)
