"""Baselines as text: read back as they were, the same every time, and stale when what they rest on is not as it was."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.cli.regress_baseline import read_baseline
from sim.experiment.regression import Baseline, StoredGuard, baseline_text, stale
from sim.experiment.regression.baseline import rounded

GUARD = StoredGuard("s.yaml", 3.0, ("ab",), {"r.yaml": "1"}, {"s.yaml": "2"}, {"wait_days_mean": [1.5, None]}, {"RULE": [3, 0]})
BASELINE = Baseline('why: "so"', "code", 1, 2, {"x": "y"}, {"small": GUARD})


@given(st.lists(st.one_of(st.none(), st.floats(allow_nan=False, allow_infinity=False, width=32)), min_size=1, max_size=60))
def test_what_is_written_is_read(tmp_path_factory: pytest.TempPathFactory, numbers: list[float | None]) -> None:
    kept = [rounded(number) for number in numbers]
    guard = replace(GUARD, figures={"wait_days_mean": kept}, firing={"RULE": [1] * len(kept)})
    file = tmp_path_factory.mktemp("baseline") / "baseline.yaml"
    of = replace(BASELINE, replications=len(kept), guards={"small": guard})
    file.write_text(baseline_text(of), encoding="utf-8")
    assert read_baseline(file) == of
    assert max(map(len, file.read_text("utf-8").splitlines())) <= 120


def test_the_last_digits_in_which_machines_differ_are_not_kept() -> None:
    one, other = 123.456789012345, 123.456789012399
    assert rounded(one) == rounded(other) == 123.456789
    texts = {baseline_text(replace(BASELINE, guards={"small": replace(GUARD, figures={"k": [x]})})) for x in (one, other)}
    assert len(texts) == 1


@pytest.mark.parametrize(
    ("now", "says"),
    [
        (replace(BASELINE, seed=2), "the seed was 1 and is 2"),
        (replace(BASELINE, replications=9), "it holds 2 replications, and 9 are asked for"),
        (replace(BASELINE, guards={"other": GUARD}), "it does not hold the guard other"),
        (replace(BASELINE, guards={"small": replace(GUARD, years=4.0)}), "the years of small were 3 and are 4"),
        (replace(BASELINE, guards={"small": replace(GUARD, depends={"s.yaml": "3"})}), "s.yaml has changed since"),
        (replace(BASELINE, guards={"small": replace(GUARD, depends={})}), "s.yaml has changed since"),
        (replace(BASELINE, guards={"small": replace(GUARD, figures={"returns_per_year": ()})}),
         "it does not hold returns_per_year of small"),
    ],
)  # fmt: skip
def test_a_stale_one_says_why(now: Baseline, says: str) -> None:
    assert stale(BASELINE, now) == (says,)


def test_other_rules_make_it_no_staler() -> None:
    other = replace(GUARD, rules={"r.yaml": "9"}, compiled=("cd",), figures={"wait_days_mean": ()})
    assert stale(BASELINE, replace(BASELINE, reason="", program="other", guards={"small": other})) == ()
