"""Time left until a date ahead: whole calendar units, counted back from the date."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules.language import NEVER, Calendar, Layout, MissingFact, Scope, Situation, evaluate, parse_expression, read_fields
from rules.reading import InputError, Place, parse_yaml

START = date(2027, 1, 1)
PLACE = Place("rules.yaml", 1, 1, "")
FIELD = (
    "{of: applicant, type: int, unit: months, range: 0..60, source: {remaining: {until: lease_ends}}, "
    "label: {nb: igjen, en: left}}"
)


def fields(text):
    return read_fields(parse_yaml(text, "fields.yaml"))


@given(st.integers(-2000, 2000), st.integers(0, 1500), st.sampled_from(["days", "weeks", "months", "years"]))
def test_the_largest_number_of_units_that_still_fit(day, ahead, unit):
    calendar = Calendar(START)
    end = day + ahead
    fits = 0
    while calendar.reach(end, -(fits + 1), unit) >= day:
        fits += 1
    assert calendar.remaining(end, day, unit) == fits


@given(st.integers(-2000, 2000), st.integers(1, 400), st.sampled_from(["days", "weeks", "months", "years"]))
def test_below_zero_after_the_date(day, ago, unit):
    assert Calendar(START).remaining(day - ago, day, unit) < 0


@pytest.mark.parametrize(
    ("end", "last_day_with_six"),
    [
        (date(2027, 9, 15), date(2027, 3, 15)),
        (date(2027, 8, 31), date(2027, 2, 28)),  # February lacks the day
        (date(2028, 8, 31), date(2028, 2, 29)),
        (date(2028, 2, 29), date(2027, 8, 29)),
    ],
)
def test_six_months_left_on_the_day_and_five_the_day_after(end, last_day_with_six):
    layout = Layout(fields("left: " + FIELD).values(), START)
    applicant = layout.new_applicant({})
    layout.mark(applicant, "lease_ends", (end - START).days)
    scope = Scope(layout.fields)
    left = parse_expression("left", PLACE, scope)
    day = (last_day_with_six - START).days
    assert [evaluate(left, Situation(layout.calendar, d, applicant)) for d in (day - 1, day, day + 1)] == [6, 6, 5]
    assert layout.calendar.next_remaining((end - START).days, day - 20, "months", (0, 60), (6,)) == day + 1


def test_a_date_that_was_never_marked_is_an_error_and_a_cleared_one_missing():
    layout = Layout(fields(f"left: {FIELD}").values(), START)
    scope = Scope(layout.fields)
    left = parse_expression("left", PLACE, scope)
    with pytest.raises(MissingFact, match="left"):
        evaluate(left, Situation(layout.calendar, 0, layout.new_applicant({})))
    loose = Layout(fields("left: " + FIELD.replace("range", "may_be: absent, range")).values(), START)
    applicant = loose.new_applicant({})
    absent = parse_expression("left is absent", PLACE, Scope(loose.fields))
    assert evaluate(absent, Situation(loose.calendar, 0, applicant)) is True
    loose.mark(applicant, "lease_ends", 50)
    assert evaluate(absent, Situation(loose.calendar, 0, applicant)) is False
    loose.clear(applicant, "lease_ends")
    assert evaluate(absent, Situation(loose.calendar, 0, applicant)) is True
    assert loose.calendar.next_remaining(None, 0, "months", (0, 60), None) == NEVER


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (("lease_ends", "born"), "unknown-date"),
        (("lease_ends", "lease_end"), "unknown-date"),
        (("unit: months, ", ""), "bad-unit"),
        (("{until: lease_ends}", "{}"), "missing-key"),
        (("until", "since"), "unknown-key"),
        (("int, unit: months, range: 0..60", "yes/no, unit: months"), "wrong-type"),
        (("remaining: {until", "elapsed: {since"), "unknown-event"),
    ],
)
def test_mistakes_in_the_declaration(change, code):
    with pytest.raises(InputError) as caught:
        fields("left: " + FIELD.replace(*change))
    assert caught.value.findings[0].code == code
    assert caught.value.findings[0].place.line == 1
