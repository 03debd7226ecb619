"""Residents who wait for each other's homes move together: by hand, and against every possible circle tried."""

from __future__ import annotations

from itertools import permutations
from math import exp, sqrt
from statistics import mean, stdev

import pytest
from mechanism_kit import days_in, facts, outcome, parameters, people, plan, total, world_of
from pydantic import ValidationError
from world_kit import LadderProgram, certain, run

from sim.kernel import Discrete
from sim.world.blueprint import Initial, ResidentsSpec, SiteSpec, TypeSpec
from sim.world.mechanisms.circles import _homes
from sim.world.verbs.lives import set_need

MONTHLY = {"every": "30 days"}


def types(*ranks):
    return {f"t{rank}": TypeSpec(f"t{rank}", "only", rank, rank, True) for rank in ranks}


def full(*ranks, homes=1, need=None, **changes):
    """So many homes of each rank, all let; needs as the homes, unless said."""
    spec = [
        ResidentsSpec(f"t{rank}", homes, 0.0, certain("people"), certain(("only", rank)) if need is None else need, None)
        for rank in ranks
    ]
    given = {
        "types": types(*ranks),
        "sites": tuple(SiteSpec(f"site-{rank}", f"t{rank}", homes) for rank in ranks),
        "initial": Initial(residents=tuple(spec)),
        "program": LadderProgram(),
    }
    return {**given, **changes}


def needs(*steps):
    """Needs that change once each: (from, to, day)."""
    return {"transitions": {f"n{a}": {"from": {"need": a}, "to": b, "after": f"{day} days"} for a, b, day in steps}}


def test_two_who_wait_for_each_others_homes_move_at_the_next_search():
    """One needs more support from day 12, the other less from day 40: the search of day 60 finds them."""
    world = world_of({"circles": MONTHLY}, **full(1, 2))
    up, down = (world.dwelling_by_id[name].household for name in ("site-1/1", "site-2/1"))
    world.at(12.0, 3, lambda: set_need(world, up, "only", 2))
    world.at(40.0, 3, lambda: set_need(world, down, "only", 1))
    world.clock.run(59.9)
    assert (up.home.id, down.home.id) == ("site-1/1", "site-2/1")
    world.clock.run(1000.0)
    assert (up.home.id, down.home.id) == ("site-2/1", "site-1/1")
    assert [(m.day, m.kind, m.origin, m.destination) for m in world.moves] == [
        (60.0, "transfer", "t1", "t2"),
        (60.0, "transfer", "t2", "t1"),
    ]
    assert all(h.application is None for h in (up, down))


def test_without_the_mechanism_they_wait_for_ever():
    _, records = outcome({"needs": needs((1, 2, 10))}, **full(1, 2))
    assert records.moves == []


def test_nothing_stands_empty_in_a_circle_of_three():
    """Each of three needs the home of the next; a turnaround of 50 days would show."""
    written = {"circles": MONTHLY, "turnaround": {"after": "50 days"}}
    world = world_of(written, **full(1, 2, 3))
    for rank, home in enumerate(list(world.dwellings), 1):
        tenant, wants = home.household, rank % 3 + 1
        world.at(10.0, 3, lambda tenant=tenant, wants=wants: set_need(world, tenant, "only", wants))
    world.clock.run(1000.0)
    world.dwelling_days.close(1000.0)
    assert [m.day for m in world.moves] == [30.0] * 3
    assert {cell.state for cell, area in world.dwelling_days.table().items() if sum(area) > 0.0} == {"let"}


def test_a_circle_longer_than_allowed_is_none():
    world = world_of({"circles": {**MONTHLY, "longest": 2}}, **full(1, 2, 3))
    for rank, home in enumerate(list(world.dwellings), 1):
        set_need(world, home.household, "only", rank % 3 + 1)
    world.clock.run(500.0)
    assert world.moves == []


def test_a_vacancy_goes_before_a_circle():
    """A second home of rank 2 stands empty: the one moves there at once, the other into what becomes free."""
    sites = (SiteSpec("site-1", "t1", 1), SiteSpec("site-2", "t2", 2))
    world = world_of({"circles": MONTHLY}, **full(1, 2, sites=sites))
    up, down = (world.dwelling_by_id[name].household for name in ("site-1/1", "site-2/1"))
    world.at(12.0, 3, lambda: set_need(world, up, "only", 2))
    world.at(40.0, 3, lambda: set_need(world, down, "only", 1))
    world.clock.run(500.0)
    assert [(m.day, m.household) for m in world.moves] == [(12.0, up.id), (40.0, down.id)]
    assert not any(key.kind == "circle" for key in world.tallies)


def test_who_declines_keeps_the_home_and_is_not_asked_for_it_again():
    written = {"circles": MONTHLY, "replies": {"accept": "0 %"}, "needs": needs((1, 2, 10), (2, 1, 1e6))}
    _, records = outcome(written, **full(1, 2, need=Discrete((("only", 1), ("only", 2)), (0.5, 0.5))))
    assert [m for m in records.moves if m.kind == "transfer"] == []
    assert total(records, "decline") <= 2


