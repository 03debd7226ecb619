"""Declared properties: proved, or refuted by somebody who is shown; the solver agrees with trying everybody."""

import sys
from itertools import product
from pathlib import Path

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from rules.decide.conditions import asked
from rules.language import Layout, Situation, evaluate
from rules.reading import InputError, Mapping, Place, parse_yaml, validate
from rules.ruleset import ruleset_of
from rules.verify import check_path, run_cases
from rules.verify.case_facts import make_facts
from rules.verify.proof_file import ProofFile
from rules.verify.prove import prove, prove_path
from rules.verify.ready_case import day_of

pytest.importorskip("z3")

BAERUM = Path(__file__).parents[3] / "rules" / "baerum"
HEAD = """\
ruleset: tiny
label: {nb: liten, en: tiny}
fields:
  age: {of: applicant, type: int, range: 0..4, source: stored, label: {nb: alder, en: age}}
  wait: {of: applicant, type: int, unit: days, range: 0..3, source: {elapsed: {since: listed}}, label: {nb: ventetid, en: wait}}
  months: {of: applicant, type: int, range: 0..2, may_be: absent, source: stored, label: {nb: måneder, en: months}}
  signed: {of: applicant, type: yes/no, source: stored, label: {nb: signert, en: signed}}
  colour: {of: applicant, type: one of, values: [red, blue], source: stored, label: {nb: farge, en: colour}}
tables:
  group: {hit: unique, inputs: [age, signed], rows: [["0..1", "*", 1], ["2..4", yes, age], ["2..4", no, 0]]}
"""
PEOPLE = [
    dict(zip(("age", "wait", "months", "signed", "colour"), values, strict=True))
    for values in product(range(5), range(4), [None, 0, 1, 2], [False, True], ["red", "blue"])
]


def proof_of(rules, written):
    ruleset = ruleset_of(parse_yaml(HEAD + rules, "tiny.yaml"))
    tree = parse_yaml("properties:\n  ONE: {label: {nb: en, en: one}, " + written + "}\n", "tiny.prove.yaml")
    assert isinstance(tree, Mapping)
    record = validate(ProofFile, tree)
    return ruleset, prove(ruleset, ruleset.versions[-1], "ONE", record.properties["ONE"], tree)


def answers_of(ruleset, expr_of):
    """Give the answer of everybody, by the plain interpreter."""
    version = ruleset.versions[-1]
    layout = Layout(ruleset.fields.values(), day_of(ruleset, version))
    found = []
    for person in PEOPLE:
        facts = make_facts(layout, "applicant", person, Place("p", 1, 1, ""))
        found.append(expr_of(version, Situation(layout.calendar, 0, facts)))
    return found


def eligible(version, at):
    return all(evaluate(asked(rule), at) for rule in version.eligibility)


numbers = st.sampled_from(["age", "wait", "group", "age + wait", "group * 2 - age", "age // 2", "wait * age", "1", "2", "3"])
atoms = st.one_of(
    st.builds("{} {} {}".format, numbers, st.sampled_from(["<", "<=", "==", "!=", ">=", ">"]), numbers),
    st.sampled_from(["signed", "colour == 'red'", "months is absent", "(months is not absent and months >= 1)", "age in [1, 3]"]),
)
conditions = st.recursive(
    atoms,
    lambda inner: st.one_of(
        st.builds("({} and {})".format, inner, inner),
        st.builds("({} or {})".format, inner, inner),
        st.builds("not ({})".format, inner),
    ),
    max_leaves=4,
)
quick = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much])


def made(condition, other, written):
    rules = f'eligibility:\n  A: {{requires: "{condition}", unless: {{B: {{when: "{other}"}}}}}}\n'
    try:
        return proof_of(rules, written)
    except InputError as error:
        assume("constant" not in {finding.code for finding in error.findings})
        raise


def shown_differ(ruleset, proof, expr_of):
    """Give the answers for the people of a counterexample."""
    keys = [tuple(person.items()) for person in PEOPLE]
    known = dict(zip(keys, answers_of(ruleset, expr_of), strict=True))
    blank = {"age": 0, "wait": 0, "months": None, "signed": False, "colour": "red"}
    return [known[tuple((blank | person).items())] for person in proof.shown]


@quick
@given(conditions, conditions)
def test_reachable_agrees_with_trying_everybody(one, other):
    ruleset, proof = made(one, other, "reachable: eligible")
    there = any(answers_of(ruleset, eligible))
    assert proof.result == ("proved" if there else "counterexample")
    if there:
        assert shown_differ(ruleset, proof, eligible) == [True]


