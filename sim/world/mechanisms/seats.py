"""Limits to how many a team takes on: who has a place with which team, and who waits for one."""

from __future__ import annotations

from math import floor
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from sim.world.mechanisms.asks import Asked, Wish
    from sim.world.mechanisms.service_parameters import ServicesParameters
    from sim.world.mechanisms.team import Team
    from sim.world.state import Household


class Seats:
    """Places with teams that have a limit.

    Attributes
    ----------
    taken : dict of Household to Team
    waiting : dict of Household to Wish
        In the order of asking.
    ask_again : callable
        Asks again what a household requires, and of whom.
    """

    def __init__(self, parameters: ServicesParameters, ask_again: Callable[[Household], None]) -> None:
        self.parameters = parameters
        self.ask_again = ask_again
        self.taken: dict[Household, Team] = {}
        self.waiting: dict[Household, Wish] = {}

    def choice(self, household: Household, wish: Wish) -> Asked:
        """The first team that fits and has a place; otherwise the resident waits, in the order of asking."""
        seat = self.taken.get(household)
        for team, ask in wish.teams:
            if team.places is None or team is seat or team.taken < team.places:
                self._sit(household, team)
                self.waiting.pop(household, None)
                return ((team, ask), *wish.added)
        self._sit(household, None)
        if wish.teams:
            self.waiting[household] = wish
        return wish.waiting

    def keep(self, household: Household) -> None:
        """Whoever is away keeps the place; whoever has no home, or requires nothing, does not."""
        self.waiting.pop(household, None)
        if household.home is None or not household.away:
            self._sit(household, None)

    def _sit(self, household: Household, team: Team | None) -> None:
        """Take a place with a team that has a limit, and give up the one before, to whoever has waited longest."""
        before = self.taken.get(household)
        after = None if team is None or team.places is None else team
        if before is after:
            return
        if after is not None:
            after.taken += 1
            self.taken[household] = after
        else:
            del self.taken[household]
        if before is not None:
            before.taken -= 1
            self.fill(before)

    def fill(self, team: Team) -> None:
        """Give the free places of a team to those who wait for it."""
        while team.places is not None and team.taken < team.places:
            longest = (h for h, wish in self.waiting.items() if any(fits is team for fits, _ in wish.teams))
            household = next(longest, None)
            if household is None:
                return
            self.ask_again(household)
            if household in self.waiting:  # it requires something else by now
                return

    def limit(self, name: str, team: Team, hours: float) -> None:
        """Let a team of so many hours a week take on as many as its workers can."""
        caseload = self.parameters.teams[name].caseload
        if caseload is not None:
            team.places = floor(caseload * hours / self.parameters.worker_hours(name) + 1e-9)

    def broken(self, team: Team) -> Iterator[str]:
        """Yield a sentence where a team counts other places than are taken."""
        taken = sum(seat is team for seat in self.taken.values())
        if taken != team.taken:
            yield f"{team.name} counts {team.taken} places taken, but {taken} are"
