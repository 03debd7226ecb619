"""`check` tells how much of its hours each team is booked on day 0, and warns where that is more than it has."""

from dataclasses import replace
from pathlib import Path

import pytest

from sim.cli.team_loads import team_lines, team_loads
from sim.scenario import load_scenario

ROOT = Path(__file__).parents[3]
TOWN = """
scenario: town
horizon: 2 years
rules: rules.yaml
schemes: {only: {ranks: [1]}}
types: {home: {scheme: only}, flat: {scheme: only}}
sites: [{id: a, type: home, dwellings: 6}, {id: b, type: flat}]
groups: {people: {need: {only: {1: 100 %}}}}
initial: {residents: {home: {count: 6, groups: {people: 100 %}}}}
services:
  required: minutes
  teams:
    north: {hours_per_week: HOURS, travel_share: 20 %, label: {nb: Team nord, en: Team north}, serves: {types: home}}
    idle: {hours_per_week: 0, serves: {types: flat}}
"""
RULES = """
ruleset: tiny
label: {nb: Liten, en: Tiny}
definitions:
  minutes: {is: "120", status: illustrative}
"""


def town(folder: Path, hours: str):
    (folder / "rules.yaml").write_text(RULES, "utf-8")
    (folder / "town.yaml").write_text(TOWN.replace("HOURS", hours), "utf-8")
    return load_scenario(folder / "town.yaml")


@pytest.mark.parametrize(("hours", "load"), [("10", 1.5), ("15", 1.0), ("20", 0.75), ("14.4", 15 / 14.4)])
def test_the_load_is_what_is_booked_with_travel_over_the_hours(tmp_path, hours, load):
    """Six residents of two hours a week, and a fifth of the time on the road: 15 hours."""
    findings, told = team_loads(town(tmp_path, hours))
    assert told["north"]["booked"] == pytest.approx(15.0)
    assert told["north"]["load"] == pytest.approx(load)
    assert told["idle"]["load"] is None
    assert [f.code for f in findings] == (["overbooked"] if load > 1.05 else [])
    assert all("north 150 %" in f.message and f.severity == "warning" for f in findings)
    nb, en = list(team_lines(told, "nb")), list(team_lines(told, "en"))
    assert nb[1] == f"    Team nord (north): 15 / {float(hours):.0f} ({100 * load:.0f} %)"
    assert en[1].startswith("    Team north (north)")
    assert nb[2].endswith("(ingen timer)")


def test_of_real_people_no_team_with_fewer_than_five_is_told_of(tmp_path):
    scenario = replace(town(tmp_path, "10"), data="real")
    assert list(team_loads(scenario)[1]) == ["north"]
    few = load_scenario(tmp_path / "town.yaml", [("initial.residents.home.count", "4")])
    assert list(team_loads(few)[1]) == ["north", "idle"]
    assert team_loads(replace(few, data="real")) == ([], {})


def test_a_scenario_without_teams_says_nothing():
    scenario = load_scenario(ROOT / "scenarios" / "baerum.yaml", years=0.1)
    del scenario.blueprint.mechanisms["services"]
    assert team_loads(scenario) == ([], {})
    assert list(team_lines({}, "nb")) == []


def test_no_team_of_baerum_has_twice_the_work_it_has_hours_for():
    _, told = team_loads(load_scenario(ROOT / "scenarios" / "baerum.yaml", years=0.1))
    assert len(told) == 9
    assert max(of["load"] for of in told.values()) < 1.6
