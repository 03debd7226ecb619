"""What `compare` says of all differences at once: printed, in JSON and in the folder."""

import csv
import json
import random
import statistics
import sys
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import engine_double
import pytest
from typer.testing import CliRunner

from sim.cli.app import app
from sim.cli.figures import kpi_texts
from sim.cli.summary import summary
from sim.cli.together import show_together
from sim.experiment import Key, Sample

pytestmark = pytest.mark.usefixtures("small_engine")


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
    assert "Under ett (95 % for alle 1 forskjellene samtidig) står 1 seg.\n" in result.stdout
    assert "hver for seg" not in result.stdout
    english = call("today.yaml", "same.yaml", "--replications", "3", "--lang", "en")
    assert "Taken together (95% for all 0 differences at once) 0 stand." in english.stdout


def test_what_shows_only_by_itself_is_named(capsys: pytest.CaptureFixture[str]) -> None:
    """A difference of 2.5 standard errors among twelve of noise shows by itself, and does not stand with the others."""
    kpis = [kpi for kpi, text in kpi_texts().items() if text["headline"]][:13]
    generator = random.Random(7)
    samples = {name: Sample() for name in ("today", "more")}
    for _ in range(40):
        samples["today"].add([(0, "all", "all", kpi, 0.0) for kpi in kpis])
        samples["more"].add([(0, "all", "all", kpi, generator.gauss(0.0, 1.0)) for kpi in kpis])
    shifted = samples["more"].numbers(Key(0, "all", "all", kpis[0]))
    shift = 2.5 * statistics.stdev(shifted) / 40**0.5 - statistics.mean(shifted)
    samples["more"] = Sample()
    generator.seed(7)
    for _ in range(40):
        noise = [generator.gauss(0.0, 1.0) for _ in kpis]
        samples["more"].add([(0, "all", "all", kpi, x + shift * (kpi == kpis[0])) for kpi, x in zip(kpis, noise, strict=True)])
    study = SimpleNamespace(samples=samples, scenarios=engine_double.SCENARIOS, summary=summary(samples))
    show_together(study, "en", sys.stdout)  # type: ignore[arg-type]
    told = capsys.readouterr().out
    assert "for all 13 differences at once) 0 stand." in told
    assert f"should not be used alone:\n  More: {kpi_texts()[kpis[0]]['en']}\n" in told


def test_pairing_table() -> None:
    call("today.yaml", "more.yaml", "--replications", "20")
    with Path("out/pairing.csv").open(encoding="utf-8", newline="") as file:
        rows = {(row["year"], row["kpi"], row["dimension"]): row for row in csv.DictReader(file)}
    wait = rows["1", "wait_days_mean", "all"]
    # Deviations of 20 in common and of 1 apart: about 800 times.
    assert float(wait["variance_reduction"]) > 100 and float(wait["correlation_low"]) > 0.9
    assert rows["0", "waiting_list_mean", "all"]["variance_reduction"] == ""
