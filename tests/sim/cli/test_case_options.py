"""`test RULESET --coverage --mutate --junit`, on a small rule set."""

import json
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from typer.testing import CliRunner

from sim.cli.app import app

RULES = """\
ruleset: tiny
label: {nb: liten, en: tiny}
fields: {age: {of: applicant, type: int, range: 0..110, source: stored, label: {nb: alder, en: age}}}
eligibility: {ADULT: {requires: age >= 18}}
"""
CASES = "day: 2026-01-01\ncases:\n  GROWN: {applicant: {age: 18}, eligible: yes}\n"
CHILD = "  CHILD: {applicant: {age: 17}, eligible: no}\n"


@pytest.fixture(autouse=True)
def rules(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)
    Path("tiny.yaml").write_text(RULES, encoding="utf-8")
    Path("tiny.test.yaml").write_text(CASES, encoding="utf-8")


def call(*words: str) -> Any:
    return CliRunner().invoke(app, ["test", "tiny.yaml", *words])


def test_coverage_is_told_and_fails_nothing() -> None:
    result = call("--coverage", "--lang", "en")
    assert result.exit_code == 0
    assert "ADULT: age is at least 18: never failed" in result.stdout
    assert "the cases exercise 50 % of the branches" in result.stdout
    assert json.loads(call("--coverage", "--json").stdout)["coverage"]["share"] == 0.5


def test_a_survivor_fails_the_command() -> None:
    result = call("--mutate", "--lang", "en")
    assert result.exit_code == 1
    assert "changed to: age is at least 17" in result.stdout
    assert "applicant: {age: 17}" in result.stdout
    found = json.loads(call("--mutate", "--json").stdout)["mutants"]
    assert {one["fate"] for one in found["results"]} == {"killed", "survived"}


def test_no_survivor_and_all_is_well() -> None:
    Path("tiny.test.yaml").write_text(CASES + CHILD, encoding="utf-8")
    result = call("--mutate", "--coverage")
    assert result.exit_code == 0, result.stdout
    assert "eksemplene prøver 100 % av grenene" in result.stdout
    assert "0 ikke oppdaget" in result.stdout


def test_junit_is_written() -> None:
    assert call("--junit", "report.xml").exit_code == 0
    assert ElementTree.parse("report.xml").getroot().get("tests") == "1"
    assert call("--junit", "no/such/report.xml").exit_code == 2
