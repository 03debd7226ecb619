"""Profiles whose verdict changes: the count and the examples agree with going through every profile one by one."""

from collections import Counter
from datetime import date
from functools import cache
from itertools import product
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, assume, given, settings
from language_worlds import Case, cases, conditions, int_texts, read

from rules import Layout, compile_program, load_ruleset
from rules.diff import changed_profiles, compare, diff_data, fact_text, tell, with_profiles
from rules.diff import models as models_of
from rules.diff.models import Space, TooManyError, put
from rules.diff.questions import questions
from rules.diff.reduce import reduced
from rules.language import cut_points, evaluate, field_value, fields_of
from rules.language.form import Const
from rules.reading import Place, parse_yaml
from rules.ruleset import RuleSet, ruleset_of
from rules.show import as_text
from rules.verify.case_facts import make_facts
from rules.verify.cells import Cells, UndecidedError
from rules.verify.enumeration import field_values

RULES = Path(__file__).parents[3] / "rules"
PLACE = Place("test", 1, 1, "")
DAY = date(2026, 6, 15)
quick = settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much])

SMALL = """\
ruleset: small
label: {nb: Små regler, en: Small rules}
fields:
  age: {of: applicant, type: int, unit: years, range: 0..110, source: {elapsed: {since: born}}, label: {nb: alder, en: age}}
  stay: {of: applicant, type: int, unit: months, range: 0..600, may_be: absent, source: {elapsed: {since: moved_in}},
    label: {nb: botid, en: stay}}
  need: {of: applicant, type: int, range: 1..5, source: stored, label: {nb: behov, en: need}}
  refugee: {of: applicant, type: yes/no, source: stored, label: {nb: flyktning, en: refugee}}
  urgency: {of: applicant, type: one of, values: {low: {nb: lav, en: low}, top: {nb: topp, en: top}}, source: stored,
    label: {nb: hastegrad, en: urgency}}
  rank: {of: dwelling, type: int, range: 1..5, source: stored, label: {nb: trinn, en: rank}}
  sturdy: {of: dwelling, type: yes/no, source: stored, label: {nb: robust, en: sturdy}}
  site_sum: {of: site, type: int, range: 0..9, source: stored, label: {nb: sum, en: sum}}
amounts:
  floor: {label: {nb: aldersgrensen, en: the age limit}, unit: years, value: 18, status: illustrative}
definitions:
  settled: {label: {nb: fast bosatt, en: settled}, is: stay is absent or stay >= 12}
tables:
  level:
    label: {nb: Nivå, en: Level}
    status: illustrative
    hit: unique
    inputs: [need, urgency]
    rows:
      - ["1..2", "*", 1]
      - ["3..5", low, 2]
      - ["3..5", top, need]
eligibility:
  ADULT: {label: {nb: Myndig, en: Of age}, requires: age >= floor, status: illustrative}
  STAY: {label: {nb: Botid, en: Stay}, requires: settled, unless: {REFUGEE: {when: refugee, status: illustrative}},
    status: illustrative}
  NEED: {label: {nb: Behov, en: Need}, when: not refugee, requires: need >= 2, status: illustrative}
priority:
  - class: {FIRST: urgency == 'top' and level >= 3, SECOND: refugee, REST: otherwise}
    label: {nb: Klasse, en: Class}
    status: illustrative
  - lottery: per application
    label: {nb: Lodd, en: Lottery}
    status: illustrative
matching:
  RANK: {label: {nb: Trinn, en: Rank}, requires: level <= rank <= level + 1, status: illustrative}
  STURDY: {label: {nb: Robust, en: Sturdy}, when: need >= 4, requires: sturdy, status: illustrative}
living_environment:
  SITE: {label: {nb: Bomiljø, en: Site}, requires: need + site_sum <= 8, status: illustrative}
"""
EDITS = [
    ("value: 18", "value: 20"),
    ("stay >= 12", "stay >= 24"),
    ("stay is absent or stay >= 12", "stay is not absent and stay >= 12"),
    ("requires: need >= 2", "requires: need >= 3"),
    ("when: not refugee, requires: need", "requires: need"),
    ('["3..5", low, 2]', '["3..5", low, 3]'),
    ("urgency == 'top' and level >= 3", "urgency == 'top' or level >= 3"),
    ("{FIRST: urgency == 'top' and level >= 3, SECOND: refugee", "{SECOND: refugee, FIRST: urgency == 'top' and level >= 3"),
    ("level <= rank <= level + 1", "level == rank"),
    ("when: need >= 4, requires: sturdy", "when: need >= 3, requires: sturdy"),
    ("need + site_sum <= 8", "need + site_sum < 8"),
    ("need + site_sum <= 8", "9 - need > site_sum"),
    ("  NEED: {label: {nb: Behov, en: Need}, when: not refugee, requires: need >= 2, status: illustrative}\n", ""),
]  # fmt: skip


