"""Day 0 looks like any other day: crises and absences under way, incidents behind, transfers that have waited."""

from __future__ import annotations

from math import exp, sqrt
from statistics import mean

import pytest
from mechanism_kit import facts, people, plan
from world_kit import FakeProgram, LadderProgram, build, certain

from sim.kernel import Discrete, Exponential, Fixed, Uniform
from sim.world.blueprint import Fixed as FixedField
from sim.world.blueprint import Initial, OneOf, ResidentsSpec, SiteSpec, TypeSpec
from sim.world.ongoing import length_biased, spell

PEOPLE, DAYS = 400, 100.0
LONG = Fixed(2000.0)
CRISIS = {"begins": {"after": {"exponential": "300 days"}}, "ends": {"after": {"exponential": "60 days"}}}


def settled(mechanisms, homes=PEOPLE, stay=LONG, groups=None, program=None, **initial):
    who = ResidentsSpec("home", homes, 0.0, certain("people"), None, stay)
    return plan(
        mechanisms,
        groups=groups or {"people": people()},
        sites=(SiteSpec("site", "home", homes),),
        initial=Initial(residents=(who,), **initial),
        days=DAYS,
        bins=(0.0, DAYS),
        program=program or FakeProgram(),
    )


@pytest.mark.parametrize("duration", [Uniform(10.0, 50.0), Exponential(30.0), Fixed(12.0)])
def test_spells_found_under_way_are_length_biased(duration):
    """Mean length E[X²] / E[X]; passed and left are each half of it."""
    uniforms = [(i + 0.5) / 2000 for i in range(2000)]
    second = mean(duration.quantile(u) ** 2 for u in uniforms)
    expected = second / mean(duration.quantile(u) for u in uniforms)
    lengths = [length_biased(duration, u) for u in uniforms]
    assert mean(lengths) == pytest.approx(expected, rel=0.01)
    known = {"Uniform": 310 / 9, "Exponential": 60.0, "Fixed": 12.0}
    assert expected == pytest.approx(known[type(duration).__name__], rel=0.02)
    pairs = [spell(duration, u, v) for u in uniforms[20::40] for v in uniforms[20::40]]
    assert mean(p.passed for p in pairs) == pytest.approx(expected / 2, rel=0.02)
    assert mean(p.left for p in pairs) == pytest.approx(expected / 2, rel=0.02)


def test_as_many_are_in_a_crisis_on_day_0_as_later():
    """60 / 360 of the time, from the first day; without it nobody is."""
    shares = {0.0: [], DAYS: []}
    for k in range(40):
        world = build(settled({"crisis": CRISIS}, ongoing=True), layout=facts(), replication=k)
        world.check_every_settle = False
        for day, found in shares.items():
            world.clock.run(day) if day else None
            found += [h.crisis for h in world.households.values()]
    error = sqrt(1 / 6 * 5 / 6 / (40 * PEOPLE))
    for found in shares.values():
        assert abs(mean(found) - 1 / 6) / error < 4
        assert abs(mean(found) - 1.1 / 6) / error > 4
    none = build(settled({"crisis": CRISIS}), layout=facts())
    assert not any(h.crisis for h in none.households.values())


def test_what_is_left_of_a_crisis_is_what_is_left_of_one_found_under_way():
    """Crises of exactly 60 days: those of day 0 end uniformly over the next 60."""
    lasting = {"begins": {"after": {"exponential": "300 days"}}, "ends": {"after": "60 days"}}
    world = build(settled({"crisis": lasting}, ongoing=True), layout=facts())
    left = sorted(h.due for h in world.households.values() if h.crisis)
    assert len(left) > 40
    assert 0.0 < left[0] < left[-1] < 60.0
    assert abs(mean(left) - 30.0) / (60.0 / sqrt(12 * len(left))) < 4


class Held(FakeProgram):
    hash = "held"

    def hold_days(self, a, d, s, day):
        return 50


def test_who_is_away_on_day_0_has_a_home_that_is_held_and_no_longer_than_the_rules_allow():
    """Absences of 80 days, homes held for 50: away are those of the first 50 days, and none is held beyond."""
    kinds = {"kinds": {"hospital": {"begins": {"exponential": "400 days"}, "lasts": "80 days"}}}
    world = build(settled({"absences": kinds}, ongoing=True, program=Held()), layout=facts())
    away = [h for h in world.households.values() if h.away]
    expected = 80 / 480 * 50 / 80
    error = sqrt(expected * (1 - expected) / PEOPLE)
    assert abs(len(away) / PEOPLE - expected) / error < 4
    assert all(h.home.state == "held" for h in away)
    world.clock.run(50.0)
    assert {h.id for h in away} <= {m.household for m in world.moves if m.kind == "exit"}


class Warns(FakeProgram):
    hash = "warns"

    def warned(self, a, d, s, day):
        return len(a.marks["incident"]) >= 2


def test_incidents_of_the_year_before_are_poisson_and_bring_their_warnings():
    group = people(fields={"conflict": OneOf(Discrete((0, 3), (0.5, 0.5))), "motivation": FixedField(3)})
    chosen = settled({}, groups={"people": group}, program=Warns(), incidents_before=("conflict", {0: 0.0, 3: 2.0 / 365.0}))
    world = build(chosen, layout=facts())
    calm = [h for h in world.households.values() if h.facts.conflict == 0]
    rough = [h for h in world.households.values() if h.facts.conflict == 3]
    assert not any("incident" in h.facts.marks for h in calm)
    counts = [len(h.facts.marks.get("incident", ())) for h in rough]
    assert abs(mean(counts) - 2.0) / sqrt(2.0 / len(rough)) < 4
    assert abs(counts.count(0) / len(rough) - exp(-2)) / sqrt(exp(-2) * (1 - exp(-2)) / len(rough)) < 4
    for household in rough:
        days = household.facts.marks.get("incident", [])
        assert days == sorted(days)
        assert all(-366 <= day < 0 for day in days)
        assert len(household.facts.marks.get("warned", [])) == max(0, len(days) - 1)
    assert world.moves == []
    assert not any(key.kind in ("incident", "warning") for key in world.tallies)


def test_nobody_caused_an_incident_before_moving_in():
    chosen = settled({}, stay=Fixed(30.0), incidents_before=("conflict", {0: 0.1}))
    world = build(chosen, layout=facts())
    assert all(day >= -30 for h in world.households.values() for day in h.facts.marks.get("incident", ()))


def test_those_who_are_to_move_on_day_0_have_waited():
    types = {f"t{rank}": TypeSpec(f"t{rank}", "only", rank, rank, True) for rank in (1, 2)}
    who = ResidentsSpec("t1", 50, 0.0, certain("people"), certain(("only", 2)), Fixed(400.0))
    chosen = plan(
        {}, types=types, sites=(SiteSpec("a", "t1", 50), SiteSpec("b", "t2", 1, opens=10.0)), program=LadderProgram(),
        initial=Initial(residents=(who,), transfers_waited=Exponential(200.0)), days=DAYS, bins=(0.0, DAYS),
    )  # fmt: skip
    world = build(chosen, layout=facts())
    waits = {h: -h.application.listed for h in world.households.values()}
    assert len(waits) == 50
    assert max(waits.values()) <= 400.0
    expected = 200.0 * (1.0 - exp(-2.0))
    assert abs(mean(waits.values()) - expected) < 4 * 140.0 / sqrt(50)
    world.clock.run(DAYS)
    assert [m.household for m in world.moves] == [max(waits, key=waits.get).id]
