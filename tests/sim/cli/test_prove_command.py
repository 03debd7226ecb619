"""`prove` and the annotations of `check`."""

import json
import sys
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from rules.reading import Finding, Place
from sim.cli.annotations import annotation, wanted
from sim.cli.app import app

RULES = """\
ruleset: tiny
label: {nb: liten, en: tiny}
fields:
  age: {of: applicant, type: int, range: 0..110, source: stored, label: {nb: alder, en: age}}
eligibility: {ADULT: {label: {nb: Myndig, en: Adult}, requires: age >= 18, ground: {nb: nei, en: no}}}
"""
PROPERTIES = """\
properties:
  OLDER: {label: {nb: eldre, en: older}, monotone: {of: eligible, in: age}}
"""


@pytest.fixture(autouse=True)
def rules(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("GITHUB_ACTIONS", raising=False)
    Path("rules").mkdir()
    Path("rules/tiny.yaml").write_text(RULES)
    Path("rules/tiny.prove.yaml").write_text(PROPERTIES)


def call(*words: str) -> Any:
    return CliRunner().invoke(app, [*words])


def test_what_is_proved() -> None:
    pytest.importorskip("z3")
    result = call("prove", "rules", "--lang", "en")
    assert result.exit_code == 0
    assert "OLDER: proved – older" in result.stdout
    assert "1 of 1 properties are proved; 0 refuted, 0 unknown" in result.stdout
    assert "assumed: " in result.stdout


def test_a_counterexample_fails_and_is_a_case_with_its_place() -> None:
    pytest.importorskip("z3")
    Path("rules/tiny.prove.yaml").write_text(PROPERTIES.replace("in: age", "in: age, direction: down"))
    result = call("prove", "rules")
    assert result.exit_code == 1
    assert "tiny.prove.yaml:2:10: OLDER: motbevist" in result.stdout
    assert "OLDER_ONE:" in result.stdout and "OLDER_OTHER:" in result.stdout
    found = json.loads(call("prove", "rules", "--json").stdout)
    [only] = found["properties"]
    assert (found["version"], only["result"], len(only["cases"]), len(only["shown"])) == (1, "counterexample", 2, 2)


def test_without_the_solver(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "z3", None)
    result = call("prove", "rules")
    assert result.exit_code == 2
    assert "pip install 'z3-solver>=4.13'" in result.stderr
    assert "Traceback" not in result.stderr


def test_check_json_gives_number_name_case_and_page() -> None:
    found = {of["name"]: of for of in json.loads(call("check", "rules", "--json", "--lang", "en").stdout)["findings"]}
    assert found["no-legal-base"]["code"] == "BT101"
    assert found["no-legal-base"]["about"] == "ADULT"
    assert found["no-legal-base"]["page"] == "docs/findings/BT101.md"
    assert found["no-legal-base"]["message"] == "ADULT states neither a legal base nor a status"
    norwegian = json.loads(call("check", "rules", "--json", "--lang", "nb").stdout)["findings"]
    assert "ADULT oppgir verken hjemmel eller status" in [of["message"] for of in norwegian]


def test_annotations_are_written_when_asked_for_and_in_a_workflow(monkeypatch: pytest.MonkeyPatch) -> None:
    line = "::warning file=rules/tiny.yaml,line=5,col=15,title=BT101::ADULT states neither"
    assert "::" not in call("check", "rules", "--lang", "en").stdout
    assert line in call("check", "rules", "--annotations", "--lang", "en").stdout
    monkeypatch.setenv("GITHUB_ACTIONS", "true")
    assert line in call("check", "rules", "--lang", "en").stdout
    with_json = call("check", "rules", "--json", "--lang", "en")
    assert line in with_json.stderr
    json.loads(with_json.stdout)


def test_errors_are_annotated_with_their_place() -> None:
    Path("rules/tiny.yaml").write_text(RULES.replace("age >= 18", "agee >= 18"))
    result = call("check", "rules", "--annotations", "--lang", "en")
    assert result.exit_code == 2
    assert "::error file=rules/tiny.yaml,line=5,col=65,title=unknown-name::there is no 'agee'; did you mean age?" in result.stdout


def test_what_annotations_give_a_meaning_is_escaped() -> None:
    finding = Finding("x", "100 % of\ntwo: a, b", Place("a,b.yaml", 1, 2, ""))
    assert annotation(finding) == "::error file=a%2Cb.yaml,line=1,col=2,title=x::100 %25 of%0Atwo: a, b"


def test_a_workflow_is_told_by_its_variable() -> None:
    assert wanted(False, {"GITHUB_ACTIONS": "true"}) and wanted(True, {})
    assert not wanted(False, {"GITHUB_ACTIONS": "false"})
