"""Quantile functions against scipy's, moments against integrals of the quantile function."""

import pickle
from dataclasses import FrozenInstanceError, fields
from fractions import Fraction
from math import inf, log, nan, sqrt
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import integrate, stats

from sim.kernel import (
    Discrete,
    Distribution,
    Empirical,
    Erlang,
    Exponential,
    Fixed,
    Lognormal,
    Triangular,
    Uniform,
    Weibull,
    entity_key,
    purpose,
    uniform,
)


def lognormal(mean: float, sd: float) -> Any:
    variance = log(1 + (sd / mean) ** 2)
    return stats.lognorm(sqrt(variance), scale=mean / sqrt(1 + (sd / mean) ** 2))


def weibull(mean: float, shape: float) -> Any:
    return stats.weibull_min(shape, scale=mean / stats.weibull_min(shape).mean())


CONTINUOUS: list[tuple[Any, Any]] = [
    (Exponential(4.2), stats.expon(scale=4.2)),
    (Uniform(-2, 5), stats.uniform(-2, 7)),
    (Triangular(1, 2, 7), stats.triang(1 / 6, loc=1, scale=6)),
    (Triangular(0, 0, 3), stats.triang(0, scale=3)),
    (Triangular(0, 3, 3), stats.triang(1, scale=3)),
    (Lognormal(3, 2), lognormal(3, 2)),
    (Lognormal(1461, 30), lognormal(1461, 30)),
    (Lognormal(0.5, 5), lognormal(0.5, 5)),
    (Weibull(3, 0.7), weibull(3, 0.7)),
    (Weibull(10, 3.5), weibull(10, 3.5)),
    (Erlang(5, 1), stats.expon(scale=5)),
    (Erlang(5, 2), stats.gamma(2, scale=2.5)),
    (Erlang(12, 7), stats.gamma(7, scale=12 / 7)),
    (Erlang(900, 300), stats.gamma(300, scale=3)),
]
EXACT: list[Any] = [Fixed(3), Discrete((1, 2, 5), (1, 2, 1)), Empirical((3, 1, 1, 2))]
EVERY = [*(ours for ours, _ in CONTINUOUS), *EXACT]
GRID = np.concatenate([np.logspace(-12, -2, 21), np.linspace(0.01, 0.99, 99), 1 - np.logspace(-2, -12, 21)])


@pytest.mark.parametrize(("ours", "theirs"), CONTINUOUS, ids=lambda d: repr(d) if hasattr(d, "quantile") else "")
def test_quantiles_are_scipys(ours: Any, theirs: Any) -> None:
    assert [ours.quantile(float(u)) for u in GRID] == pytest.approx(theirs.ppf(GRID), rel=1e-9, abs=1e-15)
    assert theirs.cdf([ours.quantile(float(u)) for u in GRID]) == pytest.approx(GRID, rel=1e-9)


@pytest.mark.parametrize(("ours", "theirs"), CONTINUOUS, ids=lambda d: repr(d) if hasattr(d, "quantile") else "")
def test_moments_are_scipys(ours: Any, theirs: Any) -> None:
    assert ours.mean == pytest.approx(theirs.mean(), rel=1e-9)
    assert ours.variance == pytest.approx(theirs.var(), rel=1e-9)


@pytest.mark.parametrize("ours", [d for d in EVERY if d != Lognormal(0.5, 5)], ids=repr)
def test_the_mean_is_the_integral_of_the_quantile(ours: Any) -> None:
    mean, _ = integrate.quad(ours.quantile, 0, 1, limit=400, points=[0.25, 0.5, 0.75])
    assert mean == pytest.approx(ours.mean, rel=1e-5)


@pytest.mark.parametrize(("ours", "theirs"), CONTINUOUS, ids=lambda d: repr(d) if hasattr(d, "quantile") else "")
def test_keyed_draws_follow_the_distribution(ours: Any, theirs: Any) -> None:
    key, what = entity_key(11, 0, "sample"), purpose("sample")
    sample = [ours.quantile(uniform(key, what, k)) for k in range(2000)]
    assert stats.kstest(sample, theirs.cdf).pvalue > 1e-6
    assert stats.kstest([1.3 * x + 0.1 for x in sample], theirs.cdf).pvalue < 1e-6


@pytest.mark.parametrize("ours", EVERY, ids=repr)
def test_monotone_in_the_uniform_and_finite_at_its_ends(ours: Any) -> None:
    ends = [2.0**-53, 1 - 2.0**-53]
    values = [ours.quantile(u) for u in sorted([*map(float, GRID), *ends])]
    assert values == sorted(values)
    assert all(abs(value) < inf for value in values)


