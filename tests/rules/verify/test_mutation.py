"""Mutants: each kind is made, killed by the case about it, and shown as a missing case without it."""

from pathlib import Path

import pytest
import yaml

from rules import load_ruleset
from rules.reading import InputError
from rules.verify import run_mutants
from rules.verify.cases import failures, load_cases
from rules.verify.judge import Judgement
from rules.verify.missing_case import survivor_text
from rules.verify.mutants import mutants

BAERUM = Path(__file__).parents[3] / "rules" / "baerum"
RULES = """\
ruleset: tiny
label: {nb: liten, en: tiny}
fields:
  age: {of: applicant, type: int, unit: years, range: 0..110, source: stored, label: {nb: alder, en: age}}
  signed: {of: applicant, type: yes/no, source: stored, label: {nb: signert, en: signed}}
  level: {of: applicant, type: int, range: 1..4, source: table, label: {nb: nivå, en: level}}
eligibility:
  ADULT: {requires: age >= 18, unless: {SIGNED: {when: signed, status: illustrative}}, status: illustrative}
tables:
  level: {label: {nb: nivå, en: level}, hit: unique, inputs: [age], rows: [["0..66", 1], ["67..110", 2]]}
priority: [{highest: age, status: illustrative}]
"""
WHOLE = """\
  A: {applicant: {age: 18, signed: no}, eligible: yes}
  B: {applicant: {age: 17, signed: no}, eligible: no}
  C: {applicant: {age: 17, signed: yes}, eligible: yes}
  D: {applicant: {age: 66}, values: {level: 1}}
  E: {applicant: {age: 67}, values: {level: 2}}
  F: {applicants: {a: {age: 30}, b: {age: 50}}, order: [b, a]}
"""


def report_of(folder, cases, rules=RULES, accepted=None):
    (folder / "tiny.yaml").write_text(rules, encoding="utf-8")
    (folder / "tiny.test.yaml").write_text("day: 2026-03-31\ncases:\n" + cases, encoding="utf-8")
    if accepted is not None:
        (folder / "accepted.yaml").write_text(accepted, encoding="utf-8")
    return run_mutants(folder)


def without(name):
    return "".join(line + "\n" for line in WHOLE.splitlines() if not line.startswith(f"  {name}:"))


def survivors(report):
    return {result.mutant.name for result in report.having("survived")}


def test_cases_at_every_bound_kill_every_mutant(tmp_path):
    report = report_of(tmp_path, WHOLE)
    assert not survivors(report)
    assert report.score == 1
    assert {result.mutant.kind for result in report.results} == {
        "operator", "bound", "negate", "drop-rule", "drop-exception", "result", "edge", "drop-criterion", "turn-around",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("case", "survivor"),
    [
        ("A", "ADULT: age is at least 18 years -> age is above 18 years"),
        ("B", "ADULT: age is at least 18 years -> age is at least 17 years"),
        ("C", "ADULT.SIGNED: SIGNED -> left out"),
        ("D", "level: edge in age at 67 -> edge in age at 66"),
        ("E", "level: edge in age at 67 -> edge in age at 68"),
        ("F", "priority 1: highest -> left out"),
    ],
)
def test_without_a_case_its_mutants_survive(tmp_path, case, survivor):
    found = survivors(report_of(tmp_path, without(case)))
    if case in "CF":
        assert any(name.startswith(survivor.split(":")[0]) and name.endswith("left out") for name in found)
    else:
        assert survivor in found


def test_a_survivor_is_shown_as_the_case_that_is_missing(tmp_path):
    report = report_of(tmp_path, without("A"))
    [result] = [r for r in report.having("survived") if r.mutant.kind == "operator"]
    text = survivor_text(result, "nb", report.fields)
    assert "tiny.yaml:8:21: warning: ADULT: endres dette, stemmer alle eksemplene fortsatt" in text
    assert "alder er minst 18 år" in text
    assert "alder er over 18 år" in text
    [facts] = [line.split("applicant: ")[1] for line in text.splitlines() if "applicant: {" in line]
    values = yaml.safe_load(facts)
    assert (values["age"], values["signed"]) == (18, False)


