"""`sensitivity`: what the answer depends on, on an engine whose answer is a known function of its parameters."""

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
from rules.reading import Finding, InputError, Place
from sim.cli.app import app

RANGES = {
    "slope": ("2", "[1, 4]", "assumption", "uncertain"),
    "turning": ("1 year", "[6 months, 3 years]", "BK-1", "uncertain"),
    "idle": ("5 %", "[1 %, 9 %]", "assumption", "uncertain"),
    "homes": ("10", "[5, 15]", "BK-1", "uncertain"),
    "shares": ("{a: 1}", "", "assumption", "uncertain"),
    "rent": ("100 NOK", "[50 NOK, 150 NOK]", "BK-1", "fact"),
    "fragile": ("1.5", "[1, 2]", "assumption", "uncertain"),
}


@dataclass(frozen=True)
class Linear:
    """The policy shortens waits by slope * (turning - 548 days) / 10: the ranking turns at 548 days."""

    name: str
    values: Mapping[str, float] = field(default_factory=lambda: {"slope": 2.0, "turning": 365.25, "idle": 5.0, "homes": 10})
    precision: tuple[Any, ...] = ()
    blueprint: Any = field(default_factory=lambda: SimpleNamespace(days=3652.5, sites=()))

    @property
    def hash(self) -> str:
        return f"{self.name}{sorted(self.values.items())}"

    @property
    def title(self) -> Mapping[str, str]:
        return {"nb": self.name, "en": self.name}

    @property
    def assumptions(self) -> Sequence[Any]:
        return [
            SimpleNamespace(
                id=id_, label={"nb": id_, "en": id_}, value=value, range=range_, kind=kind, source=source, note="", used=True
            )
            for id_, (value, range_, source, kind) in RANGES.items()
        ]


def wrong(message: str) -> InputError:
    return InputError(Finding("wrong", message, Place("today.yaml", 1, 1, "")))


def load(path: Path, settings: Sequence[tuple[str, str]] = (), years: float | None = None) -> Linear:
    found = Linear(path.stem)
    for name, text in settings:
        number, _, unit = text.partition(" ")
        key = name.removeprefix("parameters.")
        if key == "fragile":
            raise wrong("the shares no longer sum to 1")
        if key == "homes" and "." in number:
            raise wrong("a count is a whole number")
        scale = {"year": 365.25, "years": 365.25, "months": 30.4375}.get(unit, 1.0)
        found = replace(found, values={**found.values, key: float(number) * scale})
    return found


def load_comparison(baseline: Path, policies: Sequence[Path], settings: Any = (), years: Any = None) -> dict[str, Linear]:
    return {path.stem: load(path, settings, years) for path in (baseline, *policies)}


def replicate(scenario: Linear, seed: int, k: int, **more: Any) -> Any:
    draw = random.Random(f"{seed}/{k}")
    luck, own = draw.gauss(0, 30), random.Random(f"{seed}/{k}/{scenario.hash}").gauss(0, 0.5)
    v = scenario.values
    gain = v["slope"] * (v["turning"] - 548) / 10 if scenario.name == "more" else 0.0
    wait = 300 + luck - gain + own + v["homes"]
    cost = 1000.0 * (scenario.name == "more") * 365.25
    figures = [
        ("wait_days_mean", wait),
        ("waiting_list_mean", wait),
        ("net_cost_nok_per_year", cost),
        ("lowest_step_share", None),
    ]
    return SimpleNamespace(figures=[(0, "all", "all", kpi, number) for kpi, number in figures])


