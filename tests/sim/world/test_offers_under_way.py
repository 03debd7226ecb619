"""Day 0 in the middle of a turnover that goes on for ever: homes in turnaround, and offers of which a part has passed.

A home is let for a time, made ready, and offered until somebody moves in: a renewal process. Found at its stationary point, it
has the same number of lease starts in every interval of a length: length × homes / mean length of a cycle, from the first day on.
"""

from __future__ import annotations

from math import sqrt
from statistics import mean, stdev

import pytest
from mechanism_kit import facts, people, plan
from world_kit import FakeProgram, build, certain

from sim.kernel import Uniform
from sim.world.blueprint import Initial, QueueSpec, ResidentsSpec, SiteSpec
from sim.world.ongoing import AtMost, spell

HOMES, RUNS, DAYS = 400, 36, 120.0
LET, ACCEPTS = 150.0, 0.6
TURNAROUND, THINKS, MOVES_IN = (10.0, 60.0), (2.0, 12.0), (20.0, 50.0)
IN_TURNAROUND = sum(TURNAROUND) / 2
ON_OFFER = sum(THINKS) / 2 / ACCEPTS + sum(MOVES_IN) / 2
CYCLE = LET + IN_TURNAROUND + ON_OFFER
MECHANISMS = {
    "turnaround": {"after": {"uniform": ["10 days", "60 days"]}},
    "replies": {
        "after": {"uniform": ["2 days", "12 days"]},
        "accept": "60 %",
        "moves_in_after": {"uniform": ["20 days", "50 days"]},
    },
    "deaths": {"transitions": {"death": {"from": {"status": "housed"}, "after": {"exponential": "150 days"}}}},
}


def turnover(mechanisms=MECHANISMS, program=None, **initial):
    who = ResidentsSpec("home", None, LET / CYCLE, certain("people"), None, None)
    given = {
        "residents": (who,),
        "waiting": (QueueSpec("people", certain(3 * HOMES), None),),
        "vacant": "turnaround",
        "vacant_ready": ON_OFFER / (IN_TURNAROUND + ON_OFFER),
        "ongoing": True,
    }
    return plan(
        mechanisms,
        groups={"people": people()},
        sites=(SiteSpec("site", "home", HOMES),),
        initial=Initial(**{**given, **initial}),
        days=DAYS,
        bins=(0.0, DAYS),
        program=program or FakeProgram(),
    )


def starts(chosen, weeks):
    """Lease starts of each run up to each of some days."""
    found = {day: [] for day in weeks}
    for k in range(RUNS):
        world = build(chosen, layout=facts(), replication=k, check=False)
        world.check_every_settle = False
        world.clock.run(max(weeks))
        for day in weeks:
            found[day].append(sum(move.kind == "new" and move.day < day for move in world.moves))
    return found


def z(numbers, expected):
    return (mean(numbers) - expected) / (stdev(numbers) / sqrt(len(numbers)))


def test_a_start_in_the_middle_of_it_has_as_many_lease_starts_in_the_first_weeks_as_ever_after():
    found = starts(turnover(), (7.0, 28.0, 91.0))
    for day, numbers in found.items():
        expected = HOMES * day / CYCLE
        assert abs(z(numbers, expected)) < 4
    assert abs(z(found[91.0], 1.1 * HOMES * 91.0 / CYCLE)) > 4
    assert abs(z(found[28.0], 1.2 * HOMES * 28.0 / CYCLE)) > 4


@pytest.mark.parametrize("less", [{"ongoing": False}, {"vacant_ready": 0.0}])
def test_a_start_without_offers_under_way_has_too_few(less):
    found = starts(turnover(**less), (28.0,))
    assert z(found[28.0], HOMES * 28.0 / CYCLE) < -8


class Hurries(FakeProgram):
    hash = "hurries"

    def reply_days(self, a, d, s, day):
        return 5


def test_the_limit_of_the_rules_holds_for_offers_under_way():
    """Thinking is uniform on 2 to 12 days, cut at 5: its mean is (3.5 × 3 + 5 × 7) / 10."""
    cut = AtMost(Uniform(*THINKS), 5.0)
    assert cut.mean == pytest.approx(4.55, rel=1e-3)
    assert max(spell(cut, u / 100, 0.0).left for u in range(1, 100)) <= 5.0
    cycle = CYCLE + (4.55 - 7.0) / ACCEPTS
    on_offer = 4.55 / ACCEPTS + 35.0
    chosen = turnover(
        program=Hurries(),
        residents=(ResidentsSpec("home", None, LET / cycle, certain("people"), None, None),),
        vacant_ready=on_offer / (IN_TURNAROUND + on_offer),
    )
    found = starts(chosen, (28.0,))
    assert abs(z(found[28.0], HOMES * 28.0 / cycle)) < 4


def test_what_is_under_way_is_told_by_the_invariants_to_be_in_order():
    world = build(turnover(), layout=facts())
    assert {d.state for d in world.dwellings} == {"let", "turnaround", "offered"}
    assert world.begun
    world.clock.run(20.0)
