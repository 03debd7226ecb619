"""Cost per unit of effect: Fieller's interval against its definition, and no ratio where there is none."""

import math
import random

import pytest
from scipy.special import stdtrit

from sim.report.cost_per import cost_per, fieller
from sim.report.nominal import nominal_factor


def test_the_ends_are_where_the_difference_is_on_the_edge_of_being_sure():
    """The definition: r is inside while |mean(c - r e)| <= t * its standard error."""
    rng = random.Random(4)
    effect = [rng.gauss(10, 3) for _ in range(25)]
    cost = [50 * one + rng.gauss(100, 80) for one in effect]
    found = fieller(cost, effect)
    assert found.value == pytest.approx(sum(cost) / sum(effect))
    for end in (found.low, found.high):
        rest = [c - end * e for c, e in zip(cost, effect, strict=True)]
        mean = sum(rest) / 25
        sd = math.sqrt(sum((one - mean) ** 2 for one in rest) / 24)
        assert abs(mean) == pytest.approx(stdtrit(24, 0.975) * sd / 5)
    assert found.low < found.value < found.high


def test_the_interval_covers_as_often_as_it_says():
    """2 000 samples of twelve pairs of a true ratio of 30: 95 in 100, and a ratio 10 % off is not covered so often."""
    rng = random.Random(7)
    covered = off = told = 0
    for _ in range(2_000):
        effect = [rng.gauss(20, 4) for _ in range(12)]
        cost = [30 * one + rng.gauss(0, 60) for one in effect]
        found = fieller(cost, effect)
        if found is not None:
            told += 1
            covered += found.low <= 30 <= found.high
            off += found.low <= 33 <= found.high
    assert told == 2_000

    def z(hits):
        return (hits / told - 0.95) / math.sqrt(0.95 * 0.05 / told)

    assert abs(z(covered)) < 4
    assert abs(z(off)) > 4


def test_no_ratio_where_the_effect_may_be_nothing():
    assert fieller([1.0, 2.0, 3.0], [-1.0, 1.0, 0.1]) is None
    assert fieller([1.0], [5.0]) is None
    assert fieller([1.0, 2.0], [0.0, 0.0]) is None


def test_pairs_are_those_with_all_four_figures():
    cost = ({1: 10.0, 2: 10.0, 3: 10.0, 4: None}, {1: 30.0, 2: 32.0, 3: 28.0, 4: 1.0})
    effect = ({1: 1.0, 2: 1.0, 3: 1.0, 4: 1.0}, {1: 11.0, 2: 11.2, 3: 10.8, 5: 1.0})
    found = cost_per(cost, effect)
    assert found.value == pytest.approx(2.0)
    assert found == cost_per(tuple({k: of[k] for k in (1, 2, 3)} for of in cost), effect)


def test_nominal_amounts_by_account():
    index = {"price_year": 2026, "growth": {"default": 0.02, "staff": 0.05}}
    assert nominal_factor(index, "2026-01-01", "running", 1) == 1.0
    assert nominal_factor(index, "2026-01-01", "running", 3) == pytest.approx(1.02**2)
    assert nominal_factor(index, "2028-01-01", "staff", 2) == pytest.approx(1.05**3)
    assert nominal_factor({"price_year": 2026, "growth": {}}, "2026-01-01", "staff", 9) == 1.0
