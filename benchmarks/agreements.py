"""Whether the peers that claim our model have its figures: replications of each, on all cores, and ten tests of equivalence."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor

from benchmarks.equivalence import Agreement, agreement
from benchmarks.registry import CONTESTANTS
from benchmarks.rounds import ContestError, Task, contest

PEERS = ("simpy_generated", "salabim")
PIECE = 25
"""Replications that one process makes."""
MARGINS: Mapping[str, float] = dict.fromkeys(("waiting_mean", "wait_of_housed_mean", "gave_up_per_year", "wrong_rank_mean"), 0.05)
"""Margins of KPIs that follow the length of the list, whose standard deviation is some 10 % of a run's mean: within 2 % their
agreement could not be shown in 150 replications, however alike two engines were. The others have ``MARGIN``."""
MARGIN = 0.02


def agreements_of_peers(runs: int, say: Callable[[str], None]) -> dict[str, list[Agreement] | str]:
    """Compare the ten KPIs of each peer in each form with ours; an engine that fails says why.

    Our seeds begin at 1 and theirs at 10,001. Nothing is timed here, so every core works.
    """
    every = [(name, form) for form in ("memoryless", "competing") for name in ("ours", *PEERS)]
    wanted = [(name, form) for name, form in every if form in CONTESTANTS[name].forms]
    pieces = [
        Task(name, form, seed=(1 if name == "ours" else 10_001) + first, runs=min(PIECE, runs - first))
        for name, form in wanted
        for first in range(0, runs, PIECE)
    ]
    say(f"agreement on ten KPIs: {runs} replications each of {', '.join(f'{name} ({form})' for name, form in wanted)}")
    with ThreadPoolExecutor(os.cpu_count() or 1) as pool:
        done = list(pool.map(_kpis, pieces))
    samples: dict[tuple[str, str], list[Mapping[str, float]]] = {key: [] for key in wanted}
    failed: dict[tuple[str, str], str] = {}
    for task, found in zip(pieces, done, strict=True):
        if isinstance(found, str):
            failed[task.contestant, task.form] = found
        else:
            samples[task.contestant, task.form] += found
    told: dict[str, list[Agreement] | str] = {}
    for name, form in wanted:
        if name != "ours":
            why = failed.get((name, form)) or failed.get(("ours", form))
            told[f"{name}, {form}"] = why or agreement(samples["ours", form], samples[name, form], MARGIN, MARGINS)
    return told


def _kpis(task: Task) -> list[Mapping[str, float]] | str:
    try:
        return [run["kpis"] for run in contest(task)["runs"]]
    except ContestError as error:
        return str(error)
