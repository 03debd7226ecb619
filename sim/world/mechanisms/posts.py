"""The posts of a team: filled or vacant. Somebody leaves, and it takes time before somebody else begins.

A post is full-time but for the last one, which may be a part of one. The posts of day 0 are filled then: the hours of the
scenario are those that are worked. Draws are keyed by team, post and how many have left it, so that a policy that adds posts
leaves the fate of the others alone.
"""

from __future__ import annotations

from collections.abc import Callable
from math import ceil
from typing import TYPE_CHECKING

from sim.kernel import CALENDAR, Exponential, purpose, uniform

if TYPE_CHECKING:
    from sim.kernel import Distribution
    from sim.world.world import World

LEAVES = purpose("a worker leaves")
RECRUITED = purpose("a worker is recruited")
TINY = 1e-9


class Posts:
    """Posts of one team.

    Parameters
    ----------
    team : str
        Name in the scenario.
    takes : Distribution
        Days from when a post is vacant until somebody begins in it.
    turnover : float
        How often somebody leaves a filled post, a day.
    changed : callable()
        Told when a post is filled, or left.
    left : callable(post)
        Told first when a post is left.
    """

    def __init__(
        self,
        world: World,
        team: str,
        takes: Distribution,
        turnover: float,
        changed: Callable[[], None],
        left: Callable[[int], None],
    ) -> None:
        self.world = world
        self.team = team
        self.takes = takes
        self.stays = Exponential(1.0 / turnover) if turnover > 0.0 else None
        self.changed = changed
        self.left = left
        self.wanted = 0.0
        self.filled: list[bool] = []
        # A post that is done away with takes its events with it: they know it by its number of lives.
        self.lives: list[int] = []
        self.rounds: list[int] = []
        self.keys: list[int] = []

    def open(self, wanted: float) -> None:
        """Have so many posts on day 0, all of them filled."""
        self._have(wanted, filled=True)

    def want(self, wanted: float) -> None:
        """Have so many posts from now on: new ones are advertised, the last ones done away with."""
        self._have(wanted, filled=False)

    def at_work(self) -> float:
        """How many workers there are, in full-time posts."""
        return sum(min(1.0, self.wanted - post) for post, filled in enumerate(self.filled) if filled)

    def _have(self, wanted: float, filled: bool) -> None:
        self.wanted = wanted
        count = ceil(wanted - TINY)
        while len(self.filled) > count:
            post = len(self.filled) - 1
            self.lives[post] += 1
            if self.filled.pop():
                self.left(post)
        while len(self.filled) < count:
            post = len(self.filled)
            self.filled.append(filled)
            if post == len(self.lives):
                self.lives.append(0)
                self.rounds.append(0)
                self.keys.append(self.world.key_of(f"team/{self.team}/{post}"))
            if filled:
                self._until_somebody_leaves(post)
            else:
                self._until_somebody_begins(post)

    def _until_somebody_leaves(self, post: int) -> None:
        if self.stays is not None:
            self._after(self.stays, LEAVES, post, self._leave)

    def _until_somebody_begins(self, post: int) -> None:
        self._after(self.takes, RECRUITED, post, self._begin)

    def _leave(self, post: int) -> None:
        self.filled[post] = False
        self.rounds[post] += 1
        self.left(post)
        self._until_somebody_begins(post)

    def _begin(self, post: int) -> None:
        self.filled[post] = True
        self._until_somebody_leaves(post)

    def _after(self, duration: Distribution, reason: int, post: int, what: Callable[[int], None]) -> None:
        world = self.world
        life = self.lives[post]
        days = duration.quantile(uniform(self.keys[post], reason, self.rounds[post]))

        def event() -> None:
            if self.lives[post] == life:
                what(post)
                self.changed()

        if days <= 0.0:
            event()
        elif world.now + days < world.blueprint.days:
            world.at(world.now + days, CALENDAR, event)
