"""How far the first year drifts: by hand, against a least-squares fit, and how often it errs."""

from __future__ import annotations

import math
import random

import numpy as np
import pytest

from sim.experiment.burn_in import drift, later_weights


def test_few_later_years_are_averaged():
    assert later_weights(2) == [1.0]
    assert later_weights(4) == pytest.approx([1 / 3] * 3)
    with pytest.raises(ValueError, match="at least two years"):
        later_weights(1)


@pytest.mark.parametrize("years", [5, 7, 10])
def test_more_later_years_are_continued_along_their_line(years):
    weights = later_weights(years)
    assert math.fsum(weights) == pytest.approx(1.0)
    values = [random.Random(years).uniform(5, 9) for _ in range(2, years + 1)]
    slope, intercept = np.polyfit(range(2, years + 1), values, 1)
    assert math.fsum(w * v for w, v in zip(weights, values, strict=True)) == pytest.approx(intercept + slope)


def test_a_trend_is_no_drift_and_a_settling_is():
    trend = [[100.0 + 5.0 * year for year in range(1, 9)] for _ in range(4)]
    assert drift(trend, 0.01).verdict == "steady"
    settles = [[50.0 + k * 0.01, *(100.0 + 5.0 * year for year in range(2, 9))] for k in range(4)]
    found = drift(settles, 0.1)
    assert found.verdict == "drifts"
    assert found.share == pytest.approx((50.015 - 105.0) / 105.0)
    assert (found.first, found.later) == (pytest.approx(50.015), pytest.approx(105.0))


def test_figures_that_are_missing_in_some_year_are_left_out_and_one_replication_is_too_few():
    assert drift([[1.0, None, 2.0]], 0.1).n == 0
    one = drift([[1.0, 2.0, 2.0]], 0.1)
    assert (one.verdict, one.share, one.low) == ("undecided", -0.5, None)
    assert drift([[0.0, 0.0, 0.0]] * 3, 0.1).verdict == "steady"
    assert drift([[1.0, 0.0, 0.0]] * 3, 0.1).verdict == "undecided"


def told(shift, tolerance, replications=12):
    draw = random.Random(3)
    verdicts = []
    for _ in range(2000):
        yearly = [[100.0 + draw.gauss(0, 10) for _ in range(10)] for _ in range(replications)]
        for of in yearly:
            of[0] += 100.0 * shift
        verdicts.append(drift(yearly, tolerance).verdict)
    return {name: verdicts.count(name) / len(verdicts) for name in ("steady", "drifts", "undecided")}


def test_at_the_tolerance_it_errs_in_one_case_of_forty():
    """A true drift of exactly the tolerance lies beyond it in half of the 5 % that a 95 % interval misses."""
    share = told(0.1, 0.1)["drifts"]
    assert abs(share - 0.025) < 4 * math.sqrt(0.025 * 0.975 / 2000)


def test_a_large_drift_is_found_and_none_is_not_made_up():
    assert told(0.4, 0.1)["drifts"] > 0.99
    assert told(0.0, 0.1)["drifts"] < 0.001
