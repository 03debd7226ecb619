"""`check`, `test` and `schema`: without running anything."""

import json
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from typer.testing import CliRunner

import sim.cli.engine
from rules.reading import Finding, Place
from sim.cli.app import app

pytestmark = pytest.mark.usefixtures("small_engine")


def call(*words: str) -> Any:
    return CliRunner().invoke(app, [*words])


def test_a_scenario() -> None:
    Path("today.yaml").write_text("scenario: today\n")
    result = call("check", "today.yaml", "--json")
    assert result.exit_code == 0
    found = json.loads(result.stdout)
    assert found["version"] == 1
    assert found["stock"] == {"velferdsbolig": {"1": 5, "2": 4}}
    assert (found["assumptions"], found["sourced"]) == (1, 1)
    [finding] = found["findings"]
    assert (finding["severity"], finding["file"], finding["line"]) == ("warning", "r.yaml", 3)


def test_a_scenario_in_words() -> None:
    Path("today.yaml").write_text("scenario: today\n")
    result = call("check", "today.yaml")
    assert "Boliger på dag 0, velferdsbolig: 9 (trinn 1: 5, trinn 2: 4)" in result.stdout
    assert "1 antakelser, 1 med kilde" in result.stdout
    assert "r.yaml:3:1: advarsel: no legal base" in result.stderr
    assert "r.yaml:3:1: warning: no legal base" in call("check", "today.yaml", "--lang", "en").stderr


def test_what_several_files_share_is_told_once() -> None:
    for name in ("today", "more"):
        Path(f"{name}.yaml").write_text(f"scenario: {name}\n")
    assert call("check", "today.yaml", "more.yaml").stderr.count("r.yaml:3:1: advarsel: no legal base") == 1


def test_several_files_are_all_checked() -> None:
    Path("today.yaml").write_text("scenario: today\n")
    Path("twice.yaml").write_text("a: 1\na: 2\n")
    Path("empty.yaml").write_text("")
    result = call("check", "twice.yaml", "today.yaml", "empty.yaml", "none.yaml", "--json")
    assert result.exit_code == 2
    found = json.loads(result.stdout)
    assert [len(of["findings"]) for of in found["files"]] == [1, 1, 1, 1]
    assert [of["code"] for of in found["findings"]] == ["duplicate-key", "no-base", "empty", "missing-file"]


def test_bad_files_are_told_with_their_place() -> None:
    Path("twice.yaml").write_text("a: 1\na: 2\n")
    result = call("check", "twice.yaml")
    assert result.exit_code == 2
    assert "twice.yaml:2:1: " in result.stderr
    assert "twice.yaml (fil): 1 feil" in result.stdout


def test_parameters_and_others() -> None:
    label = "label: {nb: tom, en: empty}"
    Path("p.yaml").write_text(f"void_days: {{value: 45 days, kind: uncertain, source: assumption, {label}}}\n")
    Path("x.yaml").write_text("void: 3\n")
    assert json.loads(call("check", "p.yaml", "--json").stdout)["kind"] == "parameters"
    result = call("check", "x.yaml")
    assert result.exit_code == 2
    assert "verken et scenario" in result.stderr
    assert "neither a scenario" in call("check", "x.yaml", "--lang", "en").stderr


def test_a_rule_set(monkeypatch: pytest.MonkeyPatch) -> None:
    seen = []
    monkeypatch.setattr(sim.cli.engine, "check_rules", lambda path: seen.append(path) or ())
    Path("rules").mkdir()
    assert call("check", "rules").exit_code == 0
    assert seen == [Path("rules")]


@pytest.mark.parametrize(("passed", "code"), [(True, 0), (False, 1)])
def test_worked_cases(monkeypatch: pytest.MonkeyPatch, passed: bool, code: int) -> None:
    failure = Finding("case-failed", "expected met", Place("a.test.yaml", 4, 3, ""))
    case = SimpleNamespace(name="of age", place=failure.place, failures=() if passed else (failure,))
    monkeypatch.setattr(sim.cli.engine, "run_cases", lambda path: [case])
    Path("rules").mkdir()
    result = call("test", "rules")
    assert result.exit_code == code
    assert ("a.test.yaml:4:3: expected met" in result.stdout) is not passed
    assert f"{int(passed)} av 1" in result.stdout
    found = json.loads(call("test", "rules", "--json").stdout)
    assert (found["failed"], found["results"][0]["passed"]) == (int(not passed), passed)


def test_schema(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sim.cli.engine, "schemas", lambda: {"scenario": {"type": "object"}, "ruleset": {"type": "array"}})
    assert set(json.loads(call("schema").stdout)) == {"scenario", "ruleset"}
    assert json.loads(call("schema", "ruleset").stdout)["type"] == "array"
    assert call("schema", "nonsense").exit_code == 2
    assert call("schema", "--out", "schemas").stdout == ""
    assert json.loads(Path("schemas/scenario.json").read_text())["$schema"].endswith("draft-07/schema#")
