"""Questions about all profiles at once are answered as by trying them one by one with the plain interpreter."""

from datetime import date
from itertools import product

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from rules.language import Layout, Scope, Situation, evaluate, parse_expression, read_fields
from rules.language.form import Not, TableRef
from rules.language.tables import declare_table
from rules.reading import InputError, Place, parse_yaml
from rules.verify.case_facts import make_facts
from rules.verify.cells import Cells, UndecidedError

PLACE = Place("rules", 1, 1, "")
FIELDS = read_fields(
    parse_yaml(
        """\
age:    {of: applicant, type: int, range: 0..6, source: stored, label: {nb: alder, en: age}}
months: {of: applicant, type: int, range: 0..5, may_be: absent, source: stored, label: {nb: måneder, en: months}}
signed: {of: applicant, type: yes/no, source: stored, label: {nb: signert, en: signed}}
colour: {of: applicant, type: one of, values: [red, blue, grey], source: stored, label: {nb: farge, en: colour}}
rank:   {of: dwelling, type: int, range: 1..3, source: stored, label: {nb: trinn, en: rank}}
""",
        "fields.yaml",
    )
)
SCOPE = Scope(FIELDS)
declare_table(SCOPE, "group", parse_yaml(
    'hit: unique\ninputs: [age, signed]\nrows: [["0..2", "*", 1], ["3..6", yes, rank], ["3..6", no, 3]]', "t.yaml"))  # fmt: skip
declare_table(SCOPE, "points", parse_yaml('hit: collect\ninputs: [age]\nrows: [[">= 2", 3], [">= 4", 4]]', "p.yaml"))
LAYOUT = Layout(FIELDS.values(), date(2026, 1, 1))

numbers = st.sampled_from(["age", "rank", "group", "points", "age + rank", "age * 2 - 3", "age // 2", "0", "2", "3", "5"])
signs = st.sampled_from(["<", "<=", "==", "!=", ">=", ">"])
atoms = st.one_of(
    st.builds("{} {} {}".format, numbers, signs, numbers),
    st.sampled_from([
        "signed", "not signed", "colour == 'red'", "colour in ['red', 'grey']", "age in [1, 4]",
        "months is absent", "1 <= age <= rank",
        "(months is not absent and months >= 3)", "(months is absent or months + age < 4)",
    ]),
)  # fmt: skip
conditions = st.recursive(
    atoms,
    lambda inner: st.one_of(
        st.builds("({} and {})".format, inner, inner),
        st.builds("({} or {})".format, inner, inner),
        st.builds("not ({})".format, inner),
    ),
    max_leaves=6,
)
EVERYBODY = [
    dict(zip(FIELDS, values, strict=True))
    for values in product(range(7), [None, *range(6)], [False, True], ["red", "blue", "grey"], range(1, 4))
]


def situation(profile):
    of = {"applicant": {}, "dwelling": {}}
    for name, value in profile.items():
        of[FIELDS[name].of][name] = value
    made = {entity: make_facts(LAYOUT, entity, values, PLACE) for entity, values in of.items()}
    return Situation(LAYOUT.calendar, 0, made["applicant"], made["dwelling"], None)


SITUATIONS = [situation(profile) for profile in EVERYBODY]
ANYTHING = {"age": 0, "months": None, "signed": False, "colour": "red", "rank": 1}


def read(text):
    try:
        return parse_expression(text, PLACE, SCOPE, "yes/no")
    except InputError:
        return None


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much])
@given(st.lists(conditions, min_size=1, max_size=3))
def test_somebody_is_found_exactly_when_there_is_somebody(texts):
    exprs = [expr for expr in map(read, texts) if expr is not None]
    found = Cells(exprs).some(exprs)
    if found is None:
        assert not any(all(evaluate(expr, at) for expr in exprs) for at in SITUATIONS)
    else:
        at = situation(ANYTHING | found)
        assert all(evaluate(expr, at) for expr in exprs)


@settings(max_examples=60, deadline=None)
@given(conditions)
def test_never_and_always_are_told_apart(text):
    expr = read(text)
    if expr is None:
        return
    answers = {evaluate(expr, at) for at in SITUATIONS}
    cells = Cells([expr])
    assert (cells.some([expr]) is None) == (answers == {False})
    assert (cells.some([Not(expr, PLACE)]) is None) == (answers == {True})


def test_too_many_profiles_are_not_guessed_at():
    expr = read("age + rank >= 3")
    with pytest.raises(UndecidedError):
        Cells([expr], most=20).some([expr])
    assert Cells([expr], most=21).some([expr]) is not None


def test_conditions_without_a_common_field_need_no_common_space():
    exprs = [read("age + 1 > 3"), read("rank + 1 > 2"), read("signed"), read("colour == 'red'")]
    found = Cells(exprs, most=7).some(exprs)
    assert found == {"age": 3, "rank": 2, "signed": True, "colour": "red"}


def test_a_condition_on_a_kind_of_expression_that_is_not_known_is_not_decided():
    table = SCOPE.declared("group", PLACE)
    cells = Cells([TableRef(table, 0, PLACE)])
    with pytest.raises(UndecidedError):
        cells.factor(Newer())


class Newer:
    """What a later version of the language may hold."""
