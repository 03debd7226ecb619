"""What residents ask of teams: by the rules so many minutes a week, of the teams that serve their kind, in their order."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sim.world.core_facts import derive_core_facts
from sim.world.mechanisms.team import Ask, Team

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sim.world.mechanisms.service_parameters import ServicesParameters
    from sim.world.state import Household
    from sim.world.world import World

NO_PROGRAMME = "none"

# Whom a resident asks, in order: the team that follows it up (or for whose place it waits), then those that add hours.
Asked = tuple[tuple[Team, Ask], ...]


class Wish:
    """What residents of one kind ask: of the teams that fit, in order, and of those that add hours.

    ``usual`` is what they get where no team has a limit.
    """

    __slots__ = ("added", "teams", "usual", "waiting")

    def __init__(self, teams: Asked, added: Asked, waiting: tuple[Team, Ask] | None) -> None:
        self.teams = teams
        self.added = added
        self.waiting: Asked = () if waiting is None else (waiting, *added)
        self.usual: Asked = (teams[0], *added) if teams else self.waiting


class Asks:
    """Asks the rules what each resident requires, and works out once for each kind of resident what that is of whom.

    Parameters
    ----------
    teams : mapping of str to Team
    nobody : Team
        Counts those whom no team serves.
    limited : bool
        Whether some team takes on so many at most.
    """

    def __init__(
        self, world: World, parameters: ServicesParameters, teams: Mapping[str, Team], nobody: Team, limited: bool
    ) -> None:
        self.world = world
        self.parameters = parameters
        self.teams = teams
        self.nobody = nobody
        self.limited = limited
        self._wishes: dict[tuple[int, Any, str, int, str, str], Wish] = {}

    def of(self, household: Household, settled: bool) -> Wish | None:
        """Ask the rules; in the middle of an event, and so not ``settled``, what the core says is derived first."""
        home = household.home
        if home is None or household.away:
            return None
        world, facts = self.world, household.facts
        if not settled:
            derive_core_facts(world, household)
        minutes = world.required_minutes(household, home, self.parameters.required)
        if minutes <= 0:
            return None
        accepts = self.parameters.accepts
        mark = None if accepts is None else getattr(facts, accepts.by)
        programme = getattr(household, "programme", "") or NO_PROGRAMME
        key = minutes, mark, household.scheme, household.need, home.type.id, programme
        return self._wishes.get(key) or self._new_wish(key)

    def _new_wish(self, key: tuple[int, Any, str, int, str, str]) -> Wish:
        """Work out, once for each kind of resident met, which teams fit and what is asked of them."""
        minutes, mark, scheme, need, kind, programme = key
        accepts = self.parameters.accepts
        share = 1.0 if accepts is None else accepts.of[mark]
        teams, added = [], []
        for name, spec in self.parameters.teams.items():
            if spec.serves.covers(scheme, need, kind, programme):
                team = self.teams[name]
                part = team.part(scheme, kind, share, spec.travel(kind))
                if spec.adds is None:
                    teams.append((team, Ask(minutes, part)))
                else:
                    added.append((team, Ask(round(60.0 * spec.adds), part)))
        waiting = None
        if self.limited or not teams:
            first = teams[0][0] if teams else self.nobody
            waiting = first, Ask(minutes, first.part(scheme, kind, share, 0.0, offered=False))
        wish = self._wishes[key] = Wish(tuple(teams), tuple(added), waiting)
        return wish
