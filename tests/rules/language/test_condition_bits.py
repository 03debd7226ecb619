import pickle

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from language_worlds import LAYOUT, PLACE, SCOPE, Case, cases, conditions, read

from rules.language import compile_conditions, evaluate, next_change, parse_expression
from rules.reading import InputError


@settings(max_examples=40, deadline=None)
@given(st.lists(conditions(2), min_size=1, max_size=4), cases())
def test_bits_and_their_next_change_equal_the_interpreter(texts: list[str], case: Case) -> None:
    texts = [text for text in texts if read(text) is not None]
    named = {f"c{i}": (text, PLACE) for i, text in enumerate(texts)}
    source = pickle.loads(pickle.dumps(compile_conditions(LAYOUT, named, SCOPE)))
    made = source.build()
    expressions = [parse_expression(text, PLACE, SCOPE) for text in texts]
    expected = sum(1 << i for i, expr in enumerate(expressions) if evaluate(expr, case.here))
    assert made.bits(case.a, case.d, case.s, case.day) == expected
    soonest = min((next_change(expr, case.here) for expr in expressions), default=2**31)
    assert made.until(case.a, case.d, case.s, case.day) == soonest


def test_without_a_home_what_reads_the_home_does_not_count() -> None:
    named = {"small": ("rank < 3 or refugee", PLACE), "plain": ("refugee", PLACE), "near": ("site_sum + conflict >= 3", PLACE)}
    made = compile_conditions(LAYOUT, named, SCOPE).build()
    a = LAYOUT.new_applicant({"conflict": 2, "debt": None, "refugee": True, "urgency": "top"})
    d, s = LAYOUT.new_dwelling({"rank": 5, "sturdy": False}), LAYOUT.new_site({"site_sum": 1})
    assert made.bits(a, None, None, 0) == 0b010
    assert made.bits(a, d, s, 0) == 0b111
    assert made.names == ("small", "plain", "near")
    assert made.reads["near"] == {"site_sum", "conflict"}
    assert made.cut_points["rank"] == (3,) and made.cut_points["site_sum"] is None


def test_every_mistake_is_told() -> None:
    with pytest.raises(InputError) as caught:
        compile_conditions(LAYOUT, {"one": ("rnk > 1", PLACE), "two": ("conflict", PLACE)}, SCOPE)
    assert len(caught.value.findings) == 2
