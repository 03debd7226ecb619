"""Absences: the home is held, and given up when the longest hold runs out."""

from __future__ import annotations

import pytest
from mechanism_kit import days_in, outcome, residents, total
from world_kit import FakeProgram

HOSPITAL = {"kinds": {"hospital": {"begins": "100 days", "lasts": "60 days"}}}


class Holds(FakeProgram):
    """The home is held for 20 days, as the rules see who is away and where."""

    hash = "holds"

    def hold_days(self, a, d, s, day):
        assert a.absent is True
        return 20


def test_the_home_is_held_until_the_resident_is_back():
    world, records = outcome({"absences": HOSPITAL}, initial=residents(1), days=500.0)
    # Away on [100, 160), [260, 320) and [420, 480).
    assert days_in(records, away="hospital") == pytest.approx(180.0)
    held = {cell.state: sum(areas) for cell, areas in records.dwelling_days.items()}
    assert held["held"] == pytest.approx(180.0)
    assert held["let"] == pytest.approx(320.0)
    (household,) = world.households.values()
    assert household.facts.marks["absence_ended"] == [160, 320, 480]
    assert household.facts.paused == {}


def test_a_hold_that_runs_out_frees_the_home_and_the_absence_goes_on():
    world, records = outcome({"absences": HOSPITAL}, initial=residents(1), program=Holds(), days=170.0)
    assert [(m.day, m.kind, m.origin, m.destination) for m in records.moves] == [
        (120.0, "exit", "home", "institution"),
        (160.0, "return", "institution", "leaving_institution"),
        (160.0, "new", "leaving_institution", "home"),
    ]
    assert days_in(records, status="outside", away="hospital") == pytest.approx(40.0)
    assert total(records, "exit") == 1
    (household,) = world.households.values()
    assert (household.status, household.away) == ("housed", "")
    assert household.facts.paused == {}


def test_coming_back_in_time_keeps_the_home_even_if_away_again_when_the_first_hold_would_end():
    class Long(Holds):
        hash = "long"

        def hold_days(self, a, d, s, day):
            return 70

    written = {"kinds": {"hospital": {"begins": "5 days", "lasts": "60 days"}}}
    # Away on [5, 65), [70, 130) ...: the hold of the first absence would end on day 75, in the second absence.
    _, records = outcome({"absences": written}, initial=residents(1), program=Long(), days=500.0)
    assert not records.moves


def test_who_dies_away_frees_the_held_home():
    written = {
        "absences": HOSPITAL,
        "deaths": {"transitions": {"old": {"from": {"away": "hospital"}, "after": "10 days"}}},
    }
    world, records = outcome(written, initial=residents(1))
    assert [(m.day, m.kind) for m in records.moves] == [(110.0, "death")]
    assert not world.households


def test_who_dies_after_giving_up_the_home_does_not_come_back():
    written = {
        "absences": HOSPITAL,
        "deaths": {"transitions": {"old": {"from": {"status": "outside"}, "after": "5 days"}}},
    }
    world, records = outcome(written, initial=residents(1), program=Holds())
    assert [m.kind for m in records.moves] == ["exit"]
    assert total(records, "death") == 1
    assert not world.households


def test_kinds_compete_and_only_the_present_and_housed_go_away():
    written = {
        "kinds": {
            "hospital": {"begins": "100 days", "lasts": "60 days"},
            "prison": {"begins": "90 days", "lasts": "30 days"},
        }
    }
    _, records = outcome({"absences": written}, initial=residents(1), days=130.0)
    # Prison first, on day 90; going to hospital is not possible from there, and its clock starts afresh on day 120.
    assert days_in(records, away="prison") == pytest.approx(30.0)
    assert days_in(records, away="hospital") == 0.0


def test_moving_on_while_away_ends_the_pause():
    written = {
        "absences": {"kinds": {"hospital": {"begins": "100 days", "lasts": "900 days"}}},
        "exits": {"transitions": {"out": {"from": {"away": "hospital"}, "after": "10 days", "destination": "private"}}},
    }
    world, _records = outcome(written, initial=residents(1), days=200.0)
    (household,) = world.households.values()
    assert household.status == "outside"
    assert household.facts.paused == {}