def test_they_move_when_the_slowest_is_ready_and_a_change_meanwhile_breaks_the_circle():
    written = {"circles": MONTHLY, "replies": {"after": "5 days", "moves_in_after": "20 days"}}
    for undone, moved in ((None, [55.0, 55.0]), (50.0, [])):
        world = world_of(written, **full(1, 2))
        up, down = (d.household for d in world.dwellings)
        world.at(10.0, 3, lambda world=world, up=up: set_need(world, up, "only", 2))
        world.at(10.0, 3, lambda world=world, down=down: set_need(world, down, "only", 1))
        if undone is not None:
            world.at(undone, 3, lambda world=world, up=up: set_need(world, up, "only", 1))
        world.clock.run(1000.0)
        assert [m.day for m in world.moves] == moved


def test_the_day_of_the_exchange_is_the_search_after_the_later_of_two_exponential_times():
    """Search every 30 days, needs that change after exponential 100 days each: E = sum of 30 · P(later > 30 n)."""

    def expected(days):
        # P(max > t) = 1 - (1 - exp(-t / days))^2
        return sum(30.0 * (1.0 - (1.0 - exp(-30.0 * n / days)) ** 2) for n in range(2000))

    changing = {
        "transitions": {
            "up": {"from": {"group": "people", "need": 1}, "to": 2, "after": {"exponential": "100 days"}},
            "down": {"from": {"group": "others", "need": 2}, "to": 1, "after": {"exponential": "100 days"}},
        }
    }
    spec = (
        ResidentsSpec("t1", 1, 0.0, certain("people"), None, None),
        ResidentsSpec("t2", 1, 0.0, certain("others"), None, None),
    )
    groups = {"people": people(), "others": people(need=("only", 2))}
    shared = full(1, 2, initial=Initial(residents=spec), groups=groups, days=5000.0, bins=(0.0, 5000.0))
    days = []
    for k in range(1500):
        world, _ = run(plan({"circles": MONTHLY, "needs": changing}, **shared), layout=facts(), replication=k, check=False)
        days += [m.day for m in world.moves[:1]]
    assert len(days) == 1500
    error = stdev(days) / sqrt(len(days))
    assert abs(mean(days) - expected(100.0)) / error < 4
    assert abs(mean(days) - expected(110.0)) / error > 4


@pytest.mark.parametrize("k", range(6))
def test_every_circle_that_exists_is_found_or_shares_a_member_with_one_that_is(k):
    """Twelve residents with needs drawn at random, against all orders of two and three of them."""
    anyone = Discrete(tuple(("only", rank) for rank in (1, 2, 3)), (1 / 3,) * 3)
    chosen = plan({"circles": {"every": "100 days"}}, **full(1, 2, 3, homes=4, need=anyone))
    from world_kit import build

    world = build(chosen, layout=facts(), replication=k)
    mechanism = world.mechanisms["circles"]
    waiting = [h.application for h in world.households.values() if h.application is not None]
    possible = {
        members
        for size in (2, 3)
        for members in permutations(waiting, size)
        if all(a.household.need == home.type.rank for a, home in _homes(members))
    }
    found = mechanism.search()
    taken = [a for circle in found for a in circle]
    assert len(taken) == len(set(taken))
    assert all(circle in possible for circle in found)
    assert all(set(members) & set(taken) for members in possible)
    assert possible  # the draw is not empty


def test_the_search_goes_by_kinds_and_not_by_all_pairs():
    """A hundred who all want one rank and nobody who leaves it: nothing is examined."""
    world = world_of({"circles": {"every": "100 days"}}, **full(1, 2, homes=100, days=50.0, bins=(0.0, 50.0)))
    for home in world.dwellings[:100]:
        set_need(world, home.household, "only", 2)
    world.settle()
    before = world.counters["candidates_examined"]
    assert world.mechanisms["circles"].search() == []
    assert world.counters["candidates_examined"] == before


def test_relabelling_the_sites_changes_nothing():
    def days(names):
        sites = tuple(SiteSpec(name, f"t{rank}", 1) for rank, name in zip((1, 2), names, strict=True))
        written = {"circles": MONTHLY, "needs": needs((1, 2, 10))}
        shared = full(1, 2, sites=sites)
        world = world_of(written, **shared)
        set_need(world, next(d.household for d in world.dwellings if d.type.id == "t2"), "only", 1)
        world.clock.run(500.0)
        return [(m.day, m.origin, m.destination) for m in world.moves]

    assert sorted(days(("a", "b"))) == sorted(days(("z", "y")))


@pytest.mark.parametrize("written", [{}, {"every": "30"}, {"every": "30 days", "longest": 1}, {"every": "30 days", "longest": 7}])
def test_impossible_circles_are_refused(written):
    with pytest.raises(ValidationError):
        parameters(circles=written)


def test_days_at_home_are_counted_through_a_circle():
    written = {"circles": MONTHLY, "needs": needs((1, 2, 10))}
    _, records = outcome(written, **full(1, 2))
    assert days_in(records, status="housed") == pytest.approx(2000.0)
