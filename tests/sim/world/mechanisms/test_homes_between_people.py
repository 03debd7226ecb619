"""Turnaround, replies, temporary accommodation."""

from __future__ import annotations

import pytest
from mechanism_kit import (
    applicants,
    days_in,
    outcome,
    people,
    residents,
    total,
    world_of,
)
from world_kit import FakeProgram, certain

from sim.kernel import Discrete, purpose, uniform
from sim.world.blueprint import Arrivals, Regime, SiteSpec, TypeSpec


def test_turnaround_is_that_of_the_type_and_keyed_by_the_tenancy_that_ended():
    written = {
        "turnaround": {"after": {"uniform": ["10 days", "50 days"]}, "by_type": {"robust": "5 days"}},
        "exits": {"transitions": {"out": {"after": "100 days", "destination": "other"}}},
    }
    world = world_of(
        written,
        types={name: TypeSpec(name, "only", 1, 1, True) for name in ("home", "robust")},
        sites=(SiteSpec("a", "home", 1), SiteSpec("b", "robust", 1)),
        initial=applicants(2),
    )
    key = world.households["start-people/0"].key
    days = 10.0 + 40.0 * uniform(key, purpose("turnaround"), 1)
    world.clock.run(101.0)
    assert {d.state for d in world.dwellings} == {"turnaround"}
    world.clock.run(105.5)
    assert world.dwelling_by_id["b/1"].state == "vacant"
    world.clock.run(100.0 + days - 0.01)
    assert world.dwelling_by_id["a/1"].state == "turnaround"
    world.clock.run(100.0 + days + 0.01)
    assert world.dwelling_by_id["a/1"].state == "vacant"


def test_an_offer_is_answered_and_moved_into_in_its_own_time():
    written = {"replies": {"after": "4 days", "accept": "100 %", "moves_in_after": "10 days"}}
    _, records = outcome(written, initial=applicants(1))
    assert [(w.end, w.ending) for w in records.waits] == [(14.0, "housed")]
    offered = {cell.state: sum(areas) for cell, areas in records.dwelling_days.items()}
    assert offered["offered"] == pytest.approx(14.0)


def test_the_rules_cap_the_time_to_answer():
    class Week(FakeProgram):
        hash = "week"

        def reply_days(self, a, d, s, day):
            return 3

    _, records = outcome({"replies": {"after": "9 days"}}, initial=applicants(1), program=Week())
    assert records.waits[0].end == 3.0


def test_rules_that_say_nothing_of_the_time_to_answer_do_not_cut_it_short():
    class Silent(FakeProgram):
        hash = "silent"

        def reply_days(self, a, d, s, day):
            return 0

    _, records = outcome({"replies": {"after": "9 days"}}, initial=applicants(1), program=Silent())
    assert records.waits[0].end == 9.0


def test_a_declined_home_goes_to_the_next_and_answers_are_keyed_by_person_and_offer():
    written = {"replies": {"after": "2 days", "accept": "50 %"}}
    world, records = outcome(written, initial=applicants(60), sites=(SiteSpec("s", "home", 60),), days=20.0)
    declines = total(records, "decline")
    assert 15 < declines < 90
    for household in world.households.values():
        offers = household.rounds[purpose("replies:count")]
        answers = [uniform(household.key, purpose("replies:accepts"), k) < 0.5 for k in range(offers)]
        assert not any(answers[:-1])
        assert answers[-1] == (household.home is not None) or household.application.offer is not None


class Answers:
    """The condition of the first entry of ``accept_if``: the applicant wants no such home."""

    names = ("other", "replies.accept_if.0")

    def bits(self, a, d, s, day):
        return 2 if a.motivation == 0 else 1

    def until(self, a, d, s, day):
        return 2**31


def test_acceptance_depends_on_a_condition():
    from sim.world.blueprint import OneOf

    group = people(fields={"motivation": OneOf(Discrete((0, 3), (0.5, 0.5)))})
    world = world_of(
        {"replies": {"after": "1 day", "accept": "100 %", "accept_if": [{"when": "motivation == 0", "accept": "0 %"}]}},
        groups={"people": group},
        sites=(SiteSpec("s", "home", 30),),
    )
    world.conditions = Answers()
    world.at(1.0, 3, lambda: [_arrives(world, n) for n in range(30)])
    world.clock.run(5.0)
    assert {h.facts.motivation for h in world.households.values() if h.home is not None} == {3}
    assert {h.facts.motivation for h in world.households.values() if h.home is None} == {0}


def _arrives(world, number):
    from sim.world.arrivals import newcomer

    newcomer(world, f"people/{number}", "people")


class Floor(FakeProgram):
    """Whoever has no roof is entitled."""

    hash = "floor"

    def temporary_entitled(self, a, day):
        return a.situation == "no_roof"


NIGHT = {"temporary": {"price": "1 100 NOK per night", "situations": ["no_roof"]}}


def test_who_is_entitled_gets_a_bed_the_same_day_and_it_is_paid_by_the_night():
    group = people(situation=certain("no_roof"), arrivals=Arrivals(batches=((10.0, 3),)))
    _, records = outcome(NIGHT, program=Floor(), groups={"people": group}, days=50.0, bins=(0.0, 20.0, 50.0))
    # Two are housed at once; the third waits in temporary accommodation from day 10 to the end.
    assert days_in(records, situation="temporary") == pytest.approx(40.0)
    assert days_in(records, situation="no_roof") == 0.0
    assert [(a.bin, a.account, a.nok) for a in records.amounts] == [
        (0, "temporary_nights", pytest.approx(10 * 1100.0)),
        (1, "temporary_nights", pytest.approx(30 * 1100.0)),
    ]


def test_others_stay_where_they_are():
    group = people(situation=certain("with_others"), arrivals=Arrivals(batches=((10.0, 1),)))
    _, records = outcome(NIGHT, program=Floor(), groups={"people": group}, sites=(), days=50.0)
    assert days_in(records, situation="with_others") == pytest.approx(40.0)
    assert not records.amounts


def test_new_rules_are_asked_of_those_who_wait():
    group = people(situation=certain("no_roof"))
    _, records = outcome(
        NIGHT,
        regimes=(Regime(0.0, FakeProgram()), Regime(30.0, Floor())),
        groups={"people": group},
        initial=applicants(1),
        sites=(),
        days=50.0,
    )
    assert days_in(records, situation="no_roof") == pytest.approx(30.0)
    assert days_in(records, situation="temporary") == pytest.approx(20.0)


def test_residents_are_never_in_temporary_accommodation():
    group = people(situation=certain("no_roof"))
    _, records = outcome(NIGHT, program=Floor(), groups={"people": group}, initial=residents(2), days=50.0)
    assert days_in(records, situation="temporary") == 0.0
