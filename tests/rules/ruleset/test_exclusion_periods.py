"""Exclusion for a time after an event: to the day, with a ceiling, and ended by its cure."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules.decide import compile_program
from rules.decide.conditions import asked
from rules.language import Layout, Situation, evaluate, next_change
from rules.reading import InputError, parse_yaml
from rules.ruleset import ruleset_of

HEAD = """
ruleset: tiny
label: {nb: liten, en: tiny}
fields:
  paid: {of: applicant, type: yes/no, source: stored, label: {nb: betalt, en: paid}}
"""
FIXED = "exclusion: {EVICTED: {after: evicted, period: 2 months, cured_by: {PAID: {when: paid}}}}"
SET = """exclusion:
  EVICTED:
    after: evicted
    period: up to 90 days
    discretion: {authority: {nb: kontoret, en: the office}, set: {0 days: 25 %, 30 days: 75 %}}
"""
OFFICE = "authority: {nb: kontoret, en: the office}"
START = date(2026, 1, 31)


def made(rules):
    ruleset = ruleset_of(parse_yaml(HEAD + rules, "tiny.yaml"))
    layout = Layout(ruleset.fields.values(), START)
    return ruleset, layout, compile_program(ruleset, layout).build()


@given(event=st.integers(-400, 0), shift=st.integers(-3, 3), paid=st.booleans(), happened=st.booleans())
def test_it_ends_on_the_very_day_or_with_its_cure(event, shift, paid, happened):
    ruleset, layout, program = made(FIXED)
    person = layout.new_applicant({"paid": paid})
    if happened:
        layout.mark(person, "evicted", event)
    ends = layout.calendar.add_months(event, 2)
    day = max(event, ends + shift)
    excluded = happened and not paid and day < ends
    assert program.refusals(person, day) == (("EVICTED",) if excluded else ())
    condition = asked(ruleset.versions[0].exclusion[0])
    here = Situation(layout.calendar, day, person)
    assert evaluate(condition, here) is not excluded
    if excluded:
        assert next_change(condition, here) == ends


@given(days=st.integers(0, 200), day=st.integers(0, 220))
def test_the_length_set_decides_up_to_the_ceiling(days, day):
    _, layout, program = made(SET)
    person = layout.new_applicant({"paid": False, "set_evicted": days})
    layout.mark(person, "evicted", 0)
    assert program.refusals(person, day) == (("EVICTED",) if day < min(days, 90) else ())


def test_the_world_is_told_which_lengths_are_set():
    _, _, program = made(SET)
    [one] = program.discretions
    assert (one.field, one.shares, one.is_length) == ("set_evicted", ((0, 0.25), (30, 0.75)), True)


def test_a_policy_may_change_the_period_and_the_facts_stay():
    first, layout, _ = made(SET)
    other, _, _ = made(SET.replace("up to 90 days", "up to 60 days"))
    both = Layout([*first.fields.values(), *other.fields.values()], START)
    assert both.fields.keys() == layout.fields.keys()


@pytest.mark.parametrize(
    ("rule", "words"),
    [
        ("{after: evicted, period: 40 years}", ["too long", "at most 10 years"]),
        ("{after: evicted}", ["'after' and 'period'"]),
        ("{after: evikted, period: 2 months}", ["'evikted'", "did you mean evicted?"]),
        ("{after: evicted, period: two months}", ["write for example 12 months"]),
        ("{after: evicted, period: up to 2 months}", ["needs an authority"]),
        ("{after: evicted, period: 2 months, requires: paid}", ["exclude each other"]),
        ("{requires: paid, cured_by: {PAID: {when: paid}}}", ["`unless`"]),
        (f"{{after: evicted, period: up to 2 months, discretion: {{{OFFICE}, set: {{3 months: 1}}}}}}", ["longer than"]),
        (f"{{after: evicted, period: up to 2 months, discretion: {{{OFFICE}, set: {{9 days: 1}}}}}}", ["in months"]),
        (f"{{after: evicted, period: up to 2 months, discretion: {{{OFFICE}, set: {{1 months: 50 %}}}}}}", ["sum to 100 %"]),
    ],
)
def test_mistakes_are_told_where_they_stand(rule, words):
    with pytest.raises(InputError) as error:
        made(f"exclusion: {{EVICTED: {rule}}}")
    found = "; ".join(finding.render() for finding in error.value.findings)
    assert "tiny.yaml:6:" in found
    assert all(word in found for word in words), found


def test_a_month_later_is_a_calendar_month():
    _, layout, program = made("exclusion: {EVICTED: {after: evicted, period: 1 months}}")
    person = layout.new_applicant({"paid": False})
    layout.mark(person, "evicted", 0)
    last = (date(2026, 2, 28) - START).days
    assert program.refusals(person, last - 1) == ("EVICTED",)
    assert program.refusals(person, last) == () and START + timedelta(days=last) == date(2026, 2, 28)
