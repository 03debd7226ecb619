"""Assessments that come late and may be wrong: a Markov chain with a known answer, and rules that see no more."""

from __future__ import annotations

from functools import cache
from math import sqrt
from statistics import mean, stdev

import numpy as np
import pytest
from mechanism_kit import applicants, facts, parameters, plan, residents, total, world_of
from pydantic import ValidationError
from scipy.linalg import expm
from world_kit import FakeLayout, LadderProgram, build, run

from sim.world.blueprint import Initial, SiteSpec, TypeSpec
from sim.world.mechanisms.assessment import FOUND
from sim.world.verbs.lives import set_need

UP, DOWN, EVERY, DAYS, PEOPLE, RUNS = 400.0, 250.0, 180.0, 3600.0, 40, 30
# Found rank, by true rank: rows of the matrix of errors.
ERROR = {1: {1: 0.9, 2: 0.1}, 2: {1: 0.25, 2: 0.75}}
SWINGS = {
    "transitions": {
        "up": {"from": {"need": 1}, "to": 2, "after": {"exponential": f"{UP:g} days"}},
        "down": {"from": {"need": 2}, "to": 1, "after": {"exponential": f"{DOWN:g} days"}},
    }
}


def written(every=EVERY, error=None):
    rows = ERROR if error is None else error
    shares = {rank: {found: f"{share * 100:g} %" for found, share in row.items()} for rank, row in rows.items()}
    return {"needs": SWINGS, "assessment": {"every": f"{every:g} days", "error": {"only": shares}}}


def in_homes(**changes):
    given = {"initial": residents(PEOPLE), "sites": (SiteSpec("site", "home", PEOPLE),), "days": DAYS, "bins": (0.0, DAYS)}
    return {**given, **changes}


def wrong_share(records):
    days = dict.fromkeys(("assessed_days", "assessed_wrong_days"), 0.0)
    for key, areas in records.counts.items():
        if key.kind in days:
            days[key.kind] += sum(areas)
    return days["assessed_wrong_days"] / days["assessed_days"]


def exact_wrong_share(every=EVERY, error=None, phases=60):
    """Share of [0, DAYS] in which the assessment is not the truth.

    The truth is a chain of two states from state 1; an assessment is drawn by the row of the truth at its time. The first is on
    day 0, the next after a uniform part of the interval, then every interval: the mean over phases by the midpoint rule.
    """
    rows = ERROR if error is None else error
    exact = {1: {1: 1.0}, 2: {2: 1.0}}
    matrix = np.array([[rows.get(rank, exact[rank]).get(found, 0.0) for found in (1, 2)] for rank in (1, 2)])
    rates = np.array([[-1 / UP, 1 / UP], [1 / DOWN, -1 / DOWN]])
    augmented = np.block([[rates, np.eye(2)], [np.zeros((2, 4))]])

    exponential = cache(lambda length: expm(augmented * length))

    def stretch(start, length):
        """Days wrong in a stretch after an assessment, and where the truth is at its end."""
        both = exponential(length)
        moved, areas = both[:2, :2], both[:2, 2:]
        wrong = sum(start[truth] * matrix[truth, found] * areas[truth, 1 - found] for truth in (0, 1) for found in (0, 1))
        return wrong, start @ moved

    total_wrong = 0.0
    for phase in range(phases):
        now, days, lengths = np.array([1.0, 0.0]), 0.0, []
        lengths.append(every * (phase + 0.5) / phases)
        while sum(lengths) + every < DAYS:
            lengths.append(every)
        lengths.append(DAYS - sum(lengths))
        for length in lengths:
            wrong, now = stretch(now, length)
            days += wrong
        total_wrong += days / phases
    return total_wrong / DAYS


WORSE = {1: {1: 0.89, 2: 0.11}, 2: {1: 0.275, 2: 0.725}}


@pytest.mark.parametrize(
    ("given", "off_by_a_tenth"),
    [
        pytest.param({"every": 60.0}, {"every": 60.0, "error": WORSE}, id="errors"),
        pytest.param({"error": {}}, {"error": {}, "every": 1.1 * EVERY}, id="late"),
    ],
)
def test_the_share_of_time_assessed_wrong_is_that_of_the_chain(given, off_by_a_tenth):
    """Which errs a tenth more often, or assesses a tenth more seldom, is rejected."""
    observed = []
    for k in range(RUNS):
        _, records = run(plan(written(**given), **in_homes()), layout=facts(), replication=k, check=False)
        observed.append(wrong_share(records))
    error = stdev(observed) / sqrt(RUNS)
    assert abs(mean(observed) - exact_wrong_share(**given)) / error < 4
    assert abs(mean(observed) - exact_wrong_share(**off_by_a_tenth)) / error > 4


def test_exact_and_immediate_assessments_are_never_wrong():
    _, records = run(plan(written(every=0.0, error={}), **in_homes()), layout=facts())
    assert not any(key.kind.startswith("assessed") for key in records.counts)


