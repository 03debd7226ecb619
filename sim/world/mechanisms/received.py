"""Follow-up that each resident received in each calendar year: kept only where money refunds it.

What a member of a team receives is what it accepts times a fraction of its own, for each day of the team's clock (under one rule
of sharing the clock is what all have in common, under another the fraction is each one's). So the clock alone runs over calendar
years; a member is looked at when it joins, leaves, or its own fraction changes.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from sim.measures.records import Received
from sim.world.mechanisms.refund import calendar_years

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from sim.world.mechanisms.team import Ask, Team
    from sim.world.state import Household
    from sim.world.world import World

_HOURS_A_DAY_PER_WEEKLY_MINUTE = 1.0 / 60.0 / 7.0


class Meter:
    """What the members of one team receive.

    Parameters
    ----------
    ends : list of float
        The day on which each calendar year of the run ends, ascending.
    hours, places : dict
        Household -> hours and type of the latest home, by calendar year; shared by all teams.
    """

    __slots__ = ("ends", "hours", "now", "places", "present", "sums", "year")

    def __init__(self, ends: list[float], hours: dict[Household, list[float]], places: dict[Household, list[str]]) -> None:
        self.ends, self.hours, self.places = ends, hours, places
        self.now, self.year = 0.0, 0
        self.sums = [0.0] * len(ends)
        # Hours a day at a fraction of 1, the fraction, the year and the clock in it when last looked at, and the type of home.
        self.present: dict[Household, tuple[float, float, int, float, str]] = {}

    def run(self, now: float, ratio: float) -> None:
        """Let the clock run at a speed up to now."""
        while now > self.ends[self.year] and self.year + 1 < len(self.ends):
            self.sums[self.year] += ratio * (self.ends[self.year] - self.now)
            self.now = self.ends[self.year]
            self.year += 1
        self.sums[self.year] += ratio * (now - self.now)
        self.now = now

    def joined(self, household: Household, ask: Ask, fraction: float) -> None:
        """Follow a resident from now on; the clock has run up to now."""
        rate = ask.minutes * ask.accepts * _HOURS_A_DAY_PER_WEEKLY_MINUTE
        self.present[household] = rate, fraction, self.year, self.sums[self.year], ask.part.kind

    def turn(self, household: Household, fraction: float) -> None:
        """Let a member receive another part of what it accepts from now on."""
        seen = self.present.get(household)
        if seen is not None and seen[1] != fraction:
            self._count(household, seen)
            self.present[household] = seen[0], fraction, self.year, self.sums[self.year], seen[4]

    def left(self, household: Household) -> None:
        """Follow a resident no more."""
        self._count(household, self.present.pop(household))

    def _count(self, household: Household, seen: tuple[float, float, int, float, str]) -> None:
        rate, fraction, first, before, kind = seen
        hours = self.hours.get(household)
        if hours is None:
            hours = self.hours[household] = [0.0] * len(self.ends)
            self.places[household] = [""] * len(self.ends)
        for year in range(first, self.year + 1):
            received = rate * fraction * (self.sums[year] - before)
            before = 0.0
            if received > 0.0:
                hours[year] += received
                self.places[household][year] = kind


class ReceivedHours:
    """Hours by resident and calendar year, of all teams that have somebody to give them."""

    def __init__(self, world: World, teams: Iterable[Team]) -> None:
        self.world = world
        start, days = world.blueprint.start, world.blueprint.days
        years = list(calendar_years(start, days))
        self.years = [year for year, _, _ in years]
        self.hours: dict[Household, list[float]] = {}
        self.places: dict[Household, list[str]] = {}
        self.teams = list(teams)
        for team in self.teams:
            team.meter = Meter([min(last, days) for _, _, last in years], self.hours, self.places)

    def table(self) -> Iterator[Received]:
        """Give the hours of everybody who received any, when the run has ended."""
        for team in self.teams:
            team.advance(self.world.now)
            assert team.meter is not None
            for household in list(team.meter.present):
                team.meter.left(household)
        for household, hours in self.hours.items():
            born = birth_year(self.world, household)
            for year, received, place in zip(self.years, hours, self.places[household], strict=True):
                if received > 0.0:
                    yield Received(household.id, year, received, place, None if born is None else year - born)


def birth_year(world: World, household: Household) -> int | None:
    """Return the year of birth of a household's reference person, where some rule reads ages."""
    day = world.layout.marked(household.facts, "born")
    start: date = world.blueprint.start
    return None if day is None else date.fromordinal(start.toordinal() + day).year
