"""Every function of a program, on rules written for it and on rules that leave it out."""

import pickle
from datetime import date

import pytest

from rules import NEVER, Layout, compile_program, compile_programs, grounds
from rules.reading import InputError, parse_yaml
from rules.ruleset import ruleset_of

FIELDS = """
ruleset: tiny
label: {nb: liten, en: tiny}
fields:
  age: {of: applicant, type: int, unit: years, range: 0..110, source: {elapsed: {since: born}}, label: {nb: alder, en: age}}
  refugee: {of: applicant, type: yes/no, source: stored, label: {nb: flyktning, en: refugee}}
  need: {of: applicant, type: int, range: 1..5, source: {supplied: {by: world}}, label: {nb: behov, en: need}}
  own_rank: {of: applicant, type: int, range: 0..5, source: {supplied: {by: world}}, label: {nb: egen, en: own}}
  stable: {of: applicant, type: int, unit: months, range: 0..600, may_be: absent, source: {elapsed: {since: need_changed}}, label: {nb: stabil, en: stable}}
  declined: {of: applicant, type: int, range: 0..9, source: {count: {event: offer_declined, period: 3 months}}, label: {nb: avslag, en: declined}}
  rank: {of: dwelling, type: int, range: 1..5, source: stored, label: {nb: trinn, en: rank}}
  limit: {of: site, type: int, range: 0..9, source: stored, label: {nb: grense, en: limit}}
"""  # noqa: E501


def made(rules, start=date(2026, 1, 1)):
    ruleset = ruleset_of(parse_yaml(FIELDS + rules, "tiny.yaml"))
    return ruleset, Layout(ruleset.fields.values(), start)


def program_of(rules):
    ruleset, layout = made(rules)
    return compile_program(ruleset, layout).build(), layout


def person(layout, born=-365 * 30, **values):
    facts = layout.new_applicant({"refugee": False, "need": 2, "own_rank": 0} | values)
    layout.mark(facts, "born", born)
    return facts


def home(layout, rank=2, limit=3):
    return layout.new_dwelling({"rank": rank}), layout.new_site({"limit": limit})


def test_stages_that_are_left_out_are_neutral():
    program, layout = program_of("")
    a, (d, s) = person(layout), home(layout)
    assert program.refusals(a, 0) == ()
    assert program.cell(a, 0) == program.dwelling_class(d) == program.key(a, 0) == program.full_key(a, d, s, 0) == ()
    assert program.compatible(a, d, 0) is True
    assert program.suits(a, d, s, 0) is True
    assert program.key_until(a, 0) == program.move_until(a, d, s, 0) == NEVER
    assert program.move_wanted(a, d, s, 0) is None
    assert program.reply_days(a, d, s, 0) == program.term_months(a, d, s, 0) == 0
    assert program.decline_outcome(a, d, s, 0) == "keep"
    assert program.renewal_refusals(a, d, s, 0) == ()
    assert program.warned(a, d, s, 0) is program.notice(a, d, s, 0) is False
    assert program.hold_days(a, d, s, 0) == NEVER
    assert program.temporary_entitled(a, 0) is False
    assert not program.full_scan
    assert not program.has_moves


def test_refusals_name_what_failed_in_the_order_of_the_rules():
    program, layout = program_of("""
exclusion: {YOUNG: {requires: age >= 25}}
eligibility:
  ADULT: {requires: age >= 18, unless: {REFUGEE: {when: refugee}}}
  NEEDY: {requires: need >= 3, when: not refugee}
""")
    child = person(layout, born=-365 * 10)
    assert program.refusals(child, 0) == ("ADULT", "NEEDY", "YOUNG")
    assert program.refusals(person(layout, born=-365 * 10, refugee=True), 0) == ("YOUNG",)
    assert program.refusals(child, 365 * 9) == ("NEEDY", "YOUNG")


def test_moves_are_tried_in_order_and_expire():
    program, layout = program_of("""
moves:
  UP: {requires: need > own_rank}
  DOWN: {when: own_rank >= 2, requires: need < own_rank and stable is not absent and stable >= 6}
""")
    a, (d, s) = person(layout, need=2, own_rank=3), home(layout)
    assert (program.move_wanted(a, d, s, 0), program.move_until(a, d, s, 0)) == (None, NEVER)
    layout.mark(a, "need_changed", 0)
    until = program.move_until(a, d, s, 0)
    assert until == (date(2026, 7, 1) - date(2026, 1, 1)).days
    assert program.move_wanted(a, d, s, until - 1) is None
    assert program.move_wanted(a, d, s, until) == "DOWN"
    a.need = 5
    assert program.move_wanted(a, d, s, until) == "UP"
    a.need, a.own_rank = 0, 1
    assert program.move_wanted(a, d, s, until) is None, "out of its scope a rule of moves grants nothing"


