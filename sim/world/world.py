"""The world: what exists, who is waiting, and what has been recorded. Changed by verbs alone."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

from sim.kernel import Bins, Cells, Clock, Tallies, entity_key, uniform
from sim.measures.records import (
    CountKey,
    DwellingCell,
    HouseholdCell,
    Return,
    new_applicants,
    new_applied,
    new_decisions,
    new_departures,
    new_moves,
    new_stays,
    new_waits,
)
from sim.world.core_facts import core_facts_among
from sim.world.moments import Moments
from sim.world.queue import Queue
from sim.world.states import States
from sim.world.transitions import Speeds, Transition

if TYPE_CHECKING:
    from sim.world.blueprint import Blueprint, Value
    from sim.world.profile import Profile
    from sim.world.state import Application, Dwelling, DwellingType, Household, Site

# There are few keys, and a named tuple takes several times as long to make as to look up.
_count_key = cache(CountKey)


def _at_once(*_: object) -> float:
    return 0.0


def _always(*_: object) -> bool:
    return True


def _never(*_: object) -> bool:
    return False


def _facts_of(_: Household, site: Site) -> Any:
    return site.facts


def _unchanged(*_: object) -> float:
    return 1.0


@dataclass(slots=True)
class Customs:
    """How long things take and how people answer, where a mechanism says so; otherwise at once, and yes.

    Attributes
    ----------
    case_days : callable(household) -> days from application to decision
    turnaround_days : callable(dwelling) -> days from vacancy to ready
    turnaround_left : callable(dwelling) -> days to ready of a home that day 0 finds in turnaround
    reply_days : callable(application, dwelling) -> days to answer an offer
    accepts : callable(application, dwelling) -> whether the offer is accepted
    move_in_days : callable(application, dwelling) -> days from acceptance to lease start
    allocates : callable() -> whether vacant homes are allocated now
    moves_within : callable(household, rule that gives a move or None) -> whether its programme sees to its moves itself
    lease_review : callable(household, dwelling, refusals) -> whether its programme has let it go at the end of a term
    keeps : callable(household) -> whether somebody who has moved on may come back, and so stays in the model
    own_site : callable(household, site) -> the facts of its own site by which a household is considered for another home there
    strain : callable(site) -> points of strain of a site now
    complaint_factor : callable(site) -> what the probability of a complaint there is multiplied with
    applies : callable(group, key, k) -> whether the k-th application that a group declares comes
    """

    case_days: Callable[[Household], float] = _at_once
    turnaround_days: Callable[[Dwelling], float] = _at_once
    turnaround_left: Callable[[Dwelling], float] = _at_once
    reply_days: Callable[[Application, Dwelling], float] = _at_once
    accepts: Callable[[Application, Dwelling], bool] = _always
    move_in_days: Callable[[Application, Dwelling], float] = _at_once
    allocates: Callable[[], bool] = _always
    moves_within: Callable[[Household, str | None], bool] = _never
    lease_review: Callable[[Household, Dwelling, tuple[str, ...]], bool] = _never
    keeps: Callable[[Household], bool] = _never
    own_site: Callable[[Household, Site], Any] = _facts_of
    strain: Callable[[Site], float] = _at_once
    complaint_factor: Callable[[Site], float] = _unchanged
    applies: Callable[[str, int, int], bool] = _always


class World:
    """State, list, clock and records of one replication.

    ``now`` is the time of the present event in days since the start of the scenario, ``day`` the whole day that rules see.

    Parameters
    ----------
    blueprint : Blueprint
        What the world is made of.
    layout, program : Layout, Program
        The classes of facts, and the rules in force on day 0.
    seed, replication : int
        Key every draw.
    """

    def __init__(self, blueprint: Blueprint, layout: Any, program: Any, seed: int, replication: int) -> None:
        self.blueprint = blueprint
        self.layout = layout
        self.program = program
        self.seed = seed
        self.replication = replication
        self.clock = Clock()
        self.now = 0.0
        self.day = 0
        self.bins = Bins(blueprint.bins)
        self.customs = Customs()
        self.moments = Moments()
        self.mechanisms: dict[str, Any] = {}

        # The rules of each programme, and which programme has the homes of a type.
        self.programmes: dict[str, Any] = {}
        self.follow_up: dict[str, str] = {}  # the number of its rules by which a programme follows up
        self.programme_of_type = {rules.type: name for name, rules in blueprint.programmes.items()}
        self.types: dict[str, DwellingType] = {}
        self.sites: dict[str, Site] = {}
        self.dwellings: list[Dwelling] = []
        self.dwelling_by_id: dict[str, Dwelling] = {}
        self.households: dict[str, Household] = {}
        self.created = 0
        # (key of a household, field) -> its uniform, where the value on day 0 is known.
        self.known_marks: dict[tuple[int, str], float] = {}
        self.queue = Queue(self)
        self.dirty: list[Household] = []
        self.states = States(self)

        self.transitions: tuple[Transition, ...] = ()
        self.speeds = Speeds((), {}, ())
        self.has_conditions = False
        self.conditions: Any = None
        self.conditions_without_home: Any = None

        self.household_days: Cells[HouseholdCell] = Cells(self.bins)
        self.dwelling_days: Cells[DwellingCell] = Cells(self.bins)
        self.tallies: Tallies[CountKey] = Tallies(self.bins)
        self.waits = new_waits()
        self.applied = new_applied()
        self.applicants = new_applicants()
        self.moves = new_moves()
        self.returns: list[Return] = []
        self.stays = new_stays()
        self.staying: dict[str, float] = {}
        self.decisions = new_decisions()
        self.left_model = new_departures()
        # Model events (each fired transition, arrival, reply in its own time, home made ready), and what they cost.
        model_events = ("transitions", "arrivals", "replies", "vacancies")
        cost = ("re_ratings", "draws", "decisions", "candidates_examined", "created")
        self.counters: dict[str, int] = dict.fromkeys((*model_events, *cost), 0)
        self.observer: Any = None
        self.settle: Callable[[], None] = lambda: None
        self.wake: Callable[[Household], None] = lambda _: None
        self.core_facts = core_facts_among(layout.fields)
        self.regimes: tuple[tuple[float, Any], ...] = ()
        # What keeps facts that only rules ask for: called before each decision on eligibility, and when other rules begin.
        self.before_decision: list[Callable[[Household], None]] = []
        self.on_rules: list[Callable[[], None]] = []
        # The fields on which a decision about a household may depend, under any rules that come into force.
        self.rules_read: frozenset[str] = frozenset()
        self.supplied_defaults: dict[str, Value] = {}
        self.site_defaults: dict[str, Value] = {}
        self.profiles: dict[str, Profile] = {}
        self.check_every_settle = False
        self.begun = False  # until then it is day 0 that is put up, and what is under way has begun before

    def tick(self) -> float:
        """Read the clock at the beginning of an event: everything in it happens at this time, on this whole day."""
        self.now = now = self.clock.now
        self.day = int(now)
        return now

    def program_of(self, household: Household) -> Any:
        """The rules that apply to a household: those of the programme it takes part in, otherwise the municipality's."""
        return self.programmes[household.programme] if household.programme else self.program

    def required_minutes(self, household: Household, home: Dwelling, number: str) -> int:
        """Minutes of follow-up a week: by the rules of its programme where they say, otherwise by the municipality's number."""
        program, asked = self.program, self.follow_up.get(household.programme)
        if asked is not None:
            program, number = self.programmes[household.programme], asked
        minutes: int = program.number(number, household.facts, home.facts, home.site.facts, self.day)
        return minutes

    def touch(self, household: Household) -> None:
        """Mark a household whose facts or state changed: ``settle`` will derive what follows."""
        household.speeds_alone = False
        if not household.dirty:
            household.dirty = True
            self.dirty.append(household)

    def touch_speeds(self, household: Household) -> None:
        """Mark a household of which nothing has changed but a fact that risk factors alone read, and no rule."""
        if not household.dirty:
            household.dirty = household.speeds_alone = True
            self.dirty.append(household)

    def at(self, time: float, phase: int, action: Callable[[], None]) -> None:
        """Do something at a time; like every event of the clock, it ends in one ``settle``."""

        def event() -> None:
            self.tick()
            action()
            self.settle()

        self.clock.at(time, phase, event)

    def install(self, transitions: tuple[Transition, ...], conditions: Any, without_home: Any) -> None:
        """Set the transitions and conditions of risk factors, once, at assembly."""
        self.has_conditions = any(t.factors for t in transitions)
        self.conditions = conditions
        self.conditions_without_home = without_home
        names = tuple(conditions.names) if self.has_conditions else ()
        self.transitions = transitions
        self.speeds = Speeds(transitions, self.blueprint.factors, names)

    def key_of(self, entity: str) -> int:
        """The base key of an entity's draws in this replication."""
        return entity_key(self.seed, self.replication, entity)

    def draw(self, household: Household, reason: int) -> float:
        """The household's next uniform for a purpose: keyed (household, purpose, k), k counting its own draws."""
        k = household.rounds.get(reason, 0)
        household.rounds[reason] = k + 1
        self.counters["draws"] += 1
        return uniform(household.key, reason, k)

    def count(self, kind: str, household: Household | None, place: str = "", detail: str = "") -> None:
        """Count one event of a kind, in the cell of the household it happened to."""
        if household is None:
            key = _count_key(kind, "", place, 0, detail)
        else:
            key = _count_key(kind, household.group, place, household.need, detail)
        self.tallies.count(self.now, key)
