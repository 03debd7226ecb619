"""`sweep`: points, curves, the number that reaches a target, and what cannot be."""

import csv
import json
from pathlib import Path
from typing import Any

import engine_double
import pytest
from typer.testing import CliRunner

import sim.cli.engine
from sim.cli.app import app

pytestmark = pytest.mark.usefixtures("small_engine")


def call(*words: str) -> Any:
    return CliRunner().invoke(app, ["sweep", "today.yaml", *words, "--workers", "1"])


GRID = ("--vary", "effect=-150:0:50", "--replications", "10")


def test_json_and_folder() -> None:
    result = call(*GRID, "--json")
    assert result.exit_code == 0, result.output
    found = json.loads(result.stdout)
    assert json.loads(Path("results/today-sweep/sweep.json").read_text()) == found
    assert [point["effect"] for point in found["points"]] == ["-150", "-100", "-50", "0"]
    waits = [row for row in found["curves"] if row["kpi"] == "wait_days_mean"]
    assert [row["point"] for row in waits] == [0, 1, 2, 3]
    assert waits[3]["difference"] == pytest.approx(150, abs=3) and waits[3]["difference_low"] > 148
    assert all(row["low"] < row["mean"] < row["high"] for row in waits)
    with Path("results/today-sweep/curves.csv").open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["kpi"] == "wait_days_mean"]
    assert [float(row["mean"]) for row in rows] == [row["mean"] for row in waits]
    assert rows[2]["effect"] == "-50"


def test_the_smallest_number_that_reaches_a_target() -> None:
    result = call("--vary", "effect=-150:0:50", "--replications", "30", "--until", "wait_days_mean >= 225 days", "--lang", "en")
    assert result.exit_code == 0, result.output
    target = "wait of new households, mean of at least 225.0 days"
    assert f"Smallest number that reaches the target ({target}): -50 (best guess)." in result.stdout
    assert "With 95% confidence -50 is enough" in result.stdout
    assert "With 95% confidence -100 is too small" in result.stdout
    assert json.loads(Path("results/today-sweep/sweep.json").read_text())["until"]["enough"] == "-50"


def test_a_target_out_of_reach_is_told_with_exit_code_3() -> None:
    result = call(*GRID, "--until", "wait_days_mean <= 5 days")
    assert result.exit_code == 3
    assert "Ingen av tallene når målet" in result.stdout and Path("results/today-sweep/curves.csv").is_file()


def test_a_sobol_design() -> None:
    found = json.loads(call("--vary", "effect=-100:0", "--sobol", "8", "--replications", "3", "--json").stdout)
    values = sorted(float(point["effect"]) for point in found["points"])
    assert len(values) == 8 and all(-100 + 12.5 * i <= value <= -100 + 12.5 * (i + 1) for i, value in enumerate(values))


def test_resuming_gives_the_same_and_runs_only_what_is_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    whole = call(*GRID, "--json", "--out", "whole").stdout
    call("--vary", "effect=-150:0:50", "--replications", "4", "--out", "part")
    runs = []
    monkeypatch.setattr(sim.cli.engine, "engine", lambda: counting(runs))
    resumed = call(*GRID, "--json", "--out", "part", "--resume")
    assert resumed.stdout == whole and len(runs) == 4 * 6
    call(*GRID, "--out", "part")
    assert len(runs) == 4 * 6 + 4 * 10


def counting(runs: list[int]) -> Any:
    def replicate(scenario: Any, seed: int, k: int) -> Any:
        runs.append(k)
        return engine_double.replicate(scenario, seed, k)

    return sim.cli.engine.Engine(
        engine_double.load, engine_double.load_comparison, replicate, engine_double.explain, engine_double.check
    )


def test_ctrl_c_keeps_what_is_finished() -> None:
    result = CliRunner().invoke(app, ["sweep", "stopped.yaml", *GRID, "--workers", "1", "--lang", "en"])
    assert result.exit_code == 130
    assert "Interrupted: 0 of 4 points are finished" in result.stderr and "--resume" in result.stderr
    assert len(list(Path("results/stopped-sweep/points").glob("*.jsonl"))) == 4


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["--vary", "effect"], "PATH=A:B:STEP"),
        (["--vary", "effect=1:5"], "PATH=A:B:STEP"),
        (["--vary", "effect=5:1:1"], "empty"),
        (["--vary", "effect=1:5:0"], "above zero"),
        (["--vary", "effect=1:2:1", "--vary", "effect=1:2:1"], "varied twice"),
        (["--vary", "effect=1:2:1", "--until", "soon"], "no target"),
        (["--vary", "effect=1:2:1", "--until", "wait_mean_days <= 5"], "did you mean"),
        (["--vary", "effect=1:2:1", "--until", "wait_days_mean <= 5 NOK"], "not a duration"),
        (["--vary", "effect=1:2:1", "--vary", "b=1:2:1", "--until", "wait_days_mean <= 5"], "one number on a grid"),
        (["--vary", "effect=1:2:1", "--kpi", "nothing"], "no measure"),
        (["--vary", "effect=1:2:1", "--replications", "auto"], "--replications"),
    ],
)
def test_bad_input(words: list[str], says: str) -> None:
    result = call(*words, "--lang", "en")
    assert result.exit_code == 2 and says in result.stderr and "Traceback" not in result.stderr
    assert not Path("results").exists()


def test_a_folder_of_something_else_is_left_alone() -> None:
    Path("mine").mkdir()
    Path("mine/notes.txt").write_text("dear")
    result = call(*GRID, "--out", "mine")
    assert result.exit_code == 2 and Path("mine/notes.txt").read_text() == "dear"