@quick
@given(conditions, conditions, st.sampled_from(["age", "wait", "months", "signed"]), st.sampled_from(["up", "down"]))
def test_monotone_agrees_with_trying_everybody(one, other, name, direction):
    ruleset, proof = made(one, other, f"monotone: {{of: eligible, in: {name}, direction: {direction}}}")
    answers = answers_of(ruleset, eligible)
    by_rest = {}
    for person, answer in zip(PEOPLE, answers, strict=True):
        if person[name] is not None:
            rest = tuple((key, value) for key, value in person.items() if key != name)
            by_rest.setdefault(rest, []).append((person[name], answer))
    rows = [[answer for _, answer in sorted(pairs)] for pairs in by_rest.values()]
    holds = all(row == sorted(row, reverse=direction == "down") for row in rows)
    assert proof.result == ("proved" if holds else "counterexample")
    if not holds:
        assert shown_differ(ruleset, proof, eligible) == [direction == "up", direction == "down"]


@quick
@given(conditions, conditions, st.sets(st.sampled_from(["age", "months", "signed", "colour"]), min_size=1))
def test_same_except_agrees_with_trying_everybody(one, other, free):
    ruleset, proof = made(one, other, f"same_except: {{of: eligible, except: [{', '.join(sorted(free))}]}}")
    by_rest = {}
    for person, answer in zip(PEOPLE, answers_of(ruleset, eligible), strict=True):
        by_rest.setdefault(tuple(v for k, v in person.items() if k not in free), set()).add(answer)
    holds = all(len(answers) == 1 for answers in by_rest.values())
    assert proof.result == ("proved" if holds else "counterexample")
    if not holds:
        assert sorted(shown_differ(ruleset, proof, eligible)) == [False, True]


@quick
@given(conditions, conditions)
def test_exclusive_agrees_with_trying_everybody(one, other):
    rules = f'moves:\n  A: {{requires: "{one}"}}\neligibility:\n  B: {{requires: "{other}"}}\n'
    try:
        ruleset, proof = proof_of(rules, f"exclusive: [A, \"{other}\", colour == 'red']")
    except InputError:
        assume(False)

    def how_many(version, at):
        named = (
            evaluate(version.moves[0].requires, at),
            evaluate(version.eligibility[0].requires, at),
            at.applicant.colour == "red",
        )
        return sum(named)

    holds = max(answers_of(ruleset, how_many)) < 2
    assert proof.result == ("proved" if holds else "counterexample")


def test_the_order_of_priority_is_monotone_in_the_time_waited_or_not():
    good = "priority: [{class: {FIRST: signed, REST: otherwise}}, {longest: wait}, {lottery: per application}]\n"
    assert proof_of(good, "monotone: {of: priority, in: wait}")[1].result == "proved"
    bad = "priority: [{class: {FIRST: wait <= 1, REST: otherwise}}, {longest: wait}]\n"
    _, proof = proof_of(bad, "monotone: {of: priority, in: wait}")
    assert proof.result == "counterexample"
    assert "order: [a, b]" in proof.cases[0]
    lowest = "priority: [{lowest: age}]\n"
    assert proof_of(lowest, "monotone: {of: priority, in: age}")[1].result == "counterexample"
    assert proof_of(lowest, "monotone: {of: priority, in: age, direction: down}")[1].result == "proved"


def test_where_narrows_a_property_and_is_told_among_the_assumptions():
    rules = "eligibility: {A: {requires: age >= 2 or signed}}\n"
    _, wide = proof_of(rules, "same_except: {of: eligible, except: [age]}")
    _, narrow = proof_of(rules, "where: signed, same_except: {of: eligible, except: [age]}")
    assert (wide.result, narrow.result) == ("counterexample", "proved")
    assert "only when signed" in [en for _, en in narrow.assumptions]


WINDOWS = """\
  year: {of: applicant, type: int, range: 0..9, source: {count: {event: incident, period: 12 months}}, label: {nb: år, en: year}}
  quarter: {of: applicant, type: int, range: 0..9, source: {count: {event: incident, period: 3 months}}, label: {nb: kv, en: qu}}
"""


def test_counts_of_a_shorter_window_are_no_larger():
    rules = HEAD.replace("tables:", WINDOWS + "tables:") + "eligibility: {A: {requires: quarter <= year}}\n"
    ruleset = ruleset_of(parse_yaml(rules, "tiny.yaml"))
    tree = parse_yaml("properties: {ONE: {label: {nb: en, en: one}, reachable: quarter > year}}", "p.yaml")
    record = validate(ProofFile, tree)
    proof = prove(ruleset, ruleset.versions[-1], "ONE", record.properties["ONE"], tree)
    assert proof.result == "counterexample"
    assert any("quarter is at most year" in en for _, en in proof.assumptions)


