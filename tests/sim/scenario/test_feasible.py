"""When projects can open: exact by hand, the same as in the simulated world, and never sooner with fewer places."""

from __future__ import annotations

from datetime import date
from math import log, sqrt
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sim.replication.replicate import world_of
from sim.scenario import load_scenario
from sim.scenario.feasible import DRAWS, feasible_openings, schedule
from sim.world.mechanisms.planning import PlanningParameters, drawn
from sim.world.mechanisms.project_specs import ProjectSpec

BASE = """
scenario: base
start: 2026-01-01
horizon: 20 years
schemes: {{only: {{ranks: [1]}}}}
types: {{home: {{scheme: only}}}}
districts: {{vest: {{}}, ost: {{}}}}
sites: [{{id: a, type: home}}]
groups: {{people: {{need: {{only: {{1: 100 %}}}}, arrivals: {{rate: 3 per year}}}}}}
planning: {planning}
projects: [{projects}]
"""
FIXED = "phases: {planning: 100 days, building: 50 days}"


def scenario(folder: Path, planning: str, *projects: str):
    path = folder / "base.yaml"
    path.write_text(BASE.format(planning=planning, projects=", ".join(f"{{type: home, dwellings: 2, {p}}}" for p in projects)))
    return load_scenario(path)


def day(number: int) -> date:
    return date.fromordinal(date(2026, 1, 1).toordinal() + number)


def test_places_in_planning_by_hand(tmp_path: Path) -> None:
    """Two places, five projects of 100 days each from day 0, then 50 of building: they open after 150, 250 and 350 days."""
    found = feasible_openings(scenario(tmp_path, "{at_once: 2}", f"id: p, number: 5, start: 2026-01-01, {FIXED}").blueprint)
    assert [one.project for one in found] == ["p-1", "p-2", "p-3", "p-4", "p-5"]
    assert [one.earliest for one in found] == [one.median for one in found] == [day(n) for n in (150, 150, 250, 250, 350)]
    assert not any(one.added for one in found)


def test_plots_by_hand(tmp_path: Path) -> None:
    """A plot that is there, one from day 181, and none for the third; who waits for a plot lets others pass."""
    planning = "{at_once: 1, plots: [{id: x, district: vest}, {id: y, district: ost, from: 2026-07-01}]}"
    found = feasible_openings(
        scenario(
            tmp_path,
            planning,
            f"id: p, number: 3, plot: any, start: 2026-01-01, {FIXED}",
            f"id: q, start: 2026-01-02, {FIXED}",
        ).blueprint
    )
    assert {one.project: one.median for one in found} == {"p-1": day(150), "q": day(250), "p-2": day(200 + 150), "p-3": None}


def test_added_projects_are_told_apart(tmp_path: Path) -> None:
    scenario(tmp_path, "{at_once: 1}", f"id: p, start: 2026-01-01, {FIXED}")
    policy = tmp_path / "policy.yaml"
    policy.write_text(
        "extends: base.yaml\nname: more\nquestion: {nb: Hva?, en: What?}\npolicy_from: 2026-02-01\n"
        f"changes: {{projects: {{add: [{{id: q, type: home, dwellings: 2, number: 2, {FIXED}}}]}}}}\n"
    )
    found = feasible_openings(load_scenario(policy).blueprint)
    assert [(one.project, one.added, one.median) for one in found] == [
        ("p", False, day(150)),
        ("q-1", True, day(250)),
        ("q-2", True, day(350)),
    ]


RANDOM = "phases: {planning: {uniform: [100 days, 500 days]}, appeal: {share: 50 %, lasts: 200 days}, building: 90 days}"


@pytest.mark.parametrize("at_once", [1, 2, 9])
def test_the_world_keeps_the_same_schedule(tmp_path: Path, at_once: int) -> None:
    plots = "plots: [{id: x}, {id: y, from: 2027-06-01}, {id: z}, {id: w, from: 2030-01-01}]"
    built = scenario(
        tmp_path,
        f"{{at_once: {at_once}, {plots}, early_dialogue: {{odds: 0.5, length: 0.5}}}}",
        f"id: p, number: 4, plot: any, start: 2026-03-01, {RANDOM}",
        f"id: q, plot: z, start: 2026-02-01, {RANDOM}",
        f"id: old, plot: any, start: 2025-10-01, {RANDOM}",
        f"id: r, number: 3, start: 2026-02-15, {RANDOM}",
    )
    projects = built.blueprint.mechanisms["projects"].root
    planning = built.blueprint.mechanisms["planning"]
    for k in range(5):
        world = world_of(built, 1, k)
        world.check_every_settle = True
        world.clock.run(built.blueprint.days)
        seen = {one.spec.id: one for one in world.mechanisms["projects"].projects}
        begins = {spec.id: float((spec.start - built.blueprint.start).days) for spec in projects}
        openings = schedule(
            sorted(projects, key=lambda spec: (begins[spec.id], spec.id)),
            begins,
            planning,
            {p.id: 0.0 if p.from_ is None else float((p.from_ - built.blueprint.start).days) for p in planning.plots},
            lambda spec, ahead, start, seen=seen: drawn(spec, seen[spec.id].key, ahead, start),
        )
        assert {name: one.opens for name, one in seen.items()} == openings


PHASES = {"planning": {"exponential": "200 days"}, "building": {"exponential": "90 days"}}


@settings(max_examples=60, deadline=None)
@given(
    starts=st.lists(st.integers(0, 900), min_size=1, max_size=8),
    places=st.integers(1, 5),
    more=st.integers(1, 3),
    key=st.integers(1, 999),
)
def test_more_places_never_open_later_and_names_do_not_matter(starts: list[int], places: int, more: int, key: int) -> None:
    specs = sorted(
        (ProjectSpec.model_validate({"id": f"p{n}", "type": "home", "dwellings": 1, "start": day(start), "phases": PHASES})
         for n, start in enumerate(starts)),
        key=lambda spec: (spec.start, spec.id),
    )  # fmt: skip
    begins = {spec.id: float((spec.start - day(0)).days) for spec in specs}
    keys = {spec.id: key * 1000 + n for n, spec in enumerate(specs)}

    def openings(at_once: int | None) -> dict[str, float]:
        planning = PlanningParameters(at_once=at_once)
        return schedule(specs, begins, planning, {}, lambda spec, ahead, start: drawn(spec, keys[spec.id], ahead, start))

    few, many, unlimited = openings(places), openings(places + more), openings(None)
    assert all(unlimited[name] <= many[name] <= few[name] for name in few)
    assert openings(len(specs)) == unlimited


def test_the_median_is_that_of_the_distribution(tmp_path: Path) -> None:
    """A hundred projects without a limit: the mean of their medians is that of an exponential, 200 ln 2 days."""
    exponential = "phases: {planning: {exponential: 200 days}}"
    found = feasible_openings(scenario(tmp_path, "{}", f"id: p, number: 100, start: 2026-01-01, {exponential}").blueprint)
    mean = sum((one.median - day(0)).days - 0.5 for one in found) / 100  # dates are rounded up
    error = 200 / sqrt(DRAWS) / sqrt(100)  # of a median: 1 / (2 f sqrt(n)), with the density f = 1/400
    assert abs(mean - 200 * log(2)) < 4 * error
    assert abs(mean - 220 * log(2)) > 4 * error
    assert {one.earliest for one in found} == {day(0)}
