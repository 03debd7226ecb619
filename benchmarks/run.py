"""One command, one table: ``python benchmarks/run.py``. What our engine costs beside other ways to simulate the same core.

Every figure of one table comes from one run of this command: interleaved rounds, each contestant in a fresh process, medians of
CPU time. The same numbers stand in benchmarks/results.json. ``--quick`` takes a minute and is only for trying the command.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import sys
import time
from collections.abc import Mapping
from dataclasses import asdict
from datetime import date
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from benchmarks.agreements import agreements_of_peers
from benchmarks.command_line_times import calls_by_part, command_line_times
from benchmarks.equivalence import Agreement
from benchmarks.goals import goals
from benchmarks.growth import Exponent, exponent
from benchmarks.paste import paste, pasted
from benchmarks.registry import CONTESTANTS
from benchmarks.rounds import Cost, Task, interleave
from benchmarks.tables import Parts, agreement_table, cost_table, goals_table, parts_table
from sim.native.build import BuildError, build

SCALES = (1.0, 10**0.5, 10.0, 10**1.5, 100.0)


def say(words: str) -> None:
    """Tell how far the work has come."""
    print(words, file=sys.stderr)


def main() -> None:
    """Measure, print the tables, store results.json."""
    given = _options()
    began = time.time()
    engine = compiled_engine()
    tasks = [
        Task(name, form, years=given.years)
        for name, contestant in CONTESTANTS.items()
        for form in contestant.forms
        if given.only is None or name in given.only
    ]
    costs, failures = interleave(tasks, given.rounds, say)
    sizes = [Task("ours", "memoryless", scale, given.growth_years) for scale in SCALES[: given.sizes]]
    grown, not_grown = interleave(sizes, given.growth_rounds, say) if given.sizes else ({}, {})
    found = [grown[task] for task in sizes if task in grown]
    growth = exponent([c.task.scale for c in found], [c.cpu_seconds for c in found]) if len(found) > 2 else None
    # By the wall, and so before the replications of the test of equivalence, which keep every core busy.
    extra = {} if given.quick or given.no_commands else command_line_times(ROOT, say)
    parts = {} if given.quick or given.no_commands else calls_by_part(ROOT, say)
    agreements = agreements_of_peers(given.agreement_runs, say) if given.agreement_runs else {}
    if given.growth_years == 10.0:
        costs = {**costs, **{task: cost for task, cost in grown.items() if task.scale > 1.0}}
    report = _report(given, engine, costs, {**failures, **not_grown}, found, growth, agreements, extra, parts)
    print(report["text"])
    if given.out:
        Path(given.out).write_text(json.dumps(report, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    if given.paste:
        paste(Path(given.paste), report["text"])
    say(f"done in {(time.time() - began) / 60:.1f} minutes")


def compiled_engine() -> str:
    """Compile the engine as its users would, and say with what, or why it runs as Python."""
    say("python -m sim.native")
    try:
        build()
    except BuildError as error:
        say(str(error))
        return "not compiled"
    return f"compiled by mypyc {_version('mypy')}"


def _report(
    given: argparse.Namespace,
    engine: str,
    costs: Mapping[Task, Cost],
    failures: Mapping[Task, str],
    found: list[Cost],
    growth: Exponent | None,
    agreements: Mapping[str, list[Agreement] | str],
    extra: Mapping[str, float],
    parts: Parts,
) -> dict[str, Any]:
    machine = {
        "date": date.today().isoformat(),
        "python": platform.python_version(),
        "system": f"{platform.system()} {platform.machine()}, {os.cpu_count()} cores",
        "load": round(os.getloadavg()[0], 2) if hasattr(os, "getloadavg") else None,
        "engine": engine,
        **{name: _version(name) for name in ("simpy", "salabim", "ciw", "numpy")},
        "rounds": given.rounds,
    }
    reached = goals(costs, growth, extra)
    text = "\n\n".join(
        (
            ", ".join(f"{name} {value}" for name, value in machine.items()) + (" (quick: only a trial)" if given.quick else ""),
            cost_table(costs, failures),
            agreement_table(agreements),
            parts_table(parts, extra),
            goals_table(reached, found, growth, given.growth_years),
        )
    )
    return {
        "version": 1,
        "quick": given.quick,
        "machine": machine,
        "costs": [cost.plain() for cost in costs.values()],
        "failures": [{**asdict(task), "message": message} for task, message in failures.items()],
        "growth": {"years": given.growth_years, "exponent": growth and asdict(growth), "sizes": [c.plain() for c in found]},
        "agreement": {
            name: rows if isinstance(rows, str) else [asdict(row) for row in rows] for name, rows in agreements.items()
        },
        "extra": dict(extra),
        "parts": {which: dict(of) for which, of in parts.items()},
        "goals": [{**asdict(goal), "verdict": goal.verdict} for goal in reached],
        "text": text,
    }


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return "not installed"


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--years", type=float, default=10.0, help="horizon of the runs that are timed")
    parser.add_argument("--sizes", type=int, default=5, help="how many of the five sizes from 1,200 to 120,000 homes")
    parser.add_argument("--growth-years", type=float, default=10.0)
    parser.add_argument("--growth-rounds", type=int, default=2)
    parser.add_argument("--agreement-runs", type=int, default=150, help="replications for the test of equivalence; 0 = none")
    parser.add_argument("--no-commands", action="store_true", help="leave out what is timed as a whole command")
    parser.add_argument("--only", nargs="*", choices=CONTESTANTS)
    parser.add_argument("--quick", action="store_true", help="a trial: one round of two years, three sizes, few replications")
    parser.add_argument("--out", default=str(Path(__file__).with_name("results.json")), help="empty = store nothing")
    parser.add_argument("--paste", default="", help="a page whose table, between two marks, is replaced by this one")
    given = parser.parse_args()
    if given.paste:
        # A page without marks is a mistake now, not in a quarter of an hour.
        pasted(Path(given.paste).read_text(encoding="utf-8"), "")
    if given.quick:
        given.rounds, given.years, given.sizes, given.growth_years = 1, 2.0, 3, 0.5
        given.growth_rounds, given.agreement_runs, given.out = 1, 0, ""
    return given


if __name__ == "__main__":
    main()
