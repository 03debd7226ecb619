"""`run` and `compare`: what they print, write and answer, on a small engine."""

import csv
import json
import sys
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from sim.cli.app import app
from sim.results import read_results

pytestmark = pytest.mark.usefixtures("small_engine")


def call(*words: str) -> Any:
    return CliRunner().invoke(app, [*words])


def printed(*words: str) -> Any:
    result = call(*words, "--json", "--workers", "1")
    assert result.exit_code == 0, result.output
    return json.loads(result.stdout)


class TestRun:
    def test_json(self) -> None:
        found = printed("run", "today.yaml", "--replications", "6", "--seed", "7")
        assert list(found) == ["version", "scenario", "seed", "replications", "years", "kpis", "by"]
        assert (found["version"], found["scenario"], found["seed"], found["replications"], found["years"]) == (
            1,
            "today",
            7,
            6,
            10.0,
        )
        wait = found["kpis"]["wait_days_mean"]
        assert list(wait) == ["mean", "sd", "low", "high", "unit"]
        assert wait["low"] < wait["mean"] < wait["high"] and wait["unit"] == "days"
        assert found["by"]["group"]["refugees"]["wait_days_mean"]["mean"] == pytest.approx(wait["mean"] + 1)
        assert "homes_mean" not in found["kpis"]
        assert found["by"]["all"]["all"]["homes_mean"]["sd"] == 0
        assert found["kpis"]["lowest_step_share"]["nulls"] == 3

    def test_one_replication_has_no_interval(self) -> None:
        wait = printed("run", "today.yaml", "--replications", "1")["kpis"]["wait_days_mean"]
        assert wait["sd"] is wait["low"] is wait["high"] is None

    def test_the_mean_is_that_of_the_replications(self) -> None:
        found = printed("run", "today.yaml", "--replications", "3", "--out", "out")
        rows = [r for r in read_results("out").tables["kpis"] if r[2:6] == (0, "all", "all", "wait_days_mean")]
        assert [row[1] for row in rows] == [1, 2, 3]
        assert found["kpis"]["wait_days_mean"]["mean"] == pytest.approx(sum(row[6] for row in rows) / 3)

    def test_options_reach_the_scenario(self) -> None:
        plain = printed("run", "today.yaml", "--replications", "2")
        changed = printed("run", "today.yaml", "--replications", "2", "--set", "effect=-5", "--years", "3")
        assert changed["years"] == 3.0
        assert changed["kpis"]["wait_days_mean"]["mean"] < plain["kpis"]["wait_days_mean"]["mean"]

    def test_table_and_folder(self) -> None:
        result = call("run", "today.yaml", "--replications", "4")
        assert result.exit_code == 0
        assert "Ventetid for nye husstander, gjennomsnitt" in result.stdout
        assert "4 replikasjoner, 10 år, frø 1" in result.stdout
        assert "På laveste trinn (2 uten tall)" in result.stdout
        assert "fikk bolig 80,0\N{NO-BREAK SPACE}%" in result.stdout
        assert "antakelser" in result.stdout
        assert Path("results/today/report.html").is_file()
        assert "kjøringer på" in result.stderr

    def test_english(self) -> None:
        stdout = call("run", "today.yaml", "--replications", "2", "--lang", "en").stdout
        assert "Wait of new households, mean" in stdout and "Gjennomsnitt" not in stdout

    def test_quiet(self) -> None:
        assert call("run", "today.yaml", "--replications", "2", "--quiet").stderr == ""

    def test_json_is_all_there_is_on_stdout(self) -> None:
        result = call("run", "today.yaml", "--replications", "2", "--json")
        assert json.loads(result.stdout)
        assert result.stderr  # progress, and where the report is


class TestCompare:
    def test_json(self) -> None:
        found = printed("compare", "today.yaml", "more.yaml", "same.yaml", "--replications", "8")
        assert list(found) == ["version", "baseline", "policies", "together"]
        assert list(found["policies"]) == ["more", "same"]
        wait = found["policies"]["more"]["kpis"]["wait_days_mean"]
        names = ["baseline", "policy", "difference", "low", "high", "correlation", "smallest_detectable", "unit"]
        assert list(wait) == names
        assert wait["policy"] - wait["baseline"] == pytest.approx(wait["difference"])
        assert wait["low"] < -40 < wait["high"] < 0 or wait["high"] < -38
        assert wait["correlation"] > 0.9

    def test_a_policy_that_changes_nothing_differs_by_exactly_nothing(self) -> None:
        found = printed("compare", "today.yaml", "same.yaml", "--replications", "5")
        for kpi in found["policies"]["same"]["kpis"].values():
            assert kpi["difference"] == kpi["low"] == kpi["high"] == kpi["smallest_detectable"] == 0

    def test_any_number_of_workers_prints_the_same_bytes(self) -> None:
        words = ("compare", "today.yaml", "more.yaml", "--replications", "5", "--json", "--workers")
        alone, several = call(*words, "1", "--out", "a"), call(*words, "2", "--out", "b")
        assert alone.exit_code == several.exit_code == 0
        assert alone.stdout == several.stdout != ""
        assert call(*words, "1", "--seed", "2").stdout != alone.stdout
        for table, rows in read_results("a").tables.items():
            assert rows == read_results("b").tables[table]

    def test_table_in_words(self) -> None:
        result = call("compare", "today.yaml", "more.yaml", "same.yaml", "--replications", "8")
        assert "Flere mot I dag: 8 replikasjoner" in result.stdout
        assert "kortere: mellom 3" in result.stdout
        assert "nøyaktig ingen forskjell" in result.stdout
        assert result.stdout.count("Hvert intervall gjelder ett mål") == 1

    def test_summary(self) -> None:
        call("compare", "today.yaml", "more.yaml", "--replications", "4")
        folder = Path("results/today-vs-more")
        with (folder / "summary.csv").open(encoding="utf-8", newline="") as file:
            rows = list(csv.DictReader(file))
        [row] = [r for r in rows if r["policy"] == "more" and r["kpi"] == "wait_days_mean" and r["year"] == "1"]
        assert float(row["difference"]) == pytest.approx(float(row["policy_mean"]) - float(row["baseline_mean"]))
        assert {r["dimension"] for r in rows} == {"all", "group", "ending"}
        assert read_results(folder).run["policies"][1]["inputs"] == {"today.yaml": "f" * 64}

    def test_a_policy_is_needed(self) -> None:
        assert call("compare", "today.yaml").exit_code == 2


