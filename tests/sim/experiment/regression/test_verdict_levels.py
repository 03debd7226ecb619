"""Verdicts of paired runs: the promises about errors, kept on made-up differences."""

import math
from collections import Counter

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.experiment.regression import FEWEST, Expected, Guarded, Judged, judge, levels_for, replications_needed
from sim.experiment.regression.verdict import wanted

FIGURES = 5
FIRST = 12
RUNS = 600


def run(
    rng: np.random.Generator, change: float, sd: float, most: int, *, skewed: bool = False, expected: Expected | None = None
) -> list[Judged]:
    """One whole run with a margin of 1: the first figure may change, the others do not; all are correlated."""
    shared = rng.normal(size=(most, 1))
    own = rng.exponential(size=(most, FIGURES)) - 1 if skewed else rng.normal(size=(most, FIGURES))
    differences = sd * (0.6 * shared + 0.8 * own)
    differences[:, 0] += change
    level = 100 + rng.normal(size=most) * 10
    before = [level.tolist()] * FIGURES
    after = [(level + differences[:, column]).tolist() for column in range(FIGURES)]
    figures = [Guarded(str(column), 1.0, expected if column == 0 else None) for column in range(FIGURES)]
    asked = [wanted(b[:FIRST], a[:FIRST], of, FIGURES) for b, a, of in zip(before, after, figures, strict=True)]
    n = min(most, max(FIRST, *(most if one is None else one for one in asked)))
    return [judge(b[:n], a[:n], FIRST, of, FIGURES) for b, a, of in zip(before, after, figures, strict=True)]


def at_most(count: int, share: float, runs: int = RUNS) -> bool:
    """Whether a count agrees with a share of at most so much (four standard errors)."""
    return count <= runs * share + 4 * math.sqrt(runs * share * (1 - share))


@pytest.mark.parametrize("skewed", [False, True])
@pytest.mark.parametrize(("sd", "most"), [(0.2, 400), (0.7, 400), (1.5, 600), (1.5, 20), (6.0, 20)])
def test_no_change_fails_in_at_most_one_run_of_a_hundred(sd: float, most: int, skewed: bool) -> None:
    rng = np.random.default_rng(1)
    failed = sum(any(of.verdict == "changed" for of in run(rng, 0.0, sd, most, skewed=skewed)) for _ in range(RUNS))
    assert at_most(failed, 0.01)


@pytest.mark.parametrize("sign", [1, -1])
@pytest.mark.parametrize(("sd", "most"), [(0.2, 400), (0.7, 400), (1.5, 1200)])
def test_twice_the_margin_is_caught_in_ninety_nine_runs_of_a_hundred(sd: float, most: int, sign: int) -> None:
    rng = np.random.default_rng(2)
    found = Counter(run(rng, 2.0 * sign, sd, most)[0].verdict for _ in range(RUNS))
    assert at_most(RUNS - found["changed"], 0.01), found


@pytest.mark.parametrize(("sd", "most"), [(1.5, FIRST), (2.0, 20), (1.0, 20), (6.0, 20)])
def test_twice_the_margin_never_passes_even_where_replications_are_too_few(sd: float, most: int) -> None:
    rng = np.random.default_rng(3)
    passed = sum(run(rng, 2.0, sd, most)[0].verdict == "equivalent" for _ in range(RUNS))
    assert at_most(passed, 0.01)


def test_no_change_is_shown_to_be_none_where_replications_suffice() -> None:
    rng = np.random.default_rng(4)
    shown = sum(all(of.verdict == "equivalent" for of in run(rng, 0.0, 0.7, 1000)) for _ in range(RUNS))
    assert at_most(RUNS - shown, 0.01)


