"""Private lettings that are too few: those who are ready wait, in a queue whose answer is known."""

from __future__ import annotations

from math import sqrt
from statistics import mean, stdev

import numpy as np
import pytest
from mechanism_kit import days_in, facts, outcome, parameters, plan, residents, total, world_of
from pydantic import ValidationError
from scipy.linalg import expm
from world_kit import certain, run

from sim.world.blueprint import Initial, QueueSpec, SiteSpec, TypeSpec

HOMES, READY_AFTER, LETTINGS, DAYS, RUNS = 10, 300.0, 9.0, 5000.0, 60
OUT = {"from": {"need": 1}, "after": {"exponential": f"{READY_AFTER:g} days"}, "destination": "private"}


def written(**supply):
    return {"exits": {"transitions": {"out": OUT}, "supply": {"lettings": f"{LETTINGS:g} per year", **supply}}}


def full(supply=None, **changes):
    """Ten homes that are refilled the same instant, so that ten people are always at risk of becoming ready."""
    start = Initial(households=(QueueSpec("people", certain(200), None),))
    given = {"initial": start, "sites": (SiteSpec("site", "home", HOMES),), "days": DAYS, "bins": (0.0, DAYS)}
    return plan(written(**(supply or {})), **{**given, **changes})


def ready_days(records):
    return sum(sum(areas) for key, areas in records.counts.items() if key.kind == "ready_days")


def exact_mean(lettings):
    """Mean number ready over [0, DAYS]: n rises at (HOMES - n) / READY_AFTER and falls at the rate of lettings, from n = 0."""
    served = lettings / 365.25
    rates = np.zeros((HOMES + 1, HOMES + 1))
    for n in range(HOMES + 1):
        if n < HOMES:
            rates[n, n + 1] = (HOMES - n) / READY_AFTER
        if n > 0:
            rates[n, n - 1] = served
        rates[n, n] = -rates[n].sum()
    # The integral of the distribution, by one exponential of the augmented generator.
    size = HOMES + 1
    augmented = np.block([[rates, np.eye(size)], [np.zeros((size, 2 * size))]])
    areas = expm(augmented * DAYS)[0, size:]
    return float(areas @ np.arange(size)) / DAYS


def test_those_who_are_ready_are_the_repairman_queue():
    """One letting at a time for ten residents: M/M/1//10, in its course from nobody ready."""
    observed = []
    for k in range(RUNS):
        _, records = run(full(), replication=k, layout=facts(), check=False)
        observed.append(ready_days(records) / DAYS)
    error = stdev(observed) / sqrt(RUNS)
    assert abs(mean(observed) - exact_mean(LETTINGS)) / error < 4
    assert abs(mean(observed) - exact_mean(LETTINGS * 1.1)) / error > 4
    assert abs(mean(observed) - exact_mean(LETTINGS / 1.1)) / error > 4


def test_without_a_limit_nobody_waits_and_with_one_fewer_leave():
    given = {"initial": residents(10), "sites": (SiteSpec("site", "home", 10),), "days": 300.0, "bins": (0.0, 300.0)}
    free = plan({"exits": {"transitions": {"out": OUT}}}, **given)
    limited = plan(written(), **given)
    _, without = run(free, layout=facts())
    _, with_limit = run(limited, layout=facts())
    assert ready_days(without) == 0.0
    assert 0 < total(with_limit, "exit") < total(without, "exit")
    assert total(with_limit, "exit") == total(with_limit, "letting_used")


def test_where_there_are_lettings_enough_it_is_as_without_a_limit():
    """A thousand lettings a year for ten people: everybody leaves within days of being ready."""
    given = {"initial": residents(10), "sites": (SiteSpec("site", "home", 10),)}
    _, without = run(plan({"exits": {"transitions": {"out": OUT}}}, **given), layout=facts())
    _, plenty = run(plan(written(lettings="1000 per year"), **given), layout=facts())
    assert [m.household for m in plenty.moves] == [m.household for m in without.moves]
    late = [b.day - a.day for a, b in zip(without.moves, plenty.moves, strict=True)]
    assert all(0.0 <= days < 5.0 for days in late)


def test_more_lettings_keep_every_letting_there_was():
    """The layers: with guarantees the same lettings come on the same days, and some more."""

    def days_of(records):
        return [m.day for m in records.moves if m.kind == "exit"]

    _, few = run(full(), layout=facts())
    _, more = run(full({"guaranteed": "6 per year", "guarantee_cost": "40 000 NOK"}), layout=facts())
    assert total(few, "letting_used") + total(few, "letting_unused") < total(more, "letting_used") + total(more, "letting_unused")
    assert len(days_of(few)) < len(days_of(more))
    guaranteed = sum(sum(n) for key, n in more.counts.items() if key.kind == "letting_used" and key.detail == "guaranteed")
    assert sum(amount.nok for amount in more.amounts) == 40_000 * guaranteed > 0


def test_who_needs_more_support_again_is_ready_no_more():
    worse = {"transitions": {"worse": {"from": {"need": 1}, "to": 2, "after": "100 days"}}}
    ways = {"transitions": {"out": {**OUT, "after": "30 days"}}, "supply": {"lettings": "0 per year"}}
    _, records = outcome({"exits": ways, "needs": worse}, initial=residents(2))
    assert ready_days(records) == pytest.approx(2 * 70.0)
    assert days_in(records, status="housed") == pytest.approx(2 * 1000.0)


def test_some_are_ready_on_day_0_and_the_longest_ready_goes_first():
    supply = {"lettings": "20 per year", "ready_today": {"count": 4, "waited": {"exponential": "90 days"}}}
    ways = {"transitions": {"out": {**OUT, "after": "100 years"}}, "supply": supply}
    world = world_of({"exits": ways}, initial=residents(10), sites=(SiteSpec("site", "home", 10),))
    ready = dict(world.mechanisms["exits"].supply.ready)
    assert len(ready) == 4
    world.clock.run(1000.0)
    left = [m.household for m in world.moves]
    assert left == [h.id for h in sorted(ready, key=lambda h: ready[h].since)]


def test_the_order_may_be_another():
    supply = {"lettings": "20 per year", "ready_today": {"count": 6}, "order": "longest_in_home"}
    ways = {"transitions": {"out": {**OUT, "after": "100 years"}}, "supply": supply}
    world = world_of({"exits": ways}, initial=residents(10), sites=(SiteSpec("site", "home", 10),))
    ready = dict(world.mechanisms["exits"].supply.ready)
    for number, household in enumerate(ready):
        household.moved_in = -10.0 * ((number * 5) % 6)
    world.clock.run(1000.0)
    assert [m.household for m in world.moves] == [h.id for h in sorted(ready, key=lambda h: h.moved_in)]


@pytest.mark.parametrize("supply", [{}, {"lettings": "-1 per year"}, {"lettings": "1 per year", "order": "youngest"}])
def test_impossible_supplies_are_refused(supply):
    with pytest.raises(ValidationError):
        parameters(exits={"supply": supply})


def test_relabelling_the_types_of_homes_changes_nothing():
    _, one = run(full(), layout=facts())
    renamed = full(types={"other": TypeSpec("other", "only", 1, 1, True)}, sites=(SiteSpec("site", "other", HOMES),))
    _, other = run(renamed, layout=facts())
    assert [m.day for m in one.moves] == [m.day for m in other.moves]
    assert ready_days(one) == ready_days(other)
