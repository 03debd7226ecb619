"""What running costs beside the replications themselves: little time a unit, and no memory that grows with the points."""

import gc
import time
import weakref
from pathlib import Path
from typing import Any

from engine_double import ScenarioDouble, replicate

from sim.experiment import batch
from sim.experiment.points import BLOCK, run_points
from sim.experiment.shelf import Shelf


def nothing(scenario: Any, seed: int, k: int) -> int:
    return k


def test_a_unit_costs_less_than_five_milliseconds() -> None:
    """CPU time of this process, so that a busy machine does not matter."""
    units = 2000
    began = time.process_time()
    batch(nothing, {"a": None, "b": None}, 1, range(units // 2), receive=lambda k, results: None)
    assert (time.process_time() - began) / units < 0.005


def test_scenarios_of_finished_points_are_let_go(tmp_path: Path) -> None:
    alive: set[int] = set()
    most = 0

    def load(number: int) -> dict[str, Any]:
        nonlocal most
        scenario = ScenarioDouble("today", float(number), hash=f"h{number}")
        alive.add(number)
        weakref.finalize(scenario, alive.discard, number)
        gc.collect()
        most = max(most, len(alive))
        return {"today": scenario}

    points = 6 * BLOCK
    assert sum(1 for _ in run_points(replicate, load, range(points), 7, 2, Shelf(tmp_path))) == points
    assert most <= 2 * BLOCK
