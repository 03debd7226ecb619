"""`--replications auto`, `--max-replications`, `--time-limit`: when simulations end of themselves."""

import json
from typing import Any

import pytest
from typer.testing import CliRunner

from sim.cli.app import app
from sim.results import read_results

pytestmark = pytest.mark.usefixtures("small_engine")


def call(*words: str) -> Any:
    return CliRunner().invoke(app, [*words])


AUTO = ("--replications", "auto")


def test_it_stops_when_precise_and_workers_do_not_matter() -> None:
    alone = call("run", "precise.yaml", *AUTO, "--json", "--workers", "1", "--out", "a")
    several = call("run", "precise.yaml", *AUTO, "--json", "--workers", "2", "--out", "b")
    assert alone.exit_code == several.exit_code == 0, alone.output
    assert alone.stdout == several.stdout
    found = json.loads(alone.stdout)
    # A deviation of 20 and a half width of 4: about (1.97 * 20 / 4) ** 2 = 97, so at the look at 85 or 120.
    assert found["replications"] in (60, 85, 120)
    wait = found["kpis"]["wait_days_mean"]
    assert (wait["high"] - wait["low"]) / 2 == pytest.approx(found["precision"][0]["half"]) and found["precision"][0]["enough"]
    for folder in ("a", "b"):
        data = read_results(folder)
        assert data.run["replications"] == data.run["asked"] == found["replications"] and data.run["ending"] == "complete"
        assert {row[1] for row in data.tables["kpis"]} == set(range(1, found["replications"] + 1))
    assert "Presist nok etter" in alone.stderr


def test_a_comparison_is_judged_on_its_differences() -> None:
    found = json.loads(call("compare", "precise.yaml", "more.yaml", *AUTO, "--json", "--workers", "1").stdout)
    assert [(of["policy"], of["enough"]) for of in found["precision"]] == [("more", True)]
    assert found["precision"][0]["half"] < 1


def test_what_is_not_reached_is_told_with_exit_code_3() -> None:
    result = call("run", "impossible.yaml", *AUTO, "--max-replications", "33", "--workers", "1", "--json", "--lang", "en")
    assert result.exit_code == 3
    found = json.loads(result.stdout)
    assert found["replications"] == 33 and not found["precision"][0]["enough"]
    assert "Not precise enough after 33 replications:" in result.stderr and "wanted ±0.0 days" in result.stderr
    few = call("run", "precise.yaml", *AUTO, "--max-replications", "5", "--workers", "1")
    assert few.exit_code == 3 and "for få tall" in few.stderr


def test_time_ends_it_and_the_result_is_marked() -> None:
    result = call(
        "run", "today.yaml", "--replications", "100000", "--time-limit", "0.3", "--workers", "1", "--out", "out", "--json"
    )
    assert result.exit_code == 3, result.output
    found = json.loads(result.stdout)
    run = read_results("out").run
    assert found["reproducible"] is run["reproducible"] is False
    assert run["ending"] == "time limit" and 0 < run["replications"] == found["replications"] < 100_000
    assert "Tiden er ute" in result.stderr and "Avbrutt" not in result.stderr


@pytest.mark.parametrize(
    ("file", "says"),
    [
        ("unknown.yaml", "unknown.yaml:2:5: there is no measure 'wait_mean_days'"),
        ("wrong-unit.yaml", "wrong-unit.yaml:2:5: '5 NOK' is not a duration"),
        ("today.yaml", "precision"),
    ],
)
def test_bad_precision(file: str, says: str) -> None:
    result = call("run", file, *AUTO, "--lang", "en")
    assert result.exit_code == 2 and says in result.stderr and "Traceback" not in result.stderr