@pytest.mark.parametrize("ours", [*EVERY, Discrete(("a", None, (1, 2)), (1, 2, 1))], ids=repr)
def test_travels_between_processes_and_compares_by_value(ours: Any) -> None:
    copy = pickle.loads(pickle.dumps(ours))
    assert copy == ours
    assert hash(copy) == hash(ours)
    assert copy.quantile(0.37) == ours.quantile(0.37)
    name = fields(ours)[0].name
    with pytest.raises(FrozenInstanceError):
        setattr(ours, name, 1.0)


@pytest.mark.parametrize("ours", EVERY, ids=repr)
def test_satisfies_the_protocol(ours: Any) -> None:
    assert isinstance(ours, Distribution)


@given(st.floats(0.001, 0.999))
def test_nothing_takes_no_time(u: float) -> None:
    assert Exponential(0).quantile(u) == Fixed(0).quantile(u) == Weibull(0, 2).quantile(u) == 0
    assert Erlang(0, 3).quantile(u) == 0
    assert Exponential(0).mean == Fixed(0).mean == 0


@given(st.floats(0.001, 0.999), st.floats(0.1, 50))
def test_degenerate_spreads_are_constants(u: float, value: float) -> None:
    assert Lognormal(value, 0).quantile(u) == value
    assert Uniform(value, value).quantile(u) == value
    assert Triangular(value, value, value).quantile(u) == value


weights = st.lists(st.integers(0, 10), min_size=1, max_size=8).filter(any)


@given(weights, st.floats(1e-9, 1 - 1e-9))
def test_discrete_inverts_its_cumulative_distribution(parts: list[int], u: float) -> None:
    drawn = Discrete(tuple(range(len(parts))), tuple(parts)).quantile(u)
    total = sum(parts)
    below, reached = Fraction(sum(parts[:drawn]), total), Fraction(sum(parts[: drawn + 1]), total)
    slack = Fraction(1, 10**15)
    assert below - slack <= Fraction(u) <= reached + slack
    assert parts[drawn] > 0


@given(weights)
def test_discrete_never_draws_a_value_without_weight(parts: list[int]) -> None:
    discrete = Discrete(tuple(range(len(parts))), tuple(parts))
    edges = [sum(parts[: n + 1]) / sum(parts) for n in range(len(parts))]
    for u in (2.0**-53, 1 - 2.0**-53, *(edge for edge in edges if 0 < edge < 1)):
        assert parts[discrete.quantile(u)] > 0


def test_discrete_keeps_its_order_and_takes_any_values() -> None:
    discrete = Discrete(("b", None, ("a", 1)), (0.5, 0.25, 0.25))
    assert [discrete.quantile(u) for u in (0.2, 0.6, 0.9)] == ["b", None, ("a", 1)]
    with pytest.raises(TypeError, match="no mean"):
        _ = discrete.mean
    assert Discrete((1, 2, 5), (1, 2, 1)).mean == 2.5


@given(st.lists(st.integers(-20, 20), min_size=1, max_size=12), st.floats(1e-9, 1 - 1e-9))
def test_empirical_is_the_inverted_cumulative_distribution(sample: list[int], u: float) -> None:
    theirs = np.quantile(sample, u, method="inverted_cdf")
    ours = Empirical(tuple(sample))
    assert ours.quantile(u) == theirs
    assert ours.mean == pytest.approx(np.mean(sample))
    assert ours.variance == pytest.approx(np.var(sample))


@pytest.mark.parametrize(
    ("build", "words"),
    [
        (lambda: Exponential(-1), "at least 0, not -1"),
        (lambda: Exponential(nan), "not nan"),
        (lambda: Exponential(inf), "not inf"),
        (lambda: Fixed(nan), "not nan"),
        (lambda: Uniform(2, 1), "low <= high, not 2 and 1"),
        (lambda: Triangular(0, 4, 3), "not 0, 4 and 3"),
        (lambda: Lognormal(0, 1), "mean > 0"),
        (lambda: Lognormal(1, -1), "sd >= 0"),
        (lambda: Weibull(1, 0), "shape > 0"),
        (lambda: Weibull(1, 0.001), "too small"),
        (lambda: Erlang(1, 0), "whole number"),
        (lambda: Erlang(1, 2.5), "whole number"),  # type: ignore[arg-type]
        (lambda: Discrete((1, 2), (1,)), "2 values cannot have 1 weights"),
        (lambda: Discrete((), ()), "0 values"),
        (lambda: Discrete((1, 2), (0, 0)), "not all 0"),
        (lambda: Discrete((1, 2), (1, -1)), "at least 0"),
        (lambda: Empirical(()), "needs observations"),
        (lambda: Empirical((1, nan)), "not a finite number"),
    ],
)
def test_impossible_parameters_are_refused_with_their_values(build: Any, words: str) -> None:
    with pytest.raises(ValueError, match=words):
        build()
