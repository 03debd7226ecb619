"""Coverage of worked cases tells what no case exercises, where, and why."""

from datetime import date
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from rules.language import Layout, Situation, evaluate
from rules.reading import parse_yaml
from rules.ruleset import ruleset_of
from rules.verify import run_coverage
from rules.verify.observe import Observer

RULES = """\
ruleset: tiny
label: {nb: liten, en: tiny}
fields:
  age: {of: applicant, type: int, range: 0..110, source: stored, label: {nb: alder, en: age}}
  signed: {of: applicant, type: yes/no, source: stored, label: {nb: signert, en: signed}}
  member_age: {of: member, type: int, range: 0..110, source: stored, label: {nb: alder, en: age of member}}
  small: {of: applicant, type: int, range: 0..9, source: {count: {of: members, where: member_age <= 5}}, label: {nb: små, en: small}}
  level: {of: applicant, type: int, range: 1..4, source: table, label: {nb: nivå, en: level}}
definitions: {helped: signed or age >= 70}
eligibility:
  ADULT: {label: {nb: voksen, en: adult}, requires: age >= 18 and not (age >= 100), unless: {HELPED: {label: {nb: hjulpet, en: is helped}, when: helped, status: illustrative}}, status: illustrative}
  SMALL: {label: {nb: små, en: small ones}, when: small >= 1, requires: level >= 2, status: illustrative}
tables:
  level: {label: {nb: nivå, en: level}, hit: unique, inputs: [age], rows: [["0..66", 1], ["67..110", 2]]}
priority:
  - class: {OLD: level == 2, REST: otherwise}
    status: illustrative
"""  # noqa: E501


def missing(folder, cases):
    (folder / "tiny.yaml").write_text(RULES, encoding="utf-8")
    (folder / "tiny.test.yaml").write_text("day: 2026-03-31\ncases:\n" + cases, encoding="utf-8")
    report = run_coverage(folder)
    return {(part.owner, part.kind, part.text["en"]): part.whys for part in report.missing}, report


def test_what_one_case_leaves_out(tmp_path):
    found, report = missing(tmp_path, "  A: {applicant: {age: 30, signed: no}, eligible: yes}\n")
    assert found["ADULT", "rule", "adult"] == ("never failed",)
    assert found["ADULT", "condition", "age is at least 18"] == ("never failed",)
    assert found["ADULT", "condition", "age is at least 100"] == ("never met",)
    assert found["ADULT.HELPED", "exception", "is helped"] == ("never reached",)
    assert found["SMALL", "rule", "small ones"] == ("never reached",)
    assert found["small", "condition", "age of member is at most 5"] == ("never reached",)
    assert found["level", "row", "row 1"] == ("never reached",)
    assert found["OLD", "class", "the class OLD"] == ("never reached",)
    assert 0 < report.share < 1
    [told] = [part.told("nb") for part in report.missing if part.kind == "exception"]
    assert "tiny.yaml:" in told and "hjulpet: aldri prøvd\n  nærmest er A, som stanser på: " in told


def near(report, owner, kind):
    return [one.told("en") for part in report.missing if (part.owner, part.kind) == (owner, kind) for one in part.nearest]


def test_the_nearest_case_is_named_with_the_conditions_that_kept_it_away(tmp_path):
    cases = (
        "  FAR: {applicant: {age: 40, signed: no}, eligible: yes}\n  NEAR: {applicant: {age: 65, signed: no}, eligible: yes}\n"
    )
    _, report = missing(tmp_path, cases)
    assert near(report, "level", "row") == [
        "FAR gets there, and does not ask about it",
        "nearest is NEAR, kept away by: age is at least 67 (age = 65)",
    ]
    assert near(report, "helped", "condition") == [
        "nearest is FAR, kept away by: signed (signed = no)",
        "nearest is NEAR, kept away by: age is at least 70 (age = 65)",
    ]
    assert near(report, "SMALL", "rule") == ["nearest is FAR, kept away by: small is at least 1 (small = 0)"]
    assert near(report, "ADULT", "condition") == [
        "nearest is FAR, kept away by: age is below 18 (age = 40)",
        "nearest is NEAR, kept away by: age is at least 100 (age = 65)",
    ]
    [norwegian] = [one.told("nb") for part in report.missing if part.kind == "class" for one in part.nearest]
    assert norwegian == "nærmest er FAR, som stanser på: nivå er 2 (age = 40)"


def test_an_exception_that_is_tried_in_vain(tmp_path):
    found, _ = missing(tmp_path, "  A: {applicant: {age: 3, signed: no}, eligible: no}\n")
    assert found["ADULT.HELPED", "exception", "is helped"] == ("never applied",)
    assert found["helped", "condition", "signed"] == ("never met",)


def test_cases_that_exercise_everything(tmp_path):
    found, report = missing(
        tmp_path,
        """\
  A: {applicant: {age: 30, signed: no}, members: [{member_age: 4}, {member_age: 9}], refused: [SMALL]}
  B: {applicant: {age: 70, signed: no}, members: [{member_age: 4}], eligible: yes}
  C: {applicant: {age: 3, signed: no}, eligible: no}
  D: {applicant: {age: 3, signed: yes}, eligible: yes}
  E: {applicant: {age: 100, signed: no}, eligible: yes}
  F: {applicants: {a: {age: 30}, b: {age: 80}}, order: [b, a]}
""",
    )
    assert found == {}
    assert report.share == 1


def test_baerum_is_wholly_exercised():
    report = run_coverage(Path(__file__).parents[3] / "rules" / "baerum")
    assert not report.failing
    assert [part.told("en") for part in report.missing] == []


def test_a_case_that_fails_is_told(tmp_path):
    _, report = missing(tmp_path, "  A: {applicant: {age: 3, signed: no}, eligible: yes}\n")
    assert ["expected yes" in finding.message for finding in report.failing] == [True]


@given(age=st.integers(0, 110), signed=st.booleans(), ages=st.lists(st.integers(0, 110), max_size=4))
def test_observing_changes_no_answer(age, signed, ages):
    ruleset = ruleset_of(parse_yaml(RULES, "tiny.yaml"))
    layout = Layout(ruleset.fields.values(), date(2026, 1, 1))
    members = tuple(layout.new_member({"member_age": one}) for one in ages)
    at = Situation(layout.calendar, 0, layout.new_applicant({"age": age, "signed": signed}, members))
    for expr in ruleset.versions[0].exprs():
        assert Observer()(expr, at) == evaluate(expr, at)
