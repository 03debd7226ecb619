"""One team of follow-up: its members, what they ask of it, and the hours that each kind of member receives.

A change touches one member only. Members who accept the same share, with the same scheme of need and in the same type of
home, are one `Part`; what a part receives is integrated over the team's own clock, which runs at the share of the accepted
hours that the team can give. So an overbooked team has one number to change, however many parts it has.
"""

from __future__ import annotations

from array import array
from typing import TYPE_CHECKING, Protocol

import numpy as np

from sim.kernel import Integral
from sim.measures.records import HoursCell

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from numpy.typing import NDArray

    from sim.kernel import Bins
    from sim.world.mechanisms.received import Meter
    from sim.world.state import Household

SHORT = 0.8
HOURS_A_DAY_PER_WEEKLY_MINUTE = 1.0 / 60.0 / 7.0
# Below the last digit of any product of shares, far above their rounding.
TINY = 1e-9
# Bookings are whole billionths of a minute a week: sums of them are exact, and do not depend on the past.
BILLIONTHS = 1_000_000_000


class Part:
    """Members of one scheme of need in one type of home who accept the same share, and their areas by bin.

    Attributes
    ----------
    people, minutes : int
        How many, and the minutes a week they require together.
    received : float
        Minutes a week that they receive together for each day of the team's clock.
    short : int
        How many receive under 80 % of what they require.
    """

    __slots__ = (
        "accepts", "areas", "at", "days", "first", "kind", "minutes", "offered", "people", "received", "received_days",
        "required_days", "scheme", "short", "short_days", "since", "travel",
    )  # fmt: skip

    def __init__(self, scheme: str, kind: str, accepts: float, travel: float, offered: bool) -> None:
        self.scheme = scheme
        self.kind = kind
        self.accepts = accepts
        self.travel = travel
        self.offered = offered
        self.people = self.minutes = self.short = 0
        self.received = 0.0
        self.since = self.at = 0.0
        self.first = 0
        self.required_days = self.days = self.received_days = self.short_days = 0.0
        self.areas = (array("d"), array("d"), array("d"), array("d"))

    def count(self, now: float, clock: float) -> None:
        """Add what has passed since the latest change; ``clock`` is the team's own."""
        passed = now - self.since
        if passed > 0.0:
            self.required_days += self.minutes * passed
            self.days += self.people * passed
            self.short_days += self.short * passed
            self.received_days += self.received * (clock - self.at)
            self.since = now
        self.at = clock

    def close(self) -> None:
        """Put the areas of a bin away, when all of it has been counted; the team's clock begins anew."""
        required, days, received, short = self.areas
        required.append(self.required_days)
        days.append(self.days)
        received.append(self.received_days)
        short.append(self.short_days)
        self.required_days = self.days = self.received_days = self.short_days = 0.0
        self.at = 0.0


class Ask:
    """What a resident asks of a team. There is one such object for all who ask the same.

    Attributes
    ----------
    minutes : int
        Required, a week.
    accepts : float
        The share of them that is accepted.
    booked : int
        Billionths of a minute of the team that this takes, travel included.
    """

    __slots__ = ("accepts", "booked", "minutes", "part")

    def __init__(self, minutes: int, part: Part) -> None:
        self.minutes = minutes
        self.accepts = part.accepts
        self.part = part
        self.booked = round(minutes * part.accepts / (1.0 - part.travel) * BILLIONTHS) if part.offered else 0


class Sharing(Protocol):
    """How a team's hours are divided among its members."""

    def begin(self) -> None:
        """Divide them so from now on, among the members there are."""

    def joined(self, household: Household, ask: Ask) -> None:
        """A member has been counted in."""

    def left(self, household: Household, ask: Ask) -> None:
        """A member has been counted out."""

    def balance(self) -> bool:
        """Divide anew after members or capacity have changed; return whether anybody's share changed."""

    def fraction(self, household: Household) -> float:
        """Return what a member receives of what it accepts, for each day of the team's clock."""

    def percent(self, household: Household, ask: Ask) -> int:
        """Return received / required of a member in whole percent, as it is told."""

    def percent_now(self, household: Household, ask: Ask) -> int:
        """Return received / required of a member at this instant, whether told or not."""

    def told_to(self, household: Household, ask: Ask) -> int | None:
        """Return what a member was told; None where that is not known here."""

    def news(self) -> Iterator[tuple[Iterable[Household], int | None, int]]:
        """Yield members to be told, what they were told before (None: each something else), and what they receive now."""


