"""Services: follow-up by teams with so many hours a week, and what share of the required hours each resident receives.

Required (by rule) >= offered >= accepted (by the resident) >= received (by what the team has). A resident whom no
team serves, who waits for a place with one, or whose team has no capacity, receives nothing: that is 0 %, not an error.
Residents who are away require nothing meanwhile.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import partial
from itertools import pairwise
from typing import TYPE_CHECKING, Any, ClassVar

from sim.kernel import CALENDAR
from sim.world.mechanisms.asks import Asked, Asks
from sim.world.mechanisms.capacity import capacity_of
from sim.world.mechanisms.continuity import FACT as MONTHS
from sim.world.mechanisms.continuity import MOST, Continuity
from sim.world.mechanisms.mechanism import FactOffer, Mechanism
from sim.world.mechanisms.posts import Posts
from sim.world.mechanisms.received import ReceivedHours
from sim.world.mechanisms.seats import Seats
from sim.world.mechanisms.service_parameters import ServicesParameters
from sim.world.mechanisms.sharing import RULES, sharing_of
from sim.world.mechanisms.team import Team
from sim.world.mechanisms.team_checks import broken
from sim.world.mechanisms.told import FACT, Told

if TYPE_CHECKING:
    from sim.measures.records import Records
    from sim.world.state import Dwelling, Handler, Household
    from sim.world.world import World

NOBODY = "none"


class Services(Mechanism):
    """Follow-up, shared out anew whenever membership or capacity changes."""

    name = "services"
    Parameters = ServicesParameters
    facts = (
        FactOffer("applicant", FACT, "int", 0, 100, default=100),
        FactOffer("applicant", MONTHS, "int", 0, MOST, default=0),
    )
    neutral: ClassVar[Any] = {"teams": {}, "required": "required_minutes"}

    def __init__(self, parameters: ServicesParameters, world: World) -> None:
        super().__init__(parameters, world)
        self.parameters = parameters
        timelines = world.blueprint.timelines
        rules = [(day, RULES[int(number)]) for day, number in timelines.get("services.sharing", ())]
        self.sharing = rules or [(0.0, parameters.sharing)]
        self.steps = {name: capacity_of(name, parameters.hours(name), timelines) for name in parameters.teams}
        self.nobody = Team(NOBODY, 0.0, world.bins)
        self.teams = {name: Team(name, 60.0 * self.steps[name][0][1], world.bins) for name in parameters.teams}
        for team in (*self.teams.values(), self.nobody):
            team.share_by(0.0, sharing_of(self.sharing[0][1], team))
        self.seats = Seats(parameters, self._place)
        for name, team in self.teams.items():
            self.seats.limit(name, team, self.steps[name][0][1])
        self.limited = any(team.places is not None for team in self.teams.values())
        self.continuity = Continuity(world, parameters.refresh or 0.0) if MONTHS in world.layout.fields else None
        self.posts: dict[str, Posts] = {}
        self.memberships: dict[Household, Asked] = {}
        adding = frozenset(name for name, spec in parameters.teams.items() if spec.adds is not None)
        self.told = Told(world, self.memberships, adding)
        self.asks = Asks(world, parameters, self.teams, self.nobody, self.limited)
        self._open_posts()
        money = world.blueprint.mechanisms.get("money")
        self.received: ReceivedHours | None = None
        if money is not None and money.refund is not None:
            self.received = ReceivedHours(world, self.teams.values())

    def handlers(self) -> Mapping[str, Handler]:
        """Whatever changes what a resident requires."""
        return {
            "moved_in": self.moved_in,
            "moved_out": self.moved_out,
            "need_changed": self.changed,
            "assessed": self.changed,
            "household_changed": self.changed,
            "crisis_changed": self.changed,
            "absence_changed": self.changed,
            "programme_changed": self.changed,
        }

    def start(self) -> None:
        """Schedule the dated changes of capacity and of rules, and the refreshing; residents know what they receive."""
        world = self.world
        for before, regime in pairwise(world.blueprint.regimes):
            if before.program.hash != regime.program.hash and 0.0 < regime.day < world.blueprint.days:
                world.at(regime.day, CALENDAR, self.ask_all)
        for name, steps in self.steps.items():
            for day, hours in steps[1:]:
                if day < world.blueprint.days:
                    world.at(day, CALENDAR, partial(self._decided, name, hours))
        for day, rule in self.sharing[1:]:
            if day < world.blueprint.days:
                world.at(day, CALENDAR, partial(self._share_by, rule))
        for team in self.teams.values():
            self.told.tell(team)
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

    def moved_in(self, world: World, household: Household, dwelling: Dwelling, kind: str) -> None:
        """Ask what a resident requires in its new home; a move breaks continuity."""
        self._place(household)
        tie = None if self.continuity is None else self.continuity.ties.get(household)
        if tie is not None and kind != "initial" and tie.since != world.now:
            self._know(household, world.now, anew=True)

    def moved_out(self, world: World, household: Household, _: Dwelling, cause: str) -> None:
        """Nothing is required any more; whoever moves to another home is asked again there, at the same instant."""
        if cause != "transfer":
            self._place(household)

    def _place(self, household: Household, settled: bool = False) -> None:
        wish = self.asks.of(household, settled)
        before = self.memberships.get(household, ())
        if wish is None:
            after: Asked = ()
        elif self.limited:
            after = self.seats.choice(household, wish)
        else:
            after = wish.usual
        if after != before:
            self._join(household, before, after)
            if self.continuity is not None:
                self._know(household, household.moved_in if self.world.now == 0.0 else self.world.now)
        if self.limited and wish is None:
            self.seats.keep(household)

    def _join(self, household: Household, before: Asked, after: Asked) -> None:
        """Leave the teams of before, join those of after, and share out the hours of all of them."""
        now = self.world.now
        touched: dict[Team, None] = {}
        for team, ask in before:
            touched[team] = None
            if ask.part.offered:
                if team.meter is not None:
                    team.advance(now)
                    team.meter.left(household)
                team.remove(now, household, ask)
            else:
                team.wait(now, ask, -1)
        for team, ask in after:
            touched[team] = None
            if ask.part.offered:
                team.add(now, household, ask)
                if team.meter is not None:
                    team.meter.joined(household, ask, team.sharing.fraction(household))
            else:
                team.wait(now, ask, 1)
        if after:
            self.memberships[household] = after
        else:
            del self.memberships[household]
        for team in touched:
            self._share_out(team)
        self.told.write(household, self.told.percent(household))

    # --- who gets how much ------------------------------------------------------------------------------------

    def _decided(self, name: str, hours: float) -> None:
        """A decision takes effect: the hours are there at once, or when somebody has been found to work them."""
        self.seats.limit(name, self.teams[name], hours)
        posts = self.posts.get(name)
        if posts is None:
            self._set_hours(name, hours)
        else:
            posts.want(hours / self.parameters.worker_hours(name))
            self._staffed(name)
        self.seats.fill(self.teams[name])

    def _set_hours(self, name: str, hours: float) -> None:
        team = self.teams[name]
        team.set_capacity(self.world.now, 60.0 * hours)
        self._share_out(team)

    def _share_by(self, rule: str) -> None:
        """A decision on how hours are divided takes effect."""
        for team in self.teams.values():
            team.share_by(self.world.now, sharing_of(rule, team))
        for household in self.memberships:
            self.told.write(household, self.told.percent(household))

    def _open_posts(self) -> None:
        """Fill the posts of day 0, where the scenario says how workers come and go."""
        recruitment = self.parameters.recruitment
        if recruitment is None:
            return
        for name in self.teams:
            staffed, left = partial(self._staffed, name), partial(self._worker_left, name)
            posts = Posts(self.world, name, recruitment.takes, recruitment.turnover, staffed, left)
            self.posts[name] = posts
            posts.open(self.steps[name][0][1] / self.parameters.worker_hours(name))

    def _staffed(self, name: str) -> None:
        """Somebody has begun in a post, or left it."""
        self._set_hours(name, self.posts[name].at_work() * self.parameters.worker_hours(name))

    def _worker_left(self, name: str, post: int) -> None:
        if self.continuity is not None:
            self.continuity.worker_left(self.teams[name], post)

    def _know(self, household: Household, since: float, anew: bool = False) -> None:
        """Keep count of how long the resident has had the same worker; an absence makes no difference."""
        assert self.continuity is not None
        tie = self.continuity.ties.get(household)
        asked = self.memberships.get(household)
        if asked and asked[0][1].part.offered:
            team = asked[0][0]
            if anew or tie is None or tie.team is not team:
                posts = self.posts.get(team.name)
                self.continuity.begin(household, team, 0 if posts is None else len(posts.filled), since)
        elif household.home is None or not household.away:
            self.continuity.end(household)

    def _share_out(self, team: Team) -> None:
        if team.balance(self.world.now) and not self.parameters.refresh:
            self.told.tell(team)

    def _refresh_at(self, day: float) -> None:
        def refresh() -> None:
            if self.parameters.required in self.world.program.timed_numbers:
                self.ask_all()
            for team in self.teams.values():
                self.told.tell(team)
            if self.continuity is not None:
                self.continuity.tell()
            assert self.parameters.refresh is not None
            self._refresh_at(day + self.parameters.refresh)

        if day < self.world.blueprint.days:
            self.world.at(day, CALENDAR, refresh)

    # --- what is recorded -------------------------------------------------------------------------------------

    def invariants(self) -> Iterator[str]:
        """Members are present residents who know what they receive; no team gives more than it has, or takes on too many."""
        for household, asked in self.memberships.items():
            if household.home is None or household.away:
                yield f"{household.id} is followed up by {asked[0][0].name} without being at home"
        yield from self.told.wrong()
        if self.continuity is not None:
            yield from self.continuity.invariants()
        for team in (*self.teams.values(), self.nobody):
            yield from broken(team)
            yield from self.seats.broken(team)

    def finish(self, records: Records) -> None:
        """Write the hours."""
        for team in (*self.teams.values(), self.nobody):
            records.hours.update(team.hours(self.world.now))
        if self.received is not None:
            records.received.extend(self.received.table())
