"""How the cost of a replication is made up: ``python benchmarks/profile_world.py scenarios/baerum.yaml``.

First an undisturbed run (CPU, per model event, counters, peak memory); then the same under cProfile, by part and by function.
All of it on the Python source, but for ``--json``, which takes what has been compiled.
A profile exaggerates small functions: the shares say where to look, only the undisturbed run says what a change gained.
``core`` and ``baerum`` are short for benchmarks/core_competing.yaml and scenarios/baerum.yaml.
"""

from __future__ import annotations

import argparse
import cProfile
import json
import os
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
    parser.add_argument("--parts", action="store_true", help="only calls and shares by part, as JSON")
    given = parser.parse_args()
    if not given.json:
        os.environ["BOLIGTRAPP_NATIVE"] = "0"  # a profiler does not see into compiled code
    from benchmarks.peak_memory import peak_mb
    from sim.replication import simulate
    from sim.scenario import load_scenario

    began = time.process_time()
    scenario = load_scenario(ROOT / SHORT.get(given.scenario, given.scenario), years=given.years)
    loading = time.process_time() - began
    simulate(scenario, given.seed, 1000)
    costs, events = [], {}
    for k in range(given.runs):
        began = time.process_time()
        events = simulate(scenario, given.seed, k).events
        costs.append(time.process_time() - began)
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
    if not given.parts:
        print("\n".join(f"{name}: {value}" for name, value in found.items()))
    profiler = cProfile.Profile()
    profiler.enable()
    simulate(scenario, given.seed, given.runs - 1)  # the replication whose events were counted
    profiler.disable()
    stats = pstats.Stats(profiler)
    if given.parts:
        print(json.dumps({part: [calls / model, share] for part, (calls, share) in by_part(stats).items()}))
        return
    _print_parts(stats, model, seconds)
    stats.sort_stats("tottime").print_stats(given.top)


def by_part(stats: pstats.Stats) -> dict[str, tuple[int, float]]:
    """Return calls, and the share of own time under the profiler, by part of the engine, the dearest first."""
    calls: defaultdict[str, int] = defaultdict(int)
    own: defaultdict[str, float] = defaultdict(float)
    for (file, _, name), (_, n, seconds, _, callers) in stats.stats.items():  # type: ignore[attr-defined]
        if file == "~":
            # A builtin belongs to those who call it.
            for (caller, _, _), (_, k, inner, _) in callers.items():
                calls[_part(caller)] += k
                own[_part(caller)] += inner
        elif name != "<module>":
            calls[_part(file)] += n
            own[_part(file)] += seconds
    total = sum(own.values())
    return {part: (calls[part], own[part] / total) for part in sorted(own, key=lambda part: -own[part])}


def _print_parts(stats: pstats.Stats, model_events: int, undisturbed: float) -> None:
    """Print calls of a model event by part of the engine, and its undisturbed cost in proportion to own time under the profiler.

    A profiler makes parts of many small functions look dearer than they are: the calls are exact, the microseconds a guide.
    """
    print(f"\n{'part':58}  calls an event  us an event  share")
    found, cost = by_part(stats), 1e6 * undisturbed / model_events
    for part, (calls, share) in found.items():
        print(f"{part:58}  {calls / model_events:14.1f}  {cost * share:11.2f}  {100 * share:4.0f} %")
    print(f"{'all':58}  {sum(n for n, _ in found.values()) / model_events:14.1f}  {cost:11.2f}")


RULES = "generated rules and conditions"
PARTS = {
    "clocks: drawn, used up, next due": (
        "clocks.py",
        "draws.py",
        "distributions.py",
        "statistics.py",
        "transitions.py",
        "wake.py",
    ),
    "SimPy, heap and standing events": ("clock.py", "core.py", "events.py"),
    "people and homes come into being": (
        "profile.py",
        "start.py",
        "building.py",
        "arrivals.py",
        "layout.py",
        "calendar_days.py",
        "<facts>",
        "generate_facts.py",
    ),
    "what follows: facts, cell, wish to move": (
        "settle.py",
        "states.py",
        "core_facts.py",
        "<core facts>",
        "moves.py",
        "world.py",
    ),
    "list and allocation": ("queue.py", "allocation.py", "heapq.py"),
    "areas, counts and rows": ("integrals.py", "recording.py", "rows.py"),
}


def _part(file: str) -> str:
    path = Path(file)
    for part, names in PARTS.items():
        if path.name in names and "mechanisms" not in path.parts and "measures" not in path.parts:
            return part
    if file.startswith("<string>"):
        return "areas, counts and rows"  # named tuples are made by generated code
    if file.startswith("<"):
        return RULES
    if "decide" in path.parts:
        return RULES
    if "verbs" in path.parts:
        return "verbs"
    if "mechanisms" in path.parts:
        return "mechanisms"
    return "beginning and end: assembly, collector, checks"


if __name__ == "__main__":
    main()