@cache
def rules(*edits: tuple[str, str]) -> RuleSet:
    text = SMALL
    for was, now in edits:
        assert was in text
        text = text.replace(was, now)
    tree: Any = parse_yaml(text, "small.yaml")
    return ruleset_of(tree)


@cache
def brute_force(*edits: tuple[str, str]) -> dict[str, Counter[tuple[str, str]]]:
    """Go through every profile of each decision, and count the pairs of verdicts that differ."""
    one, other = rules(), rules(*edits)
    layout = Layout(one.fields.values(), DAY)
    programs = [compile_program(r, layout).build() for r in (one, other)]
    names = [[name.lower() for name, _ in r.versions[0].priority[0].classes] for r in (one, other)]
    found: dict[str, Counter[tuple[str, str]]] = {}
    for verdicts in changed_profiles(one, other):
        exprs = [
            expr
            for ruleset in (one, other)
            for question in questions(ruleset.versions[0])
            if question.key == verdicts.key
            for expr in question.exprs
        ]
        cuts = cut_points(*exprs)
        fields = {name: field for expr in exprs for name, field in fields_of(expr).items()}
        choices = {name: list(field_values(field, cuts[name])) for name, field in fields.items()}
        tally: Counter[tuple[str, str]] = Counter()
        for values in product(*choices.values()):
            profile = dict(zip(choices, values, strict=True))
            facts = [
                make_facts(layout, of, {n: v for n, v in profile.items() if fields[n].of == of}, PLACE)  # type: ignore[arg-type]
                for of in ("applicant", "dwelling", "site")
            ]
            pair = [verdict(verdicts.key, program, own, *facts) for program, own in zip(programs, names, strict=True)]
            if pair[0] != pair[1]:
                tally[pair[0], pair[1]] += 1
        found[verdicts.key] = tally
    return found


def verdict(key: str, program: Any, names: list[str], a: Any, d: Any, s: Any) -> str:
    if key == "conditions":
        return "refused" if program.refusals(a, 0) else "eligible"
    if key == "level":
        return str(program.number("level", a, d, s, 0))
    if key == "matching":
        return "the home suits" if program.compatible(a, d, 0) and program.suits(a, d, s, 0) else "the home does not suit"
    return {"first": "first", "second": "second", "rest": "other applicants"}[names[program.key(a, 0)[0]]]


@pytest.mark.parametrize("edit", EDITS, ids=lambda edit: edit[1][:40] or "rule removed")
def test_counts_are_those_of_going_through_every_profile(edit: tuple[str, str]) -> None:
    found = changed_profiles(rules(), rules(edit))
    assert found
    expected = brute_force(edit)
    for verdicts in found:
        tally = expected[verdicts.key]
        if verdicts.key == "level":
            assert verdicts.changed == sum(tally.values())
        else:
            assert {(flip.before.en, flip.after.en): flip.count for flip in verdicts.flips} == dict(tally), verdicts.key


@pytest.mark.parametrize("edit", EDITS, ids=lambda edit: edit[1][:40] or "rule removed")
def test_examples_are_examples_whatever_else_is_so(edit: tuple[str, str]) -> None:
    one, other = rules(), rules(edit)
    layout = Layout(one.fields.values(), DAY)
    programs = [compile_program(r, layout).build() for r in (one, other)]
    names = [[name.lower() for name, _ in r.versions[0].priority[0].classes] for r in (one, other)]
    for verdicts in changed_profiles(one, other):
        for flip in verdicts.flips:
            assert flip.examples
            for example in flip.examples:
                facts = [
                    make_facts(layout, of, {n: v for n, v in example.profile.items() if one.fields[n].of == of}, PLACE)  # type: ignore[arg-type]
                    for of in ("applicant", "dwelling", "site")
                ]
                pair = [verdict(verdicts.key, p, own, *facts) for p, own in zip(programs, names, strict=True)]
                expected = [str(n) for n in example.numbers] or [flip.before.en, flip.after.en]
                assert pair == expected
                assert {name: span.value for name, span in example.deciding}.items() <= example.profile.items()


def test_equal_verdicts_written_otherwise_change_for_nobody() -> None:
    [found] = changed_profiles(rules(), rules(("need + site_sum <= 8", "9 - need > site_sum")))
    assert (found.key, found.changed, found.flips) == ("matching", 0, ())


@pytest.mark.parametrize(
    "name", ["baerum", *(f"examples/{f.name}" for f in sorted((RULES / "examples").iterdir()) if f.is_dir())]
)
def test_a_rule_set_changes_for_nobody_against_itself(name: str) -> None:
    ruleset = load_ruleset(RULES / name)
    assert changed_profiles(ruleset, ruleset) == ()


@quick
@given(conditions() | int_texts(3), cases())
def test_an_expression_with_every_field_put_in_has_the_value_of_the_interpreter(text: str, case: Case) -> None:
    expr = read(text)
    assume(expr is not None)
    left = expr
    for name, field in fields_of(expr).items():
        left = reduced(left, (name, field_value(field, case.here)))
    assert isinstance(left, Const)
    assert left.value == evaluate(expr, case.here)


