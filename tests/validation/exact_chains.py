"""Finite Markov chains in continuous time, solved exactly (to rounding), for tests only.

A chain is a function from a state to the pairs (next state, rate). States are found by walking from the starting states; expected
rewards over a stretch of time come from one matrix exponential of the generator with the integrals added as further unknowns.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy.sparse import bmat, csc_matrix, lil_matrix
from scipy.sparse.linalg import expm_multiply, spsolve

State = Any
Steps = Callable[[State], Iterable[tuple[State, float]]]
Law = dict[State, float]
Reward = Callable[[State], float]


@dataclass
class Chain:
    """States with their numbers, and the transposed generator (columns sum to zero)."""

    number: dict[State, int]
    flow: csc_matrix

    @classmethod
    def walk(cls, steps: Steps, start: Iterable[Hashable]) -> Chain:
        """Find every state that can be reached, and the rates between them."""
        number: dict[State, int] = {}
        for state in start:
            number.setdefault(state, len(number))
        rows, columns, rates = [], [], []
        todo = list(number)
        while todo:
            state = todo.pop()
            for after, rate in steps(state):
                if rate == 0.0 or after == state:
                    continue
                if after not in number:
                    number[after] = len(number)
                    todo.append(after)
                rows += [number[after], number[state]]
                columns += [number[state], number[state]]
                rates += [rate, -rate]
        size = len(number)
        return cls(number, csc_matrix((rates, (rows, columns)), shape=(size, size)))

    def vector(self, law: Mapping[State, float]) -> np.ndarray:
        """Turn a law into a vector."""
        out = np.zeros(len(self.number))
        for state, share in law.items():
            out[self.number[state]] += share
        return out

    def law(self, vector: np.ndarray) -> Law:
        """Turn a vector into a law."""
        return {state: float(vector[place]) for state, place in self.number.items()}

    def stationary(self) -> Law:
        """The law that the chain keeps (one recurrent class)."""
        system = lil_matrix(self.flow)
        system[0, :] = 1.0
        right = np.zeros(len(self.number))
        right[0] = 1.0
        return self.law(spsolve(system.tocsc(), right))

    def run(self, law: Mapping[State, float], time: float, rewards: list[Reward]) -> tuple[Law, np.ndarray]:
        """The law after some time, and the expected integral of each reward until then."""
        worth = csc_matrix([[reward(state) for state in self.number] for reward in rewards])
        system = bmat([[self.flow, None], [worth, csc_matrix((len(rewards), len(rewards)))]], format="csc")
        start = np.concatenate((self.vector(law), np.zeros(len(rewards))))
        end = expm_multiply(system * time, start)
        size = len(self.number)
        return self.law(end[:size]), end[size:]


def mean(law: Mapping[State, float], reward: Reward) -> float:
    """Expected reward under a law."""
    return sum(share * reward(state) for state, share in law.items())


@dataclass(frozen=True)
class Stretch:
    """A stretch of time with rates of its own; ``change`` maps each state at its beginning."""

    until: float
    steps: Steps
    change: Callable[[State], State] = lambda state: state


def averages(start: Mapping[State, float], stretches: list[Stretch], cuts: list[float], rewards: list[Reward]) -> np.ndarray:
    """Expected time averages of each reward between the cuts: shape (cuts - 1, rewards). Time starts at 0."""
    totals = np.zeros((len(cuts) - 1, len(rewards)))
    law: Law = dict(start)
    now = 0.0
    for stretch in stretches:
        moved: Law = {}
        for state, share in law.items():
            after = stretch.change(state)
            moved[after] = moved.get(after, 0.0) + share
        chain = Chain.walk(stretch.steps, moved)
        law = moved
        for stop in sorted({cut for cut in cuts if now < cut < stretch.until} | {stretch.until}):
            law, integral = chain.run(law, stop - now, rewards)
            window = int(np.searchsorted(cuts, now, side="right")) - 1
            if 0 <= window < len(totals):
                totals[window] += integral
            now = stop
    return totals / np.diff(cuts)[:, None]