def test_cases_of_a_counterexample_run_as_they_are_printed(tmp_path):
    rules = "eligibility: {A: {requires: age >= 2 or signed}}\n"
    _, proof = proof_of(rules, "monotone: {of: eligible, in: age, direction: down}")
    assert len(proof.cases) == 2
    (tmp_path / "tiny.yaml").write_text(HEAD + rules, encoding="utf-8")
    text = "".join(f"  {line}\n" for case in proof.cases for line in case.splitlines())
    (tmp_path / "tiny.test.yaml").write_text("day: 2026-01-01\ncases:\n" + text, encoding="utf-8")
    report = run_cases(tmp_path)
    assert (report.passed, len(report.failed)) == (2, 0)
    assert {"refused: []", "refused: [A]"} == {case.splitlines()[-1].strip() for case in proof.cases}


def test_what_the_solver_does_not_know_is_unknown(monkeypatch):
    monkeypatch.setattr("rules.verify.z3_terms.solve", lambda conditions, milliseconds: ("unknown", None))
    kinds = ("reachable: A", "exclusive: [A, signed]", "monotone: {of: A, in: age}", "same_except: {of: A, except: [age]}")
    for written in kinds:
        _, proof = proof_of("eligibility: {A: {requires: age >= 2}}\n", written)
        assert (proof.result, proof.shown, proof.cases) == ("unknown", (), ())


@pytest.mark.parametrize(
    ("written", "words"),
    [
        ("reachable: NOBODY", "there is no rule or class 'NOBODY'"),
        ("reachable: age", "is no condition"),
        ("monotone: {of: eligible, in: agee}", "no field 'agee'"),
        ("monotone: {of: eligible, in: group}", "no field 'group' with a value of its own"),
        ("monotone: {of: eligible, in: colour}", "has no order"),
        ("exclusive: [A]", "2 or more"),
        ("same_except: {of: eligible, except: []}", "1 or more"),
        ("reachable: A, exclusive: [A, signed]", "one of monotone, exclusive, reachable, same_except"),
        ("monoton: {of: eligible, in: age}", "did you mean monotone"),
        ("reachable: 'agee >= 3'", "did you mean age"),
    ],
)
def test_mistakes_in_properties_are_told(written, words):
    with pytest.raises(InputError, match=words) as caught:
        proof_of("eligibility: {A: {requires: age >= 2}}\n", written)
    assert str(caught.value).startswith("tiny.prove.yaml:2:")


def test_names_in_properties_are_checked_without_the_solver(tmp_path, monkeypatch):
    monkeypatch.setitem(sys.modules, "z3", None)
    (tmp_path / "tiny.yaml").write_text(HEAD + "eligibility: {A: {requires: age >= 2}}\n", encoding="utf-8")
    written = "properties: {ONE: {label: {nb: en, en: one}, where: agee == 3, monotone: {of: eligible, in: age}}}\n"
    (tmp_path / "tiny.prove.yaml").write_text(written, encoding="utf-8")
    [error] = [finding for finding in check_path(tmp_path) if finding.severity == "error"]
    assert (error.code, error.hint) == ("unknown-name", "age")
    (tmp_path / "tiny.prove.yaml").write_text(written.replace("agee", "age"), encoding="utf-8")
    assert not [finding for finding in check_path(tmp_path) if finding.severity == "error"]


def test_baerum_has_its_properties():
    proofs = prove_path(BAERUM)
    assert {proof.name: proof.result for proof in proofs if proof.result != "proved"} == {}
    assert {proof.kind for proof in proofs} == {"monotone", "exclusive", "reachable", "same_except"}
    assert all(proof.assumptions for proof in proofs)


def test_without_the_solver_the_line_that_installs_it_is_told(monkeypatch):
    monkeypatch.setitem(sys.modules, "z3", None)
    with pytest.raises(InputError, match=r"pip install 'z3-solver>=4\.13'"):
        prove_path(BAERUM)


def test_rules_without_properties_say_so(tmp_path):
    (tmp_path / "tiny.yaml").write_text(HEAD + "eligibility: {A: {requires: age >= 2}}\n", encoding="utf-8")
    with pytest.raises(InputError, match="no properties"):
        prove_path(tmp_path)
