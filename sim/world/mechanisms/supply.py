"""The supply of private lettings: who is ready to leave for one waits until there is one.

Not a mechanism of its own: the ways out (`exits`) ask it. Lettings come as a Poisson process of so many a year.
Each goes to the first who is ready, in the stated order; one that nobody is ready for goes to somebody outside the model. So the
ready form a queue with one server: with arrivals at a constant rate, M/M/1.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Literal, NamedTuple

from pydantic import Field

from rules.reading import Count, Nok, PerDay, Record
from sim.kernel import Cells, purpose, uniform
from sim.measures.records import Amount, CountKey
from sim.world.layers import YEAR, start_layers
from sim.world.mechanisms.places import Destination
from sim.world.parameters import Duration
from sim.world.transitions import state_of
from sim.world.verbs.leaving import move_on

if TYPE_CHECKING:
    from sim.measures.records import Records
    from sim.world.state import Dwelling, Household
    from sim.world.transitions import Transition
    from sim.world.world import World

GUARANTEED = "exits.supply.guaranteed"
FIRST = purpose("supply:ready")
WAITED = purpose("supply:waited")
Order = Literal["longest_ready", "longest_in_home", "most_support"]


class ReadyToday(Record):
    """How many residents are ready on day 0, and how long they have been."""

    count: Count
    waited: Duration = Field(default="0 days", validate_default=True)


class SupplySpec(Record):
    """How many private lettings there are for residents who are ready to leave.

    ``lettings`` come by themselves, ``guaranteed`` are those that the municipality adds by agreement with landlords,
    at ``guarantee_cost`` for each that is used. ``order``: who has been ready longest, who has lived longest in the present home,
    or who frees the home with the most support (among these, who has been ready longest).
    """

    destinations: tuple[Destination, ...] = ("private",)
    lettings: PerDay
    guaranteed: PerDay = 0.0
    guarantee_cost: Nok = 0.0
    order: Order = "longest_ready"
    ready_today: ReadyToday | None = None


class _Ready(NamedTuple):
    since: float
    way: Transition


class Supply:
    """Those who are ready to leave, and the lettings that let them.

    Attributes
    ----------
    ways : dict
        The ways out that it limits -> where they lead.
    ready : dict
        Household -> since when and by which way out, in the order in which they became ready.
    days : Cells of (group, type of home)
        How many are ready, integrated over time.
    """

    def __init__(self, world: World, spec: SupplySpec) -> None:
        self.world = world
        self.spec = spec
        self.destinations = frozenset(spec.destinations)
        self.ways: dict[Transition, str] = {}
        self.ready: dict[Household, _Ready] = {}
        self.days: Cells[tuple[str, str]] = Cells(world.bins)
        # Per year, as the heights of layers are.
        self.own = spec.lettings * YEAR
        dated = world.blueprint.timelines.get(GUARANTEED, ((0.0, spec.guaranteed),))
        self.guaranteed = tuple((day, rate * YEAR) for day, rate in dated)
        self.used_guaranteed: list[float] = []

    def start(self) -> None:
        """Let some be ready on day 0, and lettings come."""
        self._ready_today()
        most = self.own + max(rate for _, rate in self.guaranteed)
        start_layers(self.world, "supply", most, self.letting)

    def letting(self, height: float) -> None:
        """A letting: the first of the ready leaves. Without anybody it goes to somebody else."""
        world = self.world
        guaranteed = 0.0
        for day, rate in self.guaranteed:
            if day <= world.now:
                guaranteed = rate
        if height >= self.own + guaranteed:
            return
        kind = "guaranteed" if height >= self.own else "private"
        if not self.ready:
            world.count("letting_unused", None, detail=kind)
            return
        household = min(self.ready, key=self._place)
        way = self.ready[household].way
        world.count("letting_used", household, "" if household.home is None else household.home.type.id, kind)
        if kind == "guaranteed":
            self.used_guaranteed.append(world.now)
        move_on(world, household, "moved_on", self.ways[way])

    def _place(self, household: Household) -> tuple[float, float, int]:
        since = self.ready[household].since
        if self.spec.order == "longest_in_home":
            return household.moved_in, since, household.order
        if self.spec.order == "most_support" and household.home is not None:
            return -household.home.type.rank, since, household.order
        return since, 0.0, household.order

    # --- who is ready -----------------------------------------------------------------------------------------

    def join(self, household: Household, way: Transition, since: float | None = None) -> None:
        """A resident is ready to leave; whoever is already, stays where it stands."""
        home = household.home
        if home is None or household in self.ready:
            return
        self.ready[household] = _Ready(self.world.now if since is None else since, way)
        self.days.add(self.world.now, (household.group, home.type.id), 1)

    def moved_out(self, world: World, household: Household, dwelling: Dwelling, cause: str) -> None:
        """Who leaves its home is ready no more; who moves to another stays ready there."""
        if household in self.ready:
            self.days.add(world.now, (household.group, dwelling.type.id), -1)
            if cause != "transfer":
                del self.ready[household]

    def moved_in(self, world: World, household: Household, dwelling: Dwelling, kind: str) -> None:
        """Who was ready in the old home is so in the new."""
        if household in self.ready:
            self.days.add(world.now, (household.group, dwelling.type.id), 1)

    def changed(self, world: World, household: Household, *_: object) -> None:
        """Whose state has changed so that the way out is closed is ready no more."""
        found = self.ready.get(household)
        home = household.home
        if found is None or home is None:
            return
        if not found.way.active(state_of(household)):
            del self.ready[household]
            self.days.add(world.now, (household.group, home.type.id), -1)

    def _ready_today(self) -> None:
        """Of the residents to whom a way out is open, those first by a draw of their own are ready on day 0."""
        today = self.spec.ready_today
        if today is None or not today.count:
            return
        able: list[tuple[float, int, Household, Transition]] = []
        for household in self.world.households.values():
            if household.home is None:
                continue
            state = state_of(household)
            # The faster a way out, the more of those who may take it are ready: the first of competing exponential times.
            for number, way in enumerate(self.ways):
                if way.active(state):
                    at = way.duration.quantile(uniform(household.key, FIRST, number))
                    able.append((at, household.order, household, way))
        able.sort(key=lambda one: one[:2])
        for _, _, household, way in able:
            if len(self.ready) == today.count:
                break
            waited = today.waited.quantile(uniform(household.key, WAITED, 0))
            self.join(household, way, since=-waited)

    # --- what is left behind ----------------------------------------------------------------------------------

    def invariants(self) -> Iterator[str]:
        """Only residents are ready, and as many as are counted."""
        for household in self.ready:
            if household.home is None:
                yield f"{household.id} is ready to leave no home"
        counted = sum(round(integral.level) for integral in self.days.values())
        if counted != len(self.ready):
            yield f"{len(self.ready)} residents are ready to leave, but {counted} are counted"

    def finish(self, records: Records) -> None:
        """Write how many were ready, day by day, and what guarantees cost."""
        self.days.close(self.world.now)
        for (group, place), areas in self.days.table().items():
            records.counts[CountKey("ready_days", group, place, 0, "")] = list(areas)
        if self.spec.guarantee_cost:
            for day in self.used_guaranteed:
                number = self.world.bins.index(day)
                records.amounts.append(Amount(number, "rental_guarantees", "municipality", self.spec.guarantee_cost))
