"""A case may give amounts other values and change the rules, for itself alone."""

from pathlib import Path

import pytest

from rules.reading import InputError
from rules.verify import run_cases, run_coverage

RULES = """
ruleset: small
label: {nb: Små, en: Small}
fields:
  age: {of: applicant, type: int, range: 0..110, source: stored, label: {nb: alder, en: age}}
amounts:
  grown: {unit: years, values: {2020-01-01: 18, 2030-01-01: 21}}
  limit: {by: age, value: {"0..17": 1, "18..110": 2}}
eligibility: {ADULT: {requires: age >= grown}, OLD: {when: age >= 90, requires: age >= limit + 90}}
"""


def written(folder: Path, cases: str) -> Path:
    rules = RULES.replace("unit: years, ", "")
    (folder / "ruleset.yaml").write_text(rules, "utf-8")
    (folder / "small.test.yaml").write_text("day: 2026-01-01\ncases:\n" + cases, "utf-8")
    return folder


def test_own_amounts_and_rules_decide_and_end_with_the_case(tmp_path: Path) -> None:
    cases = """
  AS_IT_STANDS: {applicant: {age: 18}, eligible: yes}
  HIGHER: {amounts: {grown: 25}, applicant: {age: 24}, refused: [ADULT]}
  HIGHER_ON_EVERY_DATE: {day: 2031-01-01, amounts: {grown: 19}, applicant: {age: 19}, eligible: yes}
  OTHER_RULE: {rules: {eligibility: {ADULT: {requires: age >= 60}}}, applicant: {age: 59}, refused: [ADULT]}
  BOTH: {rules: {eligibility: {ADULT: {requires: age > grown}}}, amounts: {grown: 30}, applicant: {age: 30}, refused: [ADULT]}
  STILL_AS_IT_STANDS: {applicant: {age: 17}, refused: [ADULT]}
  WRONG: {amounts: {grown: 25}, applicant: {age: 24}, eligible: yes}
"""
    report = run_cases(written(tmp_path, cases))
    assert [result.name for result in report.failed] == ["WRONG"] and report.passed == 6


def test_such_a_case_exercises_none_of_the_rules_that_stand(tmp_path: Path) -> None:
    own = "  OWN: {amounts: {grown: 25}, applicant: {age: 24}, refused: [ADULT]}\n"
    plain = "  PLAIN: {applicant: {age: 30}, eligible: yes}\n"
    folder = written(tmp_path, own + plain)
    both = [str(part) for part in run_coverage(folder).parts]
    written(tmp_path, plain)
    assert [str(part) for part in run_coverage(folder).parts] == both


@pytest.mark.parametrize(
    ("case", "words"),
    [
        ("{amounts: {gron: 25}, eligible: yes}", ["no amount 'gron'", "did you mean grown?"]),
        ("{amounts: {limit: 25}, eligible: yes}", ["'limit' is looked up by a field", "under `rules:`"]),
        ("{amounts: {grown: many}, eligible: yes}", ["'many' is no amount"]),
        ("{rules: {eligibility: {ADLUT: {requires: yes}}}, eligible: yes}", ["'ADLUT'", "ADULT"]),
        ("{rules: {eligibility: {ADULT: {requires: agee >= 3}}}, eligible: yes}", ["'agee'", "did you mean age?"]),
        ("{rules: 3, eligible: yes}", ["rules"]),
    ],
)
def test_mistakes_are_told_where_the_case_stands(tmp_path: Path, case: str, words: list[str]) -> None:
    with pytest.raises(InputError) as error:
        run_cases(written(tmp_path, f"  A: {case}\n"))
    found = "; ".join(finding.render() for finding in error.value.findings)
    assert "small.test.yaml:3" in found and all(word in found for word in words), found
