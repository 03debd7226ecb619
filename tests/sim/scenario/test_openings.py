"""From which day the figures "from the opening on" are taken: the same for all that are compared, and known beforehand."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.measures import windows
from sim.scenario import load_comparison, load_scenario
from sim.scenario.openings import earliest
from sim.world.mechanisms.projects import ProjectSpec

BASE = """
scenario: base
start: 2026-01-01
horizon: 5 years
schemes: {only: {ranks: [1]}}
types: {home: {scheme: only}}
sites: [{id: a, type: home}, {id: planned, type: home, opens: 2029-01-01}]
groups: {people: {need: {only: {1: 100 %}}, arrivals: {rate: 3 per year}}}
projects: [{id: plot, type: home, dwellings: 2, start: 2026-01-01, phases: {building: {fixed: 1 year}}}]
"""
HEAD = "extends: {extends}\nname: {name}\nquestion: {{nb: Hva?, en: What?}}\npolicy_from: {since}\nchanges: {{{changes}}}\n"
SITES = "sites: {add: [{id: b, type: home, opens: 2029-03-15}, {id: c, type: home, opens: 2028-03-15}]}"
OPENED = 804.0  # 2028-03-15


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "base.yaml").write_text(BASE, encoding="utf-8")
    return tmp_path


def policy(folder: Path, changes: str, name: str = "build", since: str = "2027-01-01", extends: str = "base.yaml") -> Path:
    path = folder / f"{name}.yaml"
    path.write_text(HEAD.format(name=name, since=since, changes=changes, extends=extends), encoding="utf-8")
    return path


def opening(path: Path, years: float | None = None) -> float | None:
    return load_scenario(path, (), years).settings.opening


def test_the_first_homes_decide_and_not_the_decision(folder: Path) -> None:
    assert opening(policy(folder, SITES)) == OPENED
    assert opening(folder / "base.yaml") is None


def test_the_baseline_is_measured_over_the_same_days(folder: Path) -> None:
    scenarios = load_comparison(folder / "base.yaml", [policy(folder, SITES)])
    spans = [windows(s.blueprint.bins, s.settings)[-1] for s in scenarios.values()]
    assert spans[0] == spans[1]
    assert (spans[0].year, spans[0].start, spans[0].end) == (-1, OPENED, 5 * 365.25)


def test_of_several_policies_the_first_opening_is_for_all(folder: Path) -> None:
    early = policy(folder, "sites: {add: [{id: d, type: home, opens: 2027-06-01}]}", "early")
    scenarios = load_comparison(folder / "base.yaml", [policy(folder, SITES), early])
    assert {s.settings.opening for s in scenarios.values()} == {516.0}
    assert len({s.blueprint.bins for s in scenarios.values()}) == 1


def test_a_policy_that_opens_no_homes_counts_from_its_own_date(folder: Path) -> None:
    assert opening(policy(folder, "horizon: 5 years")) == 365.0
    assert opening(policy(folder, "sites: {a: {add: {closes: 2028-01-01, closing: when_vacated}}}")) == 365.0


def test_homes_that_open_after_the_horizon_asked_for_decide_nothing(folder: Path) -> None:
    path = policy(folder, SITES)
    assert opening(path, years=3.0) == OPENED
    assert opening(path, years=2.0) == 365.0


@pytest.mark.parametrize(
    ("phases", "day"),
    [
        ("{planning: {fixed: 100 days}, building: {uniform: [50 days, 90 days]}}", 365 + 150),
        ("{planning: {triangular: [100 days, 120 days, 200 days]}}", 365 + 100),
        ("{planning: {fixed: 100 days}, appeal: {share: 99 %, lasts: {fixed: 300 days}}}", 365 + 100),  # it may be skipped
        ("{planning: {exponential: 2 years}}", 365),  # it may take no time at all
    ],
)
def test_a_project_counts_from_the_earliest_day_that_it_can_open(folder: Path, phases: str, day: int) -> None:
    path = policy(folder, f"projects: {{add: [{{id: p, type: home, dwellings: 2, start: 2027-01-01, phases: {phases}}}]}}")
    assert opening(path) == day
    assert float(day) in load_scenario(path).blueprint.bins


def test_an_opening_that_is_moved_counts_from_the_earlier_of_its_dates(folder: Path) -> None:
    assert opening(policy(folder, "sites: {planned: {opens: 2028-01-01}}")) == 730.0
    assert opening(policy(folder, "sites: {planned: {opens: 2030-01-01}}")) == 1096.0


def test_policies_laid_over_each_other_count_as_far_as_they_differ_from_the_baseline(folder: Path) -> None:
    first = policy(folder, SITES, "first")
    second = policy(folder, "sites: {add: [{id: z, type: home}]}", "second", "2029-06-01", "first.yaml")
    assert opening(second) == OPENED
    assert {s.settings.opening for s in load_comparison(folder / "base.yaml", [second]).values()} == {OPENED}
    assert {s.settings.opening for s in load_comparison(first, [second]).values()} == {1247.0}


def test_a_scenario_compared_with_a_policy_as_its_baseline(folder: Path) -> None:
    scenarios = load_comparison(policy(folder, SITES), [folder / "base.yaml"])
    assert {s.settings.opening for s in scenarios.values()} == {OPENED}


@given(st.lists(st.floats(1e-6, 1 - 1e-6), min_size=3, max_size=3))
def test_no_project_opens_before_its_earliest_day(uniforms: list[float]) -> None:
    phases = {
        "planning": {"triangular": ["6 months", "12 months", "24 months"]},
        "appeal": {"share": "40 %", "lasts": {"lognormal": {"mean": "8 months", "sd": "4 months"}}},
        "building": {"weibull": {"mean": "7 months", "shape": 2}},
    }
    spec = ProjectSpec.model_validate({"id": "p", "type": "home", "dwellings": 1, "start": date(2027, 1, 1), "phases": phases})
    first = earliest(spec)
    assert first is not None
    lasts = [p.lasts.quantile(u) for p, u in zip(spec.phases.values(), uniforms, strict=True) if p.share == 1.0]
    assert (first - date(2027, 1, 1)).days <= sum(lasts)


def test_a_site_of_the_first_policy_keeps_its_date_under_a_second(folder: Path) -> None:
    """Without a date of its own it opens when its own policy begins, not on day 0 nor with the second policy."""
    first = policy(folder, "sites: {add: [{id: b, type: home}]}", "first")
    second = policy(folder, "sites: {add: [{id: c, type: home}]}", "second", "2028-01-01", "first.yaml")
    assert [site.opens for site in load_scenario(first).blueprint.sites] == [0.0, 1096.0, 365.0]
    assert [site.opens for site in load_scenario(second).blueprint.sites] == [0.0, 1096.0, 365.0, 730.0]


def test_whether_the_state_pays_is_one_answer_for_all_that_are_compared(folder: Path) -> None:
    grant = "capital: {building: 1 million NOK, grant: {share_of_building: 40 %, probability: 50 %}}"
    path = policy(folder, f"projects: {{add: [{{id: p, type: home, dwellings: 2, opens: 2028-01-01, {grant}}}]}}")
    plain = policy(folder, SITES, "plain")
    assert [load_scenario(each).settings.state_pays for each in (folder / "base.yaml", plain, path)] == [False, False, True]
    assert {s.settings.state_pays for s in load_comparison(folder / "base.yaml", [plain, path]).values()} == {True}
    assert {s.settings.state_pays for s in load_comparison(folder / "base.yaml", [plain]).values()} == {False}


def test_figures_know_which_values_they_may_meet(folder: Path) -> None:
    more = "deaths: {transitions: {death: {after: {exponential: 40 years}}}}\n"
    more += "patience: {transitions: {gone: {after: {exponential: 4 years}, ending: moved_away, to: other}}}\n"
    more += "exits: {transitions: {out: {after: {exponential: 4 years}, destination: own_home}}}\n"
    (folder / "base.yaml").write_text(BASE + more, encoding="utf-8")
    values = load_scenario(folder / "base.yaml").settings.values
    assert values["group"] == ("people",)
    assert values["need"] == ("only_1",)
    assert values["ending"] == ("died", "housed", "moved_away")
    assert values["cause"] == ("death", "own_home")
    assert "no_roof" in values["lived"]
