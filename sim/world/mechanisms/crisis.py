"""Crisis: a state that comes and goes beside the need. It triggers no move by itself; rules and risk factors may read it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from rules.reading import Record
from sim.kernel import purpose, uniform
from sim.world.mechanisms.mechanism import Mechanism
from sim.world.ongoing import is_under_way, spell
from sim.world.parameters import TransitionSpec
from sim.world.transitions import Transition, state_of
from sim.world.verbs.lives import set_crisis

if TYPE_CHECKING:
    from sim.world.state import Household
    from sim.world.world import World


TODAY = purpose("crisis:today")
PASSED = purpose("crisis:passed")
LEFT = purpose("crisis:left")


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
        self.begins = _transition("begins", parameters.begins, begins=True)
        self.ends = _transition("ends", parameters.ends, begins=False)

    def transitions(self) -> tuple[Transition, ...]:
        """Into a crisis and out of it."""
        return self.begins, self.ends

    def start(self) -> None:
        """On day 0 as many are in a crisis as if crises had come and gone for ever, at their baseline rates."""
        world = self.world
        if not world.blueprint.initial.ongoing:
            return
        begins, ends = self.begins.duration, self.ends.duration
        share = ends.mean / (begins.mean + ends.mean)
        number = world.transitions.index(self.ends)
        for household in world.households.values():
            if self.begins.active(state_of(household)) and uniform(household.key, TODAY, 0) < share:
                set_crisis(world, household, True)
                left = spell(ends, uniform(household.key, PASSED, 0), uniform(household.key, LEFT, 0)).left
                is_under_way(self.world, household, number, left)


def _transition(name: str, spec: TransitionSpec, *, begins: bool) -> Transition:
    def fire(world: World, household: Household, _: int) -> None:
        set_crisis(world, household, begins)

    source = spec.from_.source() | {"crisis": (not begins,)}
    return Transition(f"crisis.{name}", source, spec.after, spec.factors, fire)
