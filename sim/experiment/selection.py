"""The best of several plans: which keep the constraints, which is best, and which are on the front of cost and benefit.

Every plan meets the same replications. Plans that are surely beaten are dropped on the way, so that most of the work goes to
those that are hard to tell apart.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from sim.experiment.statistics import CONFIDENCE
from sim.experiment.together import simultaneous

FloatArray = NDArray[np.float64]


class Constraint(NamedTuple):
    """A figure that should be at most (or at least) a limit.

    Attributes
    ----------
    kpi : str
    limit : float
    tolerance : float
        A plan within so much of the limit may be called either way.
    at_most : bool
    """

    kpi: str
    limit: float
    tolerance: float
    at_most: bool = True


class Verdicts(NamedTuple):
    """Which plans keep a constraint.

    Attributes
    ----------
    feasible, infeasible, open : tuple of int
        Places in the order of the plans; open = more replications are needed.
    decided_at : tuple of int or None
        Replications after which each was decided.
    """

    feasible: tuple[int, ...]
    infeasible: tuple[int, ...]
    open: tuple[int, ...]
    decided_at: tuple[int | None, ...]


class Choice(NamedTuple):
    """How far the selection of the best has come.

    Attributes
    ----------
    alive : tuple of int
        Plans that may still be the best, the leading one first.
    dropped_at : dict of int to int
        Plan -> replications after which it was surely beaten.
    replications : int
        How many the decision rests on.
    done : bool
        Whether `alive[0]` has been selected.
    """

    alive: tuple[int, ...]
    dropped_at: Mapping[int, int]
    replications: int
    done: bool


def keeps(
    constraint: Constraint, numbers: Sequence[Sequence[float]], first: int, error: float, plans: int | None = None
) -> Verdicts:
    """Decide which plans keep a constraint (Andradóttir and Kim, *Naval Research Logistics* 57, 2010, with c = 1).

    With probability of at least 1 - error every plan better than the limit by the tolerance is called feasible and every plan
    worse by it is not, for normal figures that may depend on each other in any way.

    Parameters
    ----------
    numbers : sequence of sequence of float
        For each plan the figure by replication; lengths may differ, each at least `first`.
    first : int
        Replications of the first stage, from which variances are known.
    error : float
        Of this constraint.
    plans : int, optional
        Among how many plans the error is divided; default as many as there are.
    """
    eta = _eta(error / (plans or len(numbers)), first)
    sign = 1.0 if constraint.at_most else -1.0
    feasible, infeasible, open_ = list[int](), list[int](), list[int]()
    at: list[int | None] = []
    for plan, of in enumerate(numbers):
        above = sign * (np.array(of, dtype=float) - constraint.limit)
        sums = above.cumsum()[first - 1 :]
        counts = np.arange(first, len(above) + 1)
        edge = 2 * eta * (first - 1) * above[:first].var(ddof=1) / (2 * constraint.tolerance) - counts * constraint.tolerance / 2
        decided = np.flatnonzero(np.abs(sums) >= np.maximum(edge, 0.0))
        if len(decided) == 0:
            open_.append(plan)
            at.append(None)
            continue
        (feasible if sums[decided[0]] <= 0 else infeasible).append(plan)
        at.append(int(counts[decided[0]]))
    return Verdicts(tuple(feasible), tuple(infeasible), tuple(open_), tuple(at))


def select(
    numbers: Mapping[int, Sequence[float]], indifference: float, first: int, error: float, *, plans: int, more_is_better: bool
) -> Choice:
    """Select the best plan (Kim and Nelson, *ACM TOMACS* 11, 2001, with c = 1; valid with common random numbers).

    With probability of at least 1 - error the selected plan is the best one when the best leads by `indifference` or more, for
    normal figures. The decision is taken replication by replication on the data in their order: what was run beyond it does not
    count, and workers do not matter.

    Parameters
    ----------
    numbers : mapping of int to sequence of float
        Plan -> the figure by replication, at least `first`; a plan needs none beyond where it is dropped.
    indifference : float
        A lead smaller than this is not worth finding.
    plans : int
        Among how many plans the error is divided.
    """
    names = list(numbers)
    if len(names) == 1:
        return Choice((names[0],), {}, len(numbers[names[0]]), True)
    sign = 1.0 if more_is_better else -1.0
    longest = max(map(len, numbers.values()))
    data = np.full((longest, len(names)), np.nan)
    for column, name in enumerate(names):
        data[: len(numbers[name]), column] = sign * np.array(numbers[name], dtype=float)
    start = data[:first]
    spread = (start[:, :, None] - start[:, None, :]).var(axis=0, ddof=1)
    scale = 2 * _eta(error / (max(plans, len(names)) - 1), first) * (first - 1) * spread
    sums = data.cumsum(axis=0)
    alive = np.ones(len(names), dtype=bool)
    dropped: dict[int, int] = {}
    for r in range(first, longest + 1):
        now = sums[r - 1]
        if np.isnan(now[alive]).any():
            return Choice(_leading(sums[r - 2], alive, names), dropped, r - 1, False)
        reach = np.maximum(scale / (2 * indifference) - r * indifference / 2, 0.0)
        beaten = alive & ((now[:, None] < now[None, :] - reach) & alive[None, :]).any(axis=1)
        dropped |= {names[int(column)]: r for column in np.flatnonzero(beaten)}
        alive &= ~beaten
        # Beyond every reach the leader is selected, though exactly equal ones may be left.
        if alive.sum() == 1 or (reach[np.ix_(alive, alive)] <= 0).all():
            return Choice(_leading(now, alive, names), dropped, r, True)
    return Choice(_leading(sums[longest - 1], alive, names), dropped, longest, False)


class Front(NamedTuple):
    """Plans of which no other is better in all respects.

    Attributes
    ----------
    front : tuple of int
        By their means, in rising order of the first figure.
    surely_off : tuple of int
        Plans that some other one beats in all respects with 95 % confidence, all at once.
    """

    front: tuple[int, ...]
    surely_off: tuple[int, ...]


def pareto(figures: Sequence[Sequence[Sequence[float]]], confidence: float = CONFIDENCE) -> Front:
    """Find the front of several figures of which less is better.

    Parameters
    ----------
    figures : sequence of sequence of sequence
        Figure x plan x replication, the same replications for all.
    """
    data = np.array(figures, dtype=float)
    plans = data.shape[1]
    means = data.mean(axis=2)

    def beats(a: int, b: int) -> bool:
        return bool((means[:, a] <= means[:, b]).all() and (means[:, a] < means[:, b]).any())

    front = [b for b in range(plans) if not any(beats(a, b) for a in range(plans))]
    pairs = [(a, b) for a in range(plans) for b in range(a)]
    columns = [(of[a] - of[b]).tolist() for of in data for a, b in pairs]
    off: set[int] = set()
    if columns and data.shape[2] > 1:
        found = simultaneous(columns, confidence)
        for place, (a, b) in enumerate(pairs):
            each = [(found.low[place + of * len(pairs)], found.high[place + of * len(pairs)]) for of in range(len(data))]
            if all(high is not None and high < 0 for _, high in each):
                off.add(b)
            if all(low is not None and low > 0 for low, _ in each):
                off.add(a)
    return Front(tuple(sorted(front, key=lambda plan: (means[0, plan], plan))), tuple(sorted(off)))


def _eta(error: float, first: int) -> float:
    return 0.5 * (float((2 * error) ** (-2 / (first - 1))) - 1.0)


def _leading(sums: FloatArray, alive: NDArray[np.bool_], names: Sequence[int]) -> tuple[int, ...]:
    order = sorted(np.flatnonzero(alive), key=lambda column: (-sums[column], column))
    return tuple(names[int(column)] for column in order)
