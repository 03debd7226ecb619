"""Crisis: a state that comes and goes beside the need. It triggers no move by itself; rules and risk factors may read it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from rules.reading import Record
from sim.world.mechanisms.mechanism import Mechanism
from sim.world.parameters import TransitionSpec
from sim.world.transitions import Transition
from sim.world.verbs.lives import set_crisis

if TYPE_CHECKING:
    from sim.world.state import Household
    from sim.world.world import World


class CrisisParameters(Record):
    """When a crisis begins, and when it ends."""

    begins: TransitionSpec
    ends: TransitionSpec


class Crisis(Mechanism):
    """Two transitions, one each way."""

    name = "crisis"
    Parameters = CrisisParameters
    neutral: ClassVar[Any] = {"begins": {"after": "1 000 000 years"}, "ends": {"after": "0 days"}}

    def __init__(self, parameters: CrisisParameters, world: World) -> None:
        super().__init__(parameters, world)
        self.parameters = parameters

    def transitions(self) -> tuple[Transition, ...]:
        """Into a crisis and out of it."""
        return (
            _transition("begins", self.parameters.begins, begins=True),
            _transition("ends", self.parameters.ends, begins=False),
        )


def _transition(name: str, spec: TransitionSpec, *, begins: bool) -> Transition:
    def fire(world: World, household: Household, _: int) -> None:
        set_crisis(world, household, begins)

    source = spec.from_.source() | {"crisis": (not begins,)}
    return Transition(f"crisis.{name}", source, spec.after, spec.factors, fire)
