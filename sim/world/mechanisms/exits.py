"""Exits: residents who move on by themselves, to a private rental, a home of their own, or out of the municipality."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from pydantic import Field

from rules.reading import Record
from sim.world.mechanisms.mechanism import Mechanism
from sim.world.mechanisms.places import Destination
from sim.world.parameters import TransitionSpec
from sim.world.transitions import Transition
from sim.world.verbs.leaving import move_on

if TYPE_CHECKING:
    from sim.world.state import Household
    from sim.world.world import World


class ExitSpec(TransitionSpec):
    """One way out, and where to."""

    destination: Destination


class ExitsParameters(Record):
    """Ways out, by name."""

    transitions: dict[str, ExitSpec] = Field(default_factory=dict)


class Exits(Mechanism):
    """Moving on; from status housed unless ``from`` says otherwise."""

    name = "exits"
    Parameters = ExitsParameters
    neutral: ClassVar[Any] = {"transitions": {}}

    def __init__(self, parameters: ExitsParameters, world: World) -> None:
        super().__init__(parameters, world)
        self.parameters = parameters

    def transitions(self) -> tuple[Transition, ...]:
        """One for every way out."""
        return tuple(_transition(name, spec) for name, spec in self.parameters.transitions.items())


def _transition(name: str, spec: ExitSpec) -> Transition:
    def fire(world: World, household: Household, _: int) -> None:
        if household.home is not None:
            move_on(world, household, "moved_on", spec.destination)

    source = spec.from_.source(status=("housed",))
    return Transition(f"exits.{name}", source, spec.after, spec.factors, fire)
