"""The yardstick itself: it accepts what is right, and rejects what is off by a tenth."""

from __future__ import annotations

import numpy as np
from agreement import agrees, standardised


def drawn(mean: float) -> np.ndarray:
    return np.random.default_rng(7).normal(mean, 2.0, size=(400, 1))


def test_the_right_model_is_accepted_and_the_wrong_one_rejected():
    assert agrees(standardised(drawn(10.0), [10.0]))
    assert not agrees(standardised(drawn(11.0), [10.0]))
    assert not agrees(standardised(drawn(9.0), [10.0]))


def test_a_figure_that_never_varies_must_be_exact():
    assert agrees(standardised(np.full((3, 1), 2.0), [2.0]))
    assert not agrees(standardised(np.full((3, 1), 2.0), [2.1]))


def test_a_figure_that_is_missing_is_no_agreement():
    assert not agrees(standardised(np.array([[1.0], [np.nan]]), [1.0]))
