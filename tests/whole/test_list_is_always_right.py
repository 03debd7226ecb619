"""The list against a full scan, at every event of a world in which everything that it depends on changes.

Pools and keys are kept and renewed; here they are compared with what the rules say of everybody, asked afresh.
"""

from __future__ import annotations

from copy import copy

import pytest

from sim.replication.replicate import world_of
from sim.scenario import load_comparison
from sim.world.invariants import check_world

BASELINE, POLICY = "tests/whole/changing_town.yaml", "tests/whole/changing_town_policy.yaml"
DAYS = 3 * 365.25


@pytest.fixture(scope="module")
def plans():
    return list(load_comparison(BASELINE, [POLICY]).values())


def asked(world):
    """Everybody who may be offered a home."""
    return [a for h in world.households.values() if (a := h.application) is not None and a.offer is None]


def may_have(world, application, home):
    facts, program = application.household.facts, world.program
    return (
        application.household not in home.declined_by
        and program.compatible(facts, home.facts, world.day)
        and program.suits(facts, home.facts, around(application.household, home.site), world.day)
    )


def around(household, site):
    """The site without whoever is considered: a resident who is to move within it is no neighbour of its own."""
    if household.home is None or household.home.site is not site:
        return site.facts
    others = copy(site.facts)
    others.site_conflict_sum -= household.facts.conflict
    return others


def order(world, application):
    return (*world.program.key(application.household.facts, world.day), application.listed, application.household.order)


class Scan:
    """Every decision, and everybody passed over, against the rules asked afresh."""

    def __init__(self):
        self.decisions = 0
        self.transfers = 0
        self.nobody = 0

    def allocation(self, world, home, chosen):
        fit = [a for a in asked(world) if may_have(world, a, home)]
        first = min(fit, key=lambda a: order(world, a), default=None)
        assert first is chosen, f"day {world.now}: {home.id}"
        self.decisions += chosen is not None
        self.nobody += chosen is None
        self.transfers += chosen is not None and chosen.kind == "transfer"

    def verdict(self, *_):
        """Decisions on one household alone are not about the list."""


def watched(plan, seed, k):
    world, scan = world_of(plan, seed, k), Scan()
    world.observer = scan
    settle = world.settle

    def settle_and_look():
        settle()
        if world.now % 1.0 == 0.0:
            # Of one instant, events of the calendar come one after another, and people's after them.
            return
        for home in (d for d in world.dwellings if d.state == "vacant"):
            left = [a.household.id for a in asked(world) if may_have(world, a, home)]
            assert not left, f"day {world.now}: {home.id} is vacant, and suits {left[:3]}"
        for household in world.households.values():
            home, application = household.home, household.application
            if home is not None and (application is None or application.offer is None):
                wanted = world.program.move_wanted(household.facts, home.facts, home.site.facts, world.day)
                assert (application is None) == (wanted is None), f"day {world.now}: {household.id} {wanted}"

    world.settle = settle_and_look
    return world, scan


@pytest.mark.parametrize("k", [1, 2, 3])
@pytest.mark.parametrize("policy", [0, 1])
def test_every_home_goes_to_the_first_who_suits_and_no_home_stands_empty_for_want_of_looking(plans, policy, k):
    world, scan = watched(plans[policy], 7, k)
    world.clock.run(DAYS)
    assert scan.decisions > 40
    assert scan.transfers > 5
    assert scan.nobody > 10


@pytest.mark.parametrize("policy", [0, 1])
def test_all_invariants_hold_at_every_event(plans, policy):
    world = world_of(plans[policy], 3, 1)
    world.check_every_settle = True
    world.clock.run(DAYS)
    check_world(world)
    kinds = {key.kind for key in world.tallies.table()}
    assert kinds >= {"offer", "decline", "lease_start", "eviction", "notice", "return", "exit", "death", "move_up", "move_down"}


def test_no_transfer_brings_days_waited_from_before_it_was_listed(plans):
    """Neither by the day of decision nor by the day of listing; those of day 0 included."""
    world = world_of(plans[0], 5, 1)
    met = []

    def listed(world, application):
        facts = application.household.facts
        if application.kind == "transfer":
            met.append((facts.days_waited__since, facts.months_waited__since, world.day, facts.months_waited__held))

    for household in world.households.values():
        if household.application is not None and household.application.kind == "transfer":
            listed(world, household.application)
    assert met
    world.moments.listed = (*world.moments.listed, listed)
    world.clock.run(DAYS)
    assert len(met) > 30
    assert {(since, decided) for since, decided, *_ in met} == {(day, day) for *_, day, _ in met}
