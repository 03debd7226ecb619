"""Interleaved rounds of contestants, each run in a fresh process; medians and spread of what they cost."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass
from pathlib import Path
from statistics import median
from typing import Any

from benchmarks.command_line_times import as_users_do

ROOT = Path(__file__).resolve().parents[1]
AS_PYTHON = frozenset({"ours_as_python"})
"""Contestants that run the Python source of the engine, though it has been compiled."""


class ContestError(Exception):
    """A contestant did not finish; carries the last line it said."""


@dataclass(frozen=True)
class Task:
    """One contestant in one form at one size. ``runs`` replications in one process, seeds from ``seed`` on."""

    contestant: str
    form: str
    scale: float = 1.0
    years: float = 10.0
    seed: int = 1
    runs: int = 1


@dataclass(frozen=True)
class Cost:
    """What one task costs: medians over rounds, with the lowest and highest."""

    task: Task
    rounds: int
    cpu_seconds: float
    lowest: float
    highest: float
    model_events: int
    microseconds_per_event: float
    peak_mb: float
    counts: dict[str, int]

    def plain(self) -> dict[str, Any]:
        """Return it as it stands in results.json."""
        return asdict(self)


def contest(task: Task) -> dict[str, Any]:
    """Run a task in a fresh process and return what it printed."""
    command = [
        sys.executable, "-m", "benchmarks.contest", task.contestant, "--form", task.form, "--scale", f"{task.scale:g}",
        "--years", f"{task.years:g}", "--seed", str(task.seed), "--runs", str(task.runs),
    ]  # fmt: skip
    environment = as_users_do(BOLIGTRAPP_NATIVE="0" if task.contestant in AS_PYTHON else "1")
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    if done.returncode:
        raise ContestError(_last_words(done.stderr))
    result: dict[str, Any] = json.loads(done.stdout)
    return result


def _last_words(said: str) -> str:
    lines = [line.strip() for line in said.splitlines() if any(c.isalnum() for c in line)]
    return lines[-1] if lines else "no message"


def interleave(tasks: Iterable[Task], rounds: int, say: Callable[[str], None]) -> tuple[dict[Task, Cost], dict[Task, str]]:
    """Run every task once a round, the order turned by one place each round, so that a slow spell of the machine hits all alike.

    Returns
    -------
    costs, failures
        The cost of each task that finished in every round; the last words of each that did not.
    """
    left = list(dict.fromkeys(tasks))
    seen: dict[Task, list[dict[str, Any]]] = {task: [] for task in left}
    failures: dict[Task, str] = {}
    for number in range(rounds):
        turn = number % max(1, len(left))
        for task in [*left[turn:], *left[:turn]]:
            if task in failures:
                continue
            say(f"round {number + 1} of {rounds}: {task.contestant}, {task.form}, {task.scale * 1200:.0f} homes")
            try:
                seen[task].append(contest(task))
            except ContestError as error:
                failures[task] = str(error)
    return {task: _cost(task, found) for task, found in seen.items() if task not in failures}, failures


def _cost(task: Task, found: list[dict[str, Any]]) -> Cost:
    runs = [result["runs"][0] for result in found]
    seconds = [run["cpu_seconds"] for run in runs]
    events = runs[0]["counts"]["model_events"]
    middle = median(seconds)
    return Cost(
        task, len(runs), middle, min(seconds), max(seconds), events, 1e6 * middle / max(1, events),
        median(result["peak_mb"] for result in found), runs[0]["counts"],
    )  # fmt: skip
