"""Which version a case in progress meets, and waiting time that counts only so long."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules.decide import compile_program, compile_programs, grounds, scan_key
from rules.explain import explain_choice
from rules.language import NEVER, Layout
from rules.reading import InputError, parse_yaml
from rules.ruleset import ruleset_of

HEAD = """
ruleset: tiny
label: {nb: liten, en: tiny}
fields:
  residence: {of: applicant, type: int, unit: months, range: 0..600, source: {elapsed: {since: moved_to_municipality}}, label: {nb: botid, en: residence}}
  waited: {of: applicant, type: int, unit: days, range: 0..5000, may_be: absent, source: {elapsed: {since: decided, pauses: [absent]}}, label: {nb: ventetid, en: waited}}
"""  # noqa: E501
RULES = """
amounts: {required: {unit: months, values: {2020-01-01: 12, 2026-01-01: 24, 2027-01-01: 36}}}
eligibility: {RESIDENCE: {requires: residence >= required}}
"""
CHANGES = (date(2026, 1, 1), date(2027, 1, 1))


def made(rules, start=date(2025, 1, 1)):
    ruleset = ruleset_of(parse_yaml(HEAD + rules, "tiny.yaml"))
    return ruleset, Layout(ruleset.fields.values(), start)


def required(ruleset, applied, decided):
    return ruleset.for_case(applied, decided).amounts["required"].value


days = st.dates(date(2025, 6, 1), date(2027, 8, 1))


@given(one=days, other=days)
def test_one_word_for_all_changes(one, other):
    applied, decided = sorted((one, other))
    for word, day in (("decision_date", decided), ("application_date", applied)):
        ruleset, _ = made(f"transition: {word}\n" + RULES)
        assert required(ruleset, applied, decided) == 12 + 12 * sum(day >= change for change in CHANGES)
    ruleset, _ = made(RULES)
    assert required(ruleset, applied, decided) == ruleset.on(decided).amounts["required"].value


@given(one=days, other=days)
def test_a_word_for_each_change(one, other):
    applied, decided = sorted((one, other))
    ruleset, _ = made("transition: {2027-01-01: application_date}\n" + RULES)
    expected = 12 + 12 * (decided >= CHANGES[0]) + 12 * (applied >= CHANGES[1])
    assert required(ruleset, applied, decided) == expected


@pytest.mark.parametrize("shift", [-1, 0, 1])
def test_the_day_before_the_day_and_the_day_after(shift):
    ruleset, layout = made("transition: application_date\n" + RULES)
    person = layout.new_applicant({})
    layout.mark(person, "moved_to_municipality", -30)
    day = (CHANGES[0] - layout.start).days + shift
    program = compile_program(ruleset, layout, day).build()
    assert program.transition == "application_date"
    # 12 full months on all three days, never 24: whether he is eligible depends on the day he applied.
    assert (program.refusals(person, day) == ()) is (shift < 0)
    [now] = grounds(ruleset, layout, "eligibility", person, day=day, applied=day)
    [before] = grounds(ruleset, layout, "eligibility", person, day=day, applied=day - 2)
    assert (now.met, before.met) == (shift < 0, True)


def test_every_program_knows_its_own_transition():
    ruleset, layout = made("transition: {2027-01-01: application_date}\n" + RULES)
    found = [(layout.start + timedelta(days=day), source.transition) for day, source in compile_programs(ruleset, layout)]
    assert found == [(layout.start, "decision_date"), (CHANGES[0], "decision_date"), (CHANGES[1], "application_date")]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("transition: aplication_date\n", ["application_date"]),
        ("transition: {2027-01-02: application_date}\n", ["nothing in the rules changes on 2027-01-02", "2027-01-01"]),
    ],
)
def test_mistakes_of_transition(text, words):
    with pytest.raises(InputError) as error:
        made(text + RULES)
    assert all(word in error.value.findings[0].render() for word in words)


CAPPED = "priority: [{longest: waited, at_most: cap}]\namounts: {cap: {unit: days, value: 100}}"


@given(
    begins=st.lists(st.one_of(st.none(), st.integers(-400, 0)), min_size=2, max_size=5),
    absent=st.integers(-50, 60),
    day=st.integers(0, 200),
)
def test_waiting_beyond_the_cap_gives_nothing_more(begins, absent, day):
    ruleset, layout = made(CAPPED)
    program = compile_program(ruleset, layout).build()
    people = []
    for begin in begins:
        person = layout.new_applicant({})
        if begin is not None:
            layout.mark(person, "decided", begin)
            if begin < absent <= day:
                layout.pause(person, "absent", absent)
        people.append((begin, person))
    for begin, person in people:
        key = program.key(person, day)
        assert key == scan_key(ruleset, layout, person, None, None, day)
        waited = None if begin is None else (absent if begin < absent <= day else day) - begin
        assert (key == (-NEVER,)) is (waited is not None and waited >= 100)
        until = program.key_until(person, day)
        assert until > day
        for later in range(day + 1, min(until, day + 150)):
            assert scan_key(ruleset, layout, person, None, None, later) == key


@pytest.mark.parametrize(
    ("rules", "words"),
    [
        ("priority: [{longest: waited, at_most: residence}]", ["'residence'"]),
        ("priority: [{lottery: per application, at_most: 3}]", ["'at_most' caps a time"]),
        ("priority: [{longest: waited, at_most: m}]\namounts: {m: {unit: months, value: 3}}", ["days are compared with months"]),
    ],
)
def test_mistakes_of_caps(rules, words):
    with pytest.raises(InputError) as error:
        made(rules)
    assert all(word in error.value.findings[0].render() for word in words)


def test_what_is_told_of_the_order_is_what_decided():
    ruleset, layout = made(CAPPED.replace("at_most: cap}]", "at_most: cap}, {lottery: per application}]"))
    people = {}
    for name, begin, lot in (("ola", -500, 1), ("kari", -300, 2), ("per", -99, 0)):
        people[name] = layout.new_applicant({})
        people[name].lottery = lot
        layout.mark(people[name], "decided", begin)
    lines = explain_choice(ruleset, layout, list(people.items()), layout.new_dwelling({}), layout.new_site({}), 0, "en")
    kari, per = (next(i for i, line in enumerate(lines) if name in line) for name in ("kari", "per"))
    assert "lottery" in lines[kari + 1] and "days" not in lines[kari + 1], "both are beyond the cap, so the lot decided"
    assert "99 days" in lines[per + 1]