def test_offers_tenancy_holds_and_the_floor():
    program, layout = program_of("""
offers:
  reply_days: 3 + need
  declined: [{id: OFTEN, when: declined >= 2, outcome: lapse}, {id: SELDOM, when: declined >= 1, outcome: keep}]
tables: {term: {hit: unique, inputs: [rank], rows: [["1..2", 36], ["3..5", 60]]}}
tenancy:
  term_months: term
  renewal: {STILL: {requires: need >= 2}}
  warning: {when: need >= 4}
  notice: {when: need == 5 and rank < 5}
holds: {LONG: {when: need >= 4, longest_days: 90 * need}, SHORT: {when: need >= 2, longest_days: 30}}
temporary: {ROOF: {requires: need == 5}}
""")
    a, (d, s) = person(layout, need=5), home(layout, rank=3)
    assert program.reply_days(a, d, s, 0) == 8
    assert program.term_months(a, d, s, 0) == program.number("term", a, d, s, 0) == 60
    assert program.warned(a, d, s, 0) and program.notice(a, d, s, 0) and program.temporary_entitled(a, 0)
    assert program.hold_days(a, d, s, 0) == 450
    a.need = 3
    assert program.hold_days(a, d, s, 0) == 30
    a.need = 1
    assert program.hold_days(a, d, s, 0) == NEVER
    assert program.renewal_refusals(a, d, s, 0) == ("STILL",)
    assert not program.warned(a, d, s, 0) and not program.temporary_entitled(a, 0)
    layout.mark(a, "offer_declined", 0)
    assert program.decline_outcome(a, d, s, 0) == "keep"
    layout.mark(a, "offer_declined", 0)
    assert program.decline_outcome(a, d, s, 0) == "lapse"
    assert program.decline_outcome(a, d, s, 90) == "keep"
    with pytest.raises(InputError, match="define no number 'tern'; did you mean term"):
        program.number("tern", a, d, s, 0)


def test_priority_that_reads_the_home_needs_the_full_scan():
    program, layout = program_of("""
priority: [{class: {RIGHT: need == rank, REST: otherwise}}, {highest: need}, {lottery: per application}]
""")
    a, (d, s) = person(layout, need=2), home(layout, rank=2)
    a.lottery = 9
    assert program.full_scan
    assert program.full_key(a, d, s, 0) == (0, -2, 9)
    assert program.full_key(a, home(layout, rank=3)[0], s, 0) == (1, -2, 9)
    assert program.key(a, 0) == (-2, 9)


def test_a_program_survives_pickling_and_its_hash_tells_what_it_does():
    ruleset, layout = made("eligibility: {ADULT: {requires: age >= 18}}")
    source = compile_program(ruleset, layout)
    again = pickle.loads(pickle.dumps(source))
    assert again.hash == source.hash == compile_program(*made("eligibility: {ADULT: {requires: age >= 18}}")).hash
    assert again.build().refusals(person(layout, born=-365), 0) == ("ADULT",)
    assert compile_program(*made("eligibility: {ADULT: {requires: age >= 19}}")).hash != source.hash
    assert compile_program(*made("eligibility: {ADULT: {requires: age >= 18}}", date(2027, 1, 1))).hash != source.hash


def test_versions_follow_the_dates():
    ruleset, layout = made("""
amounts: {limit_age: {values: {2020-01-01: 18, 2027-01-01: 21}}}
eligibility:
  OF_AGE: {requires: age >= limit_age}
  LATER: {requires: need >= 3, valid: {from: 2028-01-01, to: 2028-12-31}}
""")
    days = [(date(year, 1, 1) - layout.start).days for year in (2026, 2027, 2028, 2029)]
    programs = compile_programs(ruleset, layout)
    assert [day for day, _ in programs] == days
    twenty = person(layout, born=days[0] - 366 * 20)
    assert [source.build().refusals(twenty, days[0]) for _, source in programs] == [
        (), ("OF_AGE",), ("OF_AGE", "LATER"), ("OF_AGE",)
    ]  # fmt: skip
    assert [g.rule for g in grounds(ruleset, layout, "eligibility", twenty, day=days[2])] == ["OF_AGE", "LATER"]


def test_grounds_say_what_was_read_and_which_exception_applied():
    ruleset, layout = made("""
legal_sources: {kriterier: {label: {nb: Kriterier, en: Criteria}}}
eligibility:
  ADULT:
    requires: age >= 18
    legal: kriterier#4
    unless: {REFUGEE: {when: refugee, legal: kriterier#5, label: {nb: flyktning, en: refugee}}}
    ground: {nb: "Søkeren er {age} år{{!}}.", en: "The applicant is {age}."}
  NEEDY: {requires: need >= 3, when: refugee}
""")
    [refused] = grounds(ruleset, layout, "eligibility", person(layout, born=-365 * 10))
    assert (refused.rule, refused.met, refused.legal, refused.exception) == ("ADULT", False, ("kriterier#4",), None)
    assert refused.text == {"nb": "Søkeren er 9 år{!}.", "en": "The applicant is 9."}
    assert refused.reads == {"age": 9, "refugee": False}
    waived, needy = grounds(ruleset, layout, "eligibility", person(layout, born=-365 * 10, refugee=True))
    assert (waived.met, waived.exception, waived.legal, waived.text["en"]) == (True, "REFUGEE", ("kriterier#5",), "refugee")
    assert (needy.rule, needy.met) == ("NEEDY", False)


def test_a_layout_with_another_field_of_the_name_is_refused():
    ruleset, _ = made("eligibility: {ADULT: {requires: age >= 18}}")
    other = ruleset_of(parse_yaml(FIELDS.replace("1..5", "1..9"), "other.yaml"))
    with pytest.raises(InputError, match="the field 'need' is not the one"):
        compile_program(ruleset, Layout(other.fields.values(), date(2026, 1, 1)))
