"""The results folder: what is written is read, and nothing else is."""

import json
from pathlib import Path

import duckdb
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import sim.results.writer
from sim.results import TABLES, ResultsData, ResultsError, ResultsWriter, read_results, write_results
from sim.results.parquet import Spool, read_parquet, write_parquet

ROWS = {
    "kpis": [
        ("today", 1, 0, "all", "all", "wait_days_mean", 0.1 + 0.2),
        ("today", 1, 0, "group", 'Ås, "øst"\nog vest', "wait_days_mean", None),
        ("more", 1, -1, "all", "all", "wait_days_mean", 1e-300),
    ],
    "series": [("today", 1, 1, "waiting_list_mean", "all", "all", 3.5)],
    "flows": [("today", 1, 1, "no_roof", "flat", 3)],
    "kostra": [("today", 1, 1, "waiting", "all", 12.0), ("today", 1, 1, "homes_owned", "all", None)],
    "money": [("today", 1, 1, "rent", "municipality", -12.5)],
    "projects": [("today", 1, "fm-1", "plan", 0.0, None)],
    "events": [("today", 1, -3.5, "g/1", "listed", "", ""), ("today", 1, 8.5, "g/1", "new", "no_roof", "flat")],
    "households": [
        ("today", 1, "g/1", "g", 12.0, False, 2, "velferd_2", ""),
        ("today", 1, "g/2", "g", None, True, 1, None, "died"),
    ],
    "typical": [("today", 1, "anna", "g/1", 8.5, 12.0, 20.5, "flat", 1, None)],
    "decisions": [("today", 1, 0, 3.25, "allocation", "ab12", "s/1", "g/1", "newcomer", "", 4)],
}
SUMMARY = [{"policy": "today", "year": 0, "dimension": "all", "kpi": "wait_days_mean", "n": 2, "mean": 0.1, "sd": None}]


def data() -> ResultsData:
    return ResultsData({"scenario": "today", "seed": 1}, {"labels": {"å": "æ"}}, ROWS, SUMMARY)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    write_results(tmp_path / "out", data(), {"report.html": "<p>å</p>"})
    return tmp_path / "out"


def test_what_is_written_is_read(folder: Path) -> None:
    found = read_results(folder)
    assert {table: list(found.tables[table]) for table in found.tables} == ROWS
    assert found.texts == {"labels": {"å": "æ"}}
    assert found.summary == SUMMARY
    assert found.run["scenario"] == "today"
    assert found.run["schema_version"] == 1
    assert found.run["files"]["kpis.parquet"]["rows"] == 3
    assert (folder / "report.html").read_text(encoding="utf-8") == "<p>å</p>"


def test_other_programs_find_the_documented_columns(folder: Path) -> None:
    for table, columns in TABLES.items():
        query = f"DESCRIBE SELECT * FROM '{folder / table}.parquet'"
        assert [(row[0], row[1]) for row in duckdb.sql(query).fetchall()] == [(column.name, column.type) for column in columns]
        assert [column.name for column in columns[:2]] == ["policy", "replication"]


def test_an_empty_table_keeps_its_columns(tmp_path: Path) -> None:
    write_results(tmp_path / "out", ResultsData({}, {}, {"kpis": ROWS["kpis"]}))
    assert list(read_results(tmp_path / "out").tables["money"]) == []


def test_rows_stand_by_policy_whatever_the_order_of_the_work(tmp_path: Path) -> None:
    with ResultsWriter(tmp_path / "out", ["a", "b"]) as writer:
        for k in (1, 2):
            for policy in ("b", "a"):
                writer.add(policy, k, {"flows": [(1, "x", "y", k)]})
        writer.finish({}, {}, [])
    order = [row[:2] for row in read_results(tmp_path / "out").tables["flows"]]
    assert order == [("a", 1), ("a", 2), ("b", 1), ("b", 2)]


@settings(max_examples=25, deadline=None)
@given(
    st.lists(
        st.tuples(
            st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0")).filter(lambda t: t != "\\N"),
            st.none() | st.floats(allow_nan=False),
        ),
        max_size=5,
    )
)
def test_every_text_and_number_survives(tmp_path_factory: pytest.TempPathFactory, values: list) -> None:
    rows = [("p", 1, 0, "group", text, "k", number) for text, number in values]
    folder = tmp_path_factory.mktemp("table")
    with Spool(folder / "kpis.csv", TABLES["kpis"]) as spool:
        spool.add((), rows)
    write_parquet([spool.path], TABLES["kpis"], folder / "kpis.parquet")
    assert read_parquet(folder / "kpis.parquet") == rows


def test_a_row_of_wrong_width_is_refused(tmp_path: Path) -> None:
    with ResultsWriter(tmp_path / "out", ["a"]) as writer, pytest.raises(ValueError, match="year, from, to, n"):
        writer.add("a", 1, {"flows": [(1, "x", "y")]})


