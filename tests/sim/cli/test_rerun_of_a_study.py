"""`rerun` of a study's folder: the same options again, and every value that differs."""

import json
from pathlib import Path
from typing import Any

import engine_double
import pytest
from typer.testing import CliRunner

from sim.cli.app import app
from sim.results.seal import seal
from sim.results.study_likeness import study_likeness

pytestmark = pytest.mark.usefixtures("small_engine")


def call(*words: str) -> Any:
    return CliRunner().invoke(app, [*words])


SWEEP = (
    "sweep",
    "today.yaml",
    "--vary",
    "effect=-50:0:25",
    "--replications",
    "4",
    "--seed",
    "7",
    "--workers",
    "1",
    "--out",
    "out",
)


@pytest.mark.parametrize(
    "words",
    [
        SWEEP,
        (*SWEEP, "--set", "effect=3", "--years", "4", "--json", "--lang", "en"),
        (
            "sweep",
            "today.yaml",
            "--vary",
            "effect=-100:0",
            "--sobol",
            "4",
            "--kpi",
            "wait_days_p90",
            "--workers",
            "1",
            "--out",
            "out",
        ),
        ("optimise", "today.yaml", "more.yaml", "--minimise", "wait_days_mean", "--indifference", "2 days", "--out", "out"),
    ],
)
def test_the_same(words: tuple[str, ...]) -> None:
    assert call(*words).exit_code == 0
    before = (Path("out") / f"{words[0]}.json").read_bytes()
    result = call("rerun", "out", "--workers", "1", "--lang", "en")
    assert result.exit_code == 0, result.output
    assert "the same to the last digit" in result.stdout and "run again" in result.stderr
    assert (Path("out") / f"{words[0]}.json").read_bytes() == before
    assert [*Path().iterdir()] == [Path("out")]


def test_what_changed_is_told_with_its_place(monkeypatch: pytest.MonkeyPatch) -> None:
    call(*SWEEP)
    today = engine_double.SCENARIOS["today"]
    monkeypatch.setitem(engine_double.SCENARIOS, "today", engine_double.replace(today, years=today.years + 1))
    result = call("rerun", "out", "--workers", "1", "--lang", "nb")
    assert result.exit_code == 1, result.output
    assert "Ulikt: " in result.stdout and "years" in result.stdout
    found = json.loads(call("rerun", "out", "--workers", "1", "--json").stdout)
    assert found["equal"] is found["equal_to_nine_digits"] is False
    assert {"where": "years", "before": today.years, "after": today.years + 1} in found["values"]


def test_an_unfinished_study_is_to_be_resumed() -> None:
    assert call("sweep", "stopped.yaml", *SWEEP[2:]).exit_code == 130
    result = call("rerun", "out", "--workers", "1", "--lang", "nb")
    assert result.exit_code == 2
    assert "studien er ikke ferdig; kjør kommandoen på nytt med --resume" in result.stderr


def test_a_file_that_is_gone(monkeypatch: pytest.MonkeyPatch) -> None:
    call(*SWEEP)
    monkeypatch.delitem(engine_double.SCENARIOS, "today")
    result = call("rerun", "out", "--workers", "1", "--lang", "en")
    assert result.exit_code == 2
    assert "today.yaml:1:1: there is no such file" in result.stderr


def test_an_edited_document_is_refused() -> None:
    call(*SWEEP)
    path = Path("out/sweep.json")
    path.write_text(path.read_text().replace('"seed": 7', '"seed": 8'))
    assert call("rerun", "out").exit_code == 2


def test_rounding_is_no_difference_and_a_missing_value_is_one() -> None:
    document = {"kind": "sweep", "program": "p", "scenarios": [], "said": {}, "curves": [{"mean": 0.1}, {"mean": 2.0}]}
    nudged = document | {"curves": [{"mean": 0.1 + 1e-12}, {"mean": 2.0}], "said": {"nb": ["annet"]}, "seal": seal({})}
    found = study_likeness(document, nudged)
    assert [of.where for of in found.values] == ["curves[0].mean"] and found.same_to_nine_digits
    shorter = study_likeness(document, document | {"curves": [{"mean": 0.1}]})
    assert [of.where for of in shorter.values] == ["curves[1]"] and not shorter.same_to_nine_digits
    other = study_likeness(document, document | {"program": "q", "scenarios": [{"file": "a.yaml", "name": "a", "hash": "1"}]})
    assert [of.what for of in other.made_by] == ["boligtrapp"] and [of.what for of in other.inputs] == ["a.yaml"] and other.equal
