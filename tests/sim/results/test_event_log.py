"""The event log: one row an event, in an order that can have happened, with the calendar's dates."""

import csv
import io
import json
import subprocess
import sys
from collections import Counter
from datetime import datetime
from itertools import groupby
from pathlib import Path

import pytest

from sim.results import ResultsData, ResultsError, event_log, event_log_csv, read_results
from sim.results.eventlog import COLUMNS, Event

ROOT = Path(__file__).parents[3]

RUN = {"start": "2026-01-01", "policies": [{"name": "today"}, {"name": "more"}], "files": {}}
EVENTS = [
    ("more", 1, 1.0, "g/1", "applied", "", ""),
    ("today", 1, 3.5, "g/1", "applied", "", ""),
    ("today", 1, 3.5, "g/1", "listed", "", ""),
    ("today", 1, 9.25, "g/1", "new", "no_roof", "flat"),
    ("today", 1, 40.0, "g/1", "transfer", "flat", "hut"),
    ("today", 1, 41.0, "g/1", "eviction", "hut", "homeless"),
    ("today", 1, -10.0, "w/1", "listed", "", ""),
    ("today", 1, 5.0, "w/1", "left_list", "", "died"),
]
DECISIONS = [
    ("today", 1, 0, 3.0, "eligibility", "ab", "", "g/1", "eligible", "", 1),
    ("today", 1, 1, 9.0, "allocation", "ab", "elm/2", "g/1", "newcomer", "", 4),
    ("today", 1, 2, 30.0, "renewal", "ab", "elm/2", "g/1", "renewed", "STILL_NEEDED", 1),
]
HOUSEHOLDS = [("today", 1, "g/1", "group", 5.75, False, 2, None, "homeless")]


def data(**tables: list) -> ResultsData:
    whole = {"events": EVENTS, "decisions": DECISIONS, "households": HOUSEHOLDS}
    return ResultsData(RUN, {"site_types": {"elm": "flat"}}, {**whole, **tables})


def test_a_life() -> None:
    life = [event for event in event_log(data()) if event.case_id == "today/1/g/1"]
    assert [(event.timestamp, event.activity, event.resource) for event in life] == [
        ("2026-01-04T12:00:00", "applied", ""),
        ("2026-01-04T12:00:00", "decided", ""),
        ("2026-01-04T12:00:00", "listed", ""),
        ("2026-01-10T00:00:00", "offered", "flat"),
        ("2026-01-10T06:00:00", "moved_in", "flat"),
        ("2026-01-31T00:00:00", "renewed", "flat"),
        ("2026-02-10T00:00:00", "moved", "hut"),
        ("2026-02-11T00:00:00", "evicted", "hut"),
    ]
    assert {event.group for event in life} == {"group"}
    assert [event.outcome for event in life[:4]] == ["", "eligible", "", "newcomer"]
    assert life[5].ground == "STILL_NEEDED" and life[3].dwelling == "elm/2"


def test_before_the_start_and_without_a_home() -> None:
    waited = [event for event in event_log(data()) if event.household == "w/1"]
    assert [(event.timestamp[:10], event.activity, event.outcome) for event in waited] == [
        ("2025-12-22", "listed", ""),
        ("2026-01-06", "left_list", "died"),
    ]


def test_policies_stand_in_the_order_of_the_run() -> None:
    assert [name for name, _ in groupby(event.policy for event in event_log(data()))] == ["today", "more"]


def test_the_columns_are_those_that_are_documented() -> None:
    assert tuple(COLUMNS) == Event._fields
    assert next(csv.reader(io.StringIO(event_log_csv(data())))) == list(COLUMNS)


@pytest.mark.parametrize("lacks", ["events", "decisions"])
def test_a_folder_without_households_has_none(lacks: str) -> None:
    whole = data()
    tables = {name: rows for name, rows in whole.tables.items() if name != lacks}
    with pytest.raises(ResultsError, match="lacks the events"):
        event_log(ResultsData(whole.run, whole.texts, tables))


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("log") / "out"
    line = ["run", "scenarios/baerum.yaml", "--replications", "1", "--years", "3", "--workers", "1", "--quiet", "--events"]
    done = subprocess.run([sys.executable, "run_sim.py", *line, "--out", str(out)], check=False, cwd=ROOT, capture_output=True)
    assert done.returncode == 0, done.stderr
    return out


def test_of_a_real_run(folder: Path) -> None:
    """Counted against the other tables; every life can have happened."""
    found = read_results(folder)
    with (folder / "events.csv").open(newline="", encoding="utf-8") as file:
        events = list(csv.DictReader(file))
    assert events == [{name: str(value) for name, value in event._asdict().items()} for event in event_log(found)]
    counted = Counter(event["activity"] for event in events)
    moves = counted["moved_in"] + counted["moved"] + counted["left"] + counted["evicted"] + counted["died"] + counted["returned"]
    assert moves == sum(row[5] for row in found.tables["flows"])
    kinds = Counter(row[4] for row in found.tables["decisions"])
    assert (counted["decided"], counted["offered"]) == (kinds["eligibility"], kinds["allocation"])
    assert counted["renewed"] + counted["not_renewed"] == kinds["renewal"]
    refused = sum(event["activity"] == "decided" and event["outcome"] == "refused" for event in events)
    assert counted["decided"] <= counted["applied"], "some are still being decided on"
    before = sum(event["timestamp"] < "2026-01-01" and event["activity"] == "listed" for event in events)
    assert counted["listed"] == counted["decided"] - refused + before
    assert all(datetime.fromisoformat(event["timestamp"]) for event in events)
    lives = 0
    for _, life in groupby(sorted(events, key=lambda event: event["case_id"]), key=lambda event: event["case_id"]):
        _can_have_happened([(event["activity"], event["resource"]) for event in life])
        lives += 1
    assert lives > 1000


def _can_have_happened(life: list[tuple[str, str]]) -> None:
    previous = ""
    met: set[str] = set()
    for activity, resource in life:
        if activity in ("decided",):
            assert previous in ("applied",), life
        again = previous == "left" and resource == "housing_first"  # the programme finds another home, without the list
        if activity == "moved_in" and not again:
            assert "listed" in met and previous in ("listed", "offered"), life
        if activity == "returned":
            assert previous in ("left", "not_renewed", "evicted", ""), life
        previous = activity
        met.add(activity)


def test_its_columns_stand_in_the_data_package(folder: Path) -> None:
    described = {of["path"]: of for of in json.loads((folder / "datapackage.json").read_text("utf-8"))["resources"]}
    made = {"run.json", "texts.json", "report.html", "summary.xlsx", "datapackage.json"}
    assert {file.name for file in folder.iterdir()} - made == set(described)
    for path in ("events.csv", "summary.csv", "summary-nb.csv"):
        columns = [field["name"] for field in described[path]["schema"]["fields"]]
        delimiter = described[path].get("dialect", {}).get("delimiter", ",")
        with (folder / path).open(newline="", encoding="utf-8-sig") as file:
            assert next(csv.reader(file, delimiter=delimiter)) == columns
