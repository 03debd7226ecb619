"""Applications of new households: a Poisson process with a rate that changes by steps, and dated batches.

The k-th application of a group comes when the group's integrated rate has grown by the k-th unit exponential, keyed (group, k):
a policy never changes who applies when.
"""

from __future__ import annotations

from bisect import bisect_right
from math import log
from typing import TYPE_CHECKING

from sim.kernel import CALENDAR, PEOPLE, purpose, uniform
from sim.world.profile import create_household
from sim.world.state import INF
from sim.world.verbs.applications import arrive
from sim.world.wake import start_clock

if TYPE_CHECKING:
    from sim.world.blueprint import Arrivals, GroupSpec
    from sim.world.world import World

ARRIVAL = purpose("arrival")


def after_exposure(rate: tuple[tuple[float, float], ...], time: float, exposure: float) -> float:
    """Return the first time after ``time`` by which a step rate has integrated to ``exposure``; infinite if it never does.

    Parameters
    ----------
    rate : tuple of (day, events per day)
        Ascending; zero before the first day.
    """
    index = bisect_right(rate, (time, INF)) - 1
    while True:
        level = rate[index][1] if index >= 0 else 0.0
        edge = rate[index + 1][0] if index + 1 < len(rate) else INF
        if level > 0.0:
            at = time + exposure / level
            if at <= edge:
                return at
            exposure -= level * (edge - time)
        if edge == INF:
            return INF
        time = edge
        index += 1


def start_arrivals(world: World) -> None:
    """Schedule the first application of every group and all batches."""
    for spec in world.blueprint.groups.values():
        if spec.arrivals.rate:
            _Stream(world, spec).schedule(0.0)
        first = 0
        for day, size in spec.arrivals.batches:
            _schedule_batch(world, spec, day, first, size)
            first += size


class _Stream:
    def __init__(self, world: World, spec: GroupSpec) -> None:
        self.world = world
        self.spec = spec
        self.arrivals: Arrivals = spec.arrivals
        self.key = world.key_of("group:" + spec.id)
        self.k = 0

    def schedule(self, since: float) -> None:
        exposure = -log(uniform(self.key, ARRIVAL, self.k))
        at = after_exposure(self.arrivals.rate, since, exposure)
        if at < self.world.blueprint.days:
            self.world.at(at, PEOPLE, self.arrive)

    def arrive(self) -> None:
        world = self.world
        number = self.k
        self.k = number + 1
        if world.customs.applies(self.spec.id, self.key, number):
            newcomer(world, f"{self.spec.id}/{number}", self.spec.id)
        self.schedule(world.now)


def _schedule_batch(world: World, spec: GroupSpec, day: float, first: int, size: int) -> None:
    def batch() -> None:
        for number in range(first, first + size):
            newcomer(world, f"{spec.id}-batch/{number}", spec.id)

    if 0.0 <= day < world.blueprint.days:
        world.at(day, CALENDAR, batch)


def newcomer(world: World, entity: str, group: str) -> None:
    """A household of a group comes into the model and applies."""
    household = create_household(world, entity, group)
    start_clock(world, household)
    arrive(world, household)
