"""Allocation meetings: what waits for the next one, and for how long."""

from __future__ import annotations

from math import ceil, sqrt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from mechanism_kit import facts, outcome, people, plan, residents, world_of
from world_kit import run

from sim.world.blueprint import Arrivals, SiteSpec
from sim.world.verbs.guard import InvariantError


def waits(records):
    return sorted((w.decided, w.end) for w in records.waits)


def applying(*batches, homes=10):
    group = people(arrivals=Arrivals(batches=batches))
    return {"groups": {"people": group}, "sites": (SiteSpec("site", "home", homes),)}


def test_whoever_is_decided_on_between_meetings_waits_for_the_next():
    plan_ = applying((3.0, 1), (14.0, 1), (15.0, 2))
    _, records = outcome({"meetings": {"every": "14 days", "first": "2026-01-01"}}, **plan_)
    # The one of day 14 is in the meeting of day 14: what happens on that instant happens before it.
    assert waits(records) == [(3.0, 14.0), (14.0, 14.0), (15.0, 28.0), (15.0, 28.0)]


def test_before_the_first_meeting_homes_are_allocated_at_once():
    plan_ = applying((3.0, 1), (25.0, 1))
    _, records = outcome({"meetings": {"every": "14 days", "first": "2026-01-21"}}, **plan_)
    assert waits(records) == [(3.0, 3.0), (25.0, 34.0)]  # day 20 is 21 January


def test_a_home_that_is_ready_between_meetings_stands_empty_until_the_next():
    written = {
        "meetings": {"every": "30 days"},
        "turnaround": {"after": "10 days"},
        "exits": {"transitions": {"out": {"after": "100 days", "destination": "other"}}},
    }
    plan_ = applying((50.0, 1), homes=1)
    _, records = outcome(written, initial=residents(1), **plan_)
    assert waits(records) == [(50.0, 120.0)]  # left on day 100, ready on day 110
    days = {cell.state: sum(areas) for cell, areas in records.dwelling_days.items() if sum(areas)}
    assert days == {"let": 200.0, "turnaround": 20.0, "vacant": 10.0 + 770.0}  # let [0, 100) and [120, 220)


def test_a_meeting_goes_on_until_nothing_more_can_be_allocated():
    """Two homes and three who wait: the two first get them, in the same meeting."""
    _, records = outcome({"meetings": {"every": "7 days"}}, **applying((1.0, 3), homes=2))
    assert sorted(w.end for w in records.waits if w.end is not None) == [7.0, 7.0]
    assert sum(w.end is None for w in records.waits) == 1


@pytest.mark.parametrize("every", [7, 28])
def test_in_light_load_the_wait_is_half_the_interval(every):
    """Poisson applications fall anywhere between two meetings: the wait for the next is uniform on [0, every)."""
    group = people(arrivals=Arrivals(((0.0, 1.0),)))
    changes = {"groups": {"people": group}, "sites": (SiteSpec("site", "home", 1200),), "days": 980.0}
    _, records = run(plan({"meetings": {"every": f"{every} days"}}, **changes), layout=facts(), check=False)
    waited = [(w.end - w.decided) for w in records.waits if w.end is not None]
    for w in records.waits:
        if w.end is not None:
            assert w.end == every * ceil(w.decided / every)
    assert len(waited) > 800
    assert sum(waited) / len(waited) == pytest.approx(every / 2, abs=4 * every / sqrt(12 * len(waited)))


@settings(max_examples=30, deadline=None)
@given(
    every=st.integers(1, 40),
    batches=st.lists(st.tuples(st.integers(0, 200), st.integers(1, 4)), min_size=1, max_size=6, unique_by=lambda b: b[0]),
    homes=st.integers(1, 8),
)
def test_nothing_is_allocated_between_meetings_and_nobody_is_earlier_than_without(every, batches, homes):
    batches = sorted((float(day), n) for day, n in batches)
    group = people(arrivals=Arrivals(batches=tuple(batches)))
    changes = {"groups": {"people": group}, "sites": (SiteSpec("site", "home", homes),)}
    world, records = run(plan({"meetings": {"every": f"{every} days"}}, **changes), layout=facts(), check=True)
    _, without = outcome({}, **changes)
    ends = [w.end for w in records.waits if w.end is not None]
    assert all(end % every == 0 for end in ends)
    assert not list(world.mechanisms["meetings"].invariants())
    at_once = [w.end for w in without.waits if w.end is not None]
    assert len(ends) == len(at_once)
    assert all(later >= sooner for later, sooner in zip(sorted(ends), sorted(at_once), strict=True))


def test_the_invariant_can_fail():
    world = world_of({"meetings": {"every": "14 days"}}, **applying((3.0, 1)))
    world.customs.allocates = lambda: True  # as if there were no meetings
    with pytest.raises(InvariantError, match="1 homes have been offered between two allocation meetings"):
        world.clock.run(5.0)
