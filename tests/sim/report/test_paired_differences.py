"""Intervals and the division of a change, against exact answers."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st
from results_of_a_comparison import STEPS, comparison
from scipy import stats

from sim.report.paired import interval, paired
from sim.report.parts.stock_alone import split
from sim.report.reading import Reading

numbers = st.lists(st.floats(-1e6, 1e6), min_size=2, max_size=30)


@given(numbers)
def test_the_interval_is_students(sample: list[float]) -> None:
    found = interval(sample)
    assert found is not None
    assert found.low is not None
    assert found.high is not None
    spread = stats.sem(sample)
    low, high = (
        stats.t.interval(0.95, len(sample) - 1, loc=math.fsum(sample) / len(sample), scale=spread)
        if spread > 0
        else (found.mean, found.mean)
    )
    assert found.low == pytest.approx(low, rel=1e-6, abs=1e-6)
    assert found.high == pytest.approx(high, rel=1e-6, abs=1e-6)


@given(numbers, st.floats(-100, 100))
def test_a_shift_of_every_replication_is_known_for_sure(sample: list[float], shift: float) -> None:
    before = dict(enumerate(sample))
    found = paired(before, {k: number + shift for k, number in before.items()})
    assert found is not None
    assert found["difference"] == pytest.approx(shift, abs=1e-6)
    assert found["difference_high"] - found["difference_low"] == pytest.approx(0, abs=1e-6)


def test_only_replications_with_both_count() -> None:
    found = paired({1: 1.0, 2: None, 3: 5.0}, {1: 2.0, 2: 9.0, 4: 9.0})
    assert found is not None
    assert (found["pairs"], found["difference"], found["difference_low"]) == (1, 1.0, None)
    assert paired({1: None}, {1: 1.0}) is None


def test_the_stock_alone_explains_what_only_the_stock_did() -> None:
    """Eight more homes at another step, equally occupied, and no more former residents: all of the change is stock."""
    data = comparison(("base", "more"), replications=4, years=1, effect=0.5)
    residents = {step: 0.95 * homes for step, homes in STEPS.items()}
    former = 10.0

    def share(people: dict[str, float]) -> float:
        return (people["velferd_1"] + former) / (sum(people.values()) + former)

    before = share(residents)
    after = share(residents | {"velferd_3": residents["velferd_3"] * 1.5})
    kpis = [
        (*row[:6], before if row[0] == "base" else after) if row[2:6] == (0, "all", "all", "lowest_step_share") else row
        for row in data.tables["kpis"]
    ]
    reading = Reading(type(data)(data.run, data.texts, {"kpis": kpis}, data.summary), "nb")
    found = split(reading, "more")
    assert found is not None
    assert found.change.mean == pytest.approx(after - before)
    assert found.stock.mean == pytest.approx(after - before)
    assert found.rest.mean == pytest.approx(0, abs=1e-12)
