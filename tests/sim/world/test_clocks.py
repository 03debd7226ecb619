"""The household's clock: competing durations, speeds, remainders."""

from __future__ import annotations

import math

import pytest
from world_kit import blueprint, build, certain

from sim.kernel import Exponential, Fixed, purpose, uniform
from sim.world import assembly
from sim.world.blueprint import Arrivals, FactorSpec, GroupSpec, Initial, QueueSpec, ResidentsSpec, SiteSpec
from sim.world.transitions import Speeds, Transition
from sim.world.verbs.applications import list_application
from sim.world.verbs.lives import set_crisis, set_need
from sim.world.verbs.offers import take_over


class Bits:
    """Conditions by hand: bit 0 while the household is in crisis."""

    names = ("in_crisis",)

    def bits(self, a, d, s, day):
        return int(a.in_crisis)

    def until(self, a, d, s, day):
        return 2**31


def mechanism(*transitions):
    class Some:
        name = "needs"
        facts = ()

        def __init__(self, parameters, world):
            pass

        def transitions(self):
            return transitions

        def handlers(self):
            return {}

        def start(self):
            pass

        def invariants(self):
            return ()

        def finish(self, records):
            pass

    return Some


def lone_household(monkeypatch, *transitions, factors=()):
    monkeypatch.setattr(assembly, "MECHANISMS", (mechanism(*transitions),))
    plan = blueprint(
        days=1000.0,
        sites=(SiteSpec("site", "home", 1),),
        groups={"people": GroupSpec("people", Arrivals(), certain(("only", 1)))},
        initial=Initial(households=(QueueSpec("people", certain(1), None),)),
        mechanisms={"needs": True},
        factors={f.name: f for f in factors},
        conditions=Bits(),
        conditions_without_home=Bits(),
    )
    world = build(plan)
    (household,) = world.households.values()
    return world, household


def test_a_duration_is_used_up_at_the_product_of_its_factors(monkeypatch):
    fired = []
    slow = FactorSpec("slow", 1.0, (("in_crisis", 0.25),), False)
    change = Transition("t", {"status": ("housed",)}, Fixed(100.0), ("slow",), lambda w, h, k: fired.append(w.now))
    world, household = lone_household(monkeypatch, change, factors=(slow,))
    world.at(40.0, 3, lambda: set_crisis(world, household, True))
    world.at(80.0, 3, lambda: set_crisis(world, household, False))
    world.clock.run(200.0)
    # 40 days at full speed, 40 at a quarter (10 used), so 50 are left at day 80.
    assert fired == [pytest.approx(130.0)]


def test_a_clock_that_stands_keeps_its_remainder(monkeypatch):
    fired = []
    stop = FactorSpec("stop", 1.0, (("in_crisis", 0.0),), False)
    change = Transition("t", {"status": ("housed",)}, Fixed(100.0), ("stop",), lambda w, h, k: fired.append(w.now))
    world, household = lone_household(monkeypatch, change, factors=(stop,))
    world.at(30.0, 3, lambda: set_crisis(world, household, True))
    world.at(500.0, 3, lambda: set_crisis(world, household, False))
    world.clock.run(600.0)
    assert fired == [pytest.approx(570.0)]


def test_entering_a_state_draws_its_transitions_afresh_and_others_keep_theirs(monkeypatch):
    fired = []
    kept = Transition("kept", {"status": ("housed",)}, Fixed(100.0), (), lambda w, h, k: fired.append(("kept", w.now)))
    fresh = Transition("fresh", {"need": (1,)}, Fixed(90.0), (), lambda w, h, k: fired.append(("fresh", w.now)))
    world, household = lone_household(monkeypatch, kept, fresh)
    world.at(50.0, 3, lambda: set_need(world, household, "only", 2))
    world.at(60.0, 3, lambda: set_need(world, household, "only", 1))
    world.clock.run(155.0)
    assert fired == [("kept", pytest.approx(100.0)), ("fresh", pytest.approx(150.0))]


def test_durations_are_keyed_by_household_transition_and_round(monkeypatch):
    fired = []
    repeat = Transition("again", {"status": ("housed",)}, Exponential(10.0), (), lambda w, h, k: fired.append((k, w.now)))
    world, household = lone_household(monkeypatch, repeat)
    world.clock.run(200.0)
    expected, now = [], 0.0
    for k in range(len(fired)):
        now += -10.0 * math.log1p(-uniform(household.key, purpose("transition:again"), k))
        expected.append((k, pytest.approx(now)))
    assert len(fired) > 5
    assert fired == expected


def test_factors_that_read_the_home_do_not_count_without_one():
    transition = Transition("t", {}, Fixed(1.0), ("crowd",), lambda w, h, k: None)
    speeds = Speeds((transition,), {"crowd": FactorSpec("crowd", 2.0, (("many", 3.0),), True)}, ("many",))
    assert speeds.of((0,), 1, True) == (6.0,)
    assert speeds.of((0,), 0, True) == (2.0,)
    assert speeds.of((0,), 1, False) == (1.0,)


def test_a_household_that_nothing_happens_to_is_not_rated_again(monkeypatch):
    change = Transition("t", {"status": ("housed",)}, Fixed(100.0), (), lambda w, h, k: None)
    world, household = lone_household(monkeypatch, change)
    before = world.counters["re_ratings"], household.rated, list(household.left)
    world.at(33.3, 3, lambda: world.touch(household))
    world.clock.run(50.0)
    assert (world.counters["re_ratings"], household.rated, household.left) == before


class SecondMonth:
    """A condition that holds from day 30 to day 60 after the household last moved in."""

    names = ("second_month",)

    def bits(self, a, d, s, day):
        return int(d is not None and 30 <= day - a.marks["moved_in"][-1] < 60)

    def until(self, a, d, s, day):
        if d is None:
            return 2**31
        since = a.marks["moved_in"][-1]
        return min((since + n for n in (30, 60) if since + n > day), default=2**31)


def test_an_event_marked_anew_brings_forward_the_day_on_which_a_condition_changes(monkeypatch):
    """The household moves, on day 100, from a home where it was past the second month: nothing differs that day."""
    fired = []
    fast = FactorSpec("fast", 1.0, (("second_month", 1000.0),), True)
    change = Transition("t", {"status": ("housed",)}, Fixed(30_230.0), ("fast",), lambda w, h, k: fired.append(w.now))
    monkeypatch.setattr(assembly, "MECHANISMS", (mechanism(change),))
    plan = blueprint(
        days=1000.0,
        sites=(SiteSpec("site", "home", 2),),
        groups={"people": GroupSpec("people", Arrivals(), certain(("only", 1)))},
        initial=Initial(residents=(ResidentsSpec("home", 1, 0.0, certain("people"), None, Fixed(70.0)),)),
        mechanisms={"needs": True},
        factors={"fast": fast},
        conditions=SecondMonth(),
        conditions_without_home=SecondMonth(),
    )
    world = build(plan)
    (household,) = world.households.values()

    def moves():
        application = list_application(world, household, "transfer", "test")
        take_over(world, application, world.dwelling_by_id["site/2"])

    world.at(100.0, 3, moves)
    world.clock.run(1000.0)
    # 130 days at speed 1, then 30 days at speed 1000, and the last 100 at speed 1 again.
    assert fired == [pytest.approx(260.0)]
