"""MSER-5 and the load: on series whose warm-up and load are known."""

import numpy as np
import pytest

from sim.experiment.long_run import load, mser_5


def settling(rng: np.random.Generator, n: int, scale: float) -> np.ndarray:
    """A series that begins 10 away from where it settles, with autocorrelated noise."""
    noise = np.zeros(n)
    for step in range(1, n):
        noise[step] = 0.7 * noise[step - 1] + rng.normal()
    return 10 * np.exp(-np.arange(n) / scale) + noise / np.sqrt(10)


def test_what_is_left_is_free_of_the_start() -> None:
    rng = np.random.default_rng(1)
    left, whole = [], []
    for _ in range(300):
        series = settling(rng, 600, 20)
        found = mser_5(series.tolist())
        assert found.cut % 5 == 0 and found.cut >= 30
        whole.append(series.mean())
        if found.settled:
            left.append(series[found.cut :].mean())
    assert len(left) > 290  # noise may look like a drift at the very end
    error = np.std(left) / np.sqrt(len(left))
    # Within what a hundredth of the start leaves; without the cut the mean is far off.
    assert abs(np.mean(left)) < 4 * error + 0.02
    assert np.mean(whole) > 0.3 and np.mean(whole) > 10 * error


def test_what_begins_where_it_settles_loses_little() -> None:
    rng = np.random.default_rng(2)
    cuts = [mser_5((settling(rng, 600, 1e-3)).tolist()).cut for _ in range(100)]
    assert np.median(cuts) <= 100


def test_what_never_settles_is_told() -> None:
    assert not mser_5((np.arange(600.0) + np.random.default_rng(3).normal(size=600)).tolist()).settled
    assert mser_5([1.0] * 60) == (0, True)
    with pytest.raises(ValueError, match="50 observations"):
        mser_5([1.0] * 49)


def test_the_load() -> None:
    steady = [[5.0, 7.0, 5.0, 7.0, 6.0, 6.0]]
    assert load([0.9], [100.0], steady) == pytest.approx(0.9, abs=0.02)
    # 120 a year want one of 100 homes a year: the list grows by 20 a year.
    assert load([1.0, 1.0], [100.0, 100.0], [[month * 20 / 12 for month in range(24)]] * 2) == pytest.approx(1.2)
    assert load([0.5], [0.0], steady) == float("inf")
