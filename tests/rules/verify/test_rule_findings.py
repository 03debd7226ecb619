"""What `check` says of rules that can be used all the same."""

from pathlib import Path

import pytest

from rules import load_ruleset
from rules.reading import parse_yaml
from rules.ruleset import ruleset_of
from rules.verify import check_ruleset

HEAD = """\
ruleset: tiny
label: {nb: liten, en: tiny}
fields:
  age: {of: applicant, type: int, range: 0..110, source: stored, label: {nb: alder, en: age}}
  months: {of: applicant, type: int, unit: months, range: 0..600, may_be: absent, source: {elapsed: {since: moved_in}}, label: {nb: måneder, en: months}}
  rank: {of: dwelling, type: int, range: 1..5, source: stored, label: {nb: trinn, en: rank}}
"""  # noqa: E501
BASED = ", status: illustrative, ground: {nb: nei, en: no}"


def codes(rules):
    return {finding.code for finding in check_ruleset(ruleset_of(parse_yaml(HEAD + rules, "tiny.yaml")))}


@pytest.mark.parametrize(
    ("rules", "code"),
    [
        ("eligibility: {A: {requires: age >= 18}}", "no-legal-base"),
        ("eligibility: {A: {requires: age >= 18, unless: {B: {when: age == 3}}" + BASED + "}}", "no-legal-base"),
        ("priority: [{highest: age}]", "no-legal-base"),
        ("eligibility: {A: {requires: age >= 18, status: legally_disputed}}", "legally-disputed"),
        ("eligibility: {A: {requires: age >= 18, status: illustrative}}", "no-ground"),
        ("eligibility: {A: {requires: age >= 18 or age <= 20" + BASED + "}}", "always-met"),
        ("eligibility: {A: {requires: age >= 18 and age <= 10" + BASED + "}}", "never-met"),
        ("eligibility: {A: {when: months is absent and months is not absent, requires: age >= 1" + BASED + "}}", "never-met"),
        ("eligibility: {A: {requires: age >= 0" + BASED + "}}", "always-true"),
        ("priority: [{class: {A: age >= 3, B: otherwise, C: age >= 9}, status: illustrative}]", "unreachable-class"),
        ("priority: [{highest: age + rank, status: illustrative}]", "full-scan"),
        ("eligibility: {A: {requires: age >= 18" + BASED + "}}", "unused-field"),
        ("definitions: {grown: age >= 18}", "unused-name"),
    ],
)  # fmt: skip
def test_each_kind_of_finding_is_found(rules, code):
    assert code in codes(rules)


def test_sound_rules_have_no_findings():
    assert not codes(
        "eligibility: {A: {requires: age >= 18 or months is not absent and months >= 3" + BASED + "}}\n"
        "matching: {B: {requires: rank >= 2" + BASED + "}}\n"
        "priority: [{highest: age, status: illustrative}]"
    )


def test_baerum_has_no_errors_or_warnings():
    folder = Path(__file__).parents[3] / "rules" / "baerum"
    assert {finding.severity for finding in check_ruleset(load_ruleset(folder))} == {"note"}
