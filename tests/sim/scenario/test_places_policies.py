"""Decisions on places: dialogue of projects that have not begun, closing with relocation, and what `explain` tells of a claim."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from types import SimpleNamespace

import pytest

from rules.reading import InputError, parse_yaml
from sim.replication import explain_decision
from sim.replication.replicate import replicate
from sim.scenario import load_scenario
from sim.scenario.place_conditions import place_conditions

BASE = """
scenario: base
horizon: 6 years
schemes: {only: {ranks: [1]}}
types: {home: {scheme: only}, flat: {scheme: only}}
sites: [{id: old, type: home, dwellings: 3}, {id: flats, type: flat, sites: 4}]
groups: {people: {need: {only: {1: 100 %}}, arrivals: {rate: 20 per year}}}
initial: {residents: {home: {occupied: 100 %, groups: {people: 100 %}}, flat: {occupied: 100 %, groups: {people: 100 %}}}}
exits: {transitions: {leave: {after: {exponential: 2 years}, destination: private}}}
planning: {at_once: 1, early_dialogue: {odds: 0.2, length: 0.5}}
projects:
  - &begun {id: begun, type: home, dwellings: 2, start: 2026-03-01, phases: {notice: 1 month, first_meeting: 1 month, appeal: {share: 50 %, lasts: 1 year}, building: 9 months}}
"""  # noqa: E501
HEAD = "extends: base.yaml\nname: policy\nquestion: {nb: Hva?, en: What?}\npolicy_from: 2027-01-01\nchanges:\n  "


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    project = BASE.split("&begun ")[1]
    later = project.replace("id: begun", "id: later").replace("2026-03-01", "2027-06-01")
    (tmp_path / "base.yaml").write_text(BASE.replace("&begun ", "") + f"  - {later}", encoding="utf-8")
    return tmp_path


def policy(folder: Path, changes: str):
    path = folder / "policy.yaml"
    path.write_text(HEAD + changes + "\n", encoding="utf-8")
    return load_scenario(path)


def test_dialogue_is_decided_for_projects_that_have_not_begun(folder: Path) -> None:
    scenario = policy(folder, "projects: {later: {add: {dialogue: before_notice}}}")
    begun, later = scenario.blueprint.mechanisms["projects"].root
    assert (begun.dialogue, later.dialogue) == (None, "before_notice")
    with pytest.raises(InputError, match="under way"):
        policy(folder, "projects: {begun: {add: {dialogue: before_notice}}}")


def test_early_dialogue_opens_no_project_later(folder: Path) -> None:
    early = policy(folder, "projects: {later: {add: {dialogue: before_notice}}}")
    today = load_scenario(folder / "base.yaml")
    sooner = 0
    for k in range(12):
        ends = []
        for scenario in (today, early):
            phases = replicate(scenario, 1, k, keep_records=True).records.projects
            ends.append({p.project: p.end for p in phases if p.phase == "building"})
        assert ends[0]["begun"] == ends[1]["begun"]
        assert ends[1]["later"] <= ends[0]["later"]
        sooner += ends[1]["later"] < ends[0]["later"]
    assert sooner >= 3


def test_those_who_must_move_get_the_homes_before_all_others(folder: Path) -> None:
    closing = policy(folder, "sites: {old: {add: {closes: 2028-01-01, closing: relocate}}}")
    vacated = policy(folder, "sites: {old: {add: {closes: 2028-01-01, closing: when_vacated}}}")
    today = load_scenario(folder / "base.yaml")
    scenarios = {"c": closing, "v": vacated, "t": today}
    moves = {name: replicate(scenario, 1, 0, keep_records=True).records.moves for name, scenario in scenarios.items()}
    assert [m for m in moves["c"] if m.day < 730] == [m for m in moves["t"] if m.day < 730]
    assert not [m for m in moves["v"] if m.kind == "transfer"]
    after = [m for m in moves["c"] if m.day >= 730 and m.kind in ("new", "transfer")]
    moved = [m.kind for m in after].count("transfer")
    assert moved > 0
    assert [m.kind for m in after[:moved]] == ["transfer"] * moved


def test_explain_tells_of_a_claim(folder: Path) -> None:
    closing = policy(folder, "sites: {old: {add: {closes: 2028-01-01, closing: relocate}}}")
    move = next(m for m in replicate(closing, 1, 1, keep_records=True).records.moves if m.kind == "transfer")
    every = explain_decision(closing, 1, 1, household=move.household, lang="nb")
    told = [one for one in every if one.record["outcome"] == "transfer"]
    assert told[0].record["claims"]
    assert any("boligen stenges, og husstanden går derfor foran alle andre" in line for line in told[0].lines)
    considered = [who["household"] for who in told[0].record["considered"]]
    assert move.household in considered
    assert set(considered) <= set(told[0].record["claims"])


def test_limits_of_plots_are_the_condition_that_they_say():
    """At most 60 points of strain and 5 sites alike: as the same condition written out, at and beyond each limit."""
    whole = "planning: {plot_when: district_strain <= 60 and district_sites_alike < 6}"
    limits = "planning: {plot_limits: {district_strain: 60, district_sites_alike: 5}}"
    mixed = "planning: {plot_when: district_strain <= 60, plot_limits: {district_sites_alike: 5}}"
    held = []
    for number, text in enumerate((whole, limits, mixed)):
        found = place_conditions(parse_yaml(text, f"{number}.yaml"), date(2026, 1, 1))
        judge = found.plot.build()
        layout = {"district_homes": 0, "district_homes_percent": 0}
        held.append(
            [
                judge.bits(None, None, SimpleNamespace(district_strain=strain, district_sites_alike=alike, **layout), 0)
                for strain in (0, 60, 61)
                for alike in (0, 5, 6)
            ]
        )
    assert held[0] == held[1] == held[2] == [1, 1, 0, 1, 1, 0, 0, 0, 0]
