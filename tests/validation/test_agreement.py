"""The yardstick itself: it accepts what is right, and rejects what is off by a tenth."""

from __future__ import annotations

import numpy as np
import pytest
from agreement import weigh


def drawn(mean: float) -> list[list[float]]:
    return np.random.default_rng(7).normal(mean, 2.0, size=(400, 1)).tolist()


def test_the_right_model_is_accepted_and_the_wrong_one_rejected():
    assert weigh(drawn(10.0), [10.0]).agrees
    assert not weigh(drawn(11.0), [10.0]).agrees
    assert not weigh(drawn(9.0), [10.0]).agrees


def test_a_figure_that_never_varies_must_be_exact():
    assert weigh([[2.0]] * 3, [2.0]).agrees
    assert not weigh([[2.0]] * 3, [2.1]).agrees


def test_a_figure_that_is_missing_is_no_agreement():
    assert not weigh([[1.0], [float("nan")]], [1.0]).agrees


def test_a_ratio_is_that_of_the_totals_not_the_mean_of_ratios():
    """Long waits come in crowds: the mean of the replications' means would be 2, that over people is 2.8."""
    rows = [[(1.0 * 10, 10)], [(3.0 * 90, 90)]] * 50
    weighed = weigh(rows, [2.8])
    assert weighed.estimate == pytest.approx([2.8])
    assert weighed.z == pytest.approx([0.0])
    assert not weigh(rows, [2.0]).agrees