class TestBadInput:
    @pytest.mark.parametrize(
        ("words", "says"),
        [
            (["missing.yaml"], "missing.yaml:1:1: det er ingen slik fil"),
            (["missing.yaml", "--lang", "en"], "missing.yaml:1:1: there is no such file"),
            (["today.yaml", "--replications", "0"], "--replications"),
            (["today.yaml", "--replications", "many"], "--replications"),
            (["today.yaml", "--replications", "auto"], "precision: {wait_days_mean"),
            (["today.yaml", "--time-limit", "soon"], "--time-limit"),
            (["today.yaml", "--replications", "²"], "--replications"),
            (["today.yaml", "--years", "-1"], "--years"),
            (["today.yaml", "--years", "nan"], "--years"),
            (["today.yaml", "--workers", "0"], "--workers"),
            (["today.yaml", "--seed", "-1"], "--seed"),
            (["today.yaml", "--set", "effect"], "PATH=VALUE"),
            (["today.yaml", "--set", "=3"], "PATH=VALUE"),
            (["today.yaml", "--lang", "sv"], "--lang"),
            (["today.yaml", "--executor", "dask://a"], "local"),
            (["today.yaml", "--nonsense"], "--nonsense"),
            ([], "SCENARIO"),
        ],
    )
    def test_exit_code_2_without_a_traceback(self, words: list[str], says: str) -> None:
        result = call("run", *words)
        assert result.exit_code == 2
        assert says in result.stderr
        assert result.stdout == ""
        assert "Traceback" not in result.stderr
        assert not Path("results").exists()

    def test_a_folder_of_other_things(self) -> None:
        Path("mine").mkdir()
        Path("mine/thesis.txt").write_text("x")
        result = call("run", "today.yaml", "--out", "mine")
        assert result.exit_code == 2
        assert "denne mappen har noe annet enn resultater i seg" in result.stderr


class TestCutShort:
    @pytest.mark.parametrize("words", [("run", "stopped.yaml"), ("compare", "today.yaml", "stopped.yaml")])
    def test_ctrl_c_keeps_finished_replications(self, words: tuple[str, ...]) -> None:
        result = call(*words, "--replications", "9", "--workers", "1", "--json", "--out", "out")
        assert result.exit_code == 130
        assert json.loads(result.stdout)["partial"] == {"finished": 2, "asked": 9}
        assert "2 av 9" in result.stderr
        run = read_results("out").run
        assert (run["replications"], run["asked"], run["ending"]) == (2, 9, "interrupted")
        assert "2 av 9" in Path("out/report.html").read_text(encoding="utf-8")

    def test_a_broken_invariant_keeps_its_evidence(self) -> None:
        result = call("run", "broken.yaml", "--workers", "1")
        assert result.exit_code == 4
        assert "home s/1 is let to nobody" in result.stderr
        assert "in replication 3 of broken (seed 1)" in result.stderr
        assert "Traceback" not in result.stderr
        evidence = Path("boligtrapp-evidence.txt").read_text(encoding="utf-8")
        assert "two homes too many" in evidence and "Traceback" in evidence


class TestExplain:
    def test_lines(self) -> None:
        result = call("explain", "today.yaml", "--replication", "3", "--decision", "12", "--lang", "en")
        assert (result.exit_code, result.stdout) == (0, "today 1 3 12 en\n")

    def test_no_such_allocation(self) -> None:
        result = call("explain", "today.yaml", "--replication", "3", "--dwelling", "none")
        assert (result.exit_code, result.stdout) == (2, "")
        assert (
            result.stderr
            == "Det er ingen bolig none i dette scenariet. Id-ene står i decisions.parquet i resultatmappen; husstander "
            "heter som refugees/14, boliger som a/1.\n"
        )

    @pytest.mark.parametrize("words", [[], ["--decision", "1", "--dwelling", "a"]])
    def test_exactly_one_question(self, words: list[str]) -> None:
        assert call("explain", "today.yaml", *words).exit_code == 2


class TestReport:
    def test_everything_from_outside_is_escaped(self) -> None:
        call("compare", "today.yaml", "html.yaml", "--replications", "2", "--lang", "en", "--out", "out")
        html = Path("out/report.html").read_text(encoding="utf-8")
        assert "<script>x" not in html and "&lt;script&gt;x" in html

    def test_it_says_what_it_is_and_how_it_was_made(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(sys, "argv", ["/a/b/run_sim.py", "compare", "today.yaml", "a b.yaml"])
        call("compare", "today.yaml", "more.yaml", "--replications", "3", "--out", "out")
        html = Path("out/report.html").read_text(encoding="utf-8")
        assert '<html lang="nb">' in html
        assert "planleggingsverktøy" in html and "fatter ikke vedtak" in html
        assert "python run_sim.py compare today.yaml &#39;a b.yaml&#39;" in html
        assert "Får flere bolig?" in html
        assert "f" * 64 in html
        assert "<strong>antakelse</strong>" in html
        assert "BAERUM-1" in html
