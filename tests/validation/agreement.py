"""Runs a scenario through the public path and weighs its figures against exact answers."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

SCENARIOS = Path(__file__).parent / "scenarios"
SEED = 20260101
LIMIT = 4.0

Settings = Sequence[tuple[str, str]]


@dataclass(frozen=True)
class Case:
    """One scenario, what is exact of it, and how to read that off a replication.

    Attributes
    ----------
    scenario : str
        Name of the file.
    exact : sequence of float
        The answers.
    read : callable
        ``read(result)``: the same figures of one replication.
    replications : int
        How many.
    settings : sequence of (path, value)
        Changes of the file that belong to the case.
    wrong : sequence of settings
        Models with 10 % more or fewer homes, or longer or shorter stays: the case must reject each.
    """

    scenario: str
    exact: Sequence[float]
    read: Callable[[Any], Sequence[float]]
    replications: int
    settings: Settings = ()
    wrong: Sequence[Settings] = ()


def scores(case: Case, settings: Settings = ()) -> np.ndarray:
    """Standardised distance of each figure's mean from its exact answer."""
    from sim.replication import replicate
    from sim.scenario import load_scenario

    scenario = load_scenario(SCENARIOS / f"{case.scenario}.yaml", settings=[*case.settings, *settings])
    drawn = [case.read(replicate(scenario, SEED, k, keep_records=True)) for k in range(case.replications)]
    return standardised(np.array(drawn, dtype=float), case.exact)


def standardised(drawn: np.ndarray, exact: Sequence[float]) -> np.ndarray:
    """z of the mean of each column; a column that never varies must be exact, to rounding."""
    error = drawn.std(axis=0, ddof=1) / np.sqrt(len(drawn))
    distance = drawn.mean(axis=0) - np.array(exact)
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.where(error > 0, distance / error, np.where(np.abs(distance) < 1e-9, 0.0, np.inf))


def agrees(z: np.ndarray) -> bool:
    """Whether every figure lies within four standard errors of its exact answer."""
    return bool(np.all(np.abs(z) < LIMIT))
