"""The pages of sweeps, sensitivity analyses, choices and calibrations: what they say, and where they refuse to."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
import study_documents
from typer.testing import CliRunner

from sim.cli.app import app
from sim.cli.sensitivity_told import sensitivity_told
from sim.report.blocks import Cell, Figure, Part, Table
from sim.report.studies import study_page
from sim.report.studies.choice import choice
from sim.report.studies.fitted import fitted
from sim.report.studies.study import Study, rounded
from sim.report.studies.swept import swept
from sim.report.studies.unknowns import unknowns
from sim.results import STUDY_VERSION, ResultsError, read_study

MINUS = "\N{MINUS SIGN}"


def tables(part: Part) -> list[Table]:
    found: list[Table] = []
    for block in part.blocks:
        found += block.tables if isinstance(block, Figure) else [block] if isinstance(block, Table) else []
    return found


def texts(row: Any) -> list[str]:
    return [cell.text if isinstance(cell, Cell) else cell for cell in row]


@pytest.mark.parametrize("lang", ["nb", "en"])
@pytest.mark.parametrize("name", study_documents.every())
def test_every_page_is_whole_and_escaped(name: str, lang: str) -> None:
    made = study_page(study_documents.every()[name], lang)
    assert f'<html lang="{lang}">' in made
    assert "<script" not in made and "<b>" not in made and "<i>" not in made
    assert "None" not in re.sub(r"<style>.*?</style>", "", made, flags=re.DOTALL)
    assert not re.search(r"(?:src|href)=\"(?!#)", made)
    assert len(made) < 200_000
    for word in ("years", "not within") if lang == "nb" else ("år", "innenfor"):
        assert not re.search(rf"(?<![\w-]){word}\b", re.sub(r"<code>.*?</code>", "", made)), word


def test_a_curve_is_named_after_the_paired_difference_of_its_ends() -> None:
    document = study_documents.sweep()
    titles = [block.title for block in swept(Study(document, "en")).blocks if isinstance(block, Figure)]
    assert titles[0].endswith("lower at 9 than at 1")
    for row in document["curves"]:
        row["difference_high"] = abs(row["difference_high"])
    titles = [block.title for block in swept(Study(document, "en")).blocks if isinstance(block, Figure)]
    assert titles[0].endswith("no sure difference between 1 and 9")


def test_the_points_of_a_design_are_not_joined() -> None:
    (figure, *_) = swept(Study(study_documents.every()["design"], "nb")).blocks
    assert isinstance(figure, Figure)
    assert [panel.name for panel in figure.panels] == ["sites.small.sites", "services.teams.close.hours_per_week"]
    assert "3 kombinasjoner" in figure.title


def test_a_parameter_that_is_moved_goes_by_its_name() -> None:
    document = study_documents.sweep(("parameters.rate",))
    assert tables(swept(Study(document, "nb")))[0].columns[0].title == "Om <i>rate</i>"
    assert "parameters.rate" not in study_page(document)


def test_the_answer_at_the_ends_is_the_answer_plus_what_the_number_moves() -> None:
    (table, *_) = tables(unknowns(Study(study_documents.sensitivity(), "nb")))
    first, second = (texts(row) for row in table.rows)
    assert first[1:5] == ["2 til 8 år", "+2,0", f"{MINUS}6,0", f"{MINUS}8,0"]
    assert first[5] == "ja, ved 3,46 år (95 %: 3,1 til 3,9 år)"
    assert second[5] == "nei, sikkert ikke innenfor spennet"
    assert [cell.small for row in table.rows if isinstance(cell := row[0], Cell)] == ["uten kilde", ""]


def test_alone_the_figure_itself_is_told() -> None:
    document = study_documents.every()["alone"]
    document["of"]["today"]["base"]["mean"] = 200.0
    (table,) = tables(unknowns(Study(document, "nb")))
    assert texts(table.rows[0])[2:5] == ["206,0", "198,0", f"{MINUS}8,0"]
    assert len(table.columns) == 5


def test_the_value_of_knowing_is_told_with_its_price() -> None:
    made = study_page(study_documents.sensitivity("spread"), "nb")
    assert "Settes en ventedag til 500 kroner" in made
    assert "høyst 120\N{NARROW NO-BREAK SPACE}000 kroner i året" in made
    assert "mellom 0 og 450\N{NARROW NO-BREAK SPACE}000 (95 %)" in made


def test_what_noise_hides_is_not_told_as_known() -> None:
    document = study_documents.sensitivity("spread")
    name = document["policies"][1]
    bands = document["of"][name]["bands"]
    assert "nine of ten possible means" in " ".join(sensitivity_told(document, "en"))
    before = len(tables(unknowns(Study(document, "nb")))[0].rows)
    for of in document["of"].values():
        of["bands"] |= {"unknown_low": bands["mean"], "unknown_high": bands["mean"], "unknown_sd": 0.0, "noise_share": 1.0}
    told = " ".join(sensitivity_told(document, "en"))
    assert "cannot be told from chance" in told and "possible means" not in told
    assert len(tables(unknowns(Study(document, "nb")))[0].rows) == before - 1


def test_plans_stand_with_their_outcome() -> None:
    part = choice(Study(study_documents.optimise(), "nb"))
    (plans, regret) = (block for block in part.blocks if isinstance(block, Table))
    assert [texts(row)[1] for row in plans.rows] == ["valgt", "slått, eller for lite foran til å telle", "bryter et krav"]
    assert [texts(row)[2:] for row in plans.rows] == [
        ["7,0\N{NO-BREAK SPACE}%", "40,0"],
        ["6,0\N{NO-BREAK SPACE}%", "41,0"],
        ["5,0\N{NO-BREAK SPACE}%", "42,0"],
    ]
    assert [texts(row)[1:] for row in regret.rows] == [
        ["0,0", "50\N{NO-BREAK SPACE}%"],
        ["0,1", "40\N{NO-BREAK SPACE}%"],
        ["0,2", "30\N{NO-BREAK SPACE}%"],
    ]
    (figure,) = (block for block in part.blocks if isinstance(block, Figure))
    assert figure.title.endswith("ingen plan er bedre i begge enn 1 og 3")


def test_what_is_left_is_told_in_three_digits() -> None:
    ranges, figures, kept = tables(fitted(Study(study_documents.calibrate(), "nb")))
    assert texts(ranges.rows[0])[1:] == ["2 til 8 år", "2 år", "3 til 7 år", "4 til 6 år"]
    assert texts(figures.rows[0])[1:] == ["300 (36)", "250 – 310", "ja"]
    assert texts(kept.rows[0])[3] == "nei"


def test_when_nothing_is_left_it_is_said() -> None:
    made = study_page(study_documents.calibrate(left=False), "nb")
    assert "Ingen verdier i spennene passer med observasjonene" in made


@pytest.mark.parametrize(
    ("value", "unit", "written"),
    [
        (3.456789, "years", "3.46 years"),
        (0.00136679, "", "0.00137"),
        (8.0, "years", "8 years"),
        (1234.56, "NOK", "1235 NOK"),
        (0.0, "", "0"),
        (-0.5, "", "-0.5"),
        (100.0, "days", "100 days"),
    ],
)
def test_three_digits(value: float, unit: str, written: str) -> None:
    assert rounded(value, unit) == written


class TestReport:
    """`report DIR` of a study."""

    def folder(self, tmp_path: Path, document: Any) -> Path:
        (tmp_path / f"{document['kind']}.json").write_text(json.dumps(document, ensure_ascii=False), encoding="utf-8")
        return tmp_path

    def test_the_page_is_made_from_the_document_alone(self, tmp_path: Path) -> None:
        folder = self.folder(tmp_path, study_documents.sweep())
        done = CliRunner().invoke(app, ["report", str(folder), "--lang", "en"])
        assert done.exit_code == 0, done.output
        assert (folder / "report.html").read_text(encoding="utf-8") == study_page(study_documents.sweep(), "en")

    def test_none_where_there_is_no_study(self, tmp_path: Path) -> None:
        assert read_study(tmp_path) is None

    @pytest.mark.parametrize(
        ("change", "says"),
        [
            ({"seed": 2}, "has been changed since it was written"),
            ({"version": STUDY_VERSION + 1}, "written by a newer version"),
            ({"version": STUDY_VERSION - 1}, "written by an earlier version"),
            ({"version": "two"}, "is no document of the command sweep"),
            ({"kind": "optimise"}, "is no document of the command sweep"),
        ],
    )
    def test_what_was_changed_is_refused(self, tmp_path: Path, change: dict[str, Any], says: str) -> None:
        (tmp_path / "sweep.json").write_text(json.dumps(study_documents.sweep() | change), encoding="utf-8")
        with pytest.raises(ResultsError, match=says):
            read_study(tmp_path)
        for lang in ("nb", "en"):
            done = CliRunner().invoke(app, ["report", str(tmp_path), "--lang", lang])
            assert done.exit_code == 2
            assert (says in done.output) == (lang == "en")

    def test_what_is_cut_off_is_refused(self, tmp_path: Path) -> None:
        text = json.dumps(study_documents.sweep())
        (tmp_path / "sweep.json").write_text(text[: len(text) // 2], encoding="utf-8")
        with pytest.raises(ResultsError, match="this is not whole JSON"):
            read_study(tmp_path)
