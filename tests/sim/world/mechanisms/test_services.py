"""Follow-up: who requires what, how a team's hours are shared, what is told and what is recorded."""

from __future__ import annotations

from typing import ClassVar

import pytest
from mechanism_kit import facts, marks, outcome, people, plan, residents, world_of
from services_kit import THREE, Requires, hours_of, percents
from world_kit import build, certain

from sim.kernel import Discrete
from sim.world.blueprint import Arrivals, FactorSpec, Initial, OneOf, ResidentsSpec, SiteSpec, TypeSpec
from sim.world.verbs.leaving import move_on
from sim.world.verbs.lives import come_back, go_away, set_need


def team(hours, **more):
    return {"teams": {"day": {"hours_per_week": hours, **more}}, "required": "required_minutes"}


def test_hours_are_shared_when_the_team_is_overbooked():
    # Four residents require two hours each; the team has five hours, a fifth of them on the road.
    written = {"services": team("5 hours per week", travel_share="20 %")}
    world, records = outcome(written, initial=residents(4, need=3), days=70.0, **THREE)
    assert percents(world) == [50] * 4
    assert hours_of(records, what="required") == pytest.approx(4 * 2 * 10)
    assert hours_of(records, what="received") == pytest.approx(4 * 10)
    assert hours_of(records, what="met") == pytest.approx(4 * 10)
    assert hours_of(records, what="days") == pytest.approx(4 * 70)
    assert hours_of(records, what="required_short") == pytest.approx(4 * 70)


def test_there_is_enough_for_fewer():
    world, records = outcome({"services": team("5 hours per week")}, initial=residents(2, need=3), days=70.0, **THREE)
    assert percents(world) == [100, 100]
    assert hours_of(records, what="received") == pytest.approx(2 * 2 * 10)
    assert hours_of(records, what="required_short") == 0.0


def test_a_team_without_capacity_delivers_nothing_and_nobody_serves_the_rest():
    world, records = outcome({"services": team("0")}, initial=residents(3, need=3), days=70.0, **THREE)
    assert percents(world) == [0, 0, 0]
    assert hours_of(records, team="day", what="required") == pytest.approx(60.0)
    assert hours_of(records, what="received") == 0.0
    other = team("100", serves={"schemes": ["omsorg"]})
    world, records = outcome({"services": other}, initial=residents(3, need=3), days=70.0, **THREE)
    assert percents(world) == [0, 0, 0]
    assert hours_of(records, team="none", what="required_short") == pytest.approx(3 * 70)


def test_residents_accept_a_share_by_motivation():
    group = people(("only", 3), fields={"motivation": OneOf(Discrete((0, 3), (0.5, 0.5)))})
    written = team("100 hours per week") | {"accepts": {"by": "motivation", "of": {0: "40 %", 3: "100 %"}}}
    world, records = outcome(
        {"services": written},
        initial=residents(40, need=3),
        days=7.0,
        **{**THREE, "groups": {"people": group}, "sites": (SiteSpec("s", "home", 40),)},
    )
    eager = sum(h.facts.motivation == 3 for h in world.households.values())
    assert {h.facts.follow_up_percent for h in world.households.values() if h.facts.motivation == 0} == {40}
    assert hours_of(records, what="offered") == pytest.approx(80.0)
    assert hours_of(records, what="accepted") == pytest.approx(2 * eager + 0.8 * (40 - eager))
    assert hours_of(records, what="required_short") == pytest.approx(7 * (40 - eager))


def test_the_first_team_that_covers_a_resident_serves_it():
    written = {
        "teams": {
            "care": {"hours_per_week": "10", "serves": {"ranks": [3], "types": ["big"]}},
            "day": {"hours_per_week": "10"},
        },
        "required": "required_minutes",
    }
    types = {name: TypeSpec(name, "only", 3, 3, True) for name in ("big", "home")}
    sites = (SiteSpec("b", "big", 1), SiteSpec("h", "home", 1))
    plan = Initial(residents=tuple(ResidentsSpec(k, 1, 0.0, certain("people"), None, None) for k in types))
    _, records = outcome({"services": written}, initial=plan, days=7.0, **{**THREE, "types": types, "sites": sites})
    assert hours_of(records, team="care", place="big", what="required") == pytest.approx(2.0)
    assert hours_of(records, team="day", place="home", what="required") == pytest.approx(2.0)


