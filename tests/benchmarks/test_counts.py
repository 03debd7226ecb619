"""The engine does as much work on the core as counts.yaml says, no more, and gets the same results."""

import pytest

from benchmarks.counts import FORMS, measured, stored


@pytest.mark.parametrize("form", FORMS)
def test_the_core_costs_as_much_work_as_before(form):
    found, before = measured(form), stored()[form]
    changed = {name: (before.get(name), value) for name, value in found.items() if before.get(name) != value}
    assert not changed, f"{changed}; if this is meant, run `python benchmarks/renew_counts.py` and say why in CHANGELOG.md"


@pytest.mark.parametrize("form", FORMS)
def test_the_counts_are_plausible(form):
    found = measured(form)
    # Two years of 280 applications, within five standard deviations of a Poisson count.
    assert abs(found["arrivals"] - 560) < 5 * 560**0.5
    # A decision looks at a few people, not at the whole list (some hundred).
    assert 1.0 <= found["candidates_per_decision"] < 5.0
    # A re-rating for each fired transition and each person housed, and few more: cut points hold the rest back.
    assert found["re_ratings"] < 2.5 * found["model_events"]
