"""States that are under way on day 0, as if the world had gone on for ever: length-biased lengths, and what is left of them."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate
from typing import TYPE_CHECKING, Any, NamedTuple

from sim.kernel import Exponential
from sim.world.states import Life

if TYPE_CHECKING:
    from sim.world.state import Household
    from sim.world.world import World

STEPS = 4000


class Spell(NamedTuple):
    """Days passed and left of something that is under way."""

    passed: float
    left: float


@dataclass(frozen=True)
class AtMost:
    """A duration that is cut off at a limit."""

    duration: Any
    most: float

    def quantile(self, u: float) -> float:
        """Inverse of the distribution function."""
        return min(float(self.duration.quantile(u)), self.most)

    @property
    def mean(self) -> float:
        """Mean, from many steps of the distribution function."""
        return _cumulated(self)[-1] / STEPS


def spell(duration: Any, u: float, v: float) -> Spell:
    """Draw a spell that is found under way: its length in proportion to how long it lasts, its present point uniform within it.

    Parameters
    ----------
    duration : Distribution
        Of the length of a spell that is seen from its beginning.
    u, v : float
        Uniforms for the length and for the point.
    """
    if isinstance(duration, Exponential):
        # The length has no memory: time passed and time left are each as long as a whole one.
        return Spell(duration.quantile(u), duration.quantile(v))
    length = length_biased(duration, u)
    return Spell(length * v, length * (1.0 - v))


def length_biased(duration: Any, u: float) -> float:
    """Return the length of a spell found under way: the u-quantile of the density x f(x) / mean."""
    cumulated = _cumulated(duration)
    place = bisect_left(cumulated, u * cumulated[-1])
    below = cumulated[place - 1] if place else 0.0
    within = (u * cumulated[-1] - below) / (cumulated[place] - below) if cumulated[place] > below else 0.5
    return float(duration.quantile((place + within) / STEPS))


@lru_cache(maxsize=64)
def _cumulated(duration: Any) -> tuple[float, ...]:
    """The integral of the quantile function, up to each of many steps: what share of all time spells up to there make up."""
    return tuple(accumulate(duration.quantile((step + 0.5) / STEPS) for step in range(STEPS)))


def is_under_way(world: World, household: Household, index: int, left: float) -> None:
    """Give a household, before it is first rated, a clock with what is left of it."""
    known = () if household.life is None else household.life.active
    household.life = Life((*known, index), ())  # of what is under way alone: the first rating carries it over
    household.left.append(left)
    rounds = household.drawn
    if not rounds:
        rounds += [0] * len(world.transitions)
    rounds[index] += 1