class Team:
    """A team with its members.

    Parameters
    ----------
    name : str
        Name in the scenario.
    minutes : float
        Minutes a week that it has, travel included.
    bins : Bins
        Of the areas.

    Attributes
    ----------
    members : dict
        Share that is accepted -> members who do, each with what it asks.
    booked, capacity : int
        What members take of the team, travel included, and what it has: billionths of a minute a week.
    ratio : float
        How fast the team's clock runs, which is what `Part.received` is counted by.
    places, taken : int or None, int
        How many residents it takes on (None for any number), and how many have a place, those who are away included.
    """

    def __init__(self, name: str, minutes: float, bins: Bins) -> None:
        self.name = name
        self.members: dict[float, dict[Household, Ask]] = {}
        self.booked = 0
        self.capacity = round(minutes * BILLIONTHS)
        self.ratio = 1.0 if self.capacity > 0 else 0.0
        self.places: int | None = None
        self.taken = 0
        self.size = 0
        self.clock = 0.0
        self.now = 0.0
        self.parts: dict[tuple[str, str, float, bool], Part] = {}
        self.has = Integral(bins, minutes)
        self.sharing: Sharing
        self.meter: Meter | None = None  # of what each member receives: only where somebody asks (see `received`)
        self._boundaries = bins.boundaries
        self._bin = 0
        self._edge = bins.boundaries[1]

    def part(self, scheme: str, kind: str, accepts: float, travel: float, offered: bool = True) -> Part:
        """Return the part of such members, where they are counted."""
        key = scheme, kind, accepts, offered
        part = self.parts.get(key)
        if part is None:
            part = self.parts[key] = Part(scheme, kind, accepts, travel, offered)
            part.since, part.at, part.first = self.now, self.clock, self._bin
        return part

    def add(self, now: float, household: Household, ask: Ask) -> None:
        """Take on a resident; `balance` follows."""
        self.advance(now)
        part = ask.part
        part.count(now, self.clock)
        part.people += 1
        part.minutes += ask.minutes
        self.booked += ask.booked
        self.size += 1
        members = self.members.get(ask.accepts)
        if members is None:
            members = self.members[ask.accepts] = {}
        members[household] = ask
        self.sharing.joined(household, ask)

    def remove(self, now: float, household: Household, ask: Ask) -> None:
        """Let a resident go; `balance` follows."""
        self.advance(now)
        part = ask.part
        part.count(now, self.clock)
        part.people -= 1
        part.minutes -= ask.minutes
        self.booked -= ask.booked
        self.size -= 1
        del self.members[ask.accepts][household]
        self.sharing.left(household, ask)

    def wait(self, now: float, ask: Ask, people: int) -> None:
        """Count somebody in (1) or out (-1) who waits for a place: something is required, and nothing is offered."""
        self.advance(now)
        part = ask.part
        part.count(now, self.clock)
        part.people += people
        part.minutes += people * ask.minutes
        part.short = part.people

    def set_capacity(self, now: float, minutes: float) -> None:
        """Have so many minutes a week from now on; `balance` follows."""
        self.advance(now)
        self.capacity = round(minutes * BILLIONTHS)
        self.has.set(now, minutes)

    def balance(self, now: float) -> bool:
        """Divide the hours anew; return whether anybody's share changed."""
        self.advance(now)
        return self.sharing.balance()

    def share_by(self, now: float, sharing: Sharing) -> None:
        """Divide the hours by another rule from now on."""
        self.advance(now)
        for part in self.parts.values():
            part.count(now, self.clock)
            if part.offered:
                part.received, part.short = 0.0, 0
        self.sharing = sharing
        sharing.begin()
        if self.meter is not None:
            for household, _ in self.everybody():
                self.meter.turn(household, sharing.fraction(household))

    def everybody(self) -> Iterator[tuple[Household, Ask]]:
        """Yield every member with what it asks."""
        for members in self.members.values():
            yield from members.items()

    def advance(self, now: float) -> None:
        """Let the team's clock run up to now."""
        if self.meter is not None:
            self.meter.run(now, self.ratio)
        if now > self._edge:
            self._cross(now)
        self.clock += self.ratio * (now - self.now)
        self.now = now

    def _cross(self, now: float) -> None:
        """Count every part up to each boundary that lies before now."""
        boundaries = self._boundaries
        while now > self._edge and self._bin < len(boundaries) - 2:
            edge = self._edge
            self.clock += self.ratio * (edge - self.now)
            self.now = edge
            for part in self.parts.values():
                part.count(edge, self.clock)
                part.close()
            self.clock = 0.0
            self._bin += 1
            self._edge = boundaries[self._bin + 1]

    # --- what is recorded -------------------------------------------------------------------------------------

    def hours(self, now: float) -> dict[HoursCell, list[float]]:
        """Return the areas of every cell, when the run has ended."""
        self.advance(now)
        size, hours = len(self._boundaries) - 1, HOURS_A_DAY_PER_WEEKLY_MINUTE
        found: dict[HoursCell, NDArray[np.float64]] = {}
        for part in self.parts.values():
            part.count(now, self.clock)
            part.close()
            reached = slice(part.first, self._bin + 1)
            required, days, received, short = (np.array(areas) for areas in part.areas)
            offered = required * (hours * part.offered)
            accepted = part.accepts * offered
            for what, areas in (
                ("required", required * hours),
                ("offered", offered),
                ("accepted", accepted),
                ("booked", accepted / (1.0 - part.travel)),
                ("received", received * hours),
                ("days", days),
                ("required_short", short),
            ):
                cell = HoursCell(self.name, part.scheme, what, place=part.kind)
                if cell not in found:
                    found[cell] = np.zeros(size)
                found[cell][reached] += areas
        rows = {cell: areas.tolist() for cell, areas in found.items()}
        # What is received is at most what is required, so all of it meets a need.
        rows |= {cell._replace(what="met"): areas for cell, areas in rows.items() if cell.what == "received"}
        self.has.close(now)
        if any(self.has.areas):
            rows[HoursCell(self.name, "", "capacity")] = [hours * area for area in self.has.areas]
        return rows
