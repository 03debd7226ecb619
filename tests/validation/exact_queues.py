"""Closed answers of queueing theory, for tests only. Any unit of time, as long as it is the same throughout.

Erlang (1917) for B and C, Cobham (1954) for priorities, Palm (1946) for patience; see Gross et al.,
Fundamentals of Queueing Theory.
"""

from __future__ import annotations

from math import exp
from typing import NamedTuple

import numpy as np
from scipy.linalg import expm


class Queue(NamedTuple):
    """P(wait > 0), mean wait over all, mean number waiting."""

    waits: float
    wait: float
    queue: float


class Patience(NamedTuple):
    """Share who leave unserved, mean number waiting, mean number of busy servers."""

    leave: float
    queue: float
    busy: float


def erlang_b(load: float, servers: int) -> float:
    """Share of arrivals that find all servers busy and are lost."""
    blocked = 1.0
    for n in range(1, servers + 1):
        blocked = load * blocked / (n + load * blocked)
    return blocked


def erlang_c(load: float, servers: int) -> float:
    """Share of arrivals that have to wait; ``load < servers``."""
    blocked = erlang_b(load, servers)
    return servers * blocked / (servers - load * (1.0 - blocked))


def multi_server(arrivals: float, stay: float, servers: int) -> Queue:
    """M/M/c, first come first served."""
    waits = erlang_c(arrivals * stay, servers)
    wait = waits * stay / (servers - arrivals * stay)
    return Queue(waits, wait, arrivals * wait)


def priority_waits(arrivals: list[float], stay: float, servers: int) -> list[float]:
    """Mean wait of each class, first class first: M/M/c, nobody is put out of a home (Cobham)."""
    residual = erlang_c(sum(arrivals) * stay, servers) * stay / servers
    used = np.concatenate(([0.0], np.cumsum(arrivals))) * stay / servers
    return [residual / ((1.0 - used[k]) * (1.0 - used[k + 1])) for k in range(len(arrivals))]


def birth_death(births: list[float], deaths: list[float]) -> np.ndarray:
    """Stationary distribution on 0 .. n; ``births[i]`` leads from i to i+1, ``deaths[i]`` back."""
    log = np.concatenate(([0.0], np.cumsum(np.log(births) - np.log(deaths))))
    weight = np.exp(log - log.max())
    return weight / weight.sum()


def number_in_system(arrivals: float, stay: float, servers: int, *, patience: float = np.inf, most: int = 2000) -> np.ndarray:
    """Stationary distribution of the number housed and waiting, cut at ``most``."""
    deaths = [min(n, servers) / stay + max(n - servers, 0) / patience for n in range(1, most + 1)]
    return birth_death([arrivals] * most, deaths)


def impatient(arrivals: float, stay: float, servers: int, patience: float) -> Patience:
    """Erlang-A: exponential patience."""
    p = number_in_system(arrivals, stay, servers, patience=patience)
    n = np.arange(p.size)
    queue = float(p @ np.maximum(n - servers, 0))
    return Patience(queue / patience / arrivals, queue, float(p @ np.minimum(n, servers)))


def ladder_stationary(newcomers: list[float], stays: list[float], moves: list[list[float]]) -> np.ndarray:
    """Mean residents of each level with room for all (M/G/infinity with routing): any law of stay with these means."""
    flow = np.linalg.solve(np.eye(len(stays)) - np.array(moves).T, newcomers)
    return flow * np.array(stays)


def _generator(stays: list[float], moves: list[list[float]]) -> np.ndarray:
    return (np.array(moves).T - np.eye(len(stays))) / np.array(stays)


def ladder_after(
    start: list[float], newcomers: list[float], stays: list[float], moves: list[list[float]], time: float
) -> np.ndarray:
    """Mean residents of each level at a time, exponential stays and room for all."""
    return _ladder(start, newcomers, stays, moves, time)[: len(stays)]


def ladder_average(
    start: list[float], newcomers: list[float], stays: list[float], moves: list[list[float]], time: float
) -> np.ndarray:
    """Mean residents of each level, averaged over [0, time]; exponential stays and room for all."""
    return _ladder(start, newcomers, stays, moves, time)[len(stays) : 2 * len(stays)] / time


def _ladder(start: list[float], newcomers: list[float], stays: list[float], moves: list[list[float]], time: float) -> np.ndarray:
    # One linear system in (residents, their integral, 1).
    n = len(stays)
    system = np.zeros((2 * n + 1, 2 * n + 1))
    system[:n, :n] = _generator(stays, moves)
    system[:n, -1] = newcomers
    system[n : 2 * n, :n] = np.eye(n)
    return expm(system * time) @ np.concatenate((start, np.zeros(n), [1.0]))


def poisson(mean: float, most: int) -> np.ndarray:
    """Poisson probabilities 0 .. most, scaled to sum to one: numbers housed when those who find all full are lost."""
    p = np.cumprod(np.concatenate(([exp(-mean)], mean / np.arange(1, most + 1))))
    return p / p.sum()
