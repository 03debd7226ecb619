"""Real data: nothing that is published, in any file or on the terminal, gives away a group of fewer than five."""

import csv
import io
import itertools
import json
import re
import zipfile
from collections import defaultdict
from pathlib import Path
from typing import Any

import pytest
from attacker import span
from typer.testing import CliRunner

from sim.cli import engine
from sim.cli.app import app
from sim.cli.figures import unit_of
from sim.cli.real_data import figures
from sim.report.workbook import workbook
from sim.results import read_results
from sim.results.eventlog import COLUMNS

ROOT = Path(__file__).parents[3]
TODAY, POLICY = ROOT / "scenarios" / "baerum.yaml", ROOT / "scenarios" / "need-first.yaml"
RECORDED = 'real_data: {purpose: Planning, legal_basis: "GDPR 6.1 e", dpia: "2026/17"}'
SHORT = ("--replications", "2", "--years", "1.25", "--workers", "1", "--lang", "en")
COUNTS = ("households", "per year", "household-nights per year", "household-days per year")
Cell = tuple[str, str, str, str]


def call(*words: str) -> Any:
    return CliRunner().invoke(app, [*words])


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The scenario of Bærum with its data called real, a policy on it, and the results of both; and as they are assumed."""
    folder = tmp_path_factory.mktemp("real")
    for name in ("parameters", "sources.yaml"):
        (folder / "scenarios").mkdir(exist_ok=True)
        (folder / "scenarios" / name).symlink_to(ROOT / "scenarios" / name)
    (folder / "rules").symlink_to(ROOT / "rules")
    text = TODAY.read_text("utf-8")
    assert re.search(r"^data: assumed", text, re.MULTILINE)
    real = re.sub(r"^data: assumed.*$", "data: real\n" + RECORDED, text, flags=re.MULTILINE)
    (folder / "scenarios" / "baerum.yaml").write_text(real, "utf-8")
    (folder / "scenarios" / POLICY.name).write_text(POLICY.read_text("utf-8"), "utf-8")
    told = call("compare", *of(folder), *SHORT, "--json", "--out", str(folder / "real"))
    assert told.exit_code == 0, told.output
    (folder / "compare.json").write_text(told.stdout)
    shown = call("run", of(folder)[0], *SHORT, "--out", str(folder / "alone"))
    assert shown.exit_code == 0, shown.output
    (folder / "alone.txt").write_text(shown.stdout)
    person = call("run", of(folder)[0], *SHORT, "--json", "--events", "--person-level", "--out", str(folder / "person"))
    assert person.exit_code == 0, person.output
    (folder / "run.json").write_text(person.stdout)
    assert call("compare", str(TODAY), str(POLICY), *SHORT, "--json", "--out", str(folder / "assumed")).exit_code == 0
    return folder


def of(folder: Path) -> list[str]:
    return [str(folder / "scenarios" / "baerum.yaml"), str(folder / "scenarios" / POLICY.name)]


def rows(folder: Path) -> dict[Cell, dict[str, Any]]:
    return {
        (row["policy"], row["kpi"], row["dimension"], row["value"]): dict(row)
        for row in read_results(folder).summary
        if row["year"] == 0
    }


def test_every_small_count_is_withheld_and_cannot_be_computed(files: Path) -> None:
    true, told = rows(files / "assumed"), rows(files / "real")
    about = figures(engine.engine().load_comparison(Path(of(files)[0]), [Path(of(files)[1])], (), None), list(true.values()))
    tables: dict[tuple[str, str], dict[tuple[str, str], float]] = defaultdict(dict)
    for (policy, kpi, dimension, value), row in true.items():
        if unit_of(kpi) in COUNTS and dimension != "team" and row["mean"] is not None:
            tables[policy, kpi][dimension, value] = row["mean"]
    attacked = 0
    for (policy, kpi), sizes in tables.items():
        scale = about.counts[kpi]
        hidden = {part for part in sizes if told[policy, kpi, *part]["suppressed"]}
        if ("all", "all") not in sizes:
            sizes = {("all", "all"): sum(sizes.values()), **sizes}
        for part, size in sizes.items():
            if part[0] == "all" or not 0 < size / scale < 5:
                continue
            assert part in hidden, (policy, kpi, part, size)
            least, most = span(sizes, hidden, about.parents, part)
            assert most - least > 1e-6, (policy, kpi, part, least, most)
            attacked += 1
    assert attacked > 100


def test_published_counts_of_parts_are_five_or_more(files: Path) -> None:
    folder = read_results(files / "real")
    published = [(row["kpi"], row["mean"]) for row in folder.summary if row["dimension"] != "all"]
    by = json.loads((files / "run.json").read_text())["by"]
    for dimension, values in by.items():
        published += [(kpi, of["mean"]) for kpis in values.values() for kpi, of in kpis.items() if dimension != "all"]
    published += [(row[3], row[6]) for row in folder.tables["series"]]
    counts = [(kpi, number) for kpi, number in published if number and unit_of(kpi) in ("households", "per year")]
    assert len(counts) > 200
    assert min(counts, key=lambda count: count[1])[1] >= 5
    assert {row[3] for row in folder.tables["kpis"]} == {"all"}, "no part of a single replication"


def _is_withheld(told: dict[Cell, dict[str, Any]], row: Any) -> bool:
    """Withheld in its place, or a breakdown that is never told."""
    of = told.get((row["policy"], row["kpi"], row["dimension"], row["value"]))
    return of is None or bool(of["suppressed"])


def test_no_withheld_number_stands_in_any_file(files: Path) -> None:
    # What is withheld beside a policy, whose number is small, may be large enough to be told where it stands alone.
    told = [rows(files / name) for name in ("real", "alone")]

    def numbers_of(*, withheld: bool) -> set[str]:
        return {
            repr(row[name])
            for row in read_results(files / "assumed").summary
            if unit_of(row["kpi"]) in ("households", "days", "NOK per year", "household-nights per year")
            for name in ("mean", "low", "difference", "difference_low")
            if row[name] and all(_is_withheld(of, row) for of in told) is withheld
        }

    # Counts of events are equal by chance here and there; areas, times and money are not.
    numbers = {number for number in numbers_of(withheld=True) - numbers_of(withheld=False) if len(number) > 12}
    assert len(numbers) > 50
    for text in texts(files):
        assert not numbers.intersection(re.findall(r"-?\d+\.\d+(?:e-\d+)?", text.replace(",", ".")))


def texts(files: Path) -> list[str]:
    found = [(files / name).read_text() for name in ("run.json", "compare.json", "alone.txt")]
    for folder in ("real", "alone"):
        for file in (files / folder).iterdir():
            if file.suffix == ".xlsx":
                with zipfile.ZipFile(file) as book:
                    found += [book.read(name).decode() for name in book.namelist()]
            elif file.suffix == ".parquet":
                found.append("\n".join(map(str, read_results(files / folder).tables[file.stem])))
            else:
                found.append(file.read_text("utf-8"))
    return found


def test_a_rate_goes_with_the_counts_that_it_is_made_of(files: Path) -> None:
    told = rows(files / "real")
    of_counts = {
        "occupancy_mean": "residents_mean",
        "incidents_per_resident_year": "incidents_per_year",
        "evictions_per_100_tenancy_years": "evictions_per_year",
        "wait_days_mean": "waiting_list_mean",
        "net_cost_nok_per_year": "residents_mean",
        "wait_ending_share": "wait_endings_per_year",
    }
    checked = 0
    for (policy, kpi, dimension, value), row in told.items():
        base = told.get((policy, of_counts.get(kpi, ""), dimension, value))
        if base is not None and base["suppressed"]:
            assert row["suppressed"], (kpi, dimension, value)
            checked += 1
    assert checked > 20


def test_what_is_withheld_under_one_policy_is_withheld_under_all(files: Path) -> None:
    told = rows(files / "real")
    policies = sorted({cell[0] for cell in told})
    hidden = {policy: {cell[1:] for cell, row in told.items() if cell[0] == policy and row["suppressed"]} for policy in policies}
    for one, other in itertools.pairwise(policies):
        both = {cell[1:] for cell in told if cell[0] == one} & {cell[1:] for cell in told if cell[0] == other}
        assert hidden[one] & both == hidden[other] & both


def test_what_people_read_says_that_something_is_withheld(files: Path) -> None:
    data = read_results(files / "real")
    for lang, word, note in (("en", "withheld", "fewer than 5 households"), ("nb", "holdt tilbake", "færre enn 5 husstander")):
        with zipfile.ZipFile(io.BytesIO(workbook(data, lang))) as book:
            strings = book.read("xl/sharedStrings.xml").decode()
        assert f">{word}<" in strings and note in strings
    assert " withheld" in (files / "alone.txt").read_text() and "fewer than 5 households" in (files / "alone.txt").read_text()


def test_single_households_only_on_demand(files: Path) -> None:
    names = {file.name for file in (files / "real").iterdir()}
    assert not names & {"households.parquet", "decisions.parquet", "events.parquet", "flows.parquet", "events.csv"}
    described = json.loads((files / "real" / "datapackage.json").read_text("utf-8"))
    assert {of["path"] for of in described["resources"]} <= names
    refused = call("run", of(files)[0], *SHORT, "--events", "--out", str(files / "no"))
    assert refused.exit_code == 2 and "--person-level" in refused.stderr and not (files / "no").exists()
    found = read_results(files / "person")
    assert found.run["person_level"] is True
    assert found.run["real_data"] == {"baerum": {"purpose": "Planning", "legal_basis": "GDPR 6.1 e", "dpia": "2026/17"}}
    types = set(found.texts["site_types"].values())
    assert {row[6] for row in found.tables["decisions"]} - {""} <= types, "no single site"
    with (files / "person" / "events.csv").open(newline="", encoding="utf-8") as file:
        events = list(csv.DictReader(file))
    assert list(events[0]) == list(COLUMNS)
    assert {event["dwelling"] for event in events} - {""} <= types


def test_explain_only_on_demand(files: Path) -> None:
    words = ("explain", of(files)[0], "--decision", "0", "--years", "0.2", "--lang", "en")
    refused = call(*words)
    assert refused.exit_code == 2 and "--person-level" in refused.stderr and not refused.stdout
    assert call(*words, "--person-level").exit_code == 0


def test_run_again_it_is_the_same(files: Path) -> None:
    assert call("rerun", str(files / "alone"), "--workers", "1", "--quiet").exit_code == 0


class TestWhatAScenarioMustSay:
    @pytest.mark.parametrize(
        ("change", "says"),
        [
            ("data: real", "legal basis"),
            ("data: real\nreal_data: {purpose: x, legal_basis: y}", "dpia"),
            ('data: real\nreal_data: {purpose: "", legal_basis: y, dpia: z}', "purpose"),
            ("data: assumed\n" + RECORDED, "not called real"),
        ],
    )
    def test_before_anything_is_run(self, files: Path, change: str, says: str) -> None:
        text = (files / "scenarios" / "baerum.yaml").read_text("utf-8").replace("data: real\n" + RECORDED, change)
        wrong = files / "scenarios" / "wrong.yaml"
        wrong.write_text(text, "utf-8")
        for command in (("check", str(wrong)), ("run", str(wrong), *SHORT)):
            result = call(*command, "--lang", "en")
            assert result.exit_code == 2
            assert says in result.stderr + result.stdout and "wrong.yaml:" in result.stderr + result.stdout

    def test_it_cannot_be_set_away(self, files: Path) -> None:
        result = call("run", of(files)[0], *SHORT, "--set", "data=assumed")
        assert result.exit_code == 2
        assert "cannot be set from outside" in result.stderr
