"""What `compare` says of all differences at once: printed, in JSON and in the folder."""

import csv
import json
from pathlib import Path
from typing import Any

import engine_double
import pytest
from typer.testing import CliRunner

import sim.cli.engine
from sim.cli.app import app


@pytest.fixture(autouse=True)
def small_engine(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(sim.cli.engine, "engine", engine_double.engine)
    monkeypatch.chdir(tmp_path)


def call(*words: str) -> Any:
    return CliRunner().invoke(app, ["compare", *words, "--workers", "1", "--out", "out"])


def test_json() -> None:
    result = call("today.yaml", "more.yaml", "same.yaml", "--replications", "20", "--json")
    assert result.exit_code == 0, result.output
    document = json.loads(result.stdout)
    found = document["together"]
    assert json.loads(Path("out/together.json").read_text()) == found
    wait = found["policies"]["more"]["wait_days_mean"]
    alone = document["policies"]["more"]["kpis"]["wait_days_mean"]
    assert wait["low"] <= alone["low"] < alone["high"] <= wait["high"] < 0
    # Only one of the figures of the two policies differs at all.
    assert found["differences"] == 1
    best = found["best"]["wait_days_mean"]
    assert {name: of["may_be_best"] for name, of in best.items()} == {"today": False, "more": True, "same": False}


def test_in_words() -> None:
    result = call("today.yaml", "more.yaml", "same.yaml", "--replications", "20")
    assert "Under ett (95 % for alle 1 forskjellene samtidig) står 1 seg:\n  Flere: Ventetid" in result.stdout
    assert "kan være best: Flere\n" in result.stdout
    english = call("today.yaml", "same.yaml", "--replications", "3", "--lang", "en")
    assert "no difference stands" in english.stdout


def test_pairing_table() -> None:
    call("today.yaml", "more.yaml", "--replications", "20")
    with Path("out/pairing.csv").open(encoding="utf-8", newline="") as file:
        rows = {(row["year"], row["kpi"], row["dimension"]): row for row in csv.DictReader(file)}
    wait = rows["1", "wait_days_mean", "all"]
    # Deviations of 20 in common and of 1 apart: about 800 times.
    assert float(wait["variance_reduction"]) > 100 and float(wait["correlation_low"]) > 0.9
    assert rows["0", "waiting_list_mean", "all"]["variance_reduction"] == ""
