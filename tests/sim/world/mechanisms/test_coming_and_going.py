"""Case handling, patience, needs, crisis, exits, deaths, returns."""

from __future__ import annotations

import pytest
from mechanism_kit import (
    applicants,
    days_in,
    outcome,
    parameters,
    people,
    residents,
    total,
    world_of,
)
from pydantic import ValidationError
from world_kit import LadderProgram

from sim.kernel import purpose, uniform
from sim.world.blueprint import Arrivals, SiteSpec, TypeSpec


def test_case_handling_comes_before_the_list():
    _, records = outcome({"case_handling": {"after": "40 days"}}, initial=applicants(3), sites=())
    assert days_in(records, status="applied") == pytest.approx(3 * 40.0)
    assert days_in(records, status="waiting") == pytest.approx(3 * 960.0)
    assert {wait.decided for wait in records.waits} == {40.0}


def test_patience_ends_the_wait_and_says_how():
    written = {"transitions": {"found": {"after": "70 days", "ending": "found_other", "to": "private"}}}
    _, records = outcome({"patience": written}, initial=applicants(5))
    assert sorted((w.end, w.ending) for w in records.waits) == [(0.0, "housed")] * 2 + [(70.0, "found_other")] * 3


def test_without_patience_those_who_find_the_house_full_are_lost():
    # Patience of 0 days: who arrives at a free home gets it at once; all others are gone the same instant.
    written = {
        "patience": {"transitions": {"lost": {"after": "0 days", "ending": "lapsed"}}},
        "exits": {"transitions": {"out": {"after": "25 days", "destination": "other"}}},
    }
    group = people(arrivals=Arrivals(batches=((10.0, 3), (20.0, 1), (40.0, 2))))
    world, records = outcome(written, groups={"people": group})
    assert days_in(records, status="waiting") == 0.0
    assert [(w.end, w.ending) for w in records.waits] == [
        (10.0, "housed"),
        (10.0, "housed"),
        (10.0, "lapsed"),
        (20.0, "lapsed"),
        (40.0, "housed"),
        (40.0, "housed"),
    ]
    assert not world.households


def test_a_death_ends_the_wait():
    written = {"transitions": {"dies": {"after": "50 days", "ending": "died"}}}
    _, records = outcome({"patience": written}, initial=applicants(1), sites=())
    assert records.waits[0].ending == "died"
    assert total(records, "death") == 1


def test_need_changes_to_a_share_of_targets():
    written = {"transitions": {"worse": {"from": {"need": 1}, "to": {2: "50 %", "other 4": "50 %"}, "after": "10 days"}}}
    world, records = outcome({"needs": written}, initial=applicants(200), sites=())
    found = [(h.scheme, h.need) for h in world.households.values()]
    assert set(found) == {("only", 2), ("other", 4)}
    assert 60 < found.count(("only", 2)) < 140
    key = world.households["start-people/0"].key
    expected = ("only", 2) if uniform(key, purpose("needs.worse:to"), 0) <= 0.5 else ("other", 4)
    assert found[0] == expected
    assert days_in(records, need=1) == pytest.approx(2000.0)


def test_a_need_may_end_the_tenancy_or_the_wait():
    written = {"transitions": {"leaves": {"to": "exit", "after": "30 days", "destination": "private"}}}
    _, records = outcome({"needs": written}, initial=applicants(1), sites=())
    assert [(w.ending, w.end) for w in records.waits] == [("found_other", 30.0)]
    world, records = outcome({"needs": written}, initial=residents(2))
    assert [(m.kind, m.day, m.destination) for m in records.moves] == [("exit", 30.0, "private")] * 2
    # Those who left a ladder home for ordinary housing are followed for two years and then leave the model.
    assert days_in(records, former=True) == pytest.approx(2 * 730.0)
    assert not world.households


@pytest.mark.parametrize(
    "to",
    [{"to": 6, "after": "1 day"}, {"to": "exit", "after": "1 day"}, {"to": 2, "after": "1 day", "destination": "private"},
     {"to": {1: "50 %", 2: "40 %"}, "after": "1 day"}, {"to": {}, "after": "1 day"}],
)  # fmt: skip
def test_impossible_targets_are_refused(to):
    with pytest.raises(ValidationError):
        parameters(needs={"transitions": {"t": to}})


