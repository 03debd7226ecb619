"""Rule sets that decide alike: said only where no decision of a simulation can differ."""

import shutil
from pathlib import Path

import pytest

from rules.diff import changed_profiles, decide_alike
from rules.ruleset import RuleSet, load_ruleset

ROOT = Path(__file__).parents[3]
SMALL = """\
ruleset: small
label: {nb: Lite, en: Small}
valid: {from: 2020-01-01}
fields:
  unrest: {of: applicant, type: int, range: 0..3, source: stored, label: {nb: uro, en: unrest}}
  rooms: {of: dwelling, type: int, range: 0..9, source: stored, label: {nb: rom, en: rooms}}
definitions:
  minutes: {label: {nb: minutter, en: minutes}, is: 10 * unrest, status: illustrative}
eligibility:
  CALM:
    label: {nb: Rolig, en: Calm}
    status: illustrative
    requires: unrest <= 1
    unless:
      TRIAL:
        when: unrest <= 2
        status: illustrative
        discretion: {authority: {nb: Kontoret, en: The office}, taken: 30 %}
quotas:
  FEW:
    label: {nb: Høyst to, en: At most two}
    status: illustrative
    who: unrest >= 1
    homes: rooms >= 1
    per: stock
    at_most: 2 homes
"""


def alike(before: RuleSet, after: RuleSet) -> bool:
    return decide_alike(before, after, changed_profiles(before, after))


@pytest.mark.parametrize(
    ("file", "old", "new", "same"),
    [
        ("eligibility.yaml", "residence >= residence_required", "not (residence < residence_required)", True),
        ("eligibility.yaml", "age >= 18 or guardian_co_signs", "guardian_co_signs or age > 17", True),
        ("eligibility.yaml", "age >= 18 or guardian_co_signs", "age >= 19 or guardian_co_signs", False),
        ("eligibility.yaml", "value: 36", "value: 37", False),
        ("tenancy.yaml", '"0..1",  36', '"0..1",  35', False),
        ("tenancy.yaml", "warnings_12_months >= 3", "warnings_12_months >= 2", False),
        ("priority.yaml", "URGENT: urgent_need, REST: otherwise", "REST: otherwise, URGENT: urgent_need", False),
        ("priority.yaml", "CRITICAL: critical_need", "CRITICAL: urgent_need", False),
        ("priority.yaml", "  - longest: days_waited", "  - longest: residence", False),
        ("offers.yaml", "reply_days: 7", "reply_days: 8", False),
        ("offers.yaml", "outcome: lapse", "outcome: keep", False),
        ("holds.yaml", "longest_days: 180", "longest_days: 181", False),
        ("moves.yaml", "months_stable >= 6", "months_stable >= 7", False),
    ],
)  # fmt: skip
def test_of_baerum(file: str, old: str, new: str, same: bool, tmp_path: Path) -> None:
    shutil.copytree(ROOT / "rules" / "baerum", tmp_path / "after")
    path = tmp_path / "after" / file
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")
    before, after = load_ruleset(ROOT / "rules" / "baerum"), load_ruleset(tmp_path / "after")
    assert alike(before, after) is same
    assert alike(after, before) is same


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("taken: 30 %", "taken: 31 %"),
        ("10 * unrest", "11 * unrest"),
        ("at_most: 2 homes", "at_most: 3 homes"),
        ("per: stock", "per: site"),
        ("who: unrest >= 1", "who: unrest >= 2"),
        ("homes: rooms >= 1", "homes: rooms >= 2"),
        ("range: 0..3", "range: 0..4"),
        ("range: 0..9", "range: 0..8"),
    ],
)
def test_what_a_simulation_takes_beside_verdicts(old: str, new: str, tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text(SMALL, encoding="utf-8")
    assert old in SMALL
    (tmp_path / "b.yaml").write_text(SMALL.replace(old, new), encoding="utf-8")
    before, after = load_ruleset(tmp_path / "a.yaml"), load_ruleset(tmp_path / "b.yaml")
    assert alike(before, before) and not alike(before, after)


def test_a_rule_with_discretion_in_other_words_is_alike(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text(SMALL, encoding="utf-8")
    (tmp_path / "b.yaml").write_text(SMALL.replace("requires: unrest <= 1", "requires: unrest < 2"), encoding="utf-8")
    assert alike(load_ruleset(tmp_path / "a.yaml"), load_ruleset(tmp_path / "b.yaml"))
