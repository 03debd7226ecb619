"""Selecting the best plan: the promised probabilities, on synthetic normal figures with common random numbers."""

import math

import numpy as np
import scipy.stats

from sim.experiment.selection import Constraint, keeps, pareto, select

TRIALS = 4000


def paired(rng: np.random.Generator, truth: np.ndarray, n: int, rho: float, sds: np.ndarray | float = 1.0) -> np.ndarray:
    common = math.sqrt(rho) * rng.normal(size=(n, 1))
    return truth + sds * (common + math.sqrt(1 - rho) * rng.normal(size=(n, len(truth))))


def at_least(right: int, trials: int, level: float) -> bool:
    return bool(scipy.stats.binomtest(right, trials, level, alternative="less").pvalue > 1e-4)


def test_the_best_is_selected_as_often_as_promised() -> None:
    """The slippage configuration, the hardest: all others exactly delta behind."""
    rng = np.random.default_rng(1)
    truth = np.array([1.0, 0.0, 0.0, 0.0, 0.0])
    right, used = 0, []
    for _ in range(TRIALS):
        data = paired(rng, truth, 400, 0.7, np.array([1.0, 2.0, 0.5, 1.5, 1.0]))
        found = select({i: data[:, i].tolist() for i in range(5)}, 1.0, 10, 0.05, plans=5, more_is_better=True)
        assert found.done
        right += found.alive[0] == 0
        used.append(found.replications)
    assert at_least(right, TRIALS, 0.95)
    assert np.mean(used) < 100


def test_pairing_saves_replications() -> None:
    rng = np.random.default_rng(2)
    truth = np.array([0.0, 0.3, 0.6])

    def used(rho: float) -> float:
        rows = [paired(rng, truth, 400, rho) for _ in range(100)]
        runs = [select({i: d[:, i].tolist() for i in range(3)}, 0.3, 10, 0.05, plans=3, more_is_better=False) for d in rows]
        assert sum(of.alive[0] == 0 for of in runs) > 85
        return float(np.mean([of.replications for of in runs]))

    assert used(0.9) < used(0.0) / 2


def test_what_was_run_beyond_the_decision_does_not_count() -> None:
    data = paired(np.random.default_rng(3), np.array([0.0, 1.0, 3.0]), 300, 0.5)
    whole = select({i: data[:, i].tolist() for i in range(3)}, 0.5, 10, 0.05, plans=3, more_is_better=False)
    lengths = {i: whole.dropped_at.get(i, whole.replications) for i in range(3)}
    cut = select({i: data[: lengths[i], i].tolist() for i in range(3)}, 0.5, 10, 0.05, plans=3, more_is_better=False)
    assert cut == whole
    short = select({i: data[:12, i].tolist() for i in range(3)}, 0.05, 10, 0.05, plans=3, more_is_better=False)
    assert not short.done and short.replications == 12


def test_equal_plans_come_to_an_end() -> None:
    data = [1.0, 2.0, 3.0, 2.0, 1.0, 2.0, 3.0, 2.0, 1.0, 2.0]
    found = select({4: data, 7: data}, 0.1, 10, 0.05, plans=2, more_is_better=True)
    assert found.done and found.alive == (4, 7)
    assert select({3: data}, 0.1, 10, 0.05, plans=1, more_is_better=True).alive == (3,)


def test_constraints_are_decided_as_surely_as_promised() -> None:
    rng = np.random.default_rng(4)
    limit = Constraint("cost", 10.0, 0.5)
    truth = np.array([9.5, 10.5, 9.5, 10.5])
    right, used = 0, []
    for _ in range(TRIALS):
        data = paired(rng, truth, 600, 0.5)
        found = keeps(limit, data.T.tolist(), 12, 0.05)
        right += found.feasible == (0, 2) and found.infeasible == (1, 3)
        used += [at for at in found.decided_at if at is not None]
    assert at_least(right, TRIALS, 0.95)
    assert 12 <= np.mean(used) < 200


def test_a_constraint_the_other_way_and_one_still_open() -> None:
    numbers = [[5.0, 5.1, 4.9, 5.0, 5.05], [1.0, 1.1, 0.9, 1.0, 1.05], [3.0, 9.0, -3.0, 6.0, 0.0]]
    found = keeps(Constraint("homes", 3.0, 0.1, at_most=False), numbers, 5, 0.05)
    assert (found.feasible, found.infeasible, found.open) == ((0,), (1,), (2,))


def test_the_front() -> None:
    cost = np.array([1.0, 2.0, 3.0, 2.5])
    wait = np.array([9.0, 5.0, 4.0, 8.0])
    noise = 0.1 * np.random.default_rng(5).normal(size=(2, 4, 20))
    figures = np.stack([cost, wait])[:, :, None] + noise
    found = pareto(figures.tolist())
    assert found.front == (0, 1, 2) and found.surely_off == (3,)
    unsure = pareto((figures + 50 * np.random.default_rng(6).normal(size=(2, 4, 20))).tolist())
    assert unsure.surely_off == ()


def test_a_plan_on_the_front_is_seldom_called_off() -> None:
    rng = np.random.default_rng(7)
    wrong = 0
    for _ in range(300):
        figures = [paired(rng, np.array([0.0, 0.0, 0.0]), 15, 0.5).T.tolist() for _ in range(2)]
        wrong += bool(pareto(figures).surely_off)
    assert wrong / 300 < 0.08
