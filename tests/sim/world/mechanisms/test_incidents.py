"""Incidents, damage, complaints, and what residents meet in their neighbours."""

from __future__ import annotations

from typing import ClassVar

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from mechanism_kit import (
    facts,
    marks,
    outcome,
    parameters,
    people,
    plan,
    residents,
    total,
    world_of,
)
from world_kit import build

from sim.kernel import purpose, uniform
from sim.world.blueprint import FactorSpec, SiteSpec
from sim.world.mechanisms.neighbours import Neighbours
from sim.world.verbs.leaving import move_on
from sim.world.verbs.lives import set_need

RARE = {"own": {"after": "1 000 000 years"}}


def test_incidents_repeat_and_are_counted_where_they_happen():
    world, records = outcome({"incidents": {"own": {"after": "100 days"}}}, initial=residents(2), days=1001.0)
    assert total(records, "incident") == 20
    assert {key.place for key in records.counts if key.kind == "incident"} == {"home"}
    assert next(iter(world.households.values())).facts.marks["incident"] == [100 * n for n in range(1, 11)]


def test_damage_prolongs_the_turnaround_and_costs():
    written = {
        "incidents": {
            "own": {"after": "40 days"},
            "damage": {"share": "100 %", "longer_turnaround": "15 days", "cost": "60 000 NOK"},
            "complaints": {"neighbours": "100 %", "ordinary": "50 %"},
        },
        "turnaround": {"after": "10 days"},
        "exits": {"transitions": {"out": {"after": "100 days", "destination": "other"}}},
    }
    world, records = outcome(written, initial=residents(1))
    # Incidents on days 40 and 80; empty on [100, 140): ten days, and fifteen for each.
    states = {cell.state: sum(areas) for cell, areas in records.dwelling_days.items()}
    assert states["turnaround"] == pytest.approx(40.0)
    assert total(records, "damage") == 2
    assert [(a.account, a.nok, a.place) for a in records.amounts] == [("damage", 120_000.0, "home")]
    key = world.key_of("resident-home/0")
    # Nobody else lives there: only ordinary neighbours complain.
    assert total(records, "complaint") == sum(uniform(key, purpose("incidents:complaint:ordinary"), k) < 0.5 for k in range(2))
    assert total(records, "damage_days") == 30


def conflict_at(world):
    site = world.sites["site"]
    return site.facts.site_conflict_sum, {h.id: h.facts.neighbour_conflict_percent for h in site.residents}


def test_facts_about_neighbours_follow_moves_and_needs():
    group = people(fields={"conflict": marks(0, 3)})
    world = world_of({"incidents": RARE}, groups={"people": group}, initial=residents(4), sites=(SiteSpec("site", "home", 4),))
    a, b, c, d = world.households.values()
    assert conflict_at(world) == (0, {h.id: 0 for h in (a, b, c, d)})

    def act(day, what):
        world.at(day, 3, what)
        world.clock.run(day + 0.5)

    act(1.0, lambda: set_need(world, a, "only", 2))
    assert conflict_at(world) == (3, {a.id: 0, b.id: 33, c.id: 33, d.id: 33})
    act(2.0, lambda: set_need(world, b, "only", 2))
    assert conflict_at(world) == (6, {a.id: 33, b.id: 33, c.id: 66, d.id: 66})
    act(3.0, lambda: move_on(world, d, "moved_on", "private"))
    assert conflict_at(world) == (6, {a.id: 50, b.id: 50, c.id: 100})
    assert d.facts.neighbour_conflict_percent == 0
    act(4.0, lambda: move_on(world, a, "moved_on", "private"))
    act(5.0, lambda: move_on(world, b, "moved_on", "private"))
    assert conflict_at(world) == (0, {c.id: 0})


class Percent:
    """One condition: at least half of the neighbours have conflict behaviour."""

    names = ("many",)
    cut_points: ClassVar = {"neighbour_conflict_percent": (50,)}

    def bits(self, a, d, s, day):
        return int(d is not None and a.neighbour_conflict_percent >= 50)

    def until(self, a, d, s, day):
        return 2**31


def test_only_a_crossed_cut_point_wakes_the_neighbours():
    group = people(fields={"conflict": marks(0, 3)})
    drawn = plan(
        {"incidents": {"own": {"after": "100 days", "factors": ["many"]}}},
        groups={"people": group},
        initial=residents(4),
        sites=(SiteSpec("site", "home", 4),),
        factors={"many": FactorSpec("many", 1.0, (("many", 2.0),), True)},
        conditions=Percent(),
        conditions_without_home=Percent(),
        days=130.0,
    )
    world = build(drawn, layout=facts())
    a, b, c, d = world.households.values()
    touched, looked_at = [], []
    touch, look = world.touch, world.touch_speeds
    world.touch = lambda h: (touched.append(h.id), touch(h))
    world.touch_speeds = lambda h: (looked_at.append(h.id), look(h))
    world.at(10.0, 3, lambda: set_need(world, a, "only", 2))
    world.clock.run(20.0)
    assert (touched, looked_at) == ([a.id], [])  # 33 % is on the same side of 50 as 0 %
    touched.clear()
    world.at(50.0, 3, lambda: set_need(world, b, "only", 2))
    world.clock.run(60.0)
    assert (touched, set(looked_at)) == ([b.id], {c.id, d.id})  # no rule reads the percent: their speeds alone
    world.clock.run(130.0)
    # c and d meet 66 % from day 50 and use the other half of their 100 days at double speed; a and b meet 33 %.
    assert c.facts.marks["incident"] == [75, 125]
    assert a.facts.marks["incident"] == [100]


@given(st.lists(st.tuples(st.integers(0, 6), st.sampled_from([None, 0, 1, 2, 3])), max_size=40), st.integers(0, 3))
@settings(max_examples=60, deadline=None)
def test_neighbours_count_as_a_fresh_count_would(changes, threshold):
    around = Neighbours(threshold)
    present = {}
    for who, mark in changes:
        if mark is None:
            if who in present:
                del present[who]
                around.take(who)
        else:
            present[who] = mark
            around.put(who, mark)
        assert around.sum == sum(present.values())
        for me, mine in present.items():
            others = [m for other, m in present.items() if other != me]
            expected = 100 * sum(m >= threshold for m in others) // len(others) if others else 0
            assert around.percent(mine) == expected


def test_no_facts_no_bookkeeping():
    from world_kit import FakeLayout, blueprint

    world = build(
        blueprint(mechanisms=parameters(incidents=RARE), groups={"people": people()}, initial=residents(2)),
        layout=FakeLayout({}),
    )
    assert not world.mechanisms["incidents"].sites
