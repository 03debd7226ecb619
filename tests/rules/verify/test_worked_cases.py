"""Worked cases pass when the rules say what they expect, and otherwise say where they fail."""

from pathlib import Path

import pytest

from rules.reading import InputError
from rules.verify import run_cases

RULES = """\
ruleset: tiny
label: {nb: liten, en: tiny}
fields:
  age: {of: applicant, type: int, unit: years, range: 0..110, source: {elapsed: {since: born}}, label: {nb: alder, en: age}}
  signed: {of: applicant, type: yes/no, source: stored, label: {nb: signert, en: signed}}
  colour: {of: applicant, type: one of, values: [red, blue], source: stored, label: {nb: farge, en: colour}}
  declined: {of: applicant, type: int, range: 0..9, source: {count: {event: offer_declined, period: 3 months}}, label: {nb: avslag, en: declined}}
  rank: {of: dwelling, type: int, range: 1..5, source: stored, label: {nb: trinn, en: rank}}
definitions: {grown: age >= 18}
eligibility: {ADULT: {requires: grown or signed, ground: {nb: "Alder {age}.", en: "Age {age}."}}}
matching: {RANK: {requires: age >= rank * 10}}
priority: [{highest: age}]
"""  # noqa: E501


def report_of(tmp_path, cases):
    (tmp_path / "tiny.yaml").write_text(RULES, encoding="utf-8")
    (tmp_path / "tiny.test.yaml").write_text("day: 2026-03-31\n" + cases, encoding="utf-8")
    return run_cases(tmp_path)


def test_cases_that_hold_pass(tmp_path):
    report = report_of(
        tmp_path,
        """\
defaults: {applicant: {signed: no}}
cases:
  GROWN: {applicant: {age: 40}, eligible: yes, values: {grown: yes, age: 40}}
  CHILD: {applicant: {age: 4}, refused: [ADULT], grounds: {ADULT: {nb: Alder 4., en: Age 4.}}}
  SIGNED: {applicant: {age: 4, signed: yes}, eligible: yes}
  ORDER: {applicants: {a: {age: 30}, b: {age: 50}}, order: [b, a]}
  CHOSEN: {applicants: {a: {age: 30}, b: {age: 50}}, dwelling: {rank: 4}, order: [b], chosen: b}
  NONE: {applicants: {a: {age: 30}}, dwelling: {rank: 4}, chosen: none}
""",
    )
    assert (report.passed, len(report.results)) == (6, 6)


@pytest.mark.parametrize(
    ("case", "words"),
    [
        ("applicant: {age: 4, signed: no}, eligible: yes", ["eligible: expected yes, but the rules say no", ":3:"]),
        ("applicant: {age: 40}, refused: [ADULT]", ["refused: expected ADULT, but the rules say none"]),
        ("applicant: {age: 4, signed: no}, grounds: {ADULT: Alder 5.}", ["'Alder 5.'", "'Alder 4.'"]),
        ("applicant: {age: 4, signed: no}, grounds: {ADULTS: Alder 5.}", ["ADULTS says nothing", "did you mean ADULT?"]),
        ("applicant: {age: 40}, values: {grown: no}", ["grown: expected no, but it is yes"]),
        ("applicant: {age: 40}, values: {grwn: no}", ["'grwn'", "did you mean grown?"]),
        ("applicant: {age: 4}, eligible: no", ["'signed' of the applicant has no value"]),
        ("applicant: {age: 400}, eligible: yes", ["400 is no value of the field 'age' (0..110)"]),
        ("applicant: {colour: rad}, eligible: yes", ["'rad' is no value", "did you mean red?"]),
        ("applicant: {aeg: 4}, eligible: yes", ["no field 'aeg'", "did you mean age?"]),
        ("applicants: {a: {age: 30}, b: {age: 50}}, order: [a, b]", ["order: expected a, b, but the rules say b, a"]),
        ("applicants: {a: {age: 30}}, dwelling: {rank: 2}, chosen: none", ["chosen: expected none"]),
        ("applicant: {age: 30}, dwelling: {rank: 5}, suits: yes", ["suits: expected yes"]),
        ("applicant: {age: 30}, move: STEP_UP", ["move: expected STEP_UP, but the rules say none"]),
        ("applicant: {age: 30}, hold_days: 4", ["hold_days: expected 4, but the rules say unlimited"]),
    ],
)  # fmt: skip
def test_cases_that_do_not_hold_say_where(tmp_path, case, words):
    report = report_of(tmp_path, f"cases:\n  WRONG: {{{case}}}\n")
    [failed] = report.failed
    text = "\n".join(finding.render() for finding in failed.failures)
    assert "tiny.test.yaml:3:" in text
    for word in words:
        assert word in text


@pytest.mark.parametrize(
    ("case", "hint"),
    [
        ("applicant: {age: 4, signed: no}, eligible: yes", "ADULT is not met: grown or signed (age = 4, signed = no)"),
        ("applicant: {age: 40, signed: no}, refused: [ADULT]", "ADULT is met: grown or signed (age = 40, signed = no)"),
        ("applicant: {age: 4, signed: no}, refused: [ADLT]", "did you mean ADULT?"),
        ("applicant: {age: 4, signed: no}, refused: [WHOEVER]", "there is no WHOEVER"),
        ("applicant: {age: 30}, dwelling: {rank: 5}, suits: yes", "RANK is not met: age >= rank * 10 (age = 30, rank = 5)"),
        ("applicants: {anne: {age: 30}}, order: [ane]", "did you mean anne?"),
        ("applicants: {anne: {age: 30}}, chosen: ane", "did you mean anne?"),
        ("applicants: {a: {age: 30}, b: {age: 40}}, order: [a, b]", None),
    ],
)
def test_a_case_that_fails_says_what_made_the_difference(tmp_path, case, hint):
    [failed] = report_of(tmp_path, f"cases:\n  WRONG: {{{case}}}\n").failed
    [told] = failed.failures
    assert told.hint is None if hint is None else hint in told.render()


@pytest.mark.parametrize(
    ("cases", "words"),
    [
        ("cases:\n  EMPTY: {applicant: {age: 4}}\n", "the case 'EMPTY' expects nothing"),
        ("cases:\n  ODD: {aplicant: {age: 4}, eligible: yes}\n", "did you mean applicant"),
        ("cases:\n  ODD: {eligible: maybe}\n", "eligible"),
    ],
)
def test_files_of_cases_are_read_strictly(tmp_path, cases, words):
    with pytest.raises(InputError, match=words):
        report_of(tmp_path, cases)


def test_the_worked_cases_of_baerum_hold():
    report = run_cases(Path(__file__).parents[3] / "rules" / "baerum")
    assert not report.failed
    assert len(report.results) >= 20


def test_a_changed_rule_breaks_a_worked_case(tmp_path):
    folder = Path(__file__).parents[3] / "rules" / "baerum"
    for file in folder.glob("*.yaml"):
        text = file.read_text(encoding="utf-8").replace("value: 36", "value: 24")
        (tmp_path / file.name).write_text(text, encoding="utf-8")
    assert {result.name for result in run_cases(tmp_path).failed} == {"TOO_SHORT_RESIDENCE", "RESIDENCE_A_MONTH_SHORT"}
