"""Costs of whole commands: two workers against one, the event log, the way to the first event, and Bærum's scenario.

Two workers and the first event are timed by the wall, and so on a quiet machine; everything else in CPU time. What is
compared runs by turns; each figure that fails is left out, and said, and keeps no other from being measured.
"""

from __future__ import annotations

import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from statistics import median

CORE = "benchmarks/core_competing.yaml"
QUIET = 0.5
"""The load of the machine before a figure by the wall from which on the figure is worth little."""


def as_users_do(**settings: str) -> dict[str, str]:
    """Return the environment in which commands are timed: Python keeps what it compiles of a source, as is its default."""
    return {**{name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}, **settings}


def command_line_times(root: Path, say: Callable[[str], None], rounds: int = 3, replications: int = 32) -> dict[str, float]:
    """Return what could be measured, by the names that ``goals`` knows."""
    found: dict[str, float] = {}
    wanted: tuple[tuple[str, Callable[[], dict[str, float]]], ...] = (
        ("the way to the first event", lambda: _first_event(root, rounds + 2)),
        ("two workers against one", lambda: _two_workers(root, rounds, replications, say)),
        ("the event log", lambda: _event_log(root, rounds, replications // 4)),
        ("the register of decisions, and keyed draws", lambda: _switches(root)),
        ("scenarios/baerum.yaml", lambda: _baerum(root, rounds)),
    )
    with suppress(subprocess.CalledProcessError):  # what a first run has to compile and to read from the disk
        _run(root, "", "--replications", "2", "--workers", "2")
    for name, measure in wanted:
        say(name)
        try:
            found |= measure()
        except (subprocess.CalledProcessError, OSError, ValueError) as error:
            said = str(getattr(error, "stderr", "") or error).strip()
            say(f"{name} was not measured: {said.splitlines()[-1] if said else error!r}")
    return found


def _first_event(root: Path, rounds: int) -> dict[str, float]:
    return {"first_event_seconds": median(_run(root, "first_event.py", "--replications", "1")[0] for _ in range(rounds))}


def _two_workers(root: Path, rounds: int, replications: int, say: Callable[[str], None]) -> dict[str, float]:
    """One worker over twice two: of the whole command, and what two processes that share nothing reach on this machine."""
    if hasattr(os, "getloadavg") and os.getloadavg()[0] > 1.0 + QUIET:
        say(f"the machine is busy (load {os.getloadavg()[0]:.1f}): two workers cannot be timed well")
    whole, apart = [], []
    for _ in range(rounds):
        one, two = (_run(root, "", "--replications", str(replications), "--workers", str(n))[0] for n in (1, 2))
        whole.append(one / (2 * two))
        alone, beside = _side_by_side(root, 1), _side_by_side(root, 2)
        apart.append(alone / beside)
    return {"two_workers": median(whole), "two_processes_apart": median(apart)}


def _side_by_side(root: Path, processes: int) -> float:
    command = [sys.executable, "-m", "benchmarks.contest", "ours", "--form", "competing", "--runs", "6"]
    began = time.perf_counter()
    started = [subprocess.Popen(command, cwd=root, env=as_users_do(), stdout=subprocess.DEVNULL) for _ in range(processes)]
    for process in started:
        process.wait()
    return time.perf_counter() - began


def _event_log(root: Path, rounds: int, replications: int) -> dict[str, float]:
    """CPU of the whole command with the event log over that without, pair by pair."""
    plain = ("--replications", str(replications), "--workers", "1")
    return {"log_on": median(_run(root, "", *plain, "--events")[1] / _run(root, "", *plain)[1] for _ in range(rounds))}


def _switches(root: Path) -> dict[str, float]:
    decisions = json.loads(_output(root, "-m", "benchmarks.switches", "decisions_on", as_python=True))
    draws = json.loads(_output(root, "-m", "benchmarks.switches", "keyed_draws"))
    return {"decisions_on": float(decisions["decisions_on"]), "keyed_draws": float(draws["keyed_draws"])}


def _baerum(root: Path, rounds: int) -> dict[str, float]:
    """CPU of one model event of Bærum's scenario over that of the competing core, pair by pair."""

    def measured(which: str) -> dict[str, float]:
        read = json.loads(_output(root, "benchmarks/profile_world.py", which, "--json"))
        clock = read["counters"]["events"] / read["model_events"]
        return {"event": read["microseconds_per_event"], "run": read["cpu_seconds"], "clock_events": clock}

    pairs = [(measured("baerum"), measured("core")) for _ in range(rounds)]
    found = {"baerum_per_event": median(a["event"] / b["event"] for a, b in pairs)}
    for name in ("event", "run", "clock_events"):
        found |= {f"baerum_{name}": median(a[name] for a, _ in pairs), f"core_{name}": median(b[name] for _, b in pairs)}
    return found


def calls_by_part(root: Path, say: Callable[[str], None]) -> dict[str, dict[str, tuple[float, float]]]:
    """Return, for the competing core and Bærum, calls of a model event and shares of own time under a profiler, by part.

    Of the Python source: a profiler does not see into compiled code. Calls are exact, shares a guide.
    """
    found = {}
    for which in ("core", "baerum"):
        say(f"profile of {which}")
        read = json.loads(_output(root, "benchmarks/profile_world.py", which, "--parts", "--runs", "1"))
        found[which] = {part: (float(calls), float(share)) for part, (calls, share) in read.items()}
    return found


def _output(root: Path, *command: str, as_python: bool = False) -> str:
    environment = as_users_do(BOLIGTRAPP_NATIVE="0" if as_python else "1")
    done = subprocess.run([sys.executable, *command], cwd=root, env=environment, capture_output=True, text=True, check=True)
    return done.stdout


def _run(root: Path, driver: str, *options: str) -> tuple[float, float]:
    """Seconds by the wall and of CPU of `run` on the core, its report and tables included; workers count as well."""
    with tempfile.TemporaryDirectory() as folder:
        script = f"benchmarks/{driver}" if driver else "run_sim.py"
        command = [sys.executable, script, "run", CORE, "--quiet", "--json", "--out", folder + "/results", *options]
        if "--workers" not in options:
            command += ["--workers", "1"]
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        began = time.perf_counter()
        subprocess.run(command, cwd=root, env=as_users_do(), capture_output=True, text=True, check=True)
        wall = time.perf_counter() - began
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        return wall, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
