"""Deaths: from every living status, with or without a home."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from pydantic import Field

from rules.reading import Record
from sim.world.mechanisms.mechanism import Mechanism
from sim.world.parameters import TransitionSpec
from sim.world.transitions import Transition
from sim.world.verbs.leaving import die

if TYPE_CHECKING:
    from sim.world.state import Household
    from sim.world.world import World


class DeathsParameters(Record):
    """Mortality, by name of the cause or of the people at risk."""

    transitions: dict[str, TransitionSpec] = Field(default_factory=dict)


class Deaths(Mechanism):
    """The reference person dies; the tenancy or the application ends."""

    name = "deaths"
    Parameters = DeathsParameters
    neutral: ClassVar[Any] = {"transitions": {}}

    def __init__(self, parameters: DeathsParameters, world: World) -> None:
        super().__init__(parameters, world)
        self.parameters = parameters

    def transitions(self) -> tuple[Transition, ...]:
        """One for every entry."""
        return tuple(
            Transition(f"deaths.{name}", spec.from_.source(), spec.after, spec.factors, _dies)
            for name, spec in self.parameters.transitions.items()
        )


def _dies(world: World, household: Household, _: int) -> None:
    die(world, household)
