import pickle

import pytest
from hypothesis import given
from hypothesis import strategies as st
from language_worlds import LAYOUT, PLACE, SCOPE, START, Case, cases, generated_value

from rules.language import Layout, MissingFact, evaluate, field_value, parse_expression
from rules.reading import InputError

VALUES = {"conflict": 1, "debt": None, "refugee": True, "urgency": "low"}


def value(name: str, case: Case) -> object:
    return field_value(SCOPE.fields[name], case.here)


def test_starting_values_are_checked() -> None:
    for values, words in [
        ({"conflict": 1, "refugee": True}, "no starting value for the field 'urgency'"),
        ({**VALUES, "conflict": 4}, "4 is no value of the field 'conflict'"),
        ({**VALUES, "conflict": True}, "True is no value"),
        ({**VALUES, "urgency": "tpo"}, "did you mean top"),
        ({**VALUES, "conflikt": 1}, "no stored or supplied field 'conflikt'; did you mean conflict"),
    ]:
        with pytest.raises(InputError, match=words):
            LAYOUT.new_applicant(values)


def test_a_fact_that_is_missing_is_an_error_and_never_no() -> None:
    a = LAYOUT.new_applicant(VALUES)
    case = Case(a, None, None, 100)
    expr = parse_expression("waited > 30", PLACE, SCOPE)
    with pytest.raises(MissingFact, match="'waited' of the applicant has no value"):
        evaluate(expr, case.here)
    with pytest.raises(MissingFact, match="'waited' of the applicant has no value"):
        generated_value(expr)(a, None, None, 100)
    assert value("stay", case) is None and value("debt", case) is None
    assert value("declined", case) == 0 and value("recent", case) is False


def test_a_clock_stands_still_while_any_of_its_states_lasts() -> None:
    a = LAYOUT.new_applicant(VALUES)
    LAYOUT.mark(a, "decided", 0)
    seen = {}
    pause, resume = LAYOUT.pause, LAYOUT.resume
    for day, step, state in [(20, pause, "absent"), (25, pause, "in_crisis"), (26, pause, "absent"),
                             (30, resume, "absent"), (40, resume, "in_crisis"), (41, resume, "in_crisis")]:  # fmt: skip
        step(a, state, day)
        seen[day] = value("waited", Case(a, None, None, day))
    assert seen == {20: 20, 25: 20, 26: 20, 30: 20, 40: 20, 41: 21}
    assert value("waited", Case(a, None, None, 60)) == 40
    assert value("waited", Case(a, None, None, 9_999)) == 90  # the end of its range


def test_an_event_during_a_pause_starts_a_clock_that_waits() -> None:
    a = LAYOUT.new_applicant(VALUES)
    LAYOUT.pause(a, "absent", 10)
    LAYOUT.mark(a, "decided", 15)
    assert value("waited", Case(a, None, None, 50)) == 5  # 0, and the range begins at 5
    LAYOUT.resume(a, "absent", 60)
    assert value("waited", Case(a, None, None, 80)) == 20


def test_events_leave_their_window() -> None:
    a = LAYOUT.new_applicant(VALUES)
    for day in (0, 31, 31):  # 1 January and 1 February 2027
        LAYOUT.mark(a, "offer_declined", day)
    LAYOUT.mark(a, "incident", 10)
    counts = [value("declined", Case(a, None, None, day)) for day in (31, 89, 90, 119, 120)]
    assert counts == [3, 3, 2, 2, 0]
    assert [value("recent", Case(a, None, None, day)) for day in (10, 49, 50)] == [True, True, False]


def test_what_is_forgotten_is_missing_again() -> None:
    a = LAYOUT.new_applicant(VALUES)
    for event in ("moved_in", "decided", "offer_declined", "incident"):
        LAYOUT.mark(a, event, 5)
        LAYOUT.clear(a, event)
    case = Case(a, None, None, 10)
    assert (value("stay", case), value("declined", case), value("recent", case)) == (None, 0, False)
    with pytest.raises(MissingFact):
        value("waited", case)


def test_members_are_summed_over() -> None:
    members = [LAYOUT.new_member({"pay": pay}) for pay in (10, 20, 30)]
    for member, years in zip(members, (10, 20, 60), strict=True):
        LAYOUT.mark(member, "born", -366 * years)
    a = LAYOUT.new_applicant(VALUES, members)
    case = Case(a, None, None, 0)
    assert [value(name, case) for name in ("minors", "eldest", "income")] == [1, 60, 40]  # 50, and the range ends at 40
    assert value("eldest", Case(LAYOUT.new_applicant(VALUES), None, None, 0)) == 0


def test_a_layout_pickles_and_unites_fields() -> None:
    again = pickle.loads(pickle.dumps(Layout([*SCOPE.fields.values(), *SCOPE.fields.values()], START)))
    assert again.fields == SCOPE.fields and again.start == START
    assert set(again.classes["applicant"].__slots__) == set(LAYOUT.classes["applicant"].__slots__)


@given(cases(), st.integers(0, 300))
def test_a_paused_clock_never_runs_faster_than_time(case: Case, later: int) -> None:
    first, second = (field_value(SCOPE.fields["weeks"], case.on(day)) for day in (case.day, case.day + later))
    assert isinstance(first, int) and isinstance(second, int)
    assert first <= second <= first + later // 7 + 1
