"""Skewed figures are told with an interval that covers, in `run` and `compare`; others are left alone."""

from __future__ import annotations

import csv
import math
import random
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import engine_double
import pytest
from typer.testing import CliRunner

import sim.cli.engine
from sim.cli.app import app
from sim.experiment.skewed import bootstrap_t
from sim.experiment.statistics import estimate


def waits(scenario: Any, k: int) -> float:
    """Give lognormal waits, and a policy that adds a lognormal of its own."""
    extra = math.exp(random.Random(f"more/{k}").gauss(0, 1.2)) if scenario.effect else 0.0
    return math.exp(random.Random(k).gauss(3, 1.2)) + extra


@pytest.fixture(autouse=True)
def skewed_engine(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    def replicate(scenario: Any, seed: int, k: int, *, check_invariants: bool = False) -> Any:
        figures = [(0, "all", "all", "wait_days_mean", waits(scenario, k))]
        figures.append((0, "all", "all", "waiting_list_mean", float(k % 7)))
        return SimpleNamespace(k=k, figures=figures, tables={}, events={})

    double = sim.cli.engine.Engine(
        engine_double.load, engine_double.load_comparison, replicate, engine_double.explain, engine_double.check
    )
    monkeypatch.setattr(sim.cli.engine, "engine", lambda: double)
    monkeypatch.chdir(tmp_path)


def call(*words: str) -> Any:
    return CliRunner().invoke(app, [*words, "--workers", "1", "--lang", "en", "--out", "out"])


def test_a_skewed_mean_is_told_with_its_bootstrap_t_interval() -> None:
    result = call("run", "today.yaml", "--replications", "20")
    assert result.exit_code == 0, result.output
    told = result.stdout.partition("by bootstrap-t")[2]
    low, high = bootstrap_t([math.exp(random.Random(k).gauss(3, 1.2)) for k in range(1, 21)])
    assert f"Today: Wait of new households, mean: {low:.1f} days to {high:.1f} days" in told
    assert "waiting list" not in told and not Path("out/skewed.csv").exists()


def test_a_skewed_difference_is_told_too() -> None:
    result = call("compare", "today.yaml", "more.yaml", "--replications", "20")
    assert result.exit_code == 0, result.output
    with Path("out/skewed.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    shown = [(row["policy"], row["of"]) for row in rows if row["too_skewed"] == "True"]
    assert shown == [("today", "mean"), ("more", "mean"), ("more", "difference")]
    numbers = [math.exp(random.Random(k).gauss(3, 1.2)) for k in range(1, 21)]
    assert (float(rows[0]["low"]), float(rows[0]["high"])) == pytest.approx(bootstrap_t(numbers))
    assert float(rows[0]["high"]) > (estimate(numbers).high or 0.0)
    assert ("waiting_list_mean", "False") in [(row["kpi"], row["too_skewed"]) for row in rows]
    assert "More: Wait of new households, mean, difference: " in result.stdout


def test_of_few_replications_nothing_is_said() -> None:
    result = call("compare", "today.yaml", "more.yaml", "--replications", "9")
    assert result.exit_code == 0 and "bootstrap" not in result.stdout
    assert Path("out/skewed.csv").read_text().count("\n") == 1
