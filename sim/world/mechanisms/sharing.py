"""How an overbooked team divides its hours: in proportion to what is accepted, or those with the highest need first."""

from __future__ import annotations

from bisect import bisect_left, insort
from collections.abc import Iterable, Iterator
from math import floor
from typing import TYPE_CHECKING, Literal

from sim.world.mechanisms.team import SHORT, TINY, Ask, Part, Sharing, Team

if TYPE_CHECKING:
    from sim.world.state import Household

PROPORTIONAL: Literal["proportional"] = "proportional"
HIGHEST_NEED_FIRST = "highest_need_first"
# Their numbers in a timeline of decisions.
RULES = (PROPORTIONAL, HIGHEST_NEED_FIRST)


def sharing_of(rule: str, team: Team) -> Sharing:
    """Return a rule of division for a team."""
    return HighestNeedFirst(team) if rule == HIGHEST_NEED_FIRST else Proportional(team)


def percent_of(accepts: float, fraction: float) -> int:
    """Return received / required in whole percent, for those who accept such a share and receive such a part of it."""
    return floor(100.0 * accepts * fraction + TINY)


class Proportional:
    """Every member receives the same part of what it accepts: one number for the whole team, the speed of its clock."""

    def __init__(self, team: Team) -> None:
        self.team = team
        self.told: dict[float, int] = {}
        self.ratio_told = -1.0

    def begin(self) -> None:
        """Parts receive what they accept, by a clock that runs as fast as the team can give."""
        for part in self.team.parts.values():
            if part.offered:
                part.received = part.accepts * part.minutes
                part.short = part.people if self._is_short(part) else 0
        self.balance()
        self.told, self.ratio_told = {}, -1.0

    def joined(self, _: Household, ask: Ask) -> None:
        """One part takes more."""
        self._follow(ask.part)

    def left(self, _: Household, ask: Ask) -> None:
        """One part takes less."""
        self._follow(ask.part)

    def _follow(self, part: Part) -> None:
        part.received = part.accepts * part.minutes
        part.short = part.people if part.accepts * self.team.ratio < SHORT - TINY else 0

    def balance(self) -> bool:
        """Set the part of the accepted hours that the team can give."""
        team = self.team
        capacity = team.capacity
        ratio = min(1.0, capacity / max(1, team.booked)) if capacity > 0 else 0.0
        before = team.ratio
        if ratio == before:
            return False
        team.ratio = ratio
        # Whether a part is short depends on the share that it accepts alone.
        for share in team.members:
            if (share * ratio < SHORT - TINY) != (share * before < SHORT - TINY):
                self._turn(share)
        return True

    def _turn(self, share: float) -> None:
        """Let those who accept such a share begin or cease to be short."""
        team = self.team
        for part in team.parts.values():
            if part.accepts == share and part.offered:
                part.count(team.now, team.clock)
                part.short = part.people if self._is_short(part) else 0

    def _is_short(self, part: Part) -> bool:
        return part.accepts * self.team.ratio < SHORT - TINY

    def fraction(self, _: Household) -> float:
        """All that it accepts, by a clock that runs as fast as the team can give."""
        return 1.0

    def percent(self, _: Household, ask: Ask) -> int:
        """What those who accept such a share have been told; the first of them meets what the team gives now."""
        told = self.told.get(ask.accepts)
        if told is None:
            told = self.told[ask.accepts] = percent_of(ask.accepts, self.team.ratio)
            self.ratio_told = -1.0
        return told

    def percent_now(self, _: Household, ask: Ask) -> int:
        """What those who accept such a share receive at this instant, whether told or not."""
        return percent_of(ask.accepts, self.team.ratio)

    def told_to(self, _: Household, ask: Ask) -> int | None:
        """What those who accept such a share were told."""
        return self.told.get(ask.accepts)

    def news(self) -> Iterator[tuple[Iterable[Household], int | None, int]]:
        """Members who accept the same share all know the same figure, so they are told together."""
        if self.team.ratio == self.ratio_told:
            return
        self.ratio_told = self.team.ratio
        for share, members in self.team.members.items():
            new = percent_of(share, self.team.ratio)
            old = self.told.get(share)
            if old != new:
                self.told[share] = new
                if old is not None:
                    yield members, old, new


Key = tuple[int, int, "Household"]


