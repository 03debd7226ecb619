"""Stopping when the figures are precise: what looking does to coverage, and that workers do not matter."""

import math

import numpy as np
import pytest
import scipy.stats

from sim.experiment.sample import Sample
from sim.experiment.statistics import student_quantile
from sim.experiment.stopping import Stopping, looks, reached

WAIT = "wait_days_mean"


def rows(number: float | None) -> list[tuple[int, str, str, str, float | None]]:
    return [(0, "all", "all", WAIT, number)]


def test_the_looks() -> None:
    assert list(looks(100)) == [30, 42, 60, 85, 100]
    assert list(looks(30)) == [30] and list(looks(7)) == [7]


@pytest.mark.parametrize("width", [0.34, 0.3, 0.26, 0.2, 0.15])
def test_an_interval_that_was_stopped_covers_still(width: float) -> None:
    """The rule on 8,000 series at once: covers in at least 94 %, an exact test at 1e-4; every-time looking does not."""
    trials, most = 8000, 480
    draws = np.random.default_rng(6).normal(size=(trials, most))
    sums, squares = draws.cumsum(axis=1), (draws**2).cumsum(axis=1)

    def covered(at: list[int]) -> int:
        open_ = np.ones(trials, dtype=bool)
        count = 0
        for n in at:
            mean = sums[:, n - 1] / n
            sd = np.sqrt((squares[:, n - 1] - n * mean**2) / (n - 1))
            half = student_quantile(0.975, n - 1) * sd / math.sqrt(n)
            stops = open_ & ((half <= width) | (n == most))
            count += int((np.abs(mean[stops]) <= half[stops]).sum())
            open_ &= ~stops
        return count

    assert scipy.stats.binomtest(covered(list(looks(most))), trials, 0.94, alternative="less").pvalue > 1e-4
    assert scipy.stats.binomtest(covered(list(looks(most))), trials, 0.95, alternative="less").pvalue > 1e-6
    if width == 0.3:
        every_time = [*range(3, most), most]
        assert scipy.stats.binomtest(covered(every_time), trials, 0.94, alternative="less").pvalue < 1e-4


def stopped(values: list[float], width: float, most: int) -> Stopping:
    sample, stopping = Sample(), Stopping({WAIT: width}, most)
    for value in values:
        if stopping.done:
            break
        sample.add(rows(value))
        stopping.look({"today": sample})
    return stopping


def test_the_rule_is_the_one_whose_coverage_was_shown() -> None:
    values = np.random.default_rng(1).normal(300, 20, 500).tolist()
    found = stopped(values, 4.0, 500)
    n = next(n for n in looks(500) if student_quantile(0.975, n - 1) * np.std(values[:n], ddof=1) / math.sqrt(n) <= 4.0)
    assert found.done and found.enough and found.n == n
    [of] = found.last
    assert of.half == pytest.approx(student_quantile(0.975, n - 1) * np.std(values[:n], ddof=1) / math.sqrt(n))


def test_what_is_not_reached_ends_at_the_most() -> None:
    values = np.random.default_rng(1).normal(300, 20, 100).tolist()
    found = stopped(values, 0.1, 70)
    assert found.done and not found.enough and found.n == 70
    assert found.last[0].half is not None and found.last[0].half > 0.1
    few = stopped(values, 1e9, 10)
    assert few.done and not few.enough and few.last[0].half is None


def test_a_comparison_is_judged_on_paired_differences() -> None:
    rng = np.random.default_rng(4)
    today, more = Sample(), Sample()
    for wait in rng.normal(300, 50, 30).tolist():
        today.add(rows(wait))
        more.add(rows(wait - 40 + rng.normal(0, 1)))
    [of] = reached({"today": today, "more": more}, {WAIT: 0.5})
    assert of.policy == "more" and of.enough
    [alone] = reached({"today": today}, {WAIT: 0.5})
    assert not alone.enough


def test_a_figure_that_is_not_there_is_never_precise() -> None:
    sample = Sample()
    for number in range(40):
        sample.add(rows(None if number % 2 else 1.0))
    [of] = reached({"today": sample}, {WAIT: 5.0})
    assert of.half is None and not of.enough
    assert not Stopping({}, 5).enough
