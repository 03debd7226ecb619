"""Rules that come into force on a day: which decisions of that day they make, and what becomes of those under way."""

from __future__ import annotations

from mechanism_kit import applicants, parameters, people, plan, residents, world_of
from world_kit import FakeLayout, FakeProgram, LadderProgram, build, certain

from sim.kernel import Discrete
from sim.world.blueprint import Arrivals, GroupSpec, Initial, OneOf, Regime, SiteSpec, TypeSpec
from sim.world.verbs.lives import set_need


class UrgentFirst(FakeProgram):
    hash = "urgent-first"

    def key(self, a, day):
        return (0 if a.urgent else 1,)


class UrgentLast(FakeProgram):
    hash = "urgent-last"

    def key(self, a, day):
        return (1 if a.urgent else 0,)


def first_housed(regimes, **site):
    """Ten wait, some of them urgent; one home. Whether the one housed is urgent."""
    group = GroupSpec("people", Arrivals(), certain(("only", 1)), {"urgent": OneOf(Discrete((True, False), (0.5, 0.5)))})
    given = plan({}, groups={"people": group}, sites=(SiteSpec("s", "home", 1, **site),), regimes=regimes, initial=applicants(10))
    world = build(given, layout=FakeLayout({"urgent": "applicant"}))
    assert {h.facts.urgent for h in world.households.values()} == {True, False}
    world.clock.run(600.0)
    (housed,) = (h for h in world.households.values() if h.home is not None)
    return housed.facts.urgent


def test_homes_that_open_on_the_day_on_which_rules_change_are_let_under_the_new_rules():
    assert first_housed((Regime(0.0, UrgentFirst()), Regime(500.0, UrgentLast())), opens=500.0) is False
    assert first_housed((Regime(0.0, UrgentLast()), Regime(500.0, UrgentFirst())), opens=500.0) is True


def test_of_two_regimes_of_one_day_the_later_alone_is_ever_in_force():
    today, between, then = UrgentFirst(), UrgentLast(), UrgentFirst()
    then.hash = "urgent-first-again"
    assert first_housed((Regime(0.0, today), Regime(0.0, between))) is False
    assert first_housed((Regime(0.0, between), Regime(300.0, today), Regime(300.0, between)), opens=300.0) is False
    assert first_housed((Regime(0.0, today), Regime(300.0, between), Regime(300.0, then)), opens=300.0) is True


class Restless(LadderProgram):
    """Asks again every 100 days."""

    hash = "restless"

    def move_until(self, a, d, s, day):
        return (day // 100 + 1) * 100


def test_rules_without_moves_end_the_applications_of_those_who_were_to_move_and_time_goes_on():
    world = world_of(
        {},
        types={f"t{rank}": TypeSpec(f"t{rank}", "only", rank, rank, True) for rank in (1, 2)},
        sites=(SiteSpec("a", "t1", 2), SiteSpec("b", "t2", 1)),
        initial=Initial(residents=(*residents(2, "t1").residents, *residents(1, "t2").residents)),
        regimes=(Regime(0.0, Restless()), Regime(250.0, FakeProgram())),
    )
    mover = world.dwelling_by_id["a/1"].household
    world.at(50.0, 3, lambda: set_need(world, mover, "only", 2))
    world.clock.run(240.0)
    assert mover.application.kind == "transfer"
    world.clock.run(990.0)
    assert mover.application is None
    assert world.queue.size == 0


class Requires(FakeProgram):
    """So many minutes a week of everybody; from a day on, for the timed ones."""

    timed_numbers = frozenset()

    def __init__(self, minutes, since=0):
        self.minutes, self.since = minutes, since
        self.hash = f"requires-{minutes}-{since}"
        if since:
            self.timed_numbers = frozenset({"required_minutes"})

    def number(self, name, a, d, s, day):
        return self.minutes if day >= self.since else 0


TEAM = {"teams": {"day": {"hours_per_week": "100 hours per week"}}, "required": "required_minutes", "refresh": "1 week"}


def required(regimes, until=140.0):
    from sim.world.recording import records_of

    world = world_of({"services": TEAM}, groups={"people": people()}, regimes=regimes, initial=residents(2), days=until)
    world.clock.run(until)
    return sum(sum(areas) for cell, areas in records_of(world).hours.items() if cell.what == "required")


def test_what_new_rules_require_of_the_teams_holds_from_their_first_day():
    # Two residents, an hour a week each for ten weeks; then three hours, or none, or an hour where none was.
    assert round(required((Regime(0.0, Requires(60)), Regime(70.0, Requires(180)))), 6) == 2 * 10 * 1 + 2 * 10 * 3
    assert round(required((Regime(0.0, Requires(60)), Regime(70.0, Requires(0)))), 6) == 2 * 10
    assert round(required((Regime(0.0, Requires(0)), Regime(70.0, Requires(60)))), 6) == 2 * 10


def test_hours_that_time_alone_begins_to_require_are_met_at_the_next_refresh():
    assert round(required((Regime(0.0, Requires(60, since=70)),)), 6) == 2 * 10


def test_an_incident_or_an_absence_is_one_of_residents_alone():
    import pytest
    from pydantic import ValidationError

    for written in (
        {"incidents": {"own": {"from": {"status": "waiting"}, "after": "1 year"}}},
        {"absences": {"kinds": {"prison": {"from": {"status": ["housed", "waiting"]}, "begins": "1 year", "lasts": "1 day"}}}},
    ):
        with pytest.raises(ValidationError, match="can only be housed"):
            parameters(**written)
    assert parameters(incidents={"own": {"from": {"status": "housed"}, "after": "1 year"}})
