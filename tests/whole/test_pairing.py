"""Policies meet the same people and fates: what is paired, and what a policy may never touch.

Run on scenarios/baerum.yaml itself, for a short horizon.
"""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sim.replication import replicate, simulate
from sim.replication.replicate import world_of
from sim.scenario import load_comparison, load_scenario

BASELINE = "scenarios/baerum.yaml"
YEARS = 2.0


def compared(*policies):
    return load_comparison(BASELINE, [f"scenarios/{name}.yaml" for name in policies], (), YEARS)


@pytest.fixture(scope="module")
def scenarios():
    return compared("no-change", "four-more-firemannsboliger", "need-first")


def named(scenarios, part):
    (name,) = [name for name in scenarios if part in name]
    return scenarios[name]


def test_a_policy_that_changes_nothing_differs_by_exactly_nothing(scenarios):
    today, same = next(iter(scenarios.values())), named(scenarios, "no-change")
    for k in (1, 2):
        a, b = replicate(today, 1, k), replicate(same, 1, k)
        assert a.figures == b.figures
        assert a.tables == b.tables


def test_a_replication_alone_equals_its_place_in_a_batch_and_a_seed_matters(scenarios):
    today = next(iter(scenarios.values()))
    batch = [replicate(today, 1, k).figures for k in (1, 2)]
    assert replicate(load_scenario(BASELINE, years=YEARS), 1, 2).events == replicate(today, 1, 2).events
    assert replicate(today, 1, 2).figures == batch[1]
    assert batch[0] != batch[1]
    assert replicate(today, 2, 1).figures != batch[0]


def histories(world):
    """Everything that was drawn for each household so far, and what it is: comparable between policies."""
    return {
        h.id: (h.key, h.group, h.marks, list(h.drawn), dict(h.rounds), h.need, h.scheme, h.crisis, h.due)
        for h in world.households.values()
    }


def test_before_policy_from_runs_are_identical(scenarios):
    """Rules and stock change on policy_from: until then every household's draws and clocks are the same to the last bit."""
    today = next(iter(scenarios.values()))
    for part in ("four-more", "need-first"):
        policy = named(scenarios, part)
        day = policy.blueprint.policy_from
        a, b = world_of(today, 1, 1), world_of(policy, 1, 1)
        a.clock.run(day - 1e-6)
        b.clock.run(day - 1e-6)
        assert histories(a) == histories(b)
        assert a.decisions == b.decisions


def lives(records, ladder, group):
    """Everything that was recorded of a group: waits, moves, decisions, and household-days to the last bit."""
    ids = {row[0] for row in records.households if row[1] == group}
    return (
        [w for w in records.waits if w.group == group],
        [m for m in records.moves if m.household in ids],
        [(row[1], *row[3:]) for row in records.decisions if row[5] in ids],
        [row for row in records.households if row[1] == group],
        {c: area for c, area in records.household_days.items() if c.group == group},
        {c: area for c, area in records.dwelling_days.items() if c.place.startswith(ladder)},
        {key: n for key, n in records.counts.items() if key.group == group},
    )


@given(seed=st.integers(0, 2**40), k=st.integers(1, 1000))
@settings(max_examples=25, deadline=None)
def test_a_policy_that_touches_one_type_leaves_the_lives_of_untouched_people_identical(seed, k):
    """Homes for the one ladder: nobody on the other applies, is offered, accepts, moves or dies a moment sooner or later."""
    plans = load_comparison("tests/whole/two_ladders.yaml", ["tests/whole/two_ladders_more.yaml"])
    today, policy = (simulate(scenario, seed, k) for scenario in plans.values())
    assert lives(today, "untouched", "second") == lives(policy, "untouched", "second")
    assert lives(today, "touched", "first") != lives(policy, "touched", "first")


@pytest.mark.parametrize("part", ["four-more", "need-first"])
def test_who_applies_and_with_which_marks_is_the_same_under_every_policy(scenarios, part):
    today, policy = next(iter(scenarios.values())), named(scenarios, part)
    a, b = world_of(today, 1, 1), world_of(policy, 1, 1)
    a.clock.run(YEARS * 365)
    b.clock.run(YEARS * 365)
    who_a, who_b = ({h: (x.key, x.group, x.marks) for h, x in world.households.items()} for world in (a, b))
    common = who_a.keys() & who_b.keys()
    assert len(common) > 1_000
    assert all(who_a[h] == who_b[h] for h in common)


@pytest.mark.parametrize("k", [1])
def test_invariants_hold_at_every_event_of_the_whole_model(k):
    simulate(load_scenario(BASELINE, years=0.25), 1, k, check_invariants=True)
