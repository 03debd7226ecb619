"""What scenarios/baerum.yaml and its policies say of people's lives: read as written, paired until they begin."""

from __future__ import annotations

from pathlib import Path

import pytest

from sim.replication.replicate import world_of
from sim.scenario import check_scenario, load_comparison, load_scenario

BASELINE = "scenarios/baerum.yaml"
POLICIES = ("rental-guarantees", "circles-of-moves", "more-frequent-assessment")


@pytest.fixture(scope="module")
def scenarios():
    found = load_comparison(BASELINE, [f"scenarios/{name}.yaml" for name in POLICIES], (), 2.0)
    return dict(zip(("today", *POLICIES), found.values(), strict=True))


def test_what_a_policy_dates_holds_from_its_day_on(scenarios):
    begins = scenarios["rental-guarantees"].blueprint.policy_from
    guaranteed = dict(scenarios["rental-guarantees"].blueprint.timelines["exits.supply.guaranteed"])
    assert guaranteed == {0.0: 0.0, begins: pytest.approx(20 / 365.25)}
    every = dict(scenarios["more-frequent-assessment"].blueprint.timelines["assessment.every"])
    assert every == {0.0: pytest.approx(365.25), begins: pytest.approx(91.3125)}
    assert "circles" not in scenarios["today"].blueprint.mechanisms
    assert scenarios["circles-of-moves"].blueprint.mechanisms["circles"].longest == 3


def lives(world):
    return {
        h.id: (h.group, dict(h.rounds), h.scheme, h.need, h.assessed, h.crisis, h.away, h.due, h.home and h.home.id)
        for h in world.households.values()
    }


@pytest.mark.parametrize("name", POLICIES)
def test_until_a_policy_begins_nobody_lives_otherwise(scenarios, name):
    day = scenarios[name].blueprint.policy_from
    today, policy = world_of(scenarios["today"], 1, 1), world_of(scenarios[name], 1, 1)
    for world in (today, policy):
        world.clock.run(day - 1e-6)
    assert lives(today) == lives(policy)
    assert today.decisions == policy.decisions
    assert today.moves == policy.moves
    for world in (today, policy):
        world.clock.run(730.0)
    assert lives(today) != lives(policy)
    assert first_applications(today) == first_applications(policy)


def first_applications(world):
    """Who applied without having lived here before: no policy of these changes it."""
    return {h for _, h in world.applied if not h.startswith(("resident-", "former/", "waiting-"))}


def test_the_supply_of_private_rental_is_a_system_with_its_size():
    _, told = check_scenario(BASELINE)
    private = told["systems"]["private_rental"]
    assert (private["size"], private["unit"], private["on"]) == (60.0, "lettings a year", True)


def test_day_0_has_crises_absences_cases_waits_and_former_residents(scenarios):
    world = world_of(scenarios["today"], 1, 1)
    people = list(world.households.values())
    assert sum(h.crisis for h in people) > 3
    assert sum(bool(h.away) for h in people) > 10
    assert sum(h.status == "applied" for h in people) > 10
    assert sum(h.former for h in people) == 155
    transfers = [a for a in world.queue.applications() if a.kind == "transfer"]
    assert len(transfers) > 40
    assert sum(-a.listed > 1.0 for a in transfers) > 0.8 * len(transfers)


def test_without_supply_assessment_household_life_and_wishes_the_scenario_still_runs(tmp_path):
    without = tmp_path / "without.yaml"
    off = "".join(f"  {key}: {{remove: true}}\n" for key in ("assessment", "household_life", "wishes"))
    without.write_text(
        f"extends: {Path(BASELINE).resolve()}\nname: without\nquestion: {{nb: Uten?, en: Without?}}\n"
        f"policy_from: 2026-01-01\nkind: what_if\nchanges:\n{off}  exits: {{supply: {{remove: true}}}}\n"
    )
    scenario = load_scenario(without, years=0.2)
    world = world_of(scenario, 1, 1)
    world.check_every_settle = True
    world.clock.run(scenario.blueprint.days)
    assert set(world.mechanisms).isdisjoint({"assessment", "household_life", "wishes"})
    assert world.mechanisms["exits"].supply is None
