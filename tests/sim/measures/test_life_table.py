"""The life table: textbook data, delayed entry and competing endings by hand, and brute force on random data."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.measures import life_table


def table(spells: list[tuple[float, float, int]], causes: int = 1):
    entry, leave, cause = (np.array(column) for column in zip(*spells, strict=True))
    return life_table(entry.astype(float), leave.astype(float), cause.astype(np.int64), causes)


def test_leukaemia_patients_of_freireich():
    """Weeks in remission under 6-MP (Freireich et al. 1963; Cox and Oakes 1984, table 1.1): the printed S."""
    ended = [6, 6, 6, 7, 10, 13, 16, 22, 23]
    censored = [6, 9, 10, 11, 17, 19, 20, 25, 32, 32, 34, 35]
    got = table([(0, age, 0) for age in ended] + [(0, age, -1) for age in censored])
    assert got.ages.tolist() == [6, 7, 10, 13, 16, 22, 23]
    assert got.at_risk.tolist() == [21, 17, 15, 12, 11, 7, 6]
    assert np.round(got.survival, 3).tolist() == [0.857, 0.807, 0.753, 0.690, 0.627, 0.538, 0.448]


def test_delayed_entry_by_hand():
    """One who has waited 4 days when the window opens is not at risk at 3, and is at risk at 5."""
    got = table([(0, 3, 0), (0, 5, 0), (4, 6, 0), (0, 10, -1)])
    assert got.at_risk.tolist() == [3, 3, 2]
    assert got.survival == pytest.approx([2 / 3, 2 / 3 * 2 / 3, 2 / 3 * 2 / 3 / 2])
    assert got.restricted_mean(8.0) == pytest.approx(3 + 2 * 2 / 3 + 1 * 4 / 9 + 2 * 2 / 9)


def test_competing_endings_by_hand():
    """Of four: housed at 1, gave up at 2, one censored at 2, housed at 4."""
    got = table([(0, 1, 0), (0, 2, 1), (0, 2, -1), (0, 4, 0)], causes=2)
    assert got.incidence.tolist() == [[0.25, 0.0], [0.25, pytest.approx(0.25)], [pytest.approx(0.75), pytest.approx(0.25)]]
    assert got.incidence_at(3.9) == pytest.approx([0.25, 0.25])
    assert got.incidence_at(0.5).tolist() == [0.0, 0.0]


def test_waits_of_nothing_count():
    got = table([(0, 0, 0), (0, 0, 0), (0, 8, 0), (0, 8, 0)])
    assert got.restricted_mean(100.0) == 4.0


def test_percentile_or_the_limit():
    got = table([(0, age, 0) for age in range(1, 11)])
    assert got.quantile(0.9, 50.0) == (9.0, False)
    assert got.quantile(0.9, 8.0) == (8.0, True)
    assert table([(0, 5, -1)]).quantile(0.9, 50.0) == (50.0, True)


ages = st.integers(0, 12)


@given(st.lists(st.integers(0, 30), min_size=1, max_size=40), st.integers(1, 35))
def test_without_censoring_it_is_the_plain_mean(waits: list[int], tau: int):
    got = table([(0, wait, 0) for wait in waits])
    assert got.restricted_mean(float(tau)) == pytest.approx(sum(min(w, tau) for w in waits) / len(waits))


@given(
    st.lists(st.tuples(ages, ages, st.integers(-1, 2)), min_size=1, max_size=25).map(
        lambda rows: [(min(a, b), max(a, b), c) for a, b, c in rows]
    )
)
def test_against_brute_force(spells: list[tuple[int, int, int]]):
    """Step through every age, counting by the definition; survival and incidences always account for everybody."""
    survival, incidence = 1.0, [0.0, 0.0, 0.0]
    expected = []
    for age in sorted({leave for _, leave, cause in spells if cause >= 0}):
        at_risk = sum(entry <= age <= leave for entry, leave, _ in spells)
        ended = [sum(leave == age and cause == c for _, leave, cause in spells) for c in range(3)]
        incidence = [done + survival * n / at_risk for done, n in zip(incidence, ended, strict=True)]
        survival *= 1 - sum(ended) / at_risk
        expected.append((age, at_risk, survival, *incidence))
    got = table(spells, causes=3)
    rows = np.column_stack([got.ages, got.at_risk, got.survival, got.incidence])
    assert rows == pytest.approx(np.array(expected).reshape(-1, 6))
    assert got.survival + got.incidence.sum(axis=1) == pytest.approx(np.ones(len(expected)))
