"""pytest collects worked cases through the root conftest.py, and a case that fails fails the run."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[3]
RULES = """\
ruleset: tiny
label: {nb: liten, en: tiny}
fields: {age: {of: applicant, type: int, range: 0..110, source: stored, label: {nb: alder, en: age}}}
eligibility: {ADULT: {requires: age >= 18}}
"""
CASES = """\
day: 2026-01-01
cases:
  HOLDS: {applicant: {age: 18}, eligible: yes}
  FAILS: {applicant: {age: 17}, eligible: yes}
"""


def test_each_case_is_a_test(tmp_path):
    (tmp_path / "tiny.yaml").write_text(RULES, encoding="utf-8")
    (tmp_path / "tiny.test.yaml").write_text(CASES, encoding="utf-8")
    command = [sys.executable, "-m", "pytest", "-p", "conftest", "-p", "no:cacheprovider", "--rootdir", tmp_path, tmp_path]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 1
    assert "1 failed, 1 passed" in done.stdout
    assert "tiny.test.yaml:4:33: eligible: expected yes, but the rules say no" in done.stdout
