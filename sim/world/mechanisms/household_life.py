"""Household life: births, children who move out at 18, separations, and whatever else changes who lives together.

Each change adds to whole-number fields of the household at a declared rate, as long as every field stays within its bounds; a
change that would leave them does not happen. Fields that the scenario draws by one of these (rooms needed, by the size of the
household) follow, from the household's own fixed uniform.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Annotated, Any, ClassVar

from pydantic import AfterValidator, Field, model_validator
from pydantic_core import PydanticCustomError

from rules.reading import Record
from sim.world.mechanisms.mechanism import Mechanism
from sim.world.parameters import TransitionSpec
from sim.world.profile import follow
from sim.world.transitions import Transition

if TYPE_CHECKING:
    from sim.world.state import Household
    from sim.world.world import World


def _ascending(bounds: tuple[int, int]) -> tuple[int, int]:
    if bounds[0] > bounds[1]:
        raise PydanticCustomError("bounds", "should be [least, most], but the least is larger than the most")
    return bounds


Bounds = Annotated[tuple[int, int], AfterValidator(_ascending)]


class ChangeSpec(TransitionSpec):
    """One change: what it ``adds`` to which fields, and the bounds within which each of these stays."""

    adds: dict[str, int] = Field(min_length=1)
    within: dict[str, Bounds]

    @model_validator(mode="after")
    def _bounded(self) -> ChangeSpec:
        if set(self.adds) != set(self.within):
            raise PydanticCustomError("bounds", "`adds` and `within` should name the same fields")
        return self


class HouseholdLifeParameters(Record):
    """Changes of households, by name."""

    changes: dict[str, ChangeSpec] = Field(default_factory=dict)


class HouseholdLife(Mechanism):
    """One transition for every change, of applicants and residents."""

    name = "household_life"
    Parameters = HouseholdLifeParameters
    neutral: ClassVar[Any] = {"changes": {}}

    def __init__(self, parameters: HouseholdLifeParameters, world: World) -> None:
        super().__init__(parameters, world)
        self.parameters = parameters

    def transitions(self) -> tuple[Transition, ...]:
        """Changes that compete."""
        return tuple(_transition(name, spec) for name, spec in self.parameters.changes.items())


def _transition(name: str, spec: ChangeSpec) -> Transition:
    def fire(world: World, household: Household, _: int) -> None:
        change(world, household, name, spec.adds, spec.within)

    source = spec.from_.source(status=("applied", "waiting", "housed"))
    return Transition(f"household_life.{name}", source, spec.after, spec.factors, fire)


def change(world: World, household: Household, name: str, adds: Mapping[str, int], within: Mapping[str, tuple[int, int]]) -> None:
    """Let a change happen, if it leaves every field within its bounds."""
    facts = household.facts
    after = {field: getattr(facts, field) + step for field, step in adds.items()}
    if not all(low <= after[field] <= high for field, (low, high) in within.items()):
        return
    for field, value in after.items():
        setattr(facts, field, value)
    follow(world, household, after)
    world.count("household_change", household, "" if household.home is None else household.home.type.id, name)
    world.touch(household)
    for handler in world.moments.household_changed:
        handler(world, household)