class TestNeverHalfAFolder:
    def test_failed_work_leaves_nothing(self, tmp_path: Path) -> None:
        with pytest.raises(RuntimeError), ResultsWriter(tmp_path / "out", ["a"]) as writer:
            writer.add("a", 1, {"flows": [(1, "x", "y", 2)]})
            raise RuntimeError
        assert list(tmp_path.iterdir()) == []

    def test_failed_writing_leaves_earlier_results(self, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        def full(*_: object) -> None:
            raise OSError(28, "No space left on device")

        monkeypatch.setattr(sim.results.writer, "_write_json", full)
        with pytest.raises(ResultsError, match="No space left"):
            write_results(folder, ResultsData({"scenario": "new"}, {}, {}))
        monkeypatch.undo()
        assert read_results(folder).run["scenario"] == "today"
        assert [path.name for path in folder.parent.iterdir()] == ["out"]

    def test_earlier_results_are_replaced_whole(self, folder: Path) -> None:
        write_results(folder, ResultsData({"scenario": "new"}, {}, {}))
        assert read_results(folder).run["scenario"] == "new"
        assert not (folder / "report.html").exists()
        assert [path.name for path in folder.parent.iterdir()] == ["out"]

    def test_a_folder_with_other_things_is_left_alone(self, tmp_path: Path) -> None:
        (tmp_path / "thesis.txt").write_text("mine")
        with pytest.raises(ResultsError, match="something else than results"):
            write_results(tmp_path, data())
        assert [path.name for path in tmp_path.iterdir()] == ["thesis.txt"]

    def test_a_file_is_no_folder(self, tmp_path: Path) -> None:
        (tmp_path / "out").write_text("mine")
        with pytest.raises(ResultsError, match="this is a file"):
            write_results(tmp_path / "out", data())

    def test_others_may_read_it(self, folder: Path) -> None:
        beside = folder.parent / "beside"
        beside.mkdir()
        assert folder.stat().st_mode == beside.stat().st_mode


class TestRefused:
    def refuse(self, folder: Path, words: str) -> None:
        with pytest.raises(ResultsError, match=words):
            read_results(folder)

    def test_missing(self, tmp_path: Path) -> None:
        self.refuse(tmp_path / "none", "there is no such folder")

    def test_empty(self, tmp_path: Path) -> None:
        self.refuse(tmp_path, "it is empty")

    def test_not_results(self, tmp_path: Path) -> None:
        (tmp_path / "a.txt").write_text("a")
        self.refuse(tmp_path, "it has no run.json")

    def test_a_file_is_missing(self, folder: Path) -> None:
        (folder / "flows.parquet").unlink()
        self.refuse(folder, r"flows\.parquet: is missing")

    @pytest.mark.parametrize("name", ["kpis.parquet", "texts.json", "summary.csv"])
    def test_a_file_is_cut_off(self, folder: Path, name: str) -> None:
        content = (folder / name).read_bytes()
        (folder / name).write_bytes(content[: len(content) // 2])
        self.refuse(folder, f"{name}: has been changed or cut off")

    def test_run_json_is_cut_off(self, folder: Path) -> None:
        content = (folder / "run.json").read_text()
        (folder / "run.json").write_text(content[:100])
        self.refuse(folder, r"run\.json:\d+:\d+: this is not whole JSON")

    def test_run_json_is_edited(self, folder: Path) -> None:
        content = (folder / "run.json").read_text()
        (folder / "run.json").write_text(content.replace('"seed": 1', '"seed": 2'))
        self.refuse(folder, r"run\.json: has been changed")

    def test_run_json_may_be_laid_out_anew(self, folder: Path) -> None:
        content = json.loads((folder / "run.json").read_text())
        (folder / "run.json").write_text(json.dumps(content))
        assert read_results(folder).run["seed"] == 1

    def test_a_newer_version(self, folder: Path) -> None:
        content = (folder / "run.json").read_text()
        (folder / "run.json").write_text(content.replace('"schema_version": 1', '"schema_version": 2'))
        self.refuse(folder, r"newer version \(schema 2")

    @pytest.mark.parametrize("content", ["[]", '{"a": 1}', '{"schema_version": true}', "[" * 100_000])
    def test_another_run_json(self, folder: Path, content: str) -> None:
        (folder / "run.json").write_text(content)
        self.refuse(folder, r"run\.json")


def test_the_figures_of_the_horizon_are_those_rows_alone(folder: Path) -> None:
    found, kept = read_results(folder), [row for row in ROWS["kpis"] if row[2] == 0]
    assert found.horizon(["all", "group"]) == kept == data().horizon(["all", "group"])
    assert found.horizon(["all"]) == kept[:1] == data().horizon(["all"])
    assert found.horizon(["type"]) == [] == data().horizon(["type"])
