"""Needs: how the latent need of support changes, for better and for worse.

Rates are latent: they say how needs change, not how people move. People move when a home is free.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Annotated, Any, ClassVar

from pydantic import BeforeValidator, Field, TypeAdapter, WithJsonSchema, model_validator
from pydantic_core import PydanticCustomError

from rules.reading import Record, Share
from sim.kernel import purpose, uniform
from sim.world.mechanisms.mechanism import Mechanism
from sim.world.mechanisms.places import Destination
from sim.world.parameters import TransitionSpec, check_sum, discrete
from sim.world.transitions import Transition
from sim.world.verbs.applications import withdraw
from sim.world.verbs.departure import leave_model
from sim.world.verbs.leaving import ORDINARY, move_on
from sim.world.verbs.lives import set_need

if TYPE_CHECKING:
    from sim.world.state import Household
    from sim.world.world import World

_share: TypeAdapter[float] = TypeAdapter(Share)
Target = tuple[str, int]
EXIT: Target = ("exit", 0)


def read_targets(written: Any) -> dict[Target, float]:
    """Read where a transition leads: a rank, ``SCHEME RANK``, ``exit``, or shares of these."""
    if isinstance(written, Mapping):
        targets: dict[Target, float] = {}
        for name, share in written.items():
            targets[name if isinstance(name, tuple) else _target(name)] = _share.validate_python(share)
        if not targets:
            raise PydanticCustomError("targets", "a change of need leads nowhere; name a rank")
        check_sum(targets)
        return targets
    return {_target(written): 1.0}


def _target(written: Any) -> Target:
    words = str(written).split()
    if words == ["exit"]:
        return EXIT
    if 1 <= len(words) <= 2 and words[-1] in ("1", "2", "3", "4", "5"):
        return ("" if len(words) == 1 else words[0]), int(words[-1])
    raise PydanticCustomError(
        "targets",
        "a change of need leads to {target}, which is neither a rank from 1 to 5, a scheme with its rank (omsorg 4) nor exit",
        {"target": repr(str(written))},
    )


_ONE = {"type": ["integer", "string"], "examples": [2, "omsorg 4", "exit"]}
_SHARES = {"type": "object", "additionalProperties": {"type": ["string", "number"]}, "minProperties": 1}
Targets = Annotated[dict[Target, float], BeforeValidator(read_targets), WithJsonSchema({"anyOf": [_ONE, _SHARES]})]


class NeedSpec(TransitionSpec):
    """One change of need: ``to`` a rank (of the same scheme unless it names one), or shares; ``exit`` ends the tenancy."""

    to: Targets
    destination: Destination | None = None

    @model_validator(mode="after")
    def _exit_has_destination(self) -> NeedSpec:
        if (EXIT in self.to) != (self.destination is not None):
            raise PydanticCustomError("targets", "`exit` and `destination` go together: write both, or neither")
        return self


class NeedsParameters(Record):
    """Changes of need, by name."""

    transitions: dict[str, NeedSpec] = Field(default_factory=dict)


class Needs(Mechanism):
    """A multi-state model of the latent need."""

    name = "needs"
    Parameters = NeedsParameters
    neutral: ClassVar[Any] = {"transitions": {}}

    def __init__(self, parameters: NeedsParameters, world: World) -> None:
        super().__init__(parameters, world)
        self.parameters = parameters

    def transitions(self) -> tuple[Transition, ...]:
        """One for every change of need."""
        return tuple(_transition(name, spec) for name, spec in self.parameters.transitions.items())


def _transition(name: str, spec: NeedSpec) -> Transition:
    targets = discrete(spec.to)
    only = targets.values[0] if len(targets.values) == 1 else None
    where = purpose(f"needs.{name}:to")
    destination = spec.destination or ""

    def fire(world: World, household: Household, k: int) -> None:
        scheme, rank = only or targets.quantile(uniform(household.key, where, k))
        if (scheme, rank) == EXIT:
            _leave(world, household, destination)
        else:
            set_need(world, household, scheme or household.scheme, rank)

    return Transition(f"needs.{name}", spec.from_.source(), spec.after, spec.factors, fire)


def _leave(world: World, household: Household, destination: str) -> None:
    """Need no municipal home any more: move on, leave the list, or leave the model."""
    if household.home is not None:
        move_on(world, household, "moved_on", destination)
    elif household.application is not None:
        withdraw(world, household, "found_other", destination)
    elif household.status == "applied" or destination not in ORDINARY:
        leave_model(world, household, "moved_on", destination)
