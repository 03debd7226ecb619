"""When what is built at the points of a sweep can open: by hand, marked where it is not within the period, told and kept."""

from __future__ import annotations

import json
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from sim.cli.app import app
from sim.experiment.studies.openings import InTime, Opening, worth_telling

BASE = """
scenario: base
start: 2026-01-01
horizon: 400 days
label: {nb: I dag, en: Today}
schemes: {only: {ranks: [1]}}
types: {home: {scheme: only}}
districts: {vest: {}}
sites: [{id: a, type: home}]
groups: {people: {need: {only: {1: 100 %}}, arrivals: {rate: 3 per year}}}
planning: {at_once: 1}
projects: [{id: old, type: home, dwellings: 1, start: 2026-01-01, phases: {planning: 10 days, building: 20 days}}]
"""
POLICY = """
extends: base.yaml
name: more
label: {nb: Mer, en: More}
question: {nb: Hva?, en: What?}
policy_from: 2026-01-11
changes: {projects: {add: [{id: new, type: home, dwellings: 2, number: 1, phases: {planning: 100 days, building: 50 days}}]}}
"""
END = date(2027, 2, 5)


@pytest.fixture(autouse=True)
def files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "base.yaml").write_text(BASE)
    (tmp_path / "more.yaml").write_text(POLICY)
    monkeypatch.chdir(tmp_path)


def call(*words: str) -> Any:
    return CliRunner().invoke(app, ["sweep", *words, "--replications", "1", "--workers", "1", "--lang", "en"])


def test_each_point_has_its_openings_and_what_is_not_in_time_is_marked() -> None:
    """One place in planning, 100 days each from day 10, then 50 of building: days 160, 260, 360, and 460, which is too late."""
    result = call("more.yaml", "--vary", "projects.new.number=3:4:1")
    assert result.exit_code == 0, result.output
    document = json.loads(Path("results/more-sweep/sweep.json").read_text())
    start = date(2026, 1, 1)
    days = [(start + timedelta(days=d)).isoformat() for d in (160, 260, 360)]
    rows = [(row["point"], row["what"], row["opens"], row["median"], row["in_time"]) for row in document["openings"]]
    expected = [(p, f"new-{n + 1}", day, day, "yes") for p in (0, 1) for n, day in enumerate(days)]
    assert rows == [*expected, (1, "new-4", None, None, "never")]
    said = "* At projects.new.number = 4 not everything can open before the period ends: new-4."
    assert said in result.stdout and any(said in line for line in document["said"]["en"])
    assert "* 1 of 4 not in time" in result.stdout and days[2] in result.stdout
    assert "rekker ikke" not in " ".join(document["said"]["nb"]) and "kan ikke alt åpne" in " ".join(document["said"]["nb"])
    assert "not within the period" in Path("results/more-sweep/report.html").read_text()


def test_what_no_number_moves_is_not_told() -> None:
    result = call("base.yaml", "--vary", "groups.people.arrivals.rate=3 per year:4 per year:1 per year")
    assert result.exit_code == 0, result.output
    assert json.loads(Path("results/base-sweep/sweep.json").read_text())["openings"] == []
    assert "Can open from" not in result.stdout


def test_what_a_number_delays_is_told_though_no_policy_adds_it() -> None:
    result = call("base.yaml", "--vary", "projects.old.phases.building=20 days:30 days:10 days")
    assert result.exit_code == 0, result.output
    rows = json.loads(Path("results/base-sweep/sweep.json").read_text())["openings"]
    assert [row["opens"] for row in rows] == ["2026-01-31", "2026-02-10"]


@pytest.mark.parametrize(
    ("earliest", "median", "in_time"),
    [
        (END - timedelta(1), END - timedelta(1), InTime.YES),
        (END - timedelta(1), END, InTime.SELDOM),
        (END - timedelta(1), None, InTime.SELDOM),
        (END, None, InTime.NEVER),
        (None, None, InTime.NEVER),
    ],
)
def test_in_time(earliest: date | None, median: date | None, in_time: InTime) -> None:
    assert Opening("p", added=True, earliest=earliest, median=median, end=END).in_time is in_time


def test_worth_telling() -> None:
    def of(what: str, day: int, *, added: bool = False) -> Opening:
        return Opening(what, added, date(2026, 1, day), date(2026, 1, day), END)

    kept, slower, added = of("kept", 1), of("slower", 2), of("new", 3, added=True)
    found = worth_telling({1: (kept, of("slower", 4), of("more", 5)), 0: (kept, slower, added)})
    assert list(found) == [0, 1]
    assert found == {0: (slower, added), 1: (of("slower", 4), of("more", 5))}
