"""`long_run: yes`: the exact mean of M/M/3 although it begins with a long list, and what has no long run is refused."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from sim.cli.app import app

ROOT = Path(__file__).parents[3]
VALIDATION = ROOT / "tests" / "validation"
sys.path.append(str(VALIDATION))
from exact_queues import multi_server  # noqa: E402

QUEUE = str(VALIDATION / "scenarios" / "three_homes_long_run.yaml")


def call(*words: str, out: Path) -> Any:
    return CliRunner().invoke(app, ["run", *words, "--out", str(out), "--quiet", "--lang", "en"])


@pytest.mark.long
def test_the_mean_of_the_long_run_is_exact(tmp_path: Path) -> None:
    """|z| < 4 for the mean list and the mean wait; the same test rejects stays that are 10 % shorter."""
    result = call(QUEUE, "--replications", "30", "--json", out=tmp_path / "out")
    assert result.exit_code == 0, result.output
    found = json.loads(result.stdout)["kpis"]
    run = json.loads((tmp_path / "out" / "run.json").read_text())
    assert run["long_run"]["warm_up_months"] > 0
    assert run["long_run"]["load"]["three-homes-from-a-long-list"] == pytest.approx(0.25 * 10 / 3, abs=0.03)

    def z(kpi: str, exact: float) -> float:
        return float((found[kpi]["mean"] - exact) / (found[kpi]["sd"] / 30**0.5))

    right, wrong = multi_server(0.25, 10.0, 3), multi_server(0.25, 9.0, 3)
    assert abs(z("wait_days_mean", right.wait)) < 4 and abs(z("waiting_list_mean", right.queue)) < 4
    assert abs(z("wait_days_mean", wrong.wait)) > 4 and abs(z("waiting_list_mean", wrong.queue)) > 4


@pytest.mark.parametrize(
    ("before", "after", "says"),
    [
        ("dwellings: 3", "dwellings: 2", "the load is 1."),
        ("rate: 0.25 per day", "rates: {2026-01-01: 0.25 per day, 2030-01-01: 0.2 per day}", "the applications of applicants"),
        ("dwellings: 3", "dwellings: 3, opens: 2027-01-01", "the site homes opens on the way"),
        ("horizon: 25 years", "horizon: 3 years", "the horizon is too short"),
        ("count: 150", "count: 1500", "not reached within the horizon"),
    ],
)
def test_what_has_no_long_run_is_refused(before: str, after: str, says: str, tmp_path: Path) -> None:
    text = Path(QUEUE).read_text(encoding="utf-8")
    assert before in text
    rules = str(VALIDATION / "rules" / "first_come.yaml")
    file = tmp_path / "queue.yaml"
    file.write_text(text.replace(before, after).replace("../rules/first_come.yaml", rules), encoding="utf-8")
    result = call(str(file), "--replications", "2", out=tmp_path / "out")
    assert result.exit_code == 2 and says in result.stderr and "Traceback" not in result.stderr, result.output
    assert not (tmp_path / "out").exists()
