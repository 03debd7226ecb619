"""The worked examples, which use every word of the language between them: generated code equals the plain evaluator."""

from datetime import date, timedelta
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rules.decide import compile_program, scan_key, scan_suits
from rules.language import Aggregate, Count, Elapsed, Layout, Remaining, Stored, Supplied, Within, evaluate
from rules.ruleset import load_ruleset
from rules.verify.plain_program import PlainProgram

ROOT = Path(__file__).parents[3] / "rules" / "examples"
NAMES = ["asker", "bergen", "bodo", "harstad", "kongsvinger", "oslo_2024", "oslo_2024_kapittel_2", "osteroy", "solvik", "stad"]
START = date(2026, 9, 1)


@cache
def loaded(name):
    ruleset = load_ruleset(ROOT / name)
    return ruleset, Layout(ruleset.fields.values(), START)


@cache
def programs(name, day):
    ruleset, layout = loaded(name)
    version = ruleset.on(START + timedelta(days=day))
    return compile_program(ruleset, layout, version=version).build(), PlainProgram(version, layout.calendar, evaluate)


def value(draw, field):
    if field.may_be and draw(st.integers(0, 3)) == 0:
        return None
    if field.type == "yes/no":
        return draw(st.booleans())
    if field.type == "one of":
        return draw(st.sampled_from(field.values))
    lo, hi = field.range
    return draw(st.one_of(st.integers(lo, min(hi, lo + 40)), st.integers(lo, hi)))


def facts(draw, layout, entity, make, latest, *more):
    own = [field for field in layout.fields.values() if field.of == entity]
    made = make({field.name: value(draw, field) for field in own if isinstance(field.source, Stored | Supplied)}, *more)
    for field in own:
        match field.source:
            case Elapsed(since=event):
                if not field.may_be or draw(st.booleans()):
                    layout.mark(made, event, latest - draw(st.integers(0, 1200)))
            case Remaining(until=event):
                layout.mark(made, event, latest + draw(st.integers(-60, 900)))
            case Count(event=event) | Within(event=event):
                for _ in range(draw(st.integers(0, 3))):
                    layout.mark(made, event, latest - draw(st.integers(0, 500)))
            case Aggregate() | _:
                pass
    return made


@pytest.mark.parametrize("name", NAMES)
@settings(max_examples=50, deadline=None)
@given(data=st.data())
def test_every_decision_agrees(name, data):
    ruleset, layout = loaded(name)
    day = data.draw(st.sampled_from([0, 120, 121, 122, 123, 486, 487, 488, 900]))
    program, plain = programs(name, day)
    members = [facts(data.draw, layout, "member", layout.new_member, day) for _ in range(data.draw(st.integers(0, 2)))]
    a = facts(data.draw, layout, "applicant", layout.new_applicant, day, members)
    makers = (("dwelling", layout.new_dwelling), ("site", layout.new_site))
    d, s = (facts(data.draw, layout, of, make, day) for of, make in makers)
    a.lottery = data.draw(st.integers(0, 5))
    assert program.refusals(a, day) == plain.refusals(a, day)
    suits = program.compatible(a, d, day) and program.suits(a, d, s, day)
    assert suits == plain.suits(a, d, s, day) == scan_suits(ruleset, layout, a, d, s, day)
    assert program.full_key(a, d, s, day) == plain.full_key(a, d, s, day) == scan_key(ruleset, layout, a, d, s, day)
    assert program.renewal_refusals(a, d, s, day) == plain.renewal_refusals(a, d, s, day)
    assert program.move_wanted(a, d, s, day) == plain.move_wanted(a, d, s, day)
    assert program.term_months(a, d, s, day) == plain.term_months(a, d, s, day)
    until = program.key_until(a, day)
    assert until > day
    for later in range(day + 1, min(until, day + 400), 7):
        assert program.key(a, later) == program.key(a, day)
    moves = program.move_until(a, d, s, day)
    for later in range(day + 1, min(moves, day + 400), 7):
        assert program.move_wanted(a, d, s, later) == program.move_wanted(a, d, s, day)
