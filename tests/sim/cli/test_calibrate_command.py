"""`calibrate`: what observations leave of the ranges, on a model that is known."""

import json
import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import engine_double
import pytest
from typer.testing import CliRunner

import sim.cli.engine
from sim.cli.app import app


@dataclass(frozen=True)
class Town:
    name: str
    values: Mapping[str, float] = field(default_factory=lambda: {"arrivals": 30.0, "stay": 5.0, "idle": 5.0})
    blueprint: Any = field(default_factory=lambda: SimpleNamespace(days=3652.5, sites=()))

    @property
    def hash(self) -> str:
        return f"{self.name}{sorted(self.values.items())}"

    @property
    def title(self) -> Mapping[str, str]:
        return {"nb": "Byen", "en": "The town"}

    @property
    def assumptions(self) -> Sequence[Any]:
        known = {"arrivals": ("30", "[20.5, 40]"), "stay": ("5 years", "[2 years, 8 years]"), "idle": ("5 %", "[1 %, 9 %]")}
        return [
            SimpleNamespace(
                id=name, label={"nb": name, "en": name}, value=v, range=r, kind="uncertain", source="assumption", note=""
            )
            for name, (v, r) in known.items()
        ]


def load(path: Path, settings: Sequence[tuple[str, str]] = (), years: float | None = None) -> Town:
    found = Town(path.stem)
    for name, text in settings:
        found = replace(found, values={**found.values, name.removeprefix("parameters."): float(text.split()[0])})
    return found


def replicate(scenario: Town, seed: int, k: int, **more: Any) -> Any:
    """Waiting rises with arrivals, the list with arrivals times stay."""
    luck, v = random.Random(f"{seed}/{k}").gauss(0, 2), scenario.values
    figures = [("wait_days_mean", 10 * v["arrivals"] + luck), ("waiting_list_mean", v["arrivals"] * v["stay"] + luck)]
    figures.append(("allocations_per_year", v["arrivals"] * 2 + luck))
    return SimpleNamespace(figures=[(0, "all", "all", kpi, number) for kpi, number in figures])


@pytest.fixture(autouse=True)
def small_town(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    of = engine_double
    made = sim.cli.engine.Engine(load, of.load_comparison, replicate, of.explain, of.check)
    monkeypatch.setattr(sim.cli.engine, "engine", lambda: made)
    monkeypatch.chdir(tmp_path)


OBSERVED = """\
observed:
  wait_days_mean: {observed: 300 days, error: 5 days, source: report 2025}
  waiting_list_mean: {observed: 90, error: 5}
  allocations_per_year: {observed: 60, error: 2, fit: no}
"""


def call(text: str, *words: str) -> Any:
    Path("observed.yaml").write_text(text, encoding="utf-8")
    return CliRunner().invoke(app, ["calibrate", "town.yaml", "observed.yaml", *words, "--workers", "1"])


def test_what_is_left_holds_the_truth() -> None:
    result = call(OBSERVED, "--json", "--points", "30")
    assert result.exit_code == 0, result.output
    found = json.loads(result.stdout)
    assert json.loads(Path("results/town-calibrate/calibrate.json").read_text()) == found
    rows = {row["parameter"]: row for row in found["parameters"]}
    number = lambda text: float(text.split()[0])  # noqa: E731
    assert 27 < number(rows["arrivals"]["plausible_from"]) < 30 < number(rows["arrivals"]["plausible_to"]) < 33
    assert 2 <= number(rows["stay"]["plausible_from"]) < 3 < number(rows["stay"]["plausible_to"]) < 4.5
    assert number(rows["idle"]["plausible_from"]) < 1.5 and number(rows["idle"]["plausible_to"]) > 8.5
    assert found["waves"][1] <= found["waves"][0] < 0.3
    assert [of["agrees"] for of in found["validation"]] == [True] and len(found["fitted"]) == 2


def test_in_words_and_a_validation_that_fails() -> None:
    result = call(OBSERVED.replace("observed: 60", "observed: 90"), "--points", "30", "--lang", "en")
    assert "of the space is still plausible" in result.stdout
    assert "Not used for the fit (validation):" in result.stdout and "– differs" in result.stdout


def test_what_the_model_cannot_reach_is_told_with_exit_code_3() -> None:
    result = call(OBSERVED.replace("observed: 90", "observed: 900"), "--points", "30")
    assert result.exit_code == 3
    assert "Ingenting er igjen: modellen når ikke Nye husstander på venteliste" in result.stdout


def test_resuming_gives_the_same() -> None:
    words = ("--points", "20", "--out", "out", "--json")
    assert call(OBSERVED, *words).stdout == call(OBSERVED, *words, "--resume").stdout


@pytest.mark.parametrize(
    ("text", "words", "says"),
    [
        ("observed: {wait_mean: {observed: 3, error: 1}}", [], "observed.yaml:1:12: there is no measure 'wait_mean'"),
        ("observed: {wait_days_mean: {observed: 3 NOK, error: 1}}", [], "observed.yaml:1:12"),
        ("observed: {wait_days_mean: {observed: 3}}", [], "error"),
        ("observed: {wait_days_mean: {observed: 3, error: 0}}", [], "above zero"),
        ("observed: {wait_days_mean: {observed: 3, error: 1, fit: no}}", [], "to fit"),
        ("observed: {}", [], "observed.yaml"),
        ("observed: [", [], "observed.yaml"),
        (OBSERVED, ["--points", "5"], "too few"),
        (OBSERVED, ["--parameter", "nothing"], "no parameter"),
        ("observed: {lowest_step_share: {observed: 40 %, error: 5 %}}", ["--points", "8"], "cannot be fitted"),
    ],
)
def test_bad_input(text: str, words: list[str], says: str) -> None:
    result = call(text, *words, "--lang", "en")
    assert result.exit_code == 2 and says in result.stderr and "Traceback" not in result.stderr, result.output


def test_running_a_folder_again_gives_the_same() -> None:
    assert call(OBSERVED, "--points", "20", "--out", "again").exit_code == 0
    result = CliRunner().invoke(app, ["rerun", "again", "--workers", "1", "--lang", "en"])
    assert result.exit_code == 0 and "the same to the last digit" in result.stdout, result.output