@pytest.fixture(autouse=True)
def linear_engine(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    made = sim.cli.engine.Engine(load, load_comparison, replicate, engine_double.explain, engine_double.check)
    monkeypatch.setattr(sim.cli.engine, "engine", lambda: made)
    monkeypatch.chdir(tmp_path)


def call(*words: str) -> Any:
    return CliRunner().invoke(app, ["sensitivity", "today.yaml", *words, "--workers", "1"])


def printed(*words: str) -> Any:
    result = call(*words, "--json")
    assert result.exit_code == 0, result.output
    return json.loads(result.stdout)


def test_the_number_at_which_the_ranking_turns() -> None:
    found = printed("more.yaml", "--replications", "10")
    rows = {row["parameter"]: row for row in found["of"]["more"]["parameters"]}
    assert next(iter(rows)) == "turning" and set(rows) == {"slope", "turning", "idle", "homes"}
    turning = rows["turning"]
    assert turning["break_even"]["verdict"] == "turns"
    assert turning["break_even"]["at"] == pytest.approx([548], abs=6) and turning["unit"] == "days"
    [(low, high)] = turning["break_even"]["within"]
    assert low < 548 < high and high - low < 20
    # At the turning point's own value the policy is worse by 2 * 182.75 / 10.
    assert found["of"]["more"]["base"]["mean"] == pytest.approx(36.5, abs=1)
    assert rows["slope"]["low"]["difference"] == pytest.approx(-18.3, abs=1.5)
    assert rows["slope"]["break_even"]["verdict"] == rows["idle"]["break_even"]["verdict"] == "never"
    assert rows["slope"]["assumed"] and not turning["assumed"]
    # What cannot be moved is told with the reason.
    assert "no range" in found["fixed"]["shares"] and "sum to 1" in found["fixed"]["fragile"]
    assert "rent" not in found["fixed"]


def test_in_words() -> None:
    result = call("more.yaml", "--replications", "10", "--parameter", "turning", "--parameter", "slope", "--lang", "en")
    assert "at 54" in result.stdout and "no, surely not within the range" in result.stdout
    assert "slope *" in result.stdout and Path("results/today-vs-more-sensitivity/sensitivity.json").is_file()


def test_without_a_policy_the_figure_itself_is_judged() -> None:
    found = printed("--replications", "4")
    first = found["of"]["today"]["parameters"][0]
    assert "break_even" not in first and first["parameter"] == "homes"
    assert first["swing"]["difference"] == pytest.approx(10, abs=1.5)


def test_screening_and_indices_find_what_matters() -> None:
    effects = printed("more.yaml", "--method", "morris", "--replications", "4", "--points", "6")["of"]["more"]["parameters"]
    assert [row["parameter"] for row in effects[:2]] == ["turning", "slope"]
    assert effects[3]["size"] < 3 * effects[3]["noise"] + 1
    words = ("more.yaml", "--method", "sobol", "--replications", "2", "--points", "64")
    indices = {row["parameter"]: row for row in printed(*words)["of"]["more"]["parameters"]}
    assert indices["turning"]["first"] == pytest.approx(1, abs=0.3) and abs(indices["idle"]["total"]) < 0.05
    assert "Alene" in call(*words, "--resume").stdout


def test_groups_of_parameters(monkeypatch: pytest.MonkeyPatch) -> None:
    files = {"slope": "a/effects.yaml", "turning": "a/effects.yaml"}
    original = Linear.assumptions.fget
    assert original is not None

    def with_files(self: Linear) -> Sequence[Any]:
        return [SimpleNamespace(**{**vars(of), "file": files.get(of.id, "a/stock.yaml")}) for of in original(self)]

    monkeypatch.setattr(Linear, "assumptions", property(with_files))
    found = printed("more.yaml", "--groups", "--method", "morris", "--replications", "4", "--points", "6")
    rows = found["of"]["more"]["parameters"]
    assert {row["parameter"]: row["members"] for row in rows} == {"effects": ["slope", "turning"], "stock": ["idle", "homes"]}
    assert rows[0]["parameter"] == "effects"
    assert rows[0]["size"] > 20 and rows[1]["size"] < 3 * rows[1]["noise"] + 1 and found["points"] == 6 * 3
    words = ("more.yaml", "--groups", "--method", "sobol", "--replications", "2", "--points", "32")
    indices = {row["parameter"]: row for row in printed(*words)["of"]["more"]["parameters"]}
    assert indices["effects"]["total"] > 0.7 and abs(indices["stock"]["total"]) < 0.05
    low, high = indices["effects"]["total_within"]
    assert low <= indices["effects"]["total"] <= high
    assert "Gruppe" in call(*words, "--resume").stdout


def test_two_bands_and_the_value_of_knowing() -> None:
    words = ("more.yaml", "--method", "spread", "--points", "64", "--replications", "3", "--nok-per-waiting-day", "100")
    found = printed(*words, "--parameter", "turning", "--parameter", "idle")
    of = found["of"]["more"]["bands"]
    # Turning is uniform over 182.6 .. 1095.75: the gain has a deviation of 2 * 263.6 / 10, chance one of 0.7 between the two.
    assert of["unknown_sd"] == pytest.approx(52.7, rel=0.05) and of["chance_sd"] == pytest.approx(0.7, abs=0.2)
    assert of["above_zero"] == pytest.approx((548 - 182.6) / 913.1, abs=0.05)
    worth = found["information"]
    assert worth["best"] == "more"
    alone = {row["parameter"]: row["nok_per_year"] for row in worth["parameters"]}
    assert alone["turning"] == pytest.approx(worth["evpi_nok_per_year"], rel=0.1) and worth["evpi_nok_per_year"] > 0
    assert alone["idle"] < 0.1 * worth["evpi_nok_per_year"]
    assert worth["regret_nok_per_year"]["more"] == pytest.approx(worth["evpi_nok_per_year"])
    assert worth["best_share"]["more"] + worth["best_share"]["today"] == pytest.approx(1)
    text = call(*words, "--lang", "en").stdout
    assert (
        "best in " in text
        and "What we do not know: nine of ten" in text
        and "Knowing everything is worth" in text
        and "Held fixed" in text
    )


def test_several_policies_are_each_held_against_the_baseline() -> None:
    words = ("more.yaml", "less.yaml", "--parameter", "turning", "--replications", "4")
    found = printed(*words)["of"]
    assert found["more"]["parameters"][0]["break_even"]["verdict"] == "turns"
    assert found["less"]["parameters"][0]["swing"]["difference"] == pytest.approx(0, abs=2)
    assert call(*words).stdout.count("Rangeringen snur") == 2
    spread = printed(*words, "--method", "spread", "--points", "12", "--nok-per-waiting-day", "100")
    assert set(spread["information"]["regret_nok_per_year"]) == {"today", "more", "less"}


def test_resuming_gives_the_same() -> None:
    words = ("more.yaml", "--replications", "3", "--out", "out")
    assert call(*words, "--json").stdout == call(*words, "--json", "--resume").stdout


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["more.yaml", "--parameter", "sloop"], "did you mean slope?"),
        (["more.yaml", "--parameter", "shares"], "has no range"),
        (["more.yaml", "--parameter", "fragile"], "no longer sum to 1"),
        (["more.yaml", "--kpi", "wait"], "no measure"),
        (["more.yaml", "--kpi", "lowest_step_share", "--method", "spread"], "cannot be judged"),
        (["more.yaml", "--replications", "1"], "two replications"),
        (["--nok-per-waiting-day", "5", "--method", "spread"], "give a policy"),
        (["more.yaml", "--groups"], "give --method morris or sobol"),
        (["more.yaml", "--groups", "--method", "morris"], "there is one group"),
    ],
)
def test_bad_input(words: list[str], says: str) -> None:
    result = call(*words, "--lang", "en")
    assert result.exit_code == 2 and says in result.stderr and "Traceback" not in result.stderr


@pytest.mark.parametrize(
    "words",
    [
        ("more.yaml", "--parameter", "slope", "--parameter", "turning"),
        ("more.yaml", "--method", "spread", "--points", "4", "--nok-per-waiting-day", "500"),
        ("more.yaml", "--method", "morris", "--points", "2"),
    ],
)
def test_running_a_folder_again_gives_the_same(words: tuple[str, ...]) -> None:
    line = ["sensitivity", "today.yaml", *words, "--replications", "3", "--workers", "1", "--out", "again"]
    assert CliRunner().invoke(app, line).exit_code == 0
    result = CliRunner().invoke(app, ["rerun", "again", "--workers", "1", "--lang", "en"])
    assert result.exit_code == 0 and "the same to the last digit" in result.stdout, result.output
