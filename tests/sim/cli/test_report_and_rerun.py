"""`report DIR` and `rerun DIR`: from the folder alone, with every broken folder told in words."""

import csv
import json
import shutil
from pathlib import Path
from typing import Any

import engine_double
import pytest
from typer.testing import CliRunner

import sim.cli.engine
from sim.cli.app import app
from sim.results.seal import seal

pytestmark = pytest.mark.usefixtures("small_engine")


@pytest.fixture(scope="module")
def finished(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a comparison, made once."""
    folder = tmp_path_factory.mktemp("finished") / "out"
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(sim.cli.engine, "engine", engine_double.engine)
        words = ("compare", "today.yaml", "more.yaml", "--replications", "3", "--workers", "1", "--out", str(folder))
        assert call(*words).exit_code == 0
    return folder


@pytest.fixture
def folder(finished: Path) -> Path:
    shutil.copytree(finished, "out")
    return Path("out")


def call(*words: str) -> Any:
    return CliRunner().invoke(app, [*words])


def change_run(folder: Path, **changes: Any) -> None:
    """Write run.json as another program, or another version, would have."""
    run = json.loads((folder / "run.json").read_text("utf-8")) | changes
    run = {key: value for key, value in run.items() if value is not ...}
    (folder / "run.json").write_text(json.dumps(run | {"seal": seal(run)}), "utf-8")


class TestReport:
    def test_renews_what_people_read_and_nothing_else(self, folder: Path) -> None:
        made = ("report.html", "summary.xlsx", "summary-nb.csv", "datapackage.json")
        before = {file.name: file.read_bytes() for file in folder.iterdir()}
        for name in made:
            (folder / name).unlink()
        result = call("report", str(folder))
        assert result.exit_code == 0, result.output
        assert result.stderr.endswith("out/report.html\n")
        after = {file.name: file.read_bytes() for file in folder.iterdir()}
        assert after.keys() == before.keys()
        assert {name for name in after if after[name] != before[name]} <= {"summary.xlsx"}
        call("report", str(folder), "--lang", "en")
        assert 'lang="en"' in (folder / "report.html").read_text("utf-8")

    def test_runs_nothing(self, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(sim.cli.engine, "engine", lambda: pytest.fail("a world was asked for"))
        assert call("report", str(folder)).exit_code == 0

    @pytest.mark.parametrize("command", ["report", "rerun"])
    @pytest.mark.parametrize(
        ("break_it", "nb", "en"),
        [
            (lambda f: shutil.rmtree(f), "det er ingen slik mappe", "there is no such folder"),
            (lambda f: [file.unlink() for file in f.iterdir()], "den er tom", "it is empty"),
            (lambda f: (f / "run.json").unlink(), "har ingen run.json", "has no run.json"),
            (lambda f: (f / "run.json").write_text('{"seed": 1'), "ikke hel JSON", "not whole JSON"),
            (lambda f: (f / "run.json").write_bytes(b"\xff\xfe\0"), "ikke hel JSON", "not whole JSON"),
            (lambda f: (f / "run.json").write_text("[]"), "ikke noe JSON-objekt", "no JSON object"),
            (lambda f: (f / "run.json").write_text("{}"), "schema_version mangler", "schema_version is missing"),
            (lambda f: change_run(f, schema_version=99), "nyere versjon (skjema 99", "newer version (schema 99"),
            (lambda f: change_run(f, files={}), "er ikke fullstendig", "is not complete"),
            (lambda f: (f / "kpis.parquet").unlink(), "kpis.parquet: mangler", "kpis.parquet: is missing"),
            (lambda f: (f / "texts.json").write_text("{}"), "texts.json: er endret eller kuttet", "has been changed or cut off"),
            (lambda f: (f / "kpis.parquet").write_bytes((f / "kpis.parquet").read_bytes()[:99]), "kuttet", "cut off"),
            (
                lambda f: (f / "run.json").write_text((f / "run.json").read_text().replace('"seed": 1', '"seed": 2')),
                "er endret etter at den ble skrevet",
                "has been changed since it was written",
            ),
        ],
    )
    def test_a_broken_folder_is_told_in_words(self, folder: Path, command: str, break_it: Any, nb: str, en: str) -> None:
        break_it(folder)
        for lang, says in (("nb", nb), ("en", en)):
            result = call(command, "out", "--lang", lang)
            assert result.exit_code == 2
            assert result.stderr.startswith("out") and says in result.stderr, result.stderr

    def test_no_folder_at_all(self) -> None:
        Path("file").write_text("x")
        for name in ("file", "x" * 300):
            assert call("report", name).exit_code == 2

    def test_event_log_of_a_folder_without_households(self, folder: Path) -> None:
        (folder / "events.parquet").unlink()
        run = json.loads((folder / "run.json").read_text("utf-8"))
        del run["files"]["events.parquet"]
        change_run(folder, files=run["files"])
        assert call("report", "out").exit_code == 0
        result = call("report", "out", "--events")
        assert result.exit_code == 2
        assert "mangler hendelsene for hver husstand" in result.stderr

    def test_event_log_is_kept_up(self, folder: Path) -> None:
        assert call("report", "out", "--events").exit_code == 0
        with (folder / "events.csv").open(newline="", encoding="utf-8") as file:
            assert next(csv.reader(file))[:3] == ["case_id", "activity", "timestamp"]
        call("report", "out")
        described = json.loads((folder / "datapackage.json").read_text("utf-8"))
        assert "events.csv" in {of["path"] for of in described["resources"]}


class TestRerun:
    def test_the_same(self, folder: Path) -> None:
        before = {file.name: file.read_bytes() for file in folder.iterdir()}
        result = call("rerun", "out", "--workers", "1", "--lang", "en", "--quiet")
        assert result.exit_code == 0, result.output
        assert "The files and the programs are the same." in result.stdout
        assert "the same to the last digit" in result.stdout
        assert {file.name: file.read_bytes() for file in folder.iterdir()} == before
        assert list(Path().iterdir()) == [folder]

    def test_settings_seed_years_and_files_are_those_of_then(self) -> None:
        words = ["--replications", "2", "--workers", "1", "--seed", "9", "--years", "3", "--set", "effect=7", "--out", "out"]
        assert call("run", "more.yaml", *words).exit_code == 0
        assert call("rerun", "out").exit_code == 0

    def test_what_changed_is_told(self, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        changed = engine_double.replace(
            engine_double.SCENARIOS["more"], effect=-10.0, inputs=(("today.yaml", "e" * 64), ("more.yaml", "d" * 64))
        )
        monkeypatch.setitem(engine_double.SCENARIOS, "more", changed)
        run = json.loads((folder / "run.json").read_text("utf-8"))
        change_run(folder, versions=run["versions"] | {"numpy": "0.1"}, platform="abacus")
        result = call("rerun", "out", "--lang", "en", "--workers", "1")
        assert result.exit_code == 1
        assert "more.yaml: new" in result.stdout
        assert "today.yaml: changed" in result.stdout
        assert "numpy: 0.1 → " in result.stdout and "platform: abacus → " in result.stdout
        assert "kpis" in result.stdout
        (line,) = (line for line in result.stdout.splitlines() if line.startswith("Wait of new households, mean"))
        assert line.endswith("+30.0") and "more" in line
        found = json.loads(call("rerun", "out", "--json", "--workers", "1").stdout)
        assert found["equal"] is found["equal_to_nine_digits"] is False
        waits = [of for of in found["figures"] if of["kpi"] == "wait_days_mean" and of["dimension"] == "all" and of["year"] == 0]
        assert [(of["policy"], of["after"] - of["before"]) for of in waits] == [("more", pytest.approx(30.0))]

    def test_a_last_digit_is_told_as_rounding(self, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        more = engine_double.SCENARIOS["more"]
        monkeypatch.setitem(engine_double.SCENARIOS, "more", engine_double.replace(more, effect=more.effect + 1e-11))
        result = call("rerun", "out", "--lang", "nb", "--workers", "1")
        assert result.exit_code == 0
        assert "Likt til ni siffer" in result.stdout

    def test_a_file_that_is_gone(self, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.delitem(engine_double.SCENARIOS, "more")
        result = call("rerun", "out", "--lang", "en")
        assert result.exit_code == 2
        assert "more.yaml:1:1: there is no such file" in result.stderr

    def test_a_folder_that_does_not_say_how(self, folder: Path) -> None:
        change_run(folder, asked_years=...)
        result = call("rerun", "out", "--lang", "nb")
        assert result.exit_code == 2
        assert "skrevet av en tidligere versjon" in result.stderr

    def test_cut_short(self) -> None:
        assert call("run", "stopped.yaml", "--replications", "5", "--workers", "1", "--out", "out").exit_code == 130
        result = call("rerun", "out", "--workers", "1")
        assert result.exit_code == 0, "as many replications as were finished"
