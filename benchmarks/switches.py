"""What can be switched: ``python -m benchmarks.switches keyed_draws`` prints the ratio on / off of whole replications as JSON.

decisions_on
    The register of decisions. Nobody can switch it off, so it is done here from outside: decisions are numbered, but not written
    down. Replications with their figures and the tables of the results folder. Compiled code cannot be changed from outside, so
    it is the Python source that is measured.
keyed_draws
    Against one stream for all draws. Replications with their records, in both forms; the dearer form counts.

On and off by turns in one process and with the same seeds: the median of the ratios of such pairs.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable
from pathlib import Path
from random import Random
from statistics import median
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from benchmarks.contestants import ours
from benchmarks.core_parameters import FORMS

PAIRS = 9
WRITERS = ("sim.world.verbs.applications", "sim.world.verbs.offers", "sim.world.mechanisms.circles")


def main() -> None:
    """Measure and print what is asked for."""
    (asked,) = sys.argv[1:]
    if asked == "decisions_on":
        print(json.dumps({asked: register_on_over_off()}))
    else:
        keyed = {form: keyed_over_sequential(form) for form in FORMS}
        print(json.dumps({asked: max(keyed.values()), "keyed_by_form": keyed}))


def register_on_over_off() -> float:
    """CPU of a replication with the register of decisions over that without."""
    from sim.replication import replicate

    scenario = ours.scenario("competing", 1.0, 10.0)
    replicate(scenario, 1, 0)
    write = sys.modules[WRITERS[0]].__dict__["record_decision"]

    def switch(on: bool) -> None:
        for name in WRITERS:
            sys.modules[name].__dict__["record_decision"] = write if on else _numbered

    return _ratio(switch, lambda k: replicate(scenario, 1, k))


def keyed_over_sequential(form: str) -> float:
    """CPU of a replication with keyed draws over that with draws from one stream."""
    ours.simulated(form, 1.0, 10.0, 0)
    world = [module for name, module in sys.modules.items() if name.startswith("sim.world") and hasattr(module, "uniform")]
    keyed = world[0].__dict__["uniform"]

    def switch(on: bool) -> None:
        stream = Random(0).random
        for module in world:
            module.__dict__["uniform"] = keyed if on else lambda *_: 1.0 - stream()

    return _ratio(switch, lambda k: ours.simulated(form, 1.0, 10.0, k))


def _ratio(switch: Callable[[bool], None], run: Callable[[int], Any]) -> float:
    """The median of on over off; leaves it on."""
    ratios = []
    for k in range(PAIRS):
        seconds = {}
        for on in (True, False) if k % 2 else (False, True):
            switch(on)
            began = time.process_time()
            run(k)
            seconds[on] = time.process_time() - began
        ratios.append(seconds[True] / seconds[False])
    switch(True)
    return median(ratios)


def _numbered(world: Any, *_: object, **__: object) -> None:
    world.counters["decisions"] += 1


if __name__ == "__main__":
    main()
