"""How the cost of a replication is made up: ``python benchmarks/profile_world.py scenarios/baerum.yaml``.

First an undisturbed run (CPU, per model event, counters, peak memory); then the same under cProfile, by file and by function.
A profile exaggerates small functions: the shares say where to look, only the undisturbed run says what a change gained.
``core`` and ``baerum`` are short for benchmarks/core_competing.yaml and scenarios/baerum.yaml.
"""

from __future__ import annotations

import argparse
import cProfile
import json
import pstats
import sys
import time
from collections import defaultdict
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

SHORT = {"core": "benchmarks/core_competing.yaml", "memoryless": "benchmarks/core.yaml", "baerum": "scenarios/baerum.yaml"}


def main() -> None:
    """Run, time, and profile one replication."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("scenario", nargs="?", default="baerum")
    parser.add_argument("--years", type=float)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--top", type=int, default=30)
    parser.add_argument("--json", action="store_true", help="only the undisturbed run, as JSON")
    given = parser.parse_args()
    from benchmarks.peak_memory import peak_mb
    from sim.replication import simulate
    from sim.scenario import load_scenario

    began = time.process_time()
    scenario = load_scenario(ROOT / SHORT.get(given.scenario, given.scenario), years=given.years)
    loading = time.process_time() - began
    simulate(scenario, given.seed, 1000)
    costs, records = [], None
    for k in range(given.runs):
        began = time.process_time()
        records = simulate(scenario, given.seed, k)
        costs.append(time.process_time() - began)
    assert records is not None
    events = records.events
    model = sum(events[name] for name in ("transitions", "arrivals", "replies", "vacancies"))
    seconds = sorted(costs)[len(costs) // 2]
    found: dict[str, Any] = {
        "scenario": given.scenario,
        "loading_seconds": loading,
        "cpu_seconds": seconds,
        "model_events": model,
        "microseconds_per_event": 1e6 * seconds / max(1, model),
        "peak_mb": peak_mb(),
        "counters": events,
    }
    if given.json:
        print(json.dumps(found))
        return
    print("\n".join(f"{name}: {value}" for name, value in found.items()))
    profiler = cProfile.Profile()
    profiler.enable()
    simulate(scenario, given.seed, 0)
    profiler.disable()
    stats = pstats.Stats(profiler)
    _by_room(stats)
    stats.sort_stats("tottime").print_stats(given.top)


def _by_room(stats: pstats.Stats) -> None:
    """Print own time summed by file of this project, and what is outside it."""
    rooms: defaultdict[str, float] = defaultdict(float)
    for (file, _, _), (_, _, own, _, _) in stats.stats.items():  # type: ignore[attr-defined]
        path = Path(file)
        ours = str(path.relative_to(ROOT)) if path.is_relative_to(ROOT) else path.name
        rooms["generated rules" if file.startswith("<") else ours] += own
    total = sum(rooms.values())
    print("\nown time by file, under the profiler")
    for name, own in sorted(rooms.items(), key=lambda item: -item[1])[:30]:
        print(f"{100 * own / total:5.1f} %  {own:7.3f} s  {name}")


if __name__ == "__main__":
    main()