def test_a_matrix_that_finds_every_rank_right_is_no_error():
    given = in_homes(days=900.0, bins=(0.0, 900.0))
    _, one = run(plan(written(error={}), **given), layout=facts())
    _, other = run(plan(written(error={1: {1: 1.0}, 2: {2: 1.0}}), **given), layout=facts())
    assert (one.moves, one.household_days, one.counts) == (other.moves, other.household_days, other.counts)


def test_more_frequent_assessments_are_less_often_wrong():
    shares = []
    for every in (30.0, 120.0, 720.0):
        _, records = run(plan(written(every=every, error={}), **in_homes()), layout=facts(), check=False)
        shares.append(wrong_share(records))
    assert shares == sorted(shares)
    assert shares[0] < shares[2]


class ByAssessment(LadderProgram):
    """Homes follow the need as it was last assessed."""

    hash = "by-assessment"

    def cell(self, a, day):
        return (a.assessed_rank,)

    def compatible(self, a, d, day):
        return bool(a.assessed_rank == d.home_rank)

    def move_wanted(self, a, d, s, day):
        return "FOLLOW_NEED" if a.assessed_rank != d.home_rank else None


def seen():
    return FakeLayout({"home_rank": "dwelling", "assessed_rank": "applicant", "assessed_scheme": "applicant"})


def test_rules_see_the_assessment_and_the_change_is_dated_by_it():
    mechanisms = {"assessment": {"every": "100 days"}}
    sites = (SiteSpec("low", "t1", 1), SiteSpec("high", "t2", 1))
    start = residents(1, "t1")
    types = {f"t{rank}": TypeSpec(f"t{rank}", "only", rank, rank, True) for rank in (1, 2)}
    chosen = plan(mechanisms, types=types, sites=sites, initial=start, program=ByAssessment())
    world = build(chosen, layout=seen())
    (tenant,) = world.households.values()
    first = world.mechanisms["assessment"].due[tenant]
    assert 0.0 < first < 100.0
    world.at(first + 10.0, 3, lambda: set_need(world, tenant, "only", 2))
    world.clock.run(first + 99.0)
    assert (tenant.need, tenant.facts.assessed_rank, tenant.facts.true_rank) == (2, 1, 2)
    assert "need_changed" not in tenant.facts.marks
    assert world.moves == []
    world.clock.run(first + 101.0)
    assert tenant.facts.assessed_rank == 2
    assert tenant.facts.marks["need_changed"] == [int(first + 100.0)]
    assert [(m.day, m.destination) for m in world.moves] == [(first + 100.0, "t2")]


def test_everybody_is_assessed_on_applying_and_not_while_outside():
    ways = {"transitions": {"out": {"after": "40 days", "destination": "private"}}}
    mechanisms = {"assessment": {"every": "30 days"}, "exits": ways, "returns": {"share": "100 %", "after": "100 days"}}
    world = world_of(mechanisms, initial=applicants(1), days=300.0)
    (household,) = world.households.values()
    world.clock.run(139.0)
    # On applying and after 30 days; outside from day 40.
    assert household.rounds[FOUND] == 2
    world.clock.run(141.0)
    assert household.rounds[FOUND] == 3


def test_another_interval_from_a_day_on_spreads_those_who_would_have_come_later():
    chosen = plan({"assessment": {"every": "1000 days"}}, **in_homes(days=700.0, bins=(0.0, 700.0)))
    chosen = type(chosen)(
        **{f: getattr(chosen, f) for f in chosen.__slots__ if f != "timelines"},
        timelines={"assessment.every": ((0.0, 1000.0), (200.0, 50.0))},
    )
    world = build(chosen, layout=facts())
    world.clock.run(200.5)
    due = world.mechanisms["assessment"].due
    assert all(200.0 < day <= 250.5 for day in due.values())
    assert len(set(due.values())) > PEOPLE * 0.9
    world.clock.run(700.0)
    assert all(household.rounds[FOUND] >= 10 for household in world.households.values())


@pytest.mark.parametrize(
    "wrong",
    [{"every": "12"}, {"every": "1 year", "error": {"only": {2: {2: "90 %"}}}},
     {"error": {"only": {2: {7: "100 %"}}}}, {"error": {"only": {2: {}}}}],
)  # fmt: skip
def test_impossible_assessments_are_refused(wrong):
    with pytest.raises(ValidationError):
        parameters(assessment=wrong)


def test_nobody_is_lost_from_the_count():
    world = world_of(written(), initial=Initial(residents=residents(20).residents), sites=(SiteSpec("s", "home", 20),))
    world.clock.run(1000.0)
    assert sum(round(integral.level) for integral in world.mechanisms["assessment"].days.values()) == len(world.households)
    assert total(run(plan(written(), **in_homes()), layout=facts())[1], "exit") == 0
