"""Who has left the model is freed at once, without the cyclic collector, which rests during a replication."""

import gc

import pytest

from benchmarks.contestants import ours
from sim.replication.replicate import simulate, world_of
from sim.world.state import Household


def test_the_departed_are_freed_by_reference_counts():
    scenario = ours.scenario("memoryless", 0.25, 6.0)
    gc.collect()
    before = sum(isinstance(found, Household) for found in gc.get_objects())
    world = world_of(scenario, 1, 0)
    gc.disable()
    try:
        world.clock.run(scenario.blueprint.days)
        alive = sum(isinstance(found, Household) for found in gc.get_objects()) - before
    finally:
        gc.enable()
    assert len(world.left_model) > 200
    assert alive <= len(world.households) + 5


@pytest.mark.parametrize("on", [True, False])
def test_the_collector_is_left_as_it_was(on):
    before = gc.isenabled()
    (gc.enable if on else gc.disable)()
    try:
        simulate(ours.scenario("memoryless", 0.05, 0.1), 1, 0)
        assert gc.isenabled() is on
    finally:
        (gc.enable if before else gc.disable)()
