"""Patience: households that leave the list without a home, because they found something else, moved away or gave up."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar, Literal

from pydantic import Field

from rules.reading import Record
from sim.world.mechanisms.mechanism import Mechanism
from sim.world.mechanisms.places import Destination
from sim.world.parameters import TransitionSpec
from sim.world.transitions import Transition
from sim.world.verbs.applications import withdraw
from sim.world.verbs.leaving import die

if TYPE_CHECKING:
    from sim.world.state import Household
    from sim.world.world import World

Ending = Literal["found_other", "moved_away", "lapsed", "died"]


class LeavingSpec(TransitionSpec):
    """One way to leave the list: ``ending`` is how the wait is recorded, ``to`` where the household goes."""

    ending: Ending
    to: Destination | Literal["ordinary"] = "other"


class PatienceParameters(Record):
    """Ways to leave the list, by name."""

    transitions: dict[str, LeavingSpec] = Field(default_factory=dict)


class Patience(Mechanism):
    """Leaving the list; from status waiting unless ``from`` says otherwise.

    An applicant who is housed in the settling of its own arrival never leaves: a patience of 0 days is a loss system (Erlang B).
    """

    name = "patience"
    Parameters = PatienceParameters
    neutral: ClassVar[Any] = {"transitions": {}}

    def __init__(self, parameters: PatienceParameters, world: World) -> None:
        super().__init__(parameters, world)
        self.parameters = parameters

    def transitions(self) -> tuple[Transition, ...]:
        """One for every way to leave."""
        return tuple(_transition(name, spec) for name, spec in self.parameters.transitions.items())


def _transition(name: str, spec: LeavingSpec) -> Transition:
    def fire(world: World, household: Household, _: int) -> None:
        if spec.ending == "died":
            die(world, household)
        elif household.application is not None:
            withdraw(world, household, spec.ending, spec.to)

    source = spec.from_.source(status=("waiting",))
    return Transition(f"patience.{name}", source, spec.after, spec.factors, fire)
