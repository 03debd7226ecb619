"""The workbook holds the figures of the results folder as numbers, under words, and cannot be made to compute anything."""

from __future__ import annotations

import csv
import json
import re
import subprocess
import sys
import zipfile
from io import BytesIO, StringIO
from pathlib import Path
from xml.etree import ElementTree

import pytest

from sim.measures import BESIDE, KPIS
from sim.report.files import files
from sim.report.norwegian_csv import norwegian_csv
from sim.report.workbook import workbook
from sim.report.workbook.sheets import sheets
from sim.report.workbook.words import WORDS
from sim.results import TABLES, ResultsData, read_results

ROOT = Path(__file__).parents[3]
MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


def read(book: bytes) -> dict[str, list[dict[str, str | float]]]:
    """Read an .xlsx as another program would: sheet name -> rows of column letter -> value; formulas are refused."""
    with zipfile.ZipFile(BytesIO(book)) as parts:
        strings = []
        if "xl/sharedStrings.xml" in parts.namelist():
            for item in ElementTree.fromstring(parts.read("xl/sharedStrings.xml")):
                strings.append("".join(text.text or "" for text in item.iter(f"{MAIN}t")))
        names = [sheet.get("name", "") for sheet in ElementTree.fromstring(parts.read("xl/workbook.xml")).iter(f"{MAIN}sheet")]
        found = {}
        for number, name in enumerate(names, start=1):
            root = ElementTree.fromstring(parts.read(f"xl/worksheets/sheet{number}.xml"))
            assert root.find(f".//{MAIN}f") is None
            assert root.find(f".//{MAIN}pane") is not None
            found[name] = [dict(_cells(row, strings)) for row in root.iter(f"{MAIN}row")]
    return found


def _cells(row, strings):
    for cell in row:
        value = cell.find(f"{MAIN}v")
        if value is not None:
            letter = re.sub(r"\d", "", cell.get("r", ""))
            yield letter, strings[int(value.text)] if cell.get("t") == "s" else float(value.text)


@pytest.fixture(scope="module", params=["run", "compare"])
def data(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> ResultsData:
    """Results as the commands leave them."""
    folder = tmp_path_factory.mktemp("results") / "out"
    policies = ["scenarios/four-more-firemannsboliger.yaml", "scenarios/need-first.yaml"] if request.param == "compare" else []
    line = [request.param, "scenarios/baerum.yaml", *policies, "--replications", "2", "--years", "1.5", "--workers", "1"]
    done = subprocess.run(
        [sys.executable, "run_sim.py", *line, "--quiet", "--out", str(folder)], check=False, cwd=ROOT, capture_output=True
    )
    assert done.returncode == 0, done.stderr
    assert read((folder / "summary.xlsx").read_bytes())
    return read_results(folder)


@pytest.mark.parametrize("lang", ["nb", "en"])
def test_every_figure_stands_as_a_number(data: ResultsData, lang: str) -> None:
    found = read(workbook(data, lang))
    expected = {sheet.name: sheet for sheet in sheets(data, lang)}
    assert list(found) == list(expected)
    assert len(found) >= 9
    for name, sheet in expected.items():
        assert list(found[name][2].values()) == list(sheet.columns)
        for row, cells in zip(found[name][3:], sheet.rows, strict=True):
            assert list(row.values()) == [
                cell if isinstance(cell, str) else pytest.approx(cell, rel=1e-14) for cell in cells if cell is not None
            ]


def test_money_of_the_sheet_is_that_of_the_measure(data: ResultsData) -> None:
    sheet = next(sheet for sheet in sheets(data, "nb") if sheet.name == "Penger")
    for policy in data.run["policies"]:
        spent = sum(row[3] for row in sheet.rows if row[:3:2] == [policy["label"]["nb"], "kommunen"])
        expected = next(
            row["mean"]
            for row in data.summary
            if (row["policy"], row["kpi"], row["year"], row["dimension"]) == (policy["name"], "net_cost_nok_per_year", 1, "all")
        )
        assert spent == pytest.approx(expected)


def test_moves_are_those_of_the_table(data: ResultsData) -> None:
    sheet = next(sheet for sheet in sheets(data, "nb") if sheet.name == "Flyttinger")
    assert len({tuple(row[:3]) for row in sheet.rows}) == len(sheet.rows)
    moves = sum(row[5] for row in data.tables["flows"]) / data.run["replications"]
    assert sum(row[3] for row in sheet.rows) == pytest.approx(moves)


def test_numbers_among_the_assumptions_are_numbers(data: ResultsData) -> None:
    sheet = next(sheet for sheet in sheets(data, "nb") if sheet.name == "Forutsetninger")
    written = {record["value"] for record in data.texts["assumptions"]}
    assert {row[1] for row in sheet.rows if isinstance(row[1], float)} == {float(text) for text in written if text.isdigit()} | {
        float(text) for text in written if re.fullmatch(r"-?\d+\.\d+", text)
    }


def test_no_code_word_is_left_in_norwegian(data: ResultsData) -> None:
    for sheet in sheets(data, "nb"):
        if sheet.name in ("Fordelt", "Penger", "Flyttinger"):
            words = {str(cell) for row in sheet.rows for cell in row[:3] if isinstance(cell, str)}
            assert not {word for word in words if "_" in word}


def test_the_norwegian_file_reads_back() -> None:
    rows = [{"policy": "a;b", "mean": 1234.5, "n": 3, "low": None}]
    text = norwegian_csv(rows)
    assert text.startswith("\ufeffpolicy;mean;n;low\r\n")
    (row,) = list(csv.DictReader(StringIO(text[1:]), delimiter=";"))
    assert row == {"policy": "a;b", "mean": "1234,5", "n": "3", "low": ""}


def test_every_column_is_described(data: ResultsData) -> None:
    described = {
        r["name"]: [f["name"] for f in r["schema"]["fields"]] for r in json.loads(files(data)["datapackage.json"])["resources"]
    }
    for table, columns in TABLES.items():
        assert described[table] == [column.name for column in columns]
    assert described["summary"] == list(data.summary[0])


def test_every_way_of_breaking_down_a_measure_has_norwegian_words() -> None:
    dimensions = {dimension for measure in (*KPIS.values(), *BESIDE.values()) for dimension in measure.by}
    assert not dimensions - set(WORDS["nb"]["dimensions"])
