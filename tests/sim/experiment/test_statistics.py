"""Intervals, paired differences and what they promise."""

import math

import numpy as np
import pytest
import scipy.stats
from hypothesis import assume, given
from hypothesis import strategies as st

from sim.experiment.statistics import correlation, difference, estimate, smallest_detectable, student_quantile

numbers = st.floats(-1e9, 1e9, allow_subnormal=False)
samples = st.lists(numbers, min_size=2, max_size=30)


def test_textbook_interval() -> None:
    # Ten observations of Law, Simulation Modeling and Analysis, 4.5: mean 1.34, variance 0.17.
    found = estimate([1.20, 1.50, 1.68, 1.89, 0.95, 1.49, 1.58, 1.55, 0.50, 1.09])
    assert found.mean == pytest.approx(1.343)
    assert found.sd == pytest.approx(math.sqrt(0.17), abs=0.005)
    assert found.high is not None and found.low is not None
    assert found.high - found.low == pytest.approx(2 * 2.262157 * found.sd / math.sqrt(10))


@given(samples)
def test_agrees_with_scipy(values: list[float]) -> None:
    assume(max(values) - min(values) > 1e-3)
    found = estimate(values)
    low, high = scipy.stats.t.interval(0.95, len(values) - 1, np.mean(values), scipy.stats.sem(values))
    assert found.low == pytest.approx(low, rel=1e-9, abs=1e-3)
    assert found.high == pytest.approx(high, rel=1e-9, abs=1e-3)


@pytest.mark.parametrize("degrees", [1, 2, 5, 19, 99, 999])
@pytest.mark.parametrize("probability", [0.8, 0.975])
def test_quantiles(degrees: int, probability: float) -> None:
    assert student_quantile(probability, degrees) == pytest.approx(scipy.stats.t.ppf(probability, degrees), rel=1e-10)


def test_the_interval_covers_the_mean_as_often_as_it_says() -> None:
    draws = np.random.default_rng(20260101).normal(3.0, 2.0, (4000, 6)).tolist()
    covered = sum(found.low <= 3.0 <= found.high for row in draws if (found := estimate(row)).low is not None)
    assert scipy.stats.binomtest(covered, 4000, 0.95).pvalue > 1e-4
    # The test has teeth: an interval with the normal quantile in place of Student's is rejected by it.
    narrow = sum(abs(np.mean(row) - 3.0) <= 1.96 * np.std(row, ddof=1) / math.sqrt(6) for row in draws)
    assert scipy.stats.binomtest(int(narrow), 4000, 0.95).pvalue < 1e-4


def test_the_smallest_detectable_difference_is_found_in_four_of_five() -> None:
    n, sd = 12, 1.5
    # s_d is estimated in use; here it is known, so that the power is what the formula says (to its approximation).
    delta = smallest_detectable(sd, n)
    rows = np.random.default_rng(7).normal(delta, sd, (4000, n))
    found = 0
    for row in rows.tolist():
        of = difference([0.0] * n, row)
        assert of.low is not None and of.high is not None
        found += of.low > 0 or of.high < 0
    assert 0.77 < found / 4000 < 0.86


@given(samples)
def test_no_change_is_exactly_no_difference(values: list[float]) -> None:
    found = difference(values, list(values))
    assert (found.difference, found.sd, found.low, found.high, found.smallest_detectable) == (0, 0, 0, 0, 0)
    assert found.baseline == found.policy


@given(samples, st.randoms(use_true_random=False))
def test_the_order_of_replications_does_not_matter(values: list[float], random) -> None:
    shuffled = list(values)
    random.shuffle(shuffled)
    assert estimate(values)[:4] == pytest.approx(estimate(shuffled)[:4], rel=1e-12)
    assert estimate(values).mean == estimate(shuffled).mean


@given(samples, st.data())
def test_correlation(first: list[float], data: st.DataObject) -> None:
    second = data.draw(st.lists(numbers, min_size=len(first), max_size=len(first)))
    found = correlation(first, second)
    if min(first) == max(first) or min(second) == max(second):
        assert found is None
    elif min(np.std(first), np.std(second)) > 1e-3:
        assert found == pytest.approx(np.corrcoef(first, second)[0, 1], abs=1e-6)
        assert -1 <= found <= 1


def test_nulls_are_counted_and_pairs_are_whole() -> None:
    found = difference([1.0, None, 3.0, 4.0], [2.0, 5.0, None, 7.0])
    assert (found.n, found.nulls) == (2, 2)
    assert (found.baseline, found.policy, found.difference) == (2.5, 4.5, 2.0)
    assert estimate([None, None]) == (0, 2, None, None, None, None)
    assert estimate([2.5, None]) == (1, 1, 2.5, None, None, None)
    assert difference([None], [1.0]).difference is None


def test_series_of_different_length_are_no_pairs() -> None:
    with pytest.raises(ValueError, match="zip"):
        difference([1.0, 2.0], [1.0])


@given(numbers, st.integers(2, 40))
def test_equal_numbers_have_that_mean_and_no_spread(number: float, n: int) -> None:
    assert estimate([number] * n) == (n, 0, number, 0.0, number, number)