class HighestNeedFirst:
    """Whoever requires most receives all that it accepts, then the next, until nothing is left; ties by order of creation.

    Members stand in that order. So many of the first (``served``) receive everything, the next one the rest, the others
    nothing: a member who comes or goes moves that boundary a step or two.
    """

    def __init__(self, team: Team) -> None:
        self.team = team
        self.order: list[Key] = []
        self.asks: dict[Household, Ask] = {}
        self.fractions: dict[Household, float] = {}
        self.changed: dict[Household, None] = {}
        self.served = 0
        self.used = 0
        self.full: dict[Part, int] = {}
        # Whoever stands at the boundary, with what is left for it, in minutes, and where that is counted.
        self.rest: Household | None = None
        self.left_over = 0.0
        self.left_over_in: Part | None = None

    def begin(self) -> None:
        """Put the members there are in order; the clock of the team is the calendar's."""
        self.team.ratio = 1.0
        for household, ask in self.team.everybody():
            self.joined(household, ask)
        self.balance()
        self.changed.update(dict.fromkeys(self.asks))

    def joined(self, household: Household, ask: Ask) -> None:
        """Put a member in its place."""
        key = (-ask.minutes, household.order, household)
        place = bisect_left(self.order, key)
        insort(self.order, key)
        self.asks[household] = ask
        self._give(household, 0.0, new=True)
        if place < self.served:
            self.served += 1
            self.used += ask.booked
            self._give(household, 1.0)

    def left(self, household: Household, ask: Ask) -> None:
        """Take a member out of its place."""
        place = bisect_left(self.order, (-ask.minutes, household.order, household))
        del self.order[place]
        if place < self.served:
            self.served -= 1
            self.used -= ask.booked
        self._give(household, 0.0)
        if self.rest is household:
            self.rest = None
        ask.part.short -= 1  # who receives nothing is short
        del self.asks[household], self.fractions[household]
        self.changed.pop(household, None)

    def balance(self) -> bool:
        """Move the boundary between those who receive everything and those who receive nothing."""
        capacity, order, asks = max(0, self.team.capacity), self.order, self.asks
        while self.used > capacity:
            self.served -= 1
            household = order[self.served][2]
            self.used -= asks[household].booked
            self._give(household, 0.0)
        # Nothing is given by a team that has nothing, even to those who accept nothing.
        while capacity and self.served < len(order):
            household = order[self.served][2]
            booked = asks[household].booked
            if self.used + booked > capacity:
                break
            self.served += 1
            self.used += booked
            self._give(household, 1.0)
        before, self.rest = self.rest, order[self.served][2] if self.served < len(order) else None
        if before is not None and before is not self.rest and self.fractions[before] < 1.0:
            self._give(before, 0.0)
        if self.rest is not None:
            booked = asks[self.rest].booked
            self._give(self.rest, (capacity - self.used) / booked if booked else 0.0)
        return bool(self.changed)

    def fraction(self, household: Household) -> float:
        """What the member receives of what it accepts."""
        return self.fractions[household]

    def percent(self, household: Household, ask: Ask) -> int:
        """What the member receives now."""
        self.changed.pop(household, None)
        return percent_of(ask.accepts, self.fractions[household])

    def percent_now(self, household: Household, ask: Ask) -> int:
        """What the member receives at this instant, whether told or not."""
        return percent_of(ask.accepts, self.fractions[household])

    def told_to(self, household: Household, ask: Ask) -> int | None:
        """What the member receives, unless that has changed and it has not been told."""
        return None if household in self.changed else percent_of(ask.accepts, self.fractions[household])

    def news(self) -> Iterator[tuple[Iterable[Household], int | None, int]]:
        """Each member has a figure of its own."""
        changed, self.changed = self.changed, {}
        for household in changed:
            yield (household,), None, percent_of(self.asks[household].accepts, self.fractions[household])

    def _give(self, household: Household, fraction: float, new: bool = False) -> None:
        """Let a member receive such a part of what it accepts."""
        ask = self.asks[household]
        part, team = ask.part, self.team
        before = None if new else self.fractions[household]
        if before == fraction:
            return
        part.count(team.now, team.clock)
        if team.meter is not None:
            team.meter.turn(household, fraction)
        share = part.accepts
        was_short = before is not None and share * before < SHORT - TINY
        part.short += (share * fraction < SHORT - TINY) - was_short
        full = self.full.get(part, 0) + ask.minutes * ((fraction == 1.0) - (before == 1.0))
        self.full[part] = full
        self.fractions[household] = fraction
        self.changed[household] = None
        if before is not None and 0.0 < before < 1.0:
            self.left_over_in = None
        if 0.0 < fraction < 1.0:
            self.left_over_in, self.left_over = part, share * ask.minutes * fraction
        part.received = share * full + (self.left_over if self.left_over_in is part else 0.0)
