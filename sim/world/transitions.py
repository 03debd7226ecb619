"""Transitions: what may happen to a household in a given state, each with a baseline duration and factors on its speed."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sim.kernel import Distribution, purpose

if TYPE_CHECKING:
    from sim.world.blueprint import FactorSpec
    from sim.world.state import Household
    from sim.world.world import World

StateKey = tuple[str, str, int, bool, str, str, str]
COMPONENTS = ("status", "scheme", "need", "crisis", "away", "group", "programme")


def state_of(household: Household) -> StateKey:
    """Return the components of a household's state, in their order."""
    h = household
    return h.status, h.scheme, h.need, h.crisis, h.away, h.group, h.programme


@dataclass(frozen=True, slots=True, eq=False)
class Transition:
    """One competing risk.

    Attributes
    ----------
    id : str
        Unique name; the draws of its durations are keyed by it.
    source : mapping of component to the values it may have
        Active while every named component of the state (see ``COMPONENTS``) has one of the values.
        Components left out do not matter.
    duration : Distribution
        Baseline duration in days, used up at the speed of the factors.
    factors : tuple of str
        Names of risk factors; the speed is the product of those in force.
    fire : callable
        ``fire(world, household, k)`` when the duration is spent; ``k`` is the round, for draws of its own.
    """

    id: str
    source: Mapping[str, tuple[object, ...]]
    duration: Distribution
    factors: tuple[str, ...]
    fire: Callable[[World, Household, int], None]

    @property
    def purpose(self) -> int:
        """The 64-bit constant that keys its draws."""
        return purpose("transition:" + self.id)

    def active(self, state: StateKey) -> bool:
        """Whether the transition can happen in this state."""
        return all(state[COMPONENTS.index(name)] in values for name, values in self.source.items())


class Speeds:
    """Speeds of active transitions by the bits of the conditions in force, computed once for each combination met.

    Parameters
    ----------
    transitions : tuple of Transition
        All transitions of the world.
    factors : mapping of name to FactorSpec
        The risk factors.
    order : tuple of str
        Names of the conditions, bit 0 first.
    """

    def __init__(self, transitions: tuple[Transition, ...], factors: Mapping[str, FactorSpec], order: tuple[str, ...]) -> None:
        self._factors = tuple(tuple(factors[name] for name in t.factors) for t in transitions)
        self._bit = {name: 1 << i for i, name in enumerate(order)}
        self._known: dict[tuple[tuple[int, ...], int, bool], tuple[float, ...]] = {}

    def of(self, active: tuple[int, ...], bits: int, has_home: bool) -> tuple[float, ...]:
        """Return the speed of each active transition."""
        asked = (active, bits, has_home)
        speeds = self._known.get(asked)
        if speeds is None:
            speeds = tuple(self._speed(index, bits, has_home) for index in active)
            self._known[asked] = speeds
        return speeds

    def _speed(self, index: int, bits: int, has_home: bool) -> float:
        speed = 1.0
        for factor in self._factors[index]:
            if factor.reads_home and not has_home:
                continue
            speed *= factor.base
            for name, multiplier in factor.conditions:
                if bits & self._bit[name]:
                    speed *= multiplier
        return speed
