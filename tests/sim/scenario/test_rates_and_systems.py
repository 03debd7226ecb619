"""Which rates a source identifies, and how large each system is and whether it is simulated."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from sim.scenario.check import check_scenario

ROOT = Path(__file__).parents[3]
TINY = ROOT / "tests" / "bad_yaml" / "scenario" / "base.yaml"
SHOWN = {
    *("velferd_1", "velferd_2", "velferd_3", "velferd_4", "velferd_5"),
    *("omsorg_1", "omsorg_2", "omsorg_3", "omsorg_4", "omsorg_5"),
    *("modulhus", "firemannsbolig", "tun", "robust_units", "caretaker", "housing_first", "hybelhus"),
    *("acute_reception", "acute_long_stay", "acute_kad", "coping_bed", "temporary_accommodation"),
    *("ambulatory_follow_up", "fact", "night_team", "staff_base", "private_rental", "neighbourhood_process"),
}


def check(tmp_path: Path, change: tuple[str, str] = ("", ""), more: str = "") -> tuple[Any, Any]:
    (tmp_path / "rules.yaml").write_text((TINY.parent / "rules.yaml").read_text())
    file = tmp_path / "base.yaml"
    file.write_text(TINY.read_text().replace(*change, 1) + more)
    return check_scenario(file)


def test_a_rate_is_identified_by_a_source_only(tmp_path: Path) -> None:
    _, told = check(tmp_path)
    rates = {rate["id"]: rate for rate in told["rates"]}
    assert (rates["stay"]["observation"], rates["stay"]["identified"]) == (None, False)
    assert rates["stay"]["where"] == ("exits.transitions.leave.after",)
    _, told = check(tmp_path, ("source: assumption, range: [2 years, 6 years]", "source: QUEST, range: [2 years, 6 years]"))
    assert {rate["id"]: rate["observation"] for rate in told["rates"]}["stay"] == "QUEST"
    note = 'source: QUEST, note: "Transferred, so not identified here.", range: [2 years, 6 years]'
    _, told = check(tmp_path, ("source: assumption, range: [2 years, 6 years]", note))
    assert not next(rate for rate in told["rates"] if rate["id"] == "stay")["identified"]


def test_a_rate_without_a_parameter_is_told_by_its_path_and_a_decision_is_no_rate(tmp_path: Path) -> None:
    _, told = check(tmp_path)
    rates = {rate["id"]: rate["value"] for rate in told["rates"]}
    assert rates["needs.transitions.worse.after"] == "exponential: 10 years"
    assert rates["groups.people.arrivals.rate"] == "3 per year"
    _, told = check(tmp_path, ("kind: uncertain", "kind: decision"))
    assert "stay" not in {rate["id"] for rate in told["rates"]}


def test_systems_are_counted_from_the_stock_and_the_projects(tmp_path: Path) -> None:
    more = """
systems:
  lowest: {scheme: only, step: 1, unit: homes, source: assumption}
  with_projects: {types: home, projects: yes, unit: homes, source: assumption, mechanisms: projects}
  places: {types: home, projects: yes, count: sites, unit: places, source: assumption}
  two_rooms: {where: {rooms: 2}, unit: homes, source: assumption}
  none_such: {where: {rooms: 3}, unit: homes, source: assumption}
  beds: {size: 4, unit: beds, source: assumption, simulated: no}
  never_full: {unit: places, source: assumption, mechanisms: temporary}
"""
    findings, told = check(tmp_path, more=more)
    assert not [f for f in findings if f.severity == "error"]
    assert {name: (of["size"], of["on"]) for name, of in told["systems"].items()} == {
        "lowest": (6, True), "with_projects": (8, True), "places": (4, True), "two_rooms": (10, True),
        "none_such": (0, False), "beds": (4, False), "never_full": (None, False),
    }  # fmt: skip


def test_a_system_that_points_at_nothing_is_told_of(tmp_path: Path) -> None:
    more = "systems:\n  a: {types: hme, unit: homes, source: assumption}\n  b: {unit: x, source: assumption, mechanisms: crisi}\n"
    findings, _ = check(tmp_path, more=more)
    assert {f.message for f in findings if f.code == "dangling-reference"} == {
        "there is no type 'hme'", "there is no mechanism 'crisi'",
    }  # fmt: skip


def test_every_system_of_baerum_is_listed_with_its_source() -> None:
    findings, told = check_scenario(ROOT / "scenarios" / "baerum.yaml")
    assert not [f for f in findings if f.severity == "error"]
    systems = told["systems"]
    assert set(systems) == SHOWN
    assert all(of["source"] and of["unit"] for of in systems.values())
    assert sum(systems[f"velferd_{step}"]["size"] for step in (1, 2, 4, 5)) == 1070
    assert sum(systems[f"omsorg_{step}"]["size"] for step in range(1, 6)) == 130
    assert (systems["modulhus"]["size"], systems["firemannsbolig"]["size"]) == (12, 8)
    assert (systems["housing_first"]["size"], systems["housing_first"]["on"]) == (16, True)
    assert all(of["on"] for of in systems.values())
    rates = told["rates"]
    assert any(rate["identified"] for rate in rates)
    assert any(not rate["identified"] for rate in rates)
