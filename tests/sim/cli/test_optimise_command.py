"""`optimise`: choosing among plans, under constraints, on the small engine."""

import json
import random
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import engine_double
import pytest
from typer.testing import CliRunner

import sim.cli.engine
from sim.cli.app import app


def replicate(scenario: Any, seed: int, k: int, **more: Any) -> Any:
    """Waits fall with the effect, costs rise as it falls: 1 million NOK a year for a day."""
    luck = random.Random(f"{seed}/{k}").gauss(0, 20)
    own = random.Random(f"{seed}/{k}/{scenario.effect}").gauss(0, 1)
    wait, cost = 300 + luck + own + scenario.effect, 1e6 * (50 - scenario.effect + own / 10)
    figures = [("wait_days_mean", wait), ("net_cost_nok_per_year", cost), ("lowest_step_share", None if k == 2 else 0.5)]
    return SimpleNamespace(figures=[(0, "all", "all", kpi, number) for kpi, number in figures])


@pytest.fixture(autouse=True)
def small_engine(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    of = engine_double
    made = sim.cli.engine.Engine(of.load, of.load_comparison, replicate, of.explain, of.check)
    monkeypatch.setattr(sim.cli.engine, "engine", lambda: made)
    monkeypatch.chdir(tmp_path)


def call(*words: str) -> Any:
    return CliRunner().invoke(app, ["optimise", *words, "--workers", "1"])


def printed(*words: str) -> Any:
    result = call(*words, "--json")
    assert result.exit_code == 0, result.output
    return json.loads(result.stdout)


FEW = ("--minimise", "wait_days_mean", "--indifference", "2 days")
GRID = ("today.yaml", "--vary", "effect=-12:0:3")


def test_the_best_is_selected_and_workers_do_not_matter() -> None:
    found = printed(*GRID, *FEW)
    assert found["selected"] == 0 and found["plans"][0]["set"] == {"effect": "-12"}
    assert [plan["outcome"] for plan in found["plans"]] == ["selected", "dropped", "dropped", "dropped", "dropped"]
    # Waiting and cost pull against each other: all five lie on the front.
    assert all(plan["front"] for plan in found["plans"])
    assert json.loads(Path("results/today-optimise/optimise.json").read_text()) == found
    again = CliRunner().invoke(app, ["optimise", *GRID, *FEW, "--json", "--workers", "1", "--resume"])
    assert json.loads(again.stdout) == found


def test_a_budget_holds() -> None:
    words = (*GRID, *FEW, "--subject-to", "net_cost_nok_per_year <= 57.5 million NOK per year +- 0.5 million NOK per year")
    found = printed(*words)
    assert [plan["outcome"] for plan in found["plans"]] == ["infeasible", "infeasible", "selected", "dropped", "dropped"]
    text = call(*words, "--lang", "en").stdout
    assert "Best: Today, effect = -6. Right with a probability of at least 95%" in text and "breaks a constraint" in text


def test_what_each_plan_loses_when_assumptions_are_off(monkeypatch: pytest.MonkeyPatch) -> None:
    """One number shifts the second plan's wait by -20 .. 20 days: each plan is best at half of its values."""
    from dataclasses import replace as changed

    import engine_double

    def load(path: Path, settings: Any = (), years: Any = None) -> Any:
        shift = next((float(value.split()[0]) for name, value in settings if name == "parameters.void_days"), 0.0)
        found = engine_double.load(path, [of for of in settings if not of[0].startswith("parameters.")], years)
        void = [of._replace(value="0.01 days", range="[-20 days, 20 days]") for of in found.assumptions if of.id == "void_days"]
        effect = found.effect + (shift if path.stem == "same" else 0.0)
        return changed(found, effect=effect, assumptions=void, hash=f"{found.hash}/{path.stem}/{effect}")

    made = sim.cli.engine.engine()
    monkeypatch.setattr(sim.cli.engine, "engine", lambda: changed(made, load=load))
    found = printed("today.yaml", "same.yaml", *FEW, "--regret", "40")
    assert found["selected"] is not None and found["regret"]["parameters"] == ["void_days"]
    lost = {row["plan"]: row for row in found["regret"]["plans"]}
    # The mean of the larger of 0 and a uniform shift of -20 .. 20 is 5.
    assert lost[0]["regret"] == pytest.approx(5, abs=0.7) and lost[1]["regret"] == pytest.approx(5, abs=0.7)
    assert lost[0]["best_share"] == pytest.approx(0.5, abs=0.06)
    text = call("today.yaml", "same.yaml", *FEW, "--regret", "40", "--resume", "--lang", "en").stdout
    assert "Assumptions other than we believe (40 combinations tried)" in text


def test_fronts_hold_cost_against_waiting() -> None:
    found = printed(*GRID, *FEW)
    assert found["fronts"][0]["kpis"] == ["net_cost_nok_per_year", "wait_days_mean"]
    assert found["fronts"][0]["plans"] == [4, 3, 2, 1, 0]
    assert found["said"]["nb"] and found["said"]["en"][0].startswith("Best: Today") and found["partial"] is False


def test_the_other_way() -> None:
    assert printed(*GRID, "--maximise", "wait_days_mean", "--indifference", "2")["selected"] == 4


def test_a_constraint_nobody_can_meet() -> None:
    result = call(*GRID, *FEW, "--subject-to", "net_cost_nok_per_year <= 1 million NOK per year")
    assert result.exit_code == 3 and "Ingen plan holder kravene" in result.stdout
    assert Path("results/today-optimise/optimise.json").is_file()


def test_what_cannot_be_told_apart_in_time() -> None:
    words = ("today.yaml", "--vary", "effect=0:0.02:0.01", "--minimise", "wait_days_mean", "--indifference", "0.001")
    result = call(*words, "--max-replications", "20", "--lang", "en")
    assert result.exit_code == 3 and "Not decided after 20 replications; may still be the best" in result.stdout
    edge = ("--subject-to", "net_cost_nok_per_year <= 50 million NOK per year +- 0.001 million NOK per year")
    open_ = call("today.yaml", "same.yaml", *FEW, *edge, "--max-replications", "15", "--lang", "en")
    assert open_.exit_code == 3 and "who keeps the constraints" in open_.stdout


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["today.yaml", *FEW], "nothing to choose among"),
        ([*GRID, "--indifference", "2"], "either --minimise"),
        ([*GRID, "--minimise", "wait", "--indifference", "2"], "no measure"),
        ([*GRID, "--minimise", "wait_days_mean", "--indifference", "0"], "above zero"),
        ([*GRID, *FEW, "--subject-to", "cheap"], "no constraint"),
        ([*GRID, *FEW, "--subject-to", "net_cost_nok_per_year <= 0"], "tolerance"),
        (["today.yaml", "--vary", "effect=1", *FEW], "PATH=A:B:STEP"),
        (["today.yaml", "missing.yaml", *FEW], "missing.yaml:1:1"),
        ([*GRID, "--maximise", "lowest_step_share", "--indifference", "0.1"], "has no number"),
        ([*GRID, *FEW, "--replications", "2"], "at least 5"),
    ],
)
def test_bad_input(words: list[str], says: str) -> None:
    result = call(*words, "--lang", "en")
    assert result.exit_code == 2 and says in result.stderr and "Traceback" not in result.stderr
