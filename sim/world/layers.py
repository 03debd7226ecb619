"""A Poisson process whose rate is a decision, built of layers so that more of it never moves what was there before.

Each layer is a process of one event a year, keyed (layer, k), and every event has a height within its layer. At a rate of 12.4 a
year the events of twelve layers happen, and of the thirteenth those under 0.4. Raising the rate adds events and keeps every other
one to the last bit; lowering it takes some away. Two policies therefore meet the same lettings up to the lower of their rates.
"""

from __future__ import annotations

from collections.abc import Callable
from math import ceil, log
from typing import TYPE_CHECKING

from sim.kernel import PEOPLE, purpose, uniform

if TYPE_CHECKING:
    from sim.world.world import World

YEAR = 365.25
GAP = purpose("layers:gap")
HEIGHT = purpose("layers:height")


def start_layers(world: World, name: str, most: float, happens: Callable[[float], None]) -> None:
    """Let events of a process happen, each with its height in events a year.

    The caller keeps those below its present rate: below a rate of r a year there are r a year.

    Parameters
    ----------
    name : str
        Keys the draws; the same process has the same name under every policy.
    most : float
        The highest rate that it ever has, in events a year.
    happens : callable(height)
    """
    for number in range(ceil(most)):
        _Layer(world, world.key_of(f"layer:{name}/{number}"), number, happens).schedule(0.0)


class _Layer:
    __slots__ = ("happens", "k", "key", "number", "world")

    def __init__(self, world: World, key: int, number: int, happens: Callable[[float], None]) -> None:
        self.world = world
        self.key = key
        self.number = number
        self.happens = happens
        self.k = 0

    def schedule(self, since: float) -> None:
        at = since - log(uniform(self.key, GAP, self.k)) * YEAR
        if at < self.world.blueprint.days:
            self.world.at(at, PEOPLE, self.event)

    def event(self) -> None:
        height = self.number + uniform(self.key, HEIGHT, self.k)
        self.k += 1
        self.schedule(self.world.now)
        self.happens(height)
