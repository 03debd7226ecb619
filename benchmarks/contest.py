"""One contestant in a process of its own: ``python -m benchmarks.contest ours --seed 1``; prints one line of JSON.

CPU time is that of building and running the model and taking its KPIs, after a run of a few days has imported and compiled
what is needed (YAML is read and code generated once a process, as in a worker). Peak memory is that of the whole process.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from benchmarks.peak_memory import peak_mb
from benchmarks.registry import CONTESTANTS


def main() -> None:
    """Run one contestant as the command line says."""
    parser = argparse.ArgumentParser()
    parser.add_argument("contestant", choices=CONTESTANTS)
    parser.add_argument("--form", default="memoryless", choices=("memoryless", "competing"))
    parser.add_argument("--scale", type=float, default=1.0)
    parser.add_argument("--years", type=float, default=10.0)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--runs", type=int, default=1, help="replications in this process, seeds upwards from --seed")
    given = parser.parse_args()
    run = CONTESTANTS[given.contestant].run
    run(given.form, min(given.scale, 1.0), 0.01, given.seed)
    runs = []
    for seed in range(given.seed, given.seed + given.runs):
        began = time.process_time()
        kpis, counts = run(given.form, given.scale, given.years, seed)
        runs.append({"cpu_seconds": time.process_time() - began, "kpis": kpis, "counts": counts})
    print(json.dumps({"peak_mb": peak_mb(), "runs": runs}))


if __name__ == "__main__":
    main()
