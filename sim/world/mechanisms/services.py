"""Services: follow-up by teams with so many hours a week, and what share of the required hours each resident receives.

Required (by rule) >= offered >= accepted (by the resident) >= received (by what the team has). A resident whom no
team serves, who waits for a place with one, or whose team has no capacity, receives nothing: that is 0 %, not an error.
Residents who are away require nothing meanwhile.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import partial
from itertools import pairwise
from math import floor
from typing import TYPE_CHECKING, Any, ClassVar

from sim.kernel import CALENDAR
from sim.world.core_facts import derive_core_facts
from sim.world.mechanisms.capacity import capacity_of
from sim.world.mechanisms.continuity import FACT as MONTHS
from sim.world.mechanisms.continuity import MOST, Continuity
from sim.world.mechanisms.crossing import look_again, matters, tell
from sim.world.mechanisms.mechanism import FactOffer, Mechanism
from sim.world.mechanisms.posts import Posts
from sim.world.mechanisms.received import ReceivedHours
from sim.world.mechanisms.service_parameters import ServicesParameters
from sim.world.mechanisms.sharing import RULES, sharing_of
from sim.world.mechanisms.team import BILLIONTHS, Ask, Team

if TYPE_CHECKING:
    from sim.measures.records import Records
    from sim.world.state import Dwelling, Handler, Household
    from sim.world.world import World

NOBODY = "none"
FACT = "follow_up_percent"
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
        self.tells = FACT in world.layout.fields
        # Only where no rule reads the figure may a member be left with one on the same side of every cut point.
        self.all_told = any(FACT in program.reads for _, program in world.regimes)
        timelines = world.blueprint.timelines
        rules = [(day, RULES[int(number)]) for day, number in timelines.get("services.sharing", ())]
        self.sharing = rules or [(0.0, parameters.sharing)]
        self.steps = {name: capacity_of(name, parameters.hours(name), timelines) for name in parameters.teams}
        self.nobody = Team(NOBODY, 0.0, world.bins)
        self.teams = {name: Team(name, 60.0 * self.steps[name][0][1], world.bins) for name in parameters.teams}
        for team in (*self.teams.values(), self.nobody):
            team.share_by(0.0, sharing_of(self.sharing[0][1], team))
        for name, team in self.teams.items():
            self._set_places(name, team, self.steps[name][0][1])
        self.limited = any(team.places is not None for team in self.teams.values())
        self.continuity = Continuity(world, parameters.refresh or 0.0) if MONTHS in world.layout.fields else None
        self.posts: dict[str, Posts] = {}
        self.memberships: dict[Household, Asked] = {}
        self.seats: dict[Household, Team] = {}
        self.waiting: dict[Household, Wish] = {}
        self._wishes: dict[tuple[int, Any, str, int, str, str], Wish] = {}
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
            self._tell(team)
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
        wish = self._wish(household, settled)
        before = self.memberships.get(household, ())
        if wish is None:
            after: Asked = ()
        elif self.limited:
            after = self._choice(household, wish)
        else:
            after = wish.usual
        if after != before:
            self._join(household, before, after)
            if self.continuity is not None:
                self._know(household, household.moved_in if self.world.now == 0.0 else self.world.now)
        if self.limited and wish is None:
            self._keep_seat(household)

    def _wish(self, household: Household, settled: bool) -> Wish | None:
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
        self._write(household, self._percent(household))

    # --- limits to how many a team takes on -------------------------------------------------------------------

    def _choice(self, household: Household, wish: Wish) -> Asked:
        """The first team that fits and has a place; otherwise the resident waits, in the order of asking."""
        seat = self.seats.get(household)
        for team, ask in wish.teams:
            if team.places is None or team is seat or team.taken < team.places:
                self._sit(household, team)
                self.waiting.pop(household, None)
                return ((team, ask), *wish.added)
        self._sit(household, None)
        if wish.teams:
            self.waiting[household] = wish
        return wish.waiting

    def _keep_seat(self, household: Household) -> None:
        """Whoever is away keeps the place; whoever has no home, or requires nothing, does not."""
        self.waiting.pop(household, None)
        if household.home is None or not household.away:
            self._sit(household, None)

    def _sit(self, household: Household, team: Team | None) -> None:
        """Take a place with a team that has a limit, and give up the one before, to whoever has waited longest."""
        before = self.seats.get(household)
        after = None if team is None or team.places is None else team
        if before is after:
            return
        if after is not None:
            after.taken += 1
            self.seats[household] = after
        else:
            del self.seats[household]
        if before is not None:
            before.taken -= 1
            self._fill(before)

    def _fill(self, team: Team) -> None:
        """Give the free places of a team to those who wait for it."""
        while team.places is not None and team.taken < team.places:
            longest = (h for h, wish in self.waiting.items() if any(fits is team for fits, _ in wish.teams))
            household = next(longest, None)
            if household is None:
                return
            self._place(household)
            if household in self.waiting:  # it requires something else by now
                return

    def _set_places(self, name: str, team: Team, hours: float) -> None:
        caseload = self.parameters.teams[name].caseload
        if caseload is not None:
            team.places = floor(caseload * hours / self.parameters.worker_hours(name) + 1e-9)

    # --- who gets how much ------------------------------------------------------------------------------------

    def _decided(self, name: str, hours: float) -> None:
        """A decision takes effect: the hours are there at once, or when somebody has been found to work them."""
        self._set_places(name, self.teams[name], hours)
        posts = self.posts.get(name)
        if posts is None:
            self._set_hours(name, hours)
        else:
            posts.want(hours / self.parameters.worker_hours(name))
            self._staffed(name)
        self._fill(self.teams[name])

    def _set_hours(self, name: str, hours: float) -> None:
        team = self.teams[name]
        team.set_capacity(self.world.now, 60.0 * hours)
        self._share_out(team)

    def _share_by(self, rule: str) -> None:
        """A decision on how hours are divided takes effect."""
        for team in self.teams.values():
            team.share_by(self.world.now, sharing_of(rule, team))
        for household in self.memberships:
            self._write(household, self._percent(household))

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
            self._tell(team)

    def _tell(self, team: Team) -> None:
        """Let the members of a team know what they receive from now on, where it is the team that follows them up."""
        if not self.tells or self._adds(team):
            return
        for members, old, new in team.sharing.news():
            if old is None:
                for household in members:
                    self._write(household, new)
                continue
            # Members who knew the same figure: whether the change matters is asked once.
            felt = matters(self.world, FACT, old, new)
            if felt or self.all_told:
                for household in members:
                    household.facts.follow_up_percent = new
                    if felt:
                        look_again(self.world, household, FACT)

    def _adds(self, team: Team) -> bool:
        spec = self.parameters.teams.get(team.name)
        return spec is not None and spec.adds is not None

    def _percent(self, household: Household) -> int:
        """Return what a resident has been told of the team that follows it up; 100 where nothing is required."""
        asked = self.memberships.get(household)
        if not asked:
            return 100
        team, ask = asked[0]
        return team.sharing.percent(household, ask) if ask.part.offered else 0

    def _write(self, household: Household, percent: int) -> None:
        """Tell a resident; it looks again where a cut point lies between."""
        if not self.tells:
            return
        old = household.facts.follow_up_percent
        if old != percent:
            household.facts.follow_up_percent = percent
            tell(self.world, household, FACT, old, percent)

    def _refresh_at(self, day: float) -> None:
        def refresh() -> None:
            if self.parameters.required in self.world.program.timed_numbers:
                self.ask_all()
            for team in self.teams.values():
                self._tell(team)
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
        yield from self._told_wrong()
        if self.continuity is not None:
            yield from self.continuity.invariants()
        for team in (*self.teams.values(), self.nobody):
            yield from broken(team)
            taken = sum(seat is team for seat in self.seats.values())
            if taken != team.taken:
                yield f"{team.name} counts {team.taken} places taken, but {taken} are"

    def _told_wrong(self) -> Iterator[str]:
        if not self.tells:
            return
        for household, ((team, ask), *_) in self.memberships.items():
            told = household.facts.follow_up_percent
            percent = team.sharing.told_to(household, ask) if ask.part.offered else 0
            if percent is not None and (told != percent if self.all_told else matters(self.world, FACT, told, percent)):
                yield f"{household.id} believes in {told} %, but receives {percent} %"

    def finish(self, records: Records) -> None:
        """Write the hours."""
        for team in (*self.teams.values(), self.nobody):
            records.hours.update(team.hours(self.world.now))
        if self.received is not None:
            records.received.extend(self.received.table())


def broken(team: Team) -> Iterator[str]:
    """Yield a sentence for everything about a team that cannot be: all of it is summed afresh from its members."""
    booked = people = 0
    for _, ask in team.everybody():
        booked += ask.booked
        people += 1
    if booked != team.booked or people != team.size:
        yield f"{team.name} counts {team.size} members who take {team.booked}, but has {people} who take {booked}"
    given = 0.0
    for part in team.parts.values():
        received = part.received * team.ratio
        if not 0.0 <= received <= part.accepts * part.minutes * (1.0 + 1e-9) + 1e-6 * (1 + team.size):
            yield f"{team.name} gives {received:g} of {part.minutes} minutes a week, of which {part.accepts:g} is accepted"
        given += received / (1.0 - part.travel)
        if not 0 <= part.short <= part.people:
            yield f"{part.short} of {part.people} members of {team.name} are short"
    if given > max(0, team.capacity) / BILLIONTHS * (1.0 + 1e-9) + 1e-6 * (1 + team.size):
        yield f"{team.name} gives {given:g} minutes a week of {team.capacity / BILLIONTHS:g}"
