"""Small worlds of several mechanisms must agree with their Markov chains, and a wrong model must be found out."""

from __future__ import annotations

import pytest
from agreement import LIMIT, Case, run, run_wrong
from chain_cases import CASES
from exact_models import tiny_ladder


@pytest.mark.parametrize("case", [pytest.param(case, id=name) for name, case in CASES.items()])
def test_agrees_with_the_chain(case: Case):
    weighed = run(case)
    assert weighed.agrees, dict(zip(case.exact, weighed.z, strict=True))


@pytest.mark.parametrize(
    ("case", "model"),
    [pytest.param(case, model, id=f"{name}, {model}") for name, case in CASES.items() for model in case.wrong],
)
def test_rejects_stays_a_tenth_longer_or_shorter(case: Case, model: str):
    assert run_wrong(case, model).farthest > LIMIT


def test_the_clock_matters():
    """The tiny ladder tells apart: no effect of the neighbours, and none of the fit of the home."""
    exact = tiny_ladder(60.0)
    for other in (tiny_ladder(60.0, slowed=1.0), tiny_ladder(60.0, fit=1.0)):
        assert max(abs(other / exact - 1.0)) > 0.1