def test_a_crisis_comes_and_goes():
    written = {"begins": {"after": "60 days"}, "ends": {"after": "40 days"}}
    _world, records = outcome({"crisis": written}, initial=residents(2))
    assert days_in(records, crisis=True) == pytest.approx(2 * 10 * 40.0)
    assert all(move.kind != "transfer" for move in records.moves)


def test_an_exit_frees_the_home_and_names_where_to():
    written = {"transitions": {"out": {"from": {"need": 1}, "after": "100 days", "destination": "out_of_municipality"}}}
    world, records = outcome({"exits": written}, initial=residents(2))
    assert [(m.day, m.origin, m.destination) for m in records.moves] == [(100.0, "home", "out_of_municipality")] * 2
    assert not world.households
    assert all(d.state == "vacant" for d in world.dwellings)


def test_a_death_frees_the_home():
    written = {"transitions": {"old": {"after": "100 days"}}}
    world, records = outcome({"deaths": written}, initial=residents(1))
    assert total(records, "death") == 1
    assert [m.kind for m in records.moves] == ["death"]
    assert not world.households


OUT = {"transitions": {"out": {"after": "100 days", "destination": "private"}}}


def test_who_moved_on_comes_back_under_the_same_name():
    written = {"share": "100 %", "after": "50 days", "destinations": ["private"]}
    _world, records = outcome({"exits": OUT, "returns": written}, initial=applicants(1), days=460.0)
    assert [(m.kind, m.day) for m in records.moves] == [
        ("new", 0.0), ("exit", 100.0), ("return", 150.0),
        ("new", 150.0), ("exit", 250.0), ("return", 300.0),
        ("new", 300.0), ("exit", 400.0), ("return", 450.0), ("new", 450.0),
    ]  # fmt: skip
    assert {m.household for m in records.moves} == {"start-people/0"}
    assert [r.returned - r.exited for r in records.returns] == [50.0] * 3
    assert days_in(records, former=True) == pytest.approx(150.0)


def test_a_late_return_is_kept_in_the_model_beyond_two_years():
    written = {"share": "100 %", "after": "800 days", "destinations": ["private"], "need": {"only": {2: "100 %"}}}
    world, records = outcome({"exits": OUT, "returns": written}, initial=applicants(1), days=950.0)
    assert days_in(records, former=True) == pytest.approx(730.0)
    assert days_in(records, status="outside") == pytest.approx(800.0)
    (household,) = world.households.values()
    assert (household.need, household.status) == (2, "housed")


def test_only_the_listed_destinations_and_the_share_come_back():
    written = {"share": "30 %", "after": "10 days", "destinations": ["private"]}
    world, records = outcome(
        {"exits": OUT, "returns": written}, initial=residents(300), sites=(SiteSpec("s", "home", 300),), days=150.0
    )
    came = {r.household for r in records.returns}
    expected = {f"resident-home/{n}" for n in range(300)}
    expected = {e for e in expected if uniform(world.key_of(e), purpose("returns:share"), 0) < 0.3}
    assert came == expected
    assert 50 < len(came) < 130
    other = {**written, "destinations": ["own_home"]}
    _, records = outcome({"exits": OUT, "returns": other}, initial=residents(2))
    assert not records.returns


def test_a_pending_return_does_not_outlive_its_household():
    written = {
        "exits": OUT,
        "returns": {"share": "100 %", "after": "500 days"},
        "deaths": {"transitions": {"old": {"from": {"status": "outside"}, "after": "100 days"}}},
    }
    world, records = outcome(written, initial=residents(1))
    assert not records.returns
    assert not world.households


def test_transfers_follow_the_need():
    written = {"transitions": {"better": {"from": {"need": 2}, "to": 1, "after": "100 days"}}}
    world = world_of(
        {"needs": written},
        program=LadderProgram(),
        types={f"t{rank}": TypeSpec(f"t{rank}", "only", rank, rank, True) for rank in (1, 2)},
        sites=(SiteSpec("a", "t1", 1), SiteSpec("b", "t2", 1)),
        initial=residents(1, "t2"),
    )
    world.clock.run(200.0)
    assert [(m.kind, m.day, m.origin, m.destination) for m in world.moves] == [("transfer", 100.0, "t2", "t1")]
