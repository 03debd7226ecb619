"""A site that closes with `relocate`: whoever lives there goes first in line, and its homes close as they are left."""

from __future__ import annotations

from math import sqrt

import pytest
from mechanism_kit import facts, plan
from world_kit import FakeProgram, LadderProgram, build, certain, run

from sim.world.blueprint import Initial, QueueSpec, ResidentsSpec, SiteSpec, TypeSpec

OLD, NEW, STAY = 6, 3, 400.0
LEAVE = {"exits": {"transitions": {"out": {"after": {"exponential": f"{STAY:g} days"}, "destination": "other"}}}}


def town(relocate: bool = True, new: int = NEW, replies: dict | None = None, **changes):
    """A full town: everybody leaves at one rate, a crowd waits, and `old` closes on day 10."""
    given = {
        "types": {"a": TypeSpec("a", "only", 1, 1, True), "b": TypeSpec("b", "only", 1, 1, True)},
        "sites": (SiteSpec("old", "a", OLD, closes=10.0, relocate=relocate), SiteSpec("new", "b", new)),
        "initial": Initial(
            residents=tuple(ResidentsSpec(kind, None, 1.0, certain("people"), None, None) for kind in "ab"),
            waiting=(QueueSpec("people", certain(60), None),),
        ),
        "days": 6000.0,
        "bins": (0.0, 6000.0),
    }
    return plan(LEAVE | ({} if replies is None else {"replies": replies}), **{**given, **changes})


def last_closing(world) -> float:
    closed = []

    def changed(world, home, old):
        if home.state == "closed":
            closed.append(world.now)

    world.moments.dwelling_changed = (*world.moments.dwelling_changed, changed)
    while len(closed) < OLD:
        world.clock.run(world.clock.now + 200.0)
    return closed[-1]


def time_to_empty(drawn, replications: int) -> list[float]:
    found = []
    for k in range(replications):
        world = build(drawn, layout=facts(), replication=k, check=k < 3)
        found.append(last_closing(world) - 10.0)
    return found


def expected(old: int, new: int) -> tuple[float, float]:
    """A pure death chain: with i left at the old site, one leaves it at (i + new) / STAY: exits of both sites."""
    steps = [STAY / (i + new) for i in range(1, old + 1)]
    return sum(steps), sqrt(sum(step * step for step in steps))


def test_the_time_to_empty_is_that_of_the_chain():
    n = 600
    mean = sum(time_to_empty(town(), n)) / n
    exact, sd = expected(OLD, NEW)
    assert abs(mean - exact) / (sd / sqrt(n)) < 4
    for wrong in (expected(OLD, NEW + 0.5)[0], expected(OLD, NEW - 0.5)[0], expected(OLD, 0)[0]):
        assert abs(mean - wrong) / (sd / sqrt(n)) > 4


def test_when_vacated_nobody_moves():
    _, records = run(town(relocate=False), layout=facts())
    assert not [move for move in records.moves if move.kind == "transfer"]


def test_those_who_must_move_go_before_everybody_who_waits():
    _, records = run(town(), layout=facts())
    moved = [move for move in records.moves if move.kind in ("transfer", "new") and move.day > 10.0]
    transfers = [move.kind for move in moved].count("transfer")
    assert transfers > 0
    # As long as somebody is to move, no newcomer gets a home.
    assert [move.kind for move in moved[:transfers]] == ["transfer"] * transfers
    assert {(move.origin, move.destination) for move in moved[:transfers]} == {("a", "b")}


def test_both_homes_are_let_until_the_move():
    replies = {"after": "3 days", "accept": "100 %", "moves_in_after": "20 days"}
    never = {"exits": {"transitions": {"out": {"after": "1 000 years", "destination": "other"}}}}
    sites = (SiteSpec("old", "a", 1, closes=10.0, relocate=True), SiteSpec("new", "b", 1, opens=50.0))
    drawn = plan(
        {**never, "replies": replies},
        types=town().types, sites=sites, days=100.0, bins=(0.0, 100.0),
        initial=Initial(residents=(ResidentsSpec("a", None, 1.0, certain("people"), None, None),)),
    )  # fmt: skip
    world = build(drawn, layout=facts())
    states = {}
    for day in (9.0, 49.0, 60.0, 74.0):
        world.at(day, 5, lambda day=day: states.__setitem__(day, [home.state for home in world.dwellings]))
    world.clock.run(100.0)
    assert states == {
        9.0: ["let", "planned"],
        49.0: ["let", "planned"],
        60.0: ["let", "offered"],
        74.0: ["closed", "let"],
    }


def test_a_home_closes_with_nobody_in_it_at_once():
    drawn = town(initial=Initial())
    world = build(drawn, layout=facts())
    world.clock.run(11.0)
    assert [home.state for home in world.sites["old"].dwellings] == ["closed"] * OLD


def test_a_claim_holds_under_rules_of_moves_as_well_and_only_for_homes_that_suit():
    """The rules ask for a home of the need's rank: there is none to be had until day 50, and none of another rank is taken."""
    drawn = plan(
        {},
        program=LadderProgram(),
        types={"t1": TypeSpec("t1", "only", 1, 1, True), "t2": TypeSpec("t2", "only", 2, 2, True)},
        sites=(
            SiteSpec("old", "t1", 2, closes=10.0, relocate=True),
            SiteSpec("other", "t2", 2),
            SiteSpec("later", "t1", 2, opens=50.0),
        ),
        initial=Initial(residents=(ResidentsSpec("t1", 2, 0.0, certain("people"), None, None),)),
        days=100.0,
        bins=(0.0, 100.0),
    )
    _, records = run(drawn, layout=facts())
    assert [(move.day, move.kind, move.destination) for move in records.moves] == [(50.0, "transfer", "t1")] * 2


class Impatient(FakeProgram):
    """Whoever declines loses the application."""

    hash = "impatient"

    def decline_outcome(self, a, d, s, day):
        return "lapse"


def test_who_declines_keeps_the_claim():
    replies = {"after": "1 days", "accept": "50 %", "moves_in_after": "0 days"}
    drawn = town(replies=replies, program=Impatient(), new=8)
    for k in range(5):
        world = build(drawn, layout=facts(), replication=k)
        world.clock.run(6000.0)
        assert {home.state for home in world.sites["old"].dwellings} == {"closed"}


@pytest.mark.parametrize("new", [1, 2, 5])
def test_more_homes_elsewhere_never_empty_the_site_later_in_the_mean(new):
    few, many = (sum(time_to_empty(town(new=n), 60)) for n in (new, new + 3))
    assert many < few
