"""What a finding shows: its number, both languages, a case that runs as it stands; and how it is accepted."""

import re
import time
from pathlib import Path

import pytest
from finding_pages import HEAD, PAGES, blocks

from rules import load_ruleset
from rules.reading import parse_yaml
from rules.ruleset import ruleset_of
from rules.verify import check_path, check_ruleset, run_cases
from rules.verify.catalogue import KINDS
from rules.verify.remark import Remark
from rules.verify.stock import Home, stock_findings

BAERUM = Path(__file__).parents[3] / "rules" / "baerum"
WITH_A_CASE = ["BT207", "BT401", "BT402", "BT701"]


def remarks(rules):
    tree = parse_yaml(HEAD + rules, "example.yaml")
    ruleset = ruleset_of(tree)
    homes = [Home({"rank": rank}, {}) for rank in (1, 2, 3)]
    return [f for f in (*check_ruleset(ruleset, tree), *stock_findings(ruleset, homes)) if isinstance(f, Remark)]


@pytest.mark.parametrize("number", WITH_A_CASE)
def test_the_case_of_a_finding_runs_as_it_is_printed(number, tmp_path):
    rules = blocks(PAGES / f"{number}.md")[0]
    [found] = [finding for finding in remarks(rules) if finding.number == number]
    assert found.case is not None
    (tmp_path / "rules.yaml").write_text(HEAD + rules, encoding="utf-8")
    indented = "".join(f"  {line}\n" for line in found.case.splitlines())
    (tmp_path / "rules.test.yaml").write_text(f"day: 2026-01-01\ncases:\n{indented}", encoding="utf-8")
    report = run_cases(tmp_path)
    assert not report.failed, report.failed
    assert report.passed == 1
    assert all(line.strip() in found.render() for line in found.case.splitlines())


@pytest.mark.parametrize("kind", [k for k in KINDS if k.number not in ("BT001", "BT002", "BT003", "BT901", "BT902")],
                         ids=lambda kind: kind.number)  # fmt: skip
def test_every_finding_is_told_in_both_languages_with_its_place(kind):
    found = next(f for f in remarks(blocks(PAGES / f"{kind.number}.md")[0]) if f.number == kind.number)
    assert found.place is not None and found.place.line > HEAD.count("\n") - 9
    assert found.severity == kind.severity
    norwegian = found.render(lambda words: words)
    assert f"[{kind.number}]" in found.render() and f"[{kind.number}]" in norwegian
    assert found.nb and found.nb != found.message and found.nb in norwegian
    assert re.match(r"example\.yaml:\d+:\d+: (warning: |note: )", found.render())


def test_findings_are_accepted_with_a_reason(tmp_path):
    (tmp_path / "rules.yaml").write_text(HEAD + "eligibility: {A: {requires: age >= 18, legal: kriterier#1}}\n", encoding="utf-8")
    before = {finding.name for finding in check_path(tmp_path)}
    assert {"BT501 level", "BT103 A"} <= before
    (tmp_path / "accepted.yaml").write_text("findings: {BT501 level: the simulation reads it}\n", encoding="utf-8")
    assert {finding.name for finding in check_path(tmp_path)} == before - {"BT501 level"}


def test_what_holds_in_one_version_of_the_rules_alone_is_found():
    found = remarks(
        "amounts: {limit: {unit: years, values: {2020-01-01: 18, 2027-01-01: 111}}}\n"
        "eligibility: {A: {requires: age >= limit or refugee and age < limit, legal: kriterier#1}}\n"
    )
    assert "BT202" not in {f.number for f in found}
    found = remarks(
        "amounts: {limit: {unit: years, values: {2020-01-01: 18, 2027-01-01: 100}}}\n"
        "eligibility: {A: {requires: age >= limit and age <= 90, legal: kriterier#1}}\n"
    )
    assert "BT202" in {f.number for f in found}


def test_what_expires_is_told_once_and_only_where_nothing_follows():
    excepted = "unless: {R: {when: refugee, legal: kriterier#2}}"
    old = f"  OLD: {{requires: age >= 18, {excepted}, valid: {{to: 2027-12-31}}, legal: kriterier#1}}\n"
    gone = [f.about for f in remarks("eligibility:\n" + old) if f.number == "BT601"]
    assert gone == ["OLD"]
    beside = "  BESIDE: {requires: level >= 2, legal: kriterier#1}\n"
    assert [f.about for f in remarks("eligibility:\n" + beside + old) if f.number == "BT601"] == ["OLD"]
    overlapping = "  NEW: {requires: level >= 2, valid: {from: 2027-07-01}, legal: kriterier#1}\n"
    assert not [f for f in remarks("eligibility:\n" + old + overlapping) if f.number == "BT601"]
    whole = "valid: {to: 2027-12-31}\neligibility:\n" + old
    assert not [f for f in remarks(whole) if f.number == "BT601"]
    lost = "eligibility:\n  A: {requires: age >= 18, unless: {R: {when: refugee, valid: {to: 2027-01-01}, legal: kriterier#2}}}\n"
    assert [f.about for f in remarks(lost) if f.number == "BT601"] == ["A.R"]


def test_the_stock_is_judged_with_what_is_open_left_open():
    rules = """\
ruleset: tiny
label: {nb: liten, en: tiny}
fields:
  level: {of: applicant, type: int, range: 1..5, source: stored, label: {nb: nivå, en: level}}
  rank: {of: dwelling, type: int, range: 1..5, source: stored, label: {nb: trinn, en: rank}}
  noise: {of: site, type: int, range: 0..9, source: {supplied: {by: incidents}}, label: {nb: uro, en: noise}}
  bears: {of: site, type: int, range: 0..9, source: stored, label: {nb: tåler, en: bears}}
matching: {RANK: {requires: rank == level, status: illustrative}}
living_environment: {QUIET: {requires: noise + level <= bears, status: illustrative}}
"""
    ruleset = ruleset_of(parse_yaml(rules, "tiny.yaml"))
    homes = [Home({"rank": rank}, {"bears": 5}) for rank in range(1, 6)]
    assert stock_findings(ruleset, homes) == []
    [found] = stock_findings(ruleset, [*homes[:4], Home({"rank": 5}, {"bears": 4})])
    assert "level = 5" in found.message
    assert stock_findings(ruleset, homes[:4], {"level": [1, 2]}) == []
    [unsure] = stock_findings(ruleset, homes, most=10)
    assert unsure.code == "not-decided"


def test_baerum_is_checked_in_a_moment():
    begun = time.perf_counter()
    load_ruleset(BAERUM)
    loaded = time.perf_counter() - begun
    check_path(BAERUM)
    assert loaded < 0.5
    assert time.perf_counter() - begun < 5.0
