"""Runs a scenario through the public path and weighs its figures against exact answers."""

from __future__ import annotations

import multiprocessing
import os
from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any
from zlib import crc32

import numpy as np

SCENARIOS = Path(__file__).parent / "scenarios"
LIMIT = 4.0
MANY = 20
"""From so many replications on, every core takes its part."""

Settings = Sequence[tuple[str, str]]
Reading = float | tuple[float, float]


@dataclass(frozen=True)
class Case:
    """One scenario, what is exact of it, and how to read that off a replication.

    Attributes
    ----------
    scenario : str
        Name of the file.
    exact : mapping of str to float
        The answers, by name.
    read : callable
        ``read(result)``: the same figures of one replication, in the same order. A share or a mean over people is read as
        (sum, number): its estimate is the ratio of the totals.
    replications : int
        How many. At least 40, so that the limit of four standard errors means what it says.
    wrong : mapping of str to settings
        Models with 10 % more or fewer homes, or longer or shorter stays: the case must reject each.
    settings : sequence of (path, value)
        Changes of the file that belong to the case.
    wrong_replications : int or None
        How many replications of a wrong model; None: as many as of the right one.
    """

    scenario: str
    exact: Mapping[str, float]
    read: Callable[[Any], Sequence[Reading]]
    replications: int
    wrong: Mapping[str, Settings]
    settings: Settings = ()
    wrong_replications: int | None = None


@dataclass(frozen=True)
class Weighed:
    """Estimates beside exact answers: one entry a figure.

    Attributes
    ----------
    estimate, error : array
        Estimate and its standard error.
    z : array
        Distance from the exact answer, in standard errors.
    """

    estimate: np.ndarray
    error: np.ndarray
    z: np.ndarray

    @property
    def agrees(self) -> bool:
        """Whether every figure lies within four standard errors of its exact answer."""
        return bool(np.all(np.abs(self.z) < LIMIT))

    @property
    def farthest(self) -> float:
        """The largest distance."""
        return float(np.max(np.abs(self.z)))


def run(case: Case) -> Weighed:
    """Run the case as it stands."""
    return _run(case, (), case.replications)


def run_wrong(case: Case, model: str) -> Weighed:
    """Run one of the wrong models of a case."""
    return _run(case, case.wrong[model], case.wrong_replications or case.replications)


def _run(case: Case, settings: Settings, replications: int) -> Weighed:
    numbers = range(replications)
    cores = min(os.cpu_count() or 1, 8)
    if replications < MANY or cores == 1:
        return weigh(_readings(case, settings, numbers), list(case.exact.values()))
    # Forked, so that the functions a case reads with need not be pickled.
    global _part
    _part = partial(_readings, case, settings)
    with ProcessPoolExecutor(cores, mp_context=multiprocessing.get_context("fork")) as pool:
        parts = list(pool.map(_call_part, [numbers[core::cores] for core in range(cores)]))
    return weigh([row for part in parts for row in part], list(case.exact.values()))


_part: Callable[[Iterable[int]], Sequence[Sequence[Reading]]]


def _call_part(numbers: Iterable[int]) -> Sequence[Sequence[Reading]]:
    return _part(numbers)


def _readings(case: Case, settings: Settings, numbers: Iterable[int]) -> Sequence[Sequence[Reading]]:
    from sim.replication import replicate
    from sim.scenario import load_scenario

    # A seed of its own for each scenario: with one seed for all, the cases would share their arrivals, and their luck.
    seed = crc32(case.scenario.encode())
    scenario = load_scenario(SCENARIOS / f"{case.scenario}.yaml", settings=[*case.settings, *settings])
    return [case.read(replicate(scenario, seed, k, keep_records=True)) for k in numbers]


def weigh(drawn: Sequence[Sequence[Reading]], exact: Sequence[float]) -> Weighed:
    """Weigh the readings of several replications; a figure that never varies must be exact, to rounding.

    A ratio is judged by the residuals (sum - exact * number) of the replications, whose mean is zero under the exact
    answer, however sum and number hang together.
    """
    pairs = np.array([[part if isinstance(part, tuple) else (part, 1.0) for part in row] for row in drawn], dtype=float)
    sums, numbers = pairs[..., 0], pairs[..., 1]
    size = numbers.mean(axis=0)
    answers = np.array(exact)
    residuals = (sums - answers * numbers) / size
    error = residuals.std(axis=0, ddof=1) / np.sqrt(len(pairs))
    distance = residuals.mean(axis=0)
    with np.errstate(divide="ignore", invalid="ignore"):
        z = np.where(error > 0, distance / error, np.where(np.abs(distance) < 1e-9, 0.0, np.inf))
    return Weighed(sums.mean(axis=0) / size, error, z)
