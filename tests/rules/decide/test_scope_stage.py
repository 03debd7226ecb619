"""Scope: whom the rules concern. Who is outside is told so, and is not judged by the other rules."""

from datetime import date

import pytest

from rules import Layout, compile_program, grounds
from rules.language import MissingFact
from rules.reading import InputError, parse_yaml
from rules.ruleset import ruleset_of

HEAD = """
ruleset: tiny
label: {nb: liten, en: tiny}
fields:
  acute: {of: applicant, type: yes/no, source: stored, label: {nb: akutt, en: acute}}
  abroad: {of: applicant, type: yes/no, source: stored, label: {nb: utenlands, en: abroad}}
  age: {of: applicant, type: int, unit: years, range: 0..110, source: {elapsed: {since: born}}, label: {nb: alder, en: age}}
  rank: {of: dwelling, type: int, range: 1..5, source: stored, label: {nb: trinn, en: rank}}
eligibility: {ADULT: {requires: age >= 18}}
exclusion: {NEVER_OLD: {requires: age < 100}}
"""
SCOPE = """
scope:
  NOT_ACUTE: {requires: not acute, ground: {nb: Gjelder ikke akuttbolig., en: Not for acute housing.}}
  AT_HOME: {requires: not abroad}
"""


def made(rules):
    ruleset = ruleset_of(parse_yaml(HEAD + rules, "tiny.yaml"))
    layout = Layout(ruleset.fields.values(), date(2026, 1, 1))
    return ruleset, layout, compile_program(ruleset, layout).build()


@pytest.mark.parametrize(
    ("acute", "abroad", "expected"),
    [
        (False, False, ("ADULT",)),
        (True, False, ("NOT_ACUTE",)),
        (False, True, ("AT_HOME",)),
        (True, True, ("NOT_ACUTE", "AT_HOME")),
    ],
)
def test_who_is_outside_is_told_that_and_nothing_else(acute, abroad, expected):
    _, layout, program = made(SCOPE)
    child = layout.new_applicant({"acute": acute, "abroad": abroad})
    layout.mark(child, "born", -3000)
    assert program.refusals(child, 0) == expected


def test_the_other_rules_are_not_even_asked():
    ruleset, layout, program = made(SCOPE)
    unknown_age = layout.new_applicant({"acute": True, "abroad": False})
    assert program.refusals(unknown_age, 0) == ("NOT_ACUTE",)
    [outside, inside] = grounds(ruleset, layout, "scope", unknown_age)
    assert (outside.met, outside.text["nb"], inside.met) == (False, "Gjelder ikke akuttbolig.", True)
    with pytest.raises(MissingFact, match="age"):
        program.refusals(layout.new_applicant({"acute": False, "abroad": False}), 0)


def test_rules_without_scope_concern_everybody():
    _, layout, program = made("")
    adult = layout.new_applicant({"acute": True, "abroad": True})
    layout.mark(adult, "born", -9000)
    assert program.refusals(adult, 0) == ()


@pytest.mark.parametrize(
    ("rules", "code"),
    [("scope: {BIG: {requires: rank >= 2}}", "not-visible"), ("scope: {ADULT: {requires: not acute}}", "duplicate-id")],
)
def test_mistakes(rules, code):
    with pytest.raises(InputError) as caught:
        made(rules)
    assert [finding.code for finding in caught.value.findings] == [code]