def test_mutants_that_change_nothing_are_told_apart(tmp_path):
    rules = RULES.replace("age >= 18,", "age >= 18 and age >= 10,")
    report = report_of(tmp_path, WHOLE, rules)
    equivalent = {result.mutant.name for result in report.having("equivalent")}
    assert "ADULT: age is at least 10 years -> left out" in equivalent
    assert not survivors(report)


def test_survivors_are_accepted_with_a_reason(tmp_path):
    name = "ADULT: age is at least 18 years -> age is above 18 years"
    report = report_of(tmp_path, without("A"), accepted=f"mutants:\n  '{name}': the day itself is not settled\n")
    assert [(r.mutant.name, r.reason) for r in report.having("accepted")] == [(name, "the day itself is not settled")]
    assert name not in survivors(report)
    assert report.score < 1


@pytest.mark.parametrize("name", ["ADULT: age is at least 18 years -> age is above 18 years", "ADULT: no such"])
def test_acceptances_out_of_date_are_told(tmp_path, name):
    report = report_of(tmp_path, WHOLE, accepted=f"mutants: {{'{name}': once needed}}\n")
    assert [finding.code for finding in report.findings] == ["stale-acceptance"]


def test_an_acceptance_needs_a_reason(tmp_path):
    with pytest.raises(InputError, match="needs a reason"):
        report_of(tmp_path, WHOLE, accepted="mutants: {'ADULT: x': ''}\n")


def test_a_case_that_fails_kills_nothing(tmp_path):
    report = report_of(tmp_path, "  WRONG: {applicant: {age: 3, signed: no}, eligible: yes}\n")
    assert report.failing == ("WRONG",)
    assert not report.having("killed")


def test_what_stands_in_two_versions_is_changed_in_both(tmp_path):
    """Only the amount differs between the versions; a case in either may kill what they share."""
    rules = RULES.replace("age >= 18,", "age >= limit and age <= 99,") + (
        "amounts: {limit: {label: {nb: grense, en: limit}, unit: years, values: {2020-01-01: 18, 2026-01-01: 20}}}\n"
    )
    shared = "ADULT: age is at most 99 years -> age is below 99 years"
    before = "ADULT: age is at least limit (18 years) -> age is above limit (18 years)"
    after = "ADULT: age is at least limit (20 years) -> age is above limit (20 years)"
    report = report_of(tmp_path, "  OLD: {day: 2025-12-31, applicant: {age: 99, signed: no}, eligible: yes}\n", rules)
    names = [result.mutant.name for result in report.results]
    assert names.count(shared) == 1
    assert shared not in survivors(report)
    assert {before, after} <= survivors(report)
    report = report_of(tmp_path, "  NEW: {day: 2026-01-01, applicant: {age: 20, signed: no}, eligible: yes}\n", rules)
    assert before in survivors(report)
    assert after not in survivors(report)


def test_the_cases_of_baerum_kill_at_least_95_percent():
    report = run_mutants(BAERUM)
    assert not report.failing
    assert len(report.results) > 250
    assert report.score >= 0.95


def test_equivalent_mutants_of_baerum_are_few():
    assert len(run_mutants(BAERUM).having("equivalent")) <= 10


def test_the_compiled_program_of_a_mutant_fails_the_case_that_killed_it():
    """The killing is judged by the plain interpreter; the real program of the mutant must agree."""
    ruleset = load_ruleset(BAERUM)
    killers = {result.mutant.name: result.killed_by for result in run_mutants(BAERUM).having("killed")}
    files = [load_cases(file) for file in sorted(BAERUM.glob("*.test.yaml"))]
    for mutant in mutants(ruleset)[::9]:
        if mutant.name not in killers:
            continue
        loaded = next(of for of in files if killers[mutant.name] in of.record.cases)
        changed = type(loaded)(loaded.record, loaded.tree, mutant.made(ruleset))
        judgement = changed.judgement(killers[mutant.name], Judgement)
        try:
            found = [finding.message for finding in failures(judgement)]
        except TypeError:
            continue  # the mutant reads what may be absent without asking first, which no rule set that is read may do
        assert found, mutant.name
        assert not any("the interpreter" in message for message in found), found
