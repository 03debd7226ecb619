"""Continuity: for how many months a resident has had the same worker of the same team.

A move breaks it, and so does another team, or a worker who leaves (where posts are simulated). An absence does not. The months
are written down when they reach one that a condition or a rule asks about: between two of these nobody is woken.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from functools import partial
from heapq import heappop, heappush
from typing import TYPE_CHECKING

from sim.kernel import CALENDAR, purpose
from sim.world.mechanisms.crossing import tell

if TYPE_CHECKING:
    from sim.world.mechanisms.team import Team
    from sim.world.state import Household
    from sim.world.world import World

FACT = "continuity"
MOST = 120
MONTH = 30.4375
WORKER = purpose("the worker of a resident")
# Days are sums of floats: a month is full a whisker before it is.
TINY = 1e-6


class _Tie:
    """One resident's time with one worker; ``household`` is None when it is over."""

    __slots__ = ("household", "post", "since", "team")

    def __init__(self, household: Household, team: Team, since: float, post: int | None) -> None:
        self.household: Household | None = household
        self.team = team
        self.since = since
        self.post = post


class Continuity:
    """Who has had the same worker since when."""

    def __init__(self, world: World, every: float) -> None:
        self.world = world
        # With a planning interval, whoever is due is told at its end, all at one event; otherwise to the minute.
        self.every = every
        self.due: list[tuple[float, int, _Tie]] = []
        self.number = 0
        self.ties: dict[Household, _Tie] = {}
        # By team and post, where posts are simulated.
        self.of_worker: dict[tuple[str, int], dict[Household, None]] = {}
        self._asked: Sequence[int] | None = None

    def begin(self, household: Household, team: Team, posts: int, since: float) -> None:
        """Let a resident get to know a worker of a team that has so many posts (0 where they are not simulated)."""
        self._forget(household)
        post = int(self.world.draw(household, WORKER) * posts) if posts else None
        tie = self.ties[household] = _Tie(household, team, since, post)
        if post is not None:
            self.of_worker.setdefault((team.name, post), {})[household] = None
        self._write(tie)

    def end(self, household: Household) -> None:
        """Nobody follows the resident up any more."""
        if self._forget(household):
            self._set(household, 0)

    def worker_left(self, team: Team, post: int) -> None:
        """Whoever had that worker gets to know another."""
        for household in self.of_worker.get((team.name, post), ()):
            self.ties[household].household = None
            tie = self.ties[household] = _Tie(household, team, self.world.now, post)
            self._write(tie)

    def months(self, tie: _Tie, at: float) -> int:
        """Whole months until a time."""
        return min(MOST, max(0, int((at - tie.since + TINY) / MONTH)))

    def _forget(self, household: Household) -> bool:
        tie = self.ties.pop(household, None)
        if tie is None:
            return False
        tie.household = None
        if tie.post is not None:
            del self.of_worker[tie.team.name, tie.post][household]
        return True

    def _write(self, tie: _Tie) -> None:
        """Write the months down, and come again when the next number of months that somebody asks about is full."""
        months = self.months(tie, self.world.now)
        assert tie.household is not None
        self._set(tie.household, months)
        asked = self._asked_about()
        after = bisect_right(asked, months)
        if after == len(asked):
            return
        day = tie.since + asked[after] * MONTH

        if day >= self.world.blueprint.days:
            return
        if self.every:
            self.number += 1
            heappush(self.due, (day, self.number, tie))
        else:
            self.world.at(day, CALENDAR, partial(self._full, tie))

    def _full(self, tie: _Tie) -> None:
        if tie.household is not None:
            self._write(tie)

    def tell(self) -> None:
        """Tell everybody for whom a number of months that somebody asks about has become full."""
        while self.due and self.due[0][0] <= self.world.now + TINY:
            self._full(heappop(self.due)[2])

    def _set(self, household: Household, months: int) -> None:
        old = household.facts.continuity
        if old != months:
            household.facts.continuity = months
            tell(self.world, household, FACT, old, months)

    def _asked_about(self) -> Sequence[int]:
        """The numbers of months at which something changes: every one, where a rule reads them."""
        if self._asked is None:
            world = self.world
            cuts = {} if world.conditions is None else world.conditions.cut_points
            asked = cuts.get(FACT, ())
            if asked is None or any(FACT in program.reads for _, program in world.regimes):
                asked = range(1, MOST + 1)
            self._asked = asked
        return self._asked

    def invariants(self) -> Iterator[str]:
        """Everybody with a worker knows for how long, as far as anybody asks."""
        asked, now = self._asked_about(), self.world.now
        for household, tie in self.ties.items():
            told = household.facts.continuity
            # Since the latest telling (or, without an interval, at the very instant) some may not have been told yet.
            sides = {bisect_right(asked, self.months(tie, at)) for at in (now - self.every - 2 * TINY, now)}
            if bisect_right(asked, told) not in sides:
                yield f"{household.id} is told {told} months with the same worker, after {self.months(tie, now)}"
