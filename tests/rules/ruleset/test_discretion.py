"""What is left to a named authority: a field, its shares, its words, and its place in the rules."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules.decide import compile_program, grounds
from rules.language import Layout, describe
from rules.reading import InputError, parse_yaml
from rules.ruleset import ruleset_of

HEAD = """
ruleset: tiny
label: {nb: liten, en: tiny}
fields:
  age: {of: applicant, type: int, unit: years, range: 0..110, source: {elapsed: {since: born}}, label: {nb: alder, en: age}}
  ill: {of: applicant, type: yes/no, source: stored, label: {nb: syk, en: ill}}
"""
OFFICE = "authority: {nb: kontoret, en: the office}"
RULES = f"""
eligibility:
  ADULT:
    label: {{nb: Voksen, en: Adult}}
    requires: age >= 18
    unless:
      HARDSHIP: {{label: {{nb: nød, en: hardship}}, when: ill, discretion: {{{OFFICE}, taken: 30 %}}}}
      MERCY: {{discretion: {{{OFFICE}}}}}
  AGREEMENT: {{label: {{nb: avtale, en: agreement}}, requires: not ill, discretion: {{{OFFICE}, taken: 0.5}}}}
moves: {{CLOSER: {{requires: ill, discretion: {{{OFFICE}, taken: 10 %}}}}}}
"""


def made(rules=RULES):
    ruleset = ruleset_of(parse_yaml(HEAD + rules, "tiny.yaml"))
    layout = Layout(ruleset.fields.values(), date(2026, 1, 1))
    return ruleset, layout, compile_program(ruleset, layout).build()


def says(rules):
    with pytest.raises(InputError) as error:
        made(rules)
    return "; ".join(finding.render() for finding in error.value.findings)


@given(answers=st.tuples(*[st.booleans()] * 6))
def test_it_applies_where_the_authority_has_taken_the_step_and_nowhere_else(answers):
    grown, ill, hardship, mercy, asks, grants = answers
    ruleset, layout, program = made()
    person = layout.new_applicant({
        "ill": ill, "taken_adult_hardship": hardship, "taken_adult_mercy": mercy, "taken_agreement": asks, "taken_closer": grants,
    })  # fmt: skip
    layout.mark(person, "born", -365 * (30 if grown else 10))
    expected = () if grown or (ill and hardship) or mercy else ("ADULT",)
    expected += ("AGREEMENT",) if asks and ill else ()
    assert program.refusals(person, 0) == expected
    judged = {ground.rule: ground for ground in grounds(ruleset, layout, "eligibility", person)}
    assert judged["ADULT"].met is ("ADULT" not in expected)
    assert ("AGREEMENT" in judged) is asks, "where the office does not set it, the requirement is not spoken of"
    if not grown and ill and hardship:
        assert judged["ADULT"].exception == "HARDSHIP" and judged["ADULT"].reads["taken_adult_hardship"] is True
    assert program.move_wanted(person, None, None, 0) == ("CLOSER" if ill and grants else None)


def test_the_world_is_told_what_to_draw():
    _, _, program = made()
    found = {one.id: (one.field, one.shares, one.grants) for one in program.discretions}
    assert found == {
        "ADULT.HARDSHIP": ("taken_adult_hardship", ((True, 0.3), (False, 0.7)), False),
        "ADULT.MERCY": ("taken_adult_mercy", (), False),
        "AGREEMENT": ("taken_agreement", ((True, 0.5), (False, 0.5)), False),
        "CLOSER": ("taken_closer", ((True, 0.1), (False, 0.9)), True),
    }


def test_it_is_told_with_the_name_of_the_authority():
    ruleset, _, _ = made()
    adult, agreement = ruleset.versions[0].eligibility
    assert describe(adult.waivers[0].when, "nb") == "syk og kontoret gjør etter skjønn unntak (nød)"
    assert describe(adult.waivers[1].when, "en") == "the office makes an exception at its discretion (mercy)"
    assert agreement.when is not None
    assert describe(agreement.when, "en") == "the office sets the requirement at its discretion (agreement)"
    assert ruleset.fields["taken_agreement"].negated.nb == "kontoret stiller ikke kravet (avtale)"


@pytest.mark.parametrize(
    ("rules", "words"),
    [
        ("eligibility: {ADULT: {requires: age >= 18, unless: {MERCY: {}}}}", ["'when' is missing", "discretion"]),
        ("eligibility: {ADULT: {requires: age >= 18, discretion: {taken: 30 %}}}", ["'authority' is missing"]),
        (f"eligibility: {{ADULT: {{requires: age >= 18, discretion: {{{OFFICE}, taken: 130 %}}}}}}", ["over 100 %"]),
        (f"eligibility: {{ADULT: {{requires: age >= 18, discretion: {{{OFFICE}, set: {{3 months: 1}}}}}}}}", ["taken: 30 %"]),
        (f"eligibility: {{ILL: {{requires: ill, discretion: {{{OFFICE}, takn: 3 %}}}}}}", ["'takn'", "did you mean taken?"]),
    ],
)
def test_mistakes_are_told_where_they_stand(rules, words):
    found = says(rules)
    assert "tiny.yaml:7:" in found
    assert all(word in found for word in words), found


def test_a_field_that_bears_the_name_already_is_refused():
    taken = "  taken_adult: {of: applicant, type: yes/no, source: stored, label: {nb: a, en: a}}\n"
    assert "'taken_adult'" in says(taken + f"eligibility: {{ADULT: {{requires: ill, discretion: {{{OFFICE}}}}}}}")
