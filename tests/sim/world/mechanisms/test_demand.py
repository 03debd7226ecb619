"""Demand that answers supply: Poisson counts with a known mean, subsets under every answer, and need beside the list."""

from __future__ import annotations

from math import exp, sqrt
from statistics import mean, stdev

import pytest
from mechanism_kit import SUPPLIED, days_in, facts, parameters, people, plan
from pydantic import ValidationError
from world_kit import FakeLayout, build, run

from sim.world.blueprint import Arrivals, SiteSpec

RATE, DAYS, RUNS = 0.2, 1000.0, 80


def group(rate=RATE):
    return {"people": people(arrivals=Arrivals(((0.0, rate),)))}


def answering(answer, k, most=2.0):
    """A world whose answer is held at one value."""
    written = {"demand": {"reference": "100 days", "elasticity": 1, "most": most, "refresh": "10 000 days"}}
    world = build(plan(written, groups=group(), sites=(), days=DAYS, bins=(0.0, DAYS)), layout=facts(), replication=k)
    world.check_every_settle = False
    world.mechanisms["demand"].answer = answer
    world.clock.run(DAYS)
    return world


@pytest.mark.parametrize("answer", [0.4, 1.0, 1.5, 2.0])
def test_applications_under_an_answer_are_a_poisson_number_with_its_mean(answer):
    counts = [len(answering(answer, k).applied) for k in range(RUNS)]
    expected = RATE * DAYS * answer
    assert abs(mean(counts) - expected) / sqrt(expected / RUNS) < 4
    assert abs(mean(counts) - 1.1 * expected) / sqrt(1.1 * expected / RUNS) > 4
    # Poisson: the variance is the mean; its standard error is about mean * sqrt(2 / RUNS).
    assert abs(stdev(counts) ** 2 - expected) / (expected * sqrt(2 / RUNS)) < 4


def test_whoever_applies_under_a_weaker_answer_applies_under_a_stronger_one_on_the_same_day():
    weak, declared, strong = (set(answering(answer, 3).applied) for answer in (0.6, 1.0, 1.4))
    assert weak < declared < strong


def test_without_elasticity_all_is_as_without_the_mechanism():
    given = {"groups": group(), "days": 600.0, "bins": (0.0, 600.0)}
    _, off = run(plan({}, **given), layout=facts())
    _, none = run(plan({"demand": {"reference": "10 days", "elasticity": 0}}, **given), layout=facts())
    for what in ("household_days", "counts", "waits", "moves", "applied"):
        assert getattr(off, what) == getattr(none, what)


def world_with_a_list(waiting, housed_a_year, now, **written):
    given = {"demand": {"reference": "200 days", "elasticity": 0.5, "refresh": "10 000 days", **written}}
    chosen = plan(given, groups=group(0.0001), sites=(), days=DAYS, bins=(0.0, DAYS))
    world = build(chosen, layout=FakeLayout({**SUPPLIED, "expected_wait_days": "applicant"}))
    demand = world.mechanisms["demand"]
    demand.housed.extend(now - 365.25 * (i + 0.5) / housed_a_year for i in range(housed_a_year))
    demand._waiting = lambda: waiting
    world.now = now
    return demand


def test_the_expected_wait_is_the_list_over_those_housed_in_a_year():
    demand = world_with_a_list(waiting=50, housed_a_year=40, now=800.0)
    demand.look()
    assert demand.wait == pytest.approx(50 * 365.25 / 40)
    assert demand.answer == pytest.approx(sqrt(200.0 / demand.wait))


def test_on_day_0_the_wait_is_the_reference_and_a_short_one_has_its_limit():
    demand = world_with_a_list(waiting=50, housed_a_year=1, now=0.0)
    demand.housed.clear()
    demand.waiting_at_start = 50
    demand.look()
    assert (demand.wait, demand.answer) == (pytest.approx(200.0), pytest.approx(1.0))
    short = world_with_a_list(waiting=1, housed_a_year=300, now=800.0, most=1.5)
    short.look()
    assert short.answer == 1.5


def test_a_shorter_list_calls_applications_forth():
    """The loop itself: with homes enough for all the answer rises to its limit, with none it falls."""
    leaving = {"transitions": {"out": {"after": "100 days", "destination": "other"}}}
    written = {"demand": {"reference": "60 days", "elasticity": 1, "most": 2}, "exits": leaving}
    given = {"groups": group(), "days": 2000.0, "bins": (0.0, 2000.0)}
    _, roomy = run(plan(written, **given, sites=(SiteSpec("site", "home", 100),)), layout=facts(), check=False)
    _, none = run(plan(written, **given, sites=()), layout=facts(), check=False)
    assert len(roomy.applied) > 1.6 * RATE * 2000.0
    assert len(none.applied) < 0.5 * RATE * 2000.0
    induced = sum(sum(n) for key, n in roomy.counts.items() if key.kind == "application_induced")
    assert induced == sum(household.startswith("people-called/") for _, household in roomy.applied) > 0


def test_those_on_no_list_on_day_0_apply_in_their_time():
    """Each of n applies after an exponential time: binomial with 1 - exp(-T / m)."""
    beside = {"people": {"count": 50, "applies_after": {"exponential": "700 days"}}}
    written = {"demand": {"reference": "1 year", "unregistered": beside}}
    counts = [len(outcome_of(written, k).applied) for k in range(40)]
    share = 1.0 - exp(-DAYS / 700.0)
    error = sqrt(50 * share * (1 - share) / 40)
    assert abs(mean(counts) - 50 * share) / error < 4
    slower = 1.0 - exp(-DAYS / 800.0)
    assert abs(mean(counts) - 50 * slower) / error > 4


def outcome_of(written, k):
    chosen = plan(written, sites=(), days=DAYS, bins=(0.0, DAYS))
    return run(chosen, layout=facts(), replication=k, check=False)[1]


def test_applicants_know_the_wait():
    written = {"demand": {"reference": "60 days", "refresh": "30 days"}}
    layout = FakeLayout({**SUPPLIED, "expected_wait_days": "applicant"})
    world, records = run(plan(written, groups=group(), days=400.0, bins=(0.0, 400.0)), layout=layout)
    told = {household.facts.expected_wait_days for household in world.households.values()}
    assert told == {int(world.mechanisms["demand"].wait)}
    assert told != {60}
    assert days_in(records, status="waiting") > 0.0


YEARLY = {"reference": "1 year"}


@pytest.mark.parametrize("wrong", [{}, {"reference": "1"}, {**YEARLY, "elasticity": -1}, {**YEARLY, "most": 0.5}])
def test_impossible_answers_are_refused(wrong):
    with pytest.raises(ValidationError):
        parameters(demand=wrong)
