"""The statistics of the benchmarks against known answers."""

from random import Random

import pytest

from benchmarks.equivalence import compare
from benchmarks.goals import Goal
from benchmarks.growth import exponent


def test_equal_samples_are_equivalent_and_shifted_ones_are_not():
    rng = Random(7)
    first = [rng.gauss(100, 2) for _ in range(200)]
    same = [rng.gauss(100, 2) for _ in range(200)]
    shifted = [x + 3 for x in same]
    assert compare("x", first, same, 0.02).equivalent
    assert not compare("x", first, shifted, 0.02).equivalent


def test_too_few_replications_show_nothing():
    rng = Random(8)
    first = [rng.gauss(100, 10) for _ in range(4)]
    assert not compare("x", first, [x + 0.1 for x in reversed(first)], 0.02).equivalent


def test_the_interval_is_that_of_welch():
    # Two samples with variances 2.5 and 10, five each: error sqrt(.5 + 2), 5.882 degrees, t(.95) = 1.9483.
    found = compare("x", [10, 11, 12, 13, 14], [10, 12, 14, 16, 18], 0.5)
    assert found.difference == pytest.approx(2 / 12)
    assert found.high - found.low == pytest.approx(2 * 1.94847 * 2.5**0.5 / 12, rel=1e-3)


def test_equal_samples_without_variance_are_equivalent():
    assert compare("x", [5.0] * 3, [5.0] * 3, 0.02).equivalent


def test_a_power_is_found():
    found = exponent([1, 10, 100, 1000], [2 * n**1.3 for n in (1, 10, 100, 1000)])
    assert found.exponent == pytest.approx(1.3)
    assert found.low == pytest.approx(1.3)
    assert found.high == pytest.approx(1.3)


def test_noise_widens_the_limits():
    found = exponent([1, 10, 100, 1000], [1.0, 12.0, 90.0, 1100.0])
    assert found.low < 1.0 < found.high
    with pytest.raises(ValueError, match="three points"):
        exponent([1, 2], [1, 2])


def test_goals_say_which_side_is_good():
    assert Goal("a", 5.1, 5, True).verdict == "reached"
    assert Goal("a", 4.9, 5, True).verdict == "missed"
    assert Goal("a", 1.1, 1.2, False).verdict == "reached"
    assert Goal("a", None, 1.2, False).verdict == "not measured"
