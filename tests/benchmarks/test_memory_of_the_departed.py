"""Who has left the model is freed at once, without the cyclic collector, which rests during a replication."""

import gc
import weakref

import pytest

from benchmarks.contestants import ours
from sim.replication.replicate import simulate, world_of


class Remembered:
    """Counts the households of a run that are still in memory."""

    def __init__(self):
        self.facts = []

    def allocation(self, world, dwelling, chosen):
        if chosen is not None:
            self.facts.append((chosen.household.id, weakref.ref(chosen.household.standing)))


def test_clocks_of_the_departed_are_freed_by_reference_counts():
    scenario = ours.scenario("memoryless", 0.25, 6.0)
    world = world_of(scenario, 1, 0)
    observer = world.observer = Remembered()
    gc.collect()
    gc.disable()
    try:
        world.clock.run(scenario.blueprint.days)
        gone = [ref for household, ref in observer.facts if household not in world.households]
        in_heap = sum(ref() is not None for ref in gone)
    finally:
        gc.enable()
    assert len(gone) > 50
    # An entry in the heap may still hold the clock of one who left, never for all of them.
    assert in_heap < len(gone) / 2


@pytest.mark.parametrize("on", [True, False])
def test_the_collector_is_left_as_it_was(on):
    before = gc.isenabled()
    (gc.enable if on else gc.disable)()
    try:
        simulate(ours.scenario("memoryless", 0.05, 0.1), 1, 0)
        assert gc.isenabled() is on
    finally:
        (gc.enable if before else gc.disable)()
