"""Acute beds (*akutte døgnplasser*): an absence with places of its own, few enough to be full.

Somebody comes to need a bed of a kind. A share of them is helped by telephone instead, where the kind has a line. The others
get a bed if one is free; if not, that is counted, and they go to the absence that ``overflow`` names (a hospital).
The home is held meanwhile as the rules say: they see one kind of absence, ``acute_bed``.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any, ClassVar

from pydantic import Field, field_validator
from pydantic_core import PydanticCustomError

from rules.reading import Count, Label, NokPerYear, Record, Share
from sim.kernel import CALENDAR, Cells, purpose, uniform
from sim.measures.records import Amount, PlaceCell
from sim.world.mechanisms.capacity import step_function
from sim.world.mechanisms.mechanism import Mechanism
from sim.world.mechanisms.places import Situation
from sim.world.parameters import Duration, FromState
from sim.world.transitions import Transition
from sim.world.verbs.lives import come_back, go_away

if TYPE_CHECKING:
    from sim.measures.records import Records
    from sim.world.state import Handler, Household
    from sim.world.world import World

ACUTE = "acute_bed"
ACCOUNT = "acute_beds"
YEAR = 365.25
HOLD_EXPIRED = "hold_expired"


class BedKind(Record):
    """One kind of bed: how many, who comes to need one and how often, how long they stay.

    Those without a home who are on the waiting list may need one too (``from: {status: [housed, waiting]}``); ``situations``
    then says in which situations. ``line`` is the share of needs that a telephone call answers, so that no bed is used.
    """

    label: Label | None = None
    beds: Count
    from_: FromState = Field(default_factory=FromState, alias="from")
    situations: tuple[Situation, ...] | None = None
    begins: Duration
    factors: tuple[str, ...] = ()
    lasts: Duration
    line: Share = 0.0
    cost_per_bed: NokPerYear = 0.0

    @field_validator("from_")
    @classmethod
    def _present(cls, from_: FromState) -> FromState:
        if from_.status is not None and not set(from_.status) <= {"housed", "waiting"}:
            raise PydanticCustomError("state", "{why}: the status can only be housed or waiting",
                                      {"why": "a bed is needed by residents and by those on the waiting list"})  # fmt: skip
        return from_


class AcuteBedsParameters(Record):
    """Kinds of bed, by name; and the kind of absence of those who find them full."""

    overflow: str | None = None
    kinds: dict[str, BedKind] = Field(default_factory=dict)


class AcuteBeds(Mechanism):
    """Two transitions for each kind; who is in which bed; how many beds there are, and from when."""

    name = "acute_beds"
    Parameters = AcuteBedsParameters
    neutral: ClassVar[Any] = {"kinds": {}}

    def __init__(self, parameters: AcuteBedsParameters, world: World) -> None:
        super().__init__(parameters, world)
        self.parameters = parameters
        self.inside: dict[Household, str] = {}
        self.taken: Counter[str] = Counter()
        self.places: Cells[PlaceCell] = Cells(world.bins)
        timelines = world.blueprint.timelines
        self.steps = {
            name: step_function(timelines.get(f"acute_beds.kinds.{name}.beds", ()), float(kind.beds))
            for name, kind in parameters.kinds.items()
        }
        self.beds = dict.fromkeys(parameters.kinds, 0)

    def transitions(self) -> tuple[Transition, ...]:
        """For every kind, into a bed and out of it."""
        return tuple(
            transition
            for name, kind in self.parameters.kinds.items()
            for transition in (self._needed(name, kind), self._ends(name, kind))
        )

    def handlers(self) -> Mapping[str, Handler]:
        """A bed is free again when its stay ends, whatever ends it."""
        return {"absence_changed": self.changed, "exited": self.exited, "gone": self.left_model}

    def start(self) -> None:
        """Put up the beds of day 0, and schedule those that a decision adds or takes away."""
        for name, steps in self.steps.items():
            for day, beds in steps:
                if day <= 0.0:
                    self._put_up(name, int(beds))
                elif day < self.world.blueprint.days:
                    self._later(day, name, int(beds))

    def _needed(self, name: str, kind: BedKind) -> Transition:
        line = purpose(f"acute_beds.{name}:line")

        def fire(world: World, household: Household, k: int) -> None:
            elsewhere = household.home is None and kind.situations is not None
            if elsewhere and household.situation not in (kind.situations or ()):
                return
            if kind.line > 0.0 and uniform(household.key, line, k) < kind.line:
                world.count("acute_line", household, detail=name)
            else:
                self.admit(household, name)

        source = kind.from_.source(status=("housed",)) | {"away": ("",)}
        return Transition(f"acute_beds.{name}.begins", source, kind.begins, kind.factors, fire)

    def _ends(self, name: str, kind: BedKind) -> Transition:
        def fire(world: World, household: Household, _: int) -> None:
            come_back(world, household)

        return Transition(f"acute_beds.{name}.ends", {"away": (f"{ACUTE}:{name}",)}, kind.lasts, (), fire)

    def admit(self, household: Household, name: str) -> None:
        """Give a bed to somebody who needs one, if one is free; otherwise send them where the overflow goes."""
        world = self.world
        if self.taken[name] < self.beds[name]:
            self.inside[household] = name
            self._take(name, 1)
            world.count("acute_stay", household, detail=name)
            go_away(world, household, f"{ACUTE}:{name}")
            return
        world.count("acute_overflow", household, detail=name)
        if self.parameters.overflow is not None:
            go_away(world, household, self.parameters.overflow)

    def changed(self, world: World, household: Household) -> None:
        """Somebody has come back."""
        if not household.away:
            self._leave(household)

    def exited(self, world: World, household: Household, cause: str, _: str) -> None:
        """Somebody has left its home for good: the stay ends too, unless it goes on after a hold that ran out."""
        if cause != HOLD_EXPIRED:
            self._leave(household)

    def left_model(self, world: World, household: Household) -> None:
        """Somebody has died, or is heard of no more."""
        self._leave(household)

    def _leave(self, household: Household) -> None:
        name = self.inside.pop(household, None)
        if name is not None:
            self._take(name, -1)

    def _take(self, name: str, change: int) -> None:
        self.taken[name] += change
        self.places.add(self.world.now, PlaceCell("bed", name, "taken"), change)

    def _put_up(self, name: str, beds: int) -> None:
        self.places.add(self.world.now, PlaceCell("bed", name, "places"), beds - self.beds[name])
        self.beds[name] = beds

    def _later(self, day: float, name: str, beds: int) -> None:
        self.world.at(day, CALENDAR, lambda: self._put_up(name, beds))

    def invariants(self) -> Iterator[str]:
        """Who is in a bed is away there; and nobody else is."""
        for household, name in self.inside.items():
            if household.away != f"{ACUTE}:{name}":
                yield f"{household.id} is in a bed of {name}, and away at {household.away!r}"
        counted = Counter(self.inside.values())
        for name in self.parameters.kinds:
            if counted[name] != self.taken[name]:
                yield f"{counted[name]} are in the beds of {name}, but {self.taken[name]} are counted"

    def finish(self, records: Records) -> None:
        """Write the days of beds, and what the beds cost: they are paid for whether or not somebody is in them."""
        self.places.close(self.world.now)
        for cell, areas in self.places.table().items():
            records.places[cell] = list(areas)
            kind = self.parameters.kinds[cell.name]
            if cell.what == "places" and kind.cost_per_bed:
                records.amounts.extend(
                    Amount(number, ACCOUNT, "municipality", days * kind.cost_per_bed / YEAR)
                    for number, days in enumerate(areas)
                    if days
                )
