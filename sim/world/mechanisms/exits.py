"""Exits: residents who move on by themselves, to a private rental, a home of their own, or out of the municipality.

Where ``supply`` limits how many can go somewhere, a resident whose time has come is *ready*, and leaves when a letting comes.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any, ClassVar

from pydantic import Field

from rules.reading import Record
from sim.world.mechanisms.mechanism import Mechanism
from sim.world.mechanisms.places import Destination
from sim.world.mechanisms.supply import Supply, SupplySpec
from sim.world.parameters import TransitionSpec
from sim.world.transitions import Transition
from sim.world.verbs.leaving import move_on

if TYPE_CHECKING:
    from sim.measures.records import Records
    from sim.world.state import Handler, Household
    from sim.world.world import World


class ExitSpec(TransitionSpec):
    """One way out, and where to."""

    destination: Destination


class ExitsParameters(Record):
    """Ways out, by name; and how many private lettings there are, if ``supply`` says so: otherwise there is one for everybody."""

    transitions: dict[str, ExitSpec] = Field(default_factory=dict)
    supply: SupplySpec | None = None


class Exits(Mechanism):
    """Moving on; from status housed unless ``from`` says otherwise."""

    name = "exits"
    Parameters = ExitsParameters
    neutral: ClassVar[Any] = {"transitions": {}}

    def __init__(self, parameters: ExitsParameters, world: World) -> None:
        super().__init__(parameters, world)
        self.supply = None if parameters.supply is None else Supply(world, parameters.supply)
        self.ways = tuple(_transition(name, spec, self.supply) for name, spec in parameters.transitions.items())

    def transitions(self) -> tuple[Transition, ...]:
        """One for every way out."""
        return self.ways

    def handlers(self) -> Mapping[str, Handler]:
        """Whoever is ready may cease to be, or move elsewhere meanwhile."""
        supply = self.supply
        if supply is None:
            return {}
        changes = dict.fromkeys(("need_changed", "crisis_changed", "absence_changed"), supply.changed)
        return {"moved_out": supply.moved_out, "moved_in": supply.moved_in, **changes}

    def start(self) -> None:
        """Let lettings come."""
        if self.supply is not None:
            self.supply.start()

    def invariants(self) -> Iterator[str]:
        """Those who are ready are residents."""
        if self.supply is not None:
            yield from self.supply.invariants()

    def finish(self, records: Records) -> None:
        """Write how many were ready and waited for a letting."""
        if self.supply is not None:
            self.supply.finish(records)


def _transition(name: str, spec: ExitSpec, supply: Supply | None) -> Transition:
    def fire(world: World, household: Household, _: int) -> None:
        if household.home is None:
            return
        if supply is not None and spec.destination in supply.destinations:
            supply.join(household, way)
        else:
            move_on(world, household, "moved_on", spec.destination)

    source = spec.from_.source(status=("housed",))
    way = Transition(f"exits.{name}", source, spec.after, spec.factors, fire)
    if supply is not None and spec.destination in supply.destinations:
        supply.ways[way] = spec.destination
    return way