def test_what_is_meant_passes_and_what_misses_it_does_not() -> None:
    rng = np.random.default_rng(5)
    meant = Expected(3.0, 5.0)
    found = {
        change: Counter(run(rng, change, 0.5, 600, expected=meant)[0].verdict for _ in range(200))
        for change in (4.0, 0.0, 8.0, -4.0)
    }
    assert found[4.0]["expected"] >= 195
    assert found[0.0]["missing"] >= 195
    assert found[8.0]["changed"] >= 195 and found[-4.0]["changed"] >= 195


def test_the_number_of_replications_does_not_depend_on_the_mean() -> None:
    """A number chosen by looking at the mean would make the levels untrue."""
    rng = np.random.default_rng(6)
    noise = rng.normal(size=FIRST).tolist()
    zero, of = [0.0] * FIRST, Guarded("x", 1.0)
    asked = {wanted(zero, [value + change for value in noise], of, FIGURES) for change in (0.0, 1.0, -7.0)}
    assert len(asked) == 1


def test_an_undecided_figure_tells_what_would_decide() -> None:
    rng = np.random.default_rng(7)
    for change in (0.5, 1.5):
        before, after = [0.0] * 3000, (change + 3.0 * rng.normal(size=3000)).tolist()
        first = judge(before[:FIRST], after[:FIRST], FIRST, Guarded("x", 1.0), 1)
        assert first.verdict == "undecided" and first.needed is not None and first.needed > FIRST
        assert judge(before, after, FIRST, Guarded("x", 1.0), 1).verdict == ("equivalent" if change < 1 else "changed")


def test_equal_numbers_are_equivalent_and_none_at_all_too() -> None:
    of = Guarded("x", 1e-9)
    assert judge([1.5] * 5, [1.5] * 5, 5, of, 3).verdict == "equivalent"
    assert judge([None] * 5, [None] * 5, 5, of, 3).verdict == "equivalent"
    assert judge([None] * 5, [None] * 5, 5, of._replace(expected=Expected(0.0, math.inf)), 3).verdict == "missing"


def test_a_figure_that_is_there_on_one_side_only_is_not_decided() -> None:
    found = judge([None] * 8, [3.0] * 8, 8, Guarded("x", 1.0), 1)
    assert (found.verdict, found.n, found.nulls, found.needed) == ("undecided", 0, 8, None)


def test_a_difference_that_comes_late_is_not_taken_for_certain() -> None:
    """Where the first replications do not differ at all, their spread of zero says nothing of the later ones."""
    before, after = [0.0] * 40, [0.0] * 39 + [50.0]
    assert judge(before, after, 12, Guarded("x", 1.2), 1).verdict == "undecided"


@given(
    st.lists(st.floats(-1e3, 1e3), min_size=FEWEST, max_size=30),
    st.floats(1e-3, 1e3),
    st.integers(1, 20),
)
def test_swapping_before_and_after_turns_the_sign_alone(differences: list[float], margin: float, judged: int) -> None:
    zero, of = [0.0] * len(differences), Guarded("x", margin)
    one, other = (judge(*sides, len(zero), of, judged) for sides in ((zero, differences), (differences, zero)))
    assert (one.verdict, one.needed) == (other.verdict, other.needed)
    assert one.difference == -(other.difference or 0.0)


@given(st.integers(FEWEST, 200), st.integers(1, 50))
def test_more_figures_and_fewer_pairs_ask_for_more(first: int, judged: int) -> None:
    level = levels_for(first, judged)
    assert level.inner < level.outer < level.needed
    assert levels_for(first, judged + 1).needed > level.needed > levels_for(first + 1, judged).needed


def test_levels_refuse_what_keeps_no_promise() -> None:
    for first, judged in ((FEWEST - 1, 1), (FEWEST, 0)):
        with pytest.raises(ValueError, match="at least"):
            levels_for(first, judged)
    assert replications_needed(0.0, 1.0, 5.0) == 1
    assert replications_needed(1.0, 0.0, 5.0) is None and replications_needed(1.0, 1e-9, 5.0) is None
    assert replications_needed(2.0, 1.0, 5.0) == 100
