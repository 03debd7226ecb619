"""Draws: known vectors, and statistical checks whose false-alarm rate is stated and below 1e-6 each."""

import json
import subprocess
import sys
from collections.abc import Iterator
from itertools import pairwise, product
from math import sqrt
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from sim.kernel import entity_key, purpose, uniform

VECTORS = json.loads(Path(__file__).with_name("draw_vectors.json").read_text())
ALARM = 1e-7
words = st.integers(0, 2**64 - 1)


def independent_splitmix64(state: int, k: int) -> int:
    """Vigna's splitmix64.c, stepped k times, in numpy's wrapping 64-bit integers."""
    with np.errstate(over="ignore"):
        x = np.uint64(state)
        for _ in range(k):
            x = x + np.uint64(0x9E3779B97F4A7C15)
        z = (x ^ (x >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
        z = (z ^ (z >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
        return int(z ^ (z >> np.uint64(31)))


def as_uniform(word: int) -> float:
    return ((word >> 12) + 0.5) / 2**52


@pytest.mark.parametrize("vector", VECTORS["purposes"], ids=lambda v: v["name"])
def test_purposes_keep_their_constants(vector: dict[str, str]) -> None:
    assert purpose(vector["name"]) == int(vector["constant"], 16)


@pytest.mark.parametrize("vector", VECTORS["entities"], ids=lambda v: v["entity"])
def test_entities_keep_their_keys(vector: dict[str, str]) -> None:
    key = entity_key(int(vector["seed"]), int(vector["replication"]), vector["entity"])
    assert key == int(vector["key"], 16)


@pytest.mark.parametrize("vector", VECTORS["draws"], ids=lambda v: f"{v['entity']}-{v['purpose']}-{v['k']}")
def test_draws_keep_their_values(vector: dict[str, str]) -> None:
    key = entity_key(int(vector["seed"]), int(vector["replication"]), vector["entity"])
    assert uniform(key, purpose(vector["purpose"]), int(vector["k"])) == float.fromhex(vector["uniform"])


def test_published_outputs_of_splitmix64() -> None:
    """The first outputs of splitmix64.c from state 1234567, as published with the algorithm."""
    published = VECTORS["splitmix64"]
    state = published["state"]
    for k, word in enumerate(published["outputs"], start=1):
        assert independent_splitmix64(state, k) == word
        assert uniform(state, 0, k) == as_uniform(word)


@given(words, words, st.integers(0, 50))
def test_agrees_with_an_independent_implementation(key: int, what: int, k: int) -> None:
    assert uniform(key, what, k) == as_uniform(independent_splitmix64(key ^ what, k))


@given(words, words, st.integers(0, 2**40))
def test_draws_lie_in_the_open_interval(key: int, what: int, k: int) -> None:
    u = uniform(key, what, k)
    assert 0 < u < 1
    assert (1 - u) + u == 1


def test_the_extremes_lie_inside() -> None:
    assert as_uniform(0) > 0
    assert as_uniform(2**64 - 1) < 1


def test_another_process_with_another_hash_seed_draws_the_same() -> None:
    script = "from sim.kernel import *; print(repr(uniform(entity_key(1, 2, 'å/3'), purpose('reply'), 4)))"
    root = Path(__file__).parents[3]
    environment = {"PYTHONHASHSEED": "77", "PYTHONIOENCODING": "utf-8"}
    run = subprocess.run([sys.executable, "-c", script], cwd=root, env=environment, capture_output=True, text=True, check=True)
    assert float(run.stdout) == uniform(entity_key(1, 2, "å/3"), purpose("reply"), 4)


N = 20_000
WHAT = purpose("needs")


def along(name: str) -> Iterator[float]:
    """Draws along one coordinate, everything else held fixed."""
    key = entity_key(1, 0, "refugees-2027/14")
    for i in range(N):
        if name == "k":
            yield uniform(key, WHAT, i)
        elif name == "entity":
            yield uniform(entity_key(1, 0, f"refugees-2027/{i}"), WHAT, 0)
        elif name == "purpose":
            yield uniform(key, purpose(f"purpose {i}"), 0)
        elif name == "seed":
            yield uniform(entity_key(i, 0, "refugees-2027/14"), WHAT, 0)
        elif name == "replication":
            yield uniform(entity_key(1, i, "refugees-2027/14"), WHAT, 0)
        elif name == "unhashed key":  # an adversarial caller: the finaliser alone must carry it
            yield uniform(i, 0, 0)


COORDINATES = ("k", "entity", "purpose", "seed", "replication", "unhashed key")


@pytest.mark.parametrize("name", COORDINATES)
def test_uniform_along_each_coordinate(name: str) -> None:
    sample = np.fromiter(along(name), float, N)
    assert stats.kstest(sample, "uniform").pvalue > ALARM
    low_digits = np.floor(sample * 2**40 % 64)  # not only the leading digits
    for cells, draws in ((256, np.floor(sample * 256)), (64, low_digits)):
        assert stats.chisquare(np.bincount(draws.astype(int), minlength=cells)).pvalue > ALARM


@pytest.mark.parametrize("name", COORDINATES)
def test_neighbours_are_independent(name: str) -> None:
    """Pairs at lags 1, 2 and 3 fill the unit square evenly, and are not correlated."""
    sample = np.fromiter(along(name), float, N)
    for lag in (1, 2, 3):
        one, two = sample[:-lag], sample[lag:]
        squares = (np.floor(one * 16) * 16 + np.floor(two * 16)).astype(int)
        every = slice(None, None, lag + 1)  # disjoint pairs only, so that they are independent
        assert stats.chisquare(np.bincount(squares[every], minlength=256)).pvalue > ALARM
        assert abs(np.corrcoef(one, two)[0, 1]) * sqrt(len(one)) < stats.norm.isf(ALARM / 2)


def test_the_statistical_checks_can_fail() -> None:
    """The same yardsticks reject a generator that is a little wrong."""
    sample = np.fromiter(along("k"), float, N)
    assert stats.kstest(sample**1.1, "uniform").pvalue < ALARM
    linked = np.where(np.arange(N) % 10 == 1, np.roll(sample, 1), sample)
    assert abs(np.corrcoef(linked[:-1], linked[1:])[0, 1]) * sqrt(N - 1) > stats.norm.isf(ALARM / 2)


def test_a_crossed_design_has_no_interaction() -> None:
    """Key and purpose meet in an exclusive or: the four draws of two of each must still be unrelated."""
    keys = [entity_key(5, 0, f"a/{i}") for i in range(150)]
    whats = [purpose(f"p{j}") for j in range(150)]
    table = np.array([[uniform(key, what, 0) for what in whats] for key in keys]) - 0.5
    n = table.size
    limit = stats.norm.isf(ALARM / 2)
    assert abs(table.mean()) * sqrt(12 * n) < limit
    # Row and column means have the variance of independent draws.
    for axis in (0, 1):
        means = table.mean(axis=axis) * sqrt(12 * 150)
        assert ALARM < stats.chi2.cdf(np.sum(means**2), 150) < 1 - ALARM
    quadruple = table[:-1, :-1] * table[1:, :-1] * table[:-1, 1:] * table[1:, 1:]
    blocks = quadruple[::2, ::2] * 144  # disjoint, each of variance one
    assert abs(blocks.sum()) / sqrt(blocks.size) < limit


def bits(u: float) -> int:
    return int(u * 2**52)


@pytest.mark.parametrize("bit", range(0, 64, 3))
def test_avalanche(bit: int) -> None:
    """One flipped bit of the key flips each bit of the draw half the time."""
    tries = 1500
    flips = np.zeros(52)
    for i in range(tries):
        key = entity_key(9, i, "avalanche")
        difference = bits(uniform(key, WHAT, 0)) ^ bits(uniform(key ^ (1 << bit), WHAT, 0))
        flips += [(difference >> place) & 1 for place in range(52)]
    z = (flips - tries / 2) / sqrt(tries / 4)
    assert np.abs(z).max() < stats.norm.isf(ALARM / 52 / 2)


def test_no_collisions_where_products_collide() -> None:
    """Seed 2 of person 3 is not seed 3 of person 2, nor seed 6 of person 1: the seed * id trap."""
    grid = list(product(range(250), range(250)))
    keys = {entity_key(seed, 0, f"a/{i}") for seed, i in grid}
    assert len(keys) == len(grid)
    assert len({seed * i for seed, i in grid}) < len(grid) / 2
    draws = {uniform(entity_key(seed, 0, f"a/{i}"), WHAT, 0) for seed, i in grid}
    assert len(draws) == len(grid)


def test_no_collisions_between_seed_replication_and_entity() -> None:
    texts = [f"{i}" for i in range(12)] + [f"{i}/{j}" for i in range(12) for j in range(12)]
    grid = list(product(range(-3, 12), range(12), texts))
    assert len({entity_key(*point) for point in grid}) == len(grid)


def test_streams_of_one_person_do_not_overlap() -> None:
    keys = [entity_key(1, 0, f"a/{i}") for i in range(60)]
    whats = [purpose(f"p{j}") for j in range(10)]
    draws = {uniform(key, what, k) for key in keys for what in whats for k in range(100)}
    # 60,000 draws among 2**52 values: a chance collision has probability 4e-7.
    assert len(draws) == 60_000


def test_neighbouring_seeds_share_nothing() -> None:
    """Whole replications under adjacent seeds and numbers: no shift of one matches another."""
    series = {
        (seed, replication): np.array([uniform(entity_key(seed, replication, f"a/{i}"), WHAT, 0) for i in range(2000)])
        for seed in (1, 2, 3)
        for replication in (0, 1, 2)
    }
    limit = stats.norm.isf(ALARM / 2) / sqrt(1990)
    for one, two in pairwise(series.values()):
        for shift in range(10):
            assert abs(np.corrcoef(one[shift:1990], two[: 1990 - shift])[0, 1]) < limit * 1.01