def test_membership_follows_moves_needs_and_absences():
    world = world_of({"services": team("4 hours per week")}, initial=residents(4, need=3), **THREE)
    a, b, c, _ = world.households.values()

    def act(day, what):
        world.at(day, 3, what)
        world.clock.run(day + 0.5)

    assert percents(world) == [50] * 4
    act(1.0, lambda: go_away(world, a, "hospital"))
    assert percents(world) == [100, 66, 66, 66]
    act(2.0, lambda: set_need(world, b, "only", 1))
    assert percents(world) == [100, 100, 100, 100]
    act(3.0, lambda: come_back(world, a))
    assert percents(world) == [66, 100, 66, 66]
    act(4.0, lambda: move_on(world, c, "moved_on", "private"))
    assert percents(world) == [100, 100, 100, 100]


def test_a_dated_change_of_hours_takes_effect_that_day():
    changed = {"services.teams.day.hours_per_week": ((0.0, 4.0), (35.0, 8.0))}
    world, records = outcome({"services": team("4")}, initial=residents(4, need=3), timelines=changed, days=70.0, **THREE)
    assert percents(world) == [100] * 4
    assert hours_of(records, what="received") == pytest.approx(4 * 5 + 8 * 5)


class Later(Requires):
    """Nothing is required before day 10."""

    hash = "later"

    def number(self, name, a, d, s, day):
        return 120 if day >= 10 else 0


def test_what_time_alone_changes_is_met_at_the_next_refresh():
    class Sooner(Later):
        hash = "sooner"

        def number(self, name, a, d, s, day):
            return 120 if day >= 10 else 60

    written = team("100") | {"refresh": "1 week"}
    _, records = outcome({"services": written}, initial=residents(1, need=3), days=21.0, **{**THREE, "program": Sooner()})
    # An hour a week for two weeks (the change of day 10 is met on day 14), then two hours for one.
    assert hours_of(records, what="required") == pytest.approx(4.0)


class Full:
    names = ("full",)
    cut_points: ClassVar = {"follow_up_percent": (80,)}

    def bits(self, a, d, s, day):
        return int(d is not None and a.follow_up_percent >= 80)

    def until(self, a, d, s, day):
        return 2**31


def test_only_a_crossed_cut_point_wakes_residents():
    group = people(("only", 3), arrivals=Arrivals(batches=((10.0, 1), (20.0, 1), (30.0, 1))))
    needs = {"transitions": {"better": {"from": {"need": 3}, "to": 2, "after": "1000 days", "factors": ["full"]}}}
    drawn = plan(
        {"services": team("4"), "needs": needs},
        factors={"full": FactorSpec("full", 1.0, (("full", 1.5),), True)},
        conditions=Full(),
        conditions_without_home=Full(),
        **{**THREE, "groups": {"people": group}, "sites": (SiteSpec("s", "home", 9),), "initial": residents(1, need=3)},
    )
    world = build(drawn, layout=facts())
    touched = []
    touch = world.touch
    world.touch = lambda h: (touched.append(h.id), touch(h))
    woken = []
    for day in (10.5, 20.5, 30.5):
        world.clock.run(day)
        woken.append({h for h in touched if h.startswith("resident")})
        touched.clear()
    # Two share four hours: 100 %. Three: 66 %, across 80. Four: 50 %, on the same side.
    assert woken == [set(), {"resident-home/0"}, set()]


def test_services_without_the_fact_only_record():
    from world_kit import FakeLayout

    drawn = plan({"services": team("1")}, initial=residents(2, need=3), **THREE)
    world = build(drawn, layout=FakeLayout({"home_rank": "dwelling"}))
    assert not hasattr(next(iter(world.households.values())).facts, "follow_up_percent")


def test_needs_and_marks_move_between_classes():
    group = people(("only", 3), fields={"motivation": marks(0, 3)})
    written = team("100") | {"accepts": {"by": "motivation", "of": {0: "50 %", 3: "100 %"}}}
    world = world_of({"services": written}, initial=residents(1, need=3), **{**THREE, "groups": {"people": group}})
    (household,) = world.households.values()
    assert household.facts.follow_up_percent == 100
    world.at(5.0, 3, lambda: set_need(world, household, "only", 1))
    world.at(6.0, 3, lambda: set_need(world, household, "only", 2))
    world.clock.run(10.0)
    assert household.facts.follow_up_percent == 100