@quick
@given(conditions(2))
def test_models_are_counted_as_one_by_one(text: str) -> None:
    expr = read(text)
    assume(expr is not None)
    fields = fields_of(expr)
    cuts = cut_points(expr)
    choices = {name: list(field_values(field, cuts[name])) for name, field in fields.items() if cuts[name] is not None or
               field.type != "int" or field.domain.hi - field.domain.lo < 60}  # fmt: skip
    assume(choices.keys() == fields.keys())
    size = 1
    for values in choices.values():
        size *= len(values)
    assume(size <= 3000)
    space = Space(fields, (expr,))
    one_by_one = 0
    for values in product(*choices.values()):
        left = expr
        for name, value in zip(choices, values, strict=True):
            left = reduced(left, (name, value))
        one_by_one += getattr(left, "value", None) is True
    assert (space.size(), space.count((expr,))) == (size, one_by_one)


def too_many(*_: object) -> None:
    raise UndecidedError


@quick
@given(conditions(2))
def test_counted_as_arrays_it_is_the_same_number(text: str) -> None:
    expr = read(text)
    assume(expr is not None)
    fields = fields_of(expr)
    one_by_one, as_arrays = Space(fields, (expr,)), Space(fields, (expr,))
    try:
        expected = one_by_one.count((expr,))
        found = as_arrays._as_arrays(lambda cells: cells.count(put((expr,), "", None) or ()))
    except TooManyError:
        assume(False)
    assert found == expected or put((expr,), "", None) is None


def test_past_what_is_looked_at_one_by_one_profiles_are_counted_as_arrays(monkeypatch: pytest.MonkeyPatch) -> None:
    before, after = load_ruleset(RULES / "baerum"), edited_baerum()
    [expected] = changed_profiles(before, after)
    monkeypatch.setattr(models_of, "MOST_CASES", 5)
    [found] = changed_profiles(before, after)
    assert (found.changed, found.profiles) == (expected.changed, expected.profiles) and found.changed
    assert [flip.count for flip in found.flips] == [flip.count for flip in expected.flips]
    for flip in found.flips:
        [example] = flip.examples
        assert example.before != example.after and example.deciding


def test_past_the_limit_it_is_not_decided(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(models_of, "MOST_CASES", 5)
    monkeypatch.setattr(Cells, "__init__", too_many)
    [found] = changed_profiles(rules(), rules(("need + site_sum <= 8", "need + site_sum < 8")))
    assert (found.changed, found.why) == (None, "cases")
    told = as_text(with_profiles(tell((), rules(), rules(), "nb"), (found,), "nb"))
    assert "Ikke avgjort" in told


def test_a_field_that_means_something_else_is_not_compared() -> None:
    other = rules(
        ("range: 0..110, source: {elapsed: {since: born}}", "range: 0..110, source: stored"), ("value: 18", "value: 19")
    )
    [found] = changed_profiles(rules(), other)
    assert (found.key, found.changed, found.why) == ("conditions", None, "age")


def test_rules_that_change_on_a_date_are_compared_before_and_after() -> None:
    dated = rules(("unit: years, value: 18", "unit: years, values: {2026-01-01: 18, 2030-01-01: 21}"))
    [found] = changed_profiles(rules(), dated)
    assert (found.key, found.since, found.until) == ("conditions", date(2030, 1, 1), None)


def test_the_words_of_a_profile() -> None:
    [found] = changed_profiles(load_ruleset(RULES / "baerum"), edited_baerum())
    [flip] = found.flips
    told = [fact_text(found.fields[name], span, "nb") for name, span in flip.examples[0].deciding]
    assert "botid i kommunen er fra 24 til 35 måneder" in told
    assert "ikke flyktning med vedtak om bosetting" in told
    assert flip.examples[0].before == ("RESIDENCE",)


def test_the_data_say_all_that_the_words_say() -> None:
    a, b = load_ruleset(RULES / "baerum"), edited_baerum()
    data = diff_data(a, b, compare(a, b), changed_profiles(a, b))
    assert data["same"] is False and [change["key"] for change in data["changes"]] == ["residence_required"]
    [decision] = data["profiles"]
    assert decision["decided"] and decision["changed"] == sum(flip["profiles"] for flip in decision["flips"]) > 0
    assert decision["flips"][0]["examples"][0]["deciding"]["residence"] == [24, 35]
    same = diff_data(a, a, compare(a, a), changed_profiles(a, a))
    assert (same["same"], same["changes"], same["profiles"]) == (True, [], [])


@cache
def edited_baerum() -> RuleSet:
    return load_ruleset(RULES / "baerum", parse_yaml("amounts: {residence_required: {value: 24}}", "change.yaml"))
