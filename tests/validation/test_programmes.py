"""Programmes and beds with few places must give the exact answers, and a wrong model must be found out."""

from __future__ import annotations

import pytest
from agreement import LIMIT, Case, run, run_wrong
from programme_cases import CASES

WRONG = [pytest.param(case, model, id=f"{name}, {model}") for name, case in CASES.items() for model in case.wrong]


@pytest.mark.parametrize("case", [pytest.param(case, id=name) for name, case in CASES.items()])
def test_agrees_with_the_exact_answer(case: Case):
    weighed = run(case)
    assert weighed.agrees, dict(zip(case.exact, weighed.z, strict=True))


@pytest.mark.parametrize(("case", "model"), WRONG)
def test_rejects_a_tenth_more_or_less(case: Case, model: str):
    assert run_wrong(case, model).farthest > LIMIT
