"""Services: follow-up by teams with so many hours a week, and what share of the required hours each resident receives.

Required (by rule) >= offered >= accepted (by the resident) >= received (by what the team has). A resident whom no
team serves, or whose team has no capacity, receives nothing: that is 0 %, not an error. Residents who are away
require nothing meanwhile.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import pairwise
from typing import TYPE_CHECKING, Any, ClassVar

from pydantic import Field

from rules.reading import Days, HoursPerWeek, Label, Record, Share
from sim.kernel import CALENDAR
from sim.world.core_facts import derive_core_facts
from sim.world.mechanisms.capacity import capacity_of
from sim.world.mechanisms.crossing import matters
from sim.world.mechanisms.mechanism import FactOffer, Mechanism
from sim.world.mechanisms.team import Membership, Team, new_hours
from sim.world.parameters import Names, Ranks

if TYPE_CHECKING:
    from sim.measures.records import Records
    from sim.world.state import Dwelling, Handler, Household
    from sim.world.world import World

NOBODY = "none"


class Serves(Record):
    """Whom a team serves: residents with such a latent scheme and rank, in such types of homes; all, where nothing is said."""

    schemes: Names | None = None
    ranks: Ranks | None = None
    types: Names | None = None

    def covers(self, scheme: str, rank: int, kind: str) -> bool:
        """Return whether the team serves a resident with this need, in a home of this type."""
        return (
            (self.schemes is None or scheme in self.schemes)
            and (self.ranks is None or rank in self.ranks)
            and (self.types is None or kind in self.types)
        )


class TeamSpec(Record):
    """A team: its hours a week, the share of them that goes to travel, and whom it serves."""

    label: Label | None = None
    hours_per_week: HoursPerWeek
    travel_share: Share = 0.0
    serves: Serves = Serves()


class AcceptsSpec(Record):
    """The share of the offered hours that a resident accepts, by a field of the applicant."""

    by: str
    of: dict[Any, Share]


class ServicesParameters(Record):
    """Teams, in order: the first whose ``serves`` covers a resident serves it.

    ``required`` names a definition of the rules that gives whole minutes a week. It is asked again when the
    resident's home, need, crisis or absence changes, and, where it depends on time, every ``refresh``.
    With a ``refresh``, residents meet what their team can give as it was at the latest refresh (teams plan by the week);
    without one, at once. The hours recorded are exact either way.
    """

    teams: dict[str, TeamSpec] = Field(default_factory=dict)
    required: str
    accepts: AcceptsSpec | None = None
    refresh: Days | None = None


class Services(Mechanism):
    """Follow-up, shared out anew whenever membership or capacity changes."""

    name = "services"
    Parameters = ServicesParameters
    facts = (FactOffer("applicant", "follow_up_percent", "int", 0, 100, default=100),)
    neutral: ClassVar[Any] = {"teams": {}, "required": "required_minutes"}

    def __init__(self, parameters: ServicesParameters, world: World) -> None:
        super().__init__(parameters, world)
        self.parameters = parameters
        self.tells = "follow_up_percent" in world.layout.fields
        self.hours = new_hours(world.bins)
        timelines = world.blueprint.timelines
        self.steps = {name: capacity_of(name, spec.hours_per_week, timelines) for name, spec in parameters.teams.items()}
        self.teams = {name: Team(name, self._minutes(name, self.steps[name][0][1]), self.hours) for name in parameters.teams}
        self.nobody = Team(NOBODY, 0.0, self.hours)
        self._covering: dict[tuple[str, int, str], Team] = {}
        self.memberships: dict[Household, tuple[Team, Membership]] = {}
        self.told: dict[tuple[str, float], int] = {}

    def handlers(self) -> Mapping[str, Handler]:
        """Whatever changes what a resident requires."""
        return {
            "moved_in": self.changed,
            "moved_out": self.moved_out,
            "need_changed": self.changed,
            "crisis_changed": self.changed,
            "absence_changed": self.changed,
            "programme_changed": self.changed,
        }

    def start(self) -> None:
        """Schedule the dated changes of capacity and of rules, and the refreshing."""
        world = self.world
        for before, regime in pairwise(world.blueprint.regimes):
            if before.program.hash != regime.program.hash and 0.0 < regime.day < world.blueprint.days:
                world.at(regime.day, CALENDAR, self.ask_all)
        for name, steps in self.steps.items():
            for day, hours in steps[1:]:
                if day < world.blueprint.days:
                    self._set_capacity(day, self.teams[name], self._minutes(name, hours))
        if self.parameters.refresh:
            self._refresh_at(self.parameters.refresh)

    # --- who is a member of which team ------------------------------------------------------------------------

    def ask_all(self) -> None:
        """Ask again what every resident requires, between two events: time has passed, or other rules are in force."""
        for household in list(self.world.households.values()):
            if household.home is not None:
                self._place(household, settled=True)

    def changed(self, world: World, household: Household, *_: object) -> None:
        """Ask again what a resident requires, and of whom."""
        if household.home is not None or household in self.memberships:
            self._place(household)

    def moved_out(self, world: World, household: Household, _: Dwelling, __: str) -> None:
        """Nothing is required of the team any more."""
        self._leave(household)
        self._write(household, 100)

    def _place(self, household: Household, settled: bool = False) -> None:
        found = self._membership(household, settled)
        before = self.memberships.get(household)
        if found == before:
            return
        now = self.world.now
        if before is not None:
            before[0].remove(now, household, before[1])
            del self.memberships[household]
        if found is None:
            self._write(household, 100)
        else:
            team, membership = self.memberships[household] = found
            team.add(now, household, membership)
            if before is not None and before[0] is not team:
                self._share_out(before[0])
            self._write(household, self._told(team, membership.accepts))
        changed = before if found is None else found
        if changed is not None:
            self._share_out(changed[0])

    def _leave(self, household: Household) -> None:
        before = self.memberships.pop(household, None)
        if before is not None:
            before[0].remove(self.world.now, household, before[1])
            self._share_out(before[0])

    def _membership(self, household: Household, settled: bool) -> tuple[Team, Membership] | None:
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
        kind = home.type.id
        accepts = self.parameters.accepts
        share = 1.0 if accepts is None else accepts.of[getattr(facts, accepts.by)]
        membership = Membership(minutes, share, (household.scheme, kind))
        return self._team_for(household.scheme, household.need, kind), membership

    def _team_for(self, scheme: str, need: int, kind: str) -> Team:
        """The first team that covers such residents; looked for once for each kind met."""
        team = self._covering.get((scheme, need, kind))
        if team is None:
            names = (n for n, spec in self.parameters.teams.items() if spec.serves.covers(scheme, need, kind))
            name = next(names, None)
            team = self._covering[scheme, need, kind] = self.nobody if name is None else self.teams[name]
        return team

    # --- who gets how much ------------------------------------------------------------------------------------

    def _share_out(self, team: Team) -> None:
        if team.share_out(self.world.now) and not self.parameters.refresh:
            self._tell(team)

    def _tell(self, team: Team) -> None:
        """Let the members of a team know what they receive from now on."""
        for share, members in team.members.items():
            new = team.percent(share)
            old = self.told.get((team.name, share))
            self.told[team.name, share] = new
            if old is None or old == new or not self.tells:
                continue
            # Members who accept the same share all knew the same figure, so whether the change matters is asked once.
            look_again = matters(self.world, "follow_up_percent", old, new)
            for household in members:
                household.facts.follow_up_percent = new
                if look_again:
                    self.world.touch(household)

    def _told(self, team: Team, share: float) -> int:
        """Return what members who accept such a share have been told; the first of them meets what the team gives now."""
        return self.told.setdefault((team.name, share), team.percent(share))

    def _write(self, household: Household, percent: int) -> None:
        """Tell a resident; it looks again where a cut point lies between."""
        if not self.tells:
            return
        old = household.facts.follow_up_percent
        if old != percent:
            household.facts.follow_up_percent = percent
            if matters(self.world, "follow_up_percent", old, percent):
                self.world.touch(household)

    def _minutes(self, name: str, hours: float) -> float:
        return hours * 60.0 * (1.0 - self.parameters.teams[name].travel_share)

    def _set_capacity(self, day: float, team: Team, minutes: float) -> None:
        def change() -> None:
            team.capacity = minutes
            self._share_out(team)

        self.world.at(day, CALENDAR, change)

    def _refresh_at(self, day: float) -> None:
        def refresh() -> None:
            if self.parameters.required in self.world.program.timed_numbers:
                self.ask_all()
            for team in self.teams.values():
                self._tell(team)
            assert self.parameters.refresh is not None
            self._refresh_at(day + self.parameters.refresh)

        if day < self.world.blueprint.days:
            self.world.at(day, CALENDAR, refresh)

    # --- what is recorded -------------------------------------------------------------------------------------

    def invariants(self) -> Iterator[str]:
        """Members are present residents, and know what they receive."""
        for household, (team, membership) in self.memberships.items():
            if household.home is None or household.away:
                yield f"{household.id} is followed up by {team.name} without being at home"
            percent = self._told(team, membership.accepts)
            if self.tells and household.facts.follow_up_percent != percent:
                yield f"{household.id} believes in {household.facts.follow_up_percent} %, but receives {percent} %"
        for team in (*self.teams.values(), self.nobody):
            received = team.accepted() * team.ratio
            if received > max(0.0, team.capacity) * (1.0 + 1e-9):
                yield f"{team.name} gives {received:g} minutes a week of {team.capacity:g}"

    def finish(self, records: Records) -> None:
        """Write the hours."""
        self.hours.close(self.world.now)
        for cell, areas in self.hours.table().items():
            records.hours[cell] = list(areas)
