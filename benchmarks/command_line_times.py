"""Times of the whole command, by the wall, so on a quiet machine: two workers against one, and the way to the first event."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median

CORE = Path("benchmarks") / "core_competing.yaml"
REPLICATIONS = 16


def command_line_times(root: Path, say: Callable[[str], None], rounds: int = 3) -> dict[str, float]:
    """Return what could be measured; a command that fails is left out, and said."""
    found: dict[str, float] = {}
    try:
        say("two workers against one, and the first event")
        first = [_wall(root, "--years", "0.01", "--replications", "1", "--workers", "1") for _ in range(rounds)]
        one = [_wall(root, "--replications", str(REPLICATIONS), "--workers", "1") for _ in range(rounds)]
        two = [_wall(root, "--replications", str(REPLICATIONS), "--workers", "2") for _ in range(rounds)]
        found["first_event_seconds"] = median(first)
        found["two_workers"] = median(one) / (2 * median(two))
        found["baerum_per_event"] = _per_event(root, "baerum") / _per_event(root, "core")
    except (subprocess.CalledProcessError, FileNotFoundError, json.JSONDecodeError) as error:
        said = getattr(error, "stderr", "") or str(error)
        say(f"times of the command line: {said.strip().splitlines()[-1] if said.strip() else error}")
    return found


def _wall(root: Path, *options: str) -> float:
    with tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, "run_sim.py", "run", str(CORE), "--quiet", "--json", "--out", folder + "/results", *options]
        began = time.perf_counter()
        subprocess.run(command, cwd=root, capture_output=True, text=True, check=True)
        return time.perf_counter() - began


def _per_event(root: Path, which: str, rounds: int = 3) -> float:
    """CPU of one model event of a scenario, in microseconds: the median of a few fresh processes."""
    costs = []
    for _ in range(rounds):
        command = [sys.executable, "benchmarks/profile_world.py", which, "--json"]
        done = subprocess.run(command, cwd=root, capture_output=True, text=True, check=True)
        costs.append(float(json.loads(done.stdout)["microseconds_per_event"]))
    return median(costs)
