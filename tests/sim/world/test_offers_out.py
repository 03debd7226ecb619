"""While an offer is out: what may happen to the applicant, to the home, to its site; and what then becomes of the three."""

from __future__ import annotations

import pytest
from mechanism_kit import applicants, people, plan, residents, world_of
from world_kit import FakeLayout, FakeProgram, LadderProgram, build, certain

from sim.world.blueprint import Arrivals, Fixed, GroupSpec, Initial, QueueSpec, SiteSpec, TypeSpec
from sim.world.invariants import broken
from sim.world.mechanisms.absences import Absences
from sim.world.verbs.applications import withdraw
from sim.world.verbs.leaving import die, move_on
from sim.world.verbs.lives import come_back, go_away, set_need

SLOW = {"replies": {"after": "5 days", "moves_in_after": "10 days"}}


class Bears(FakeProgram):
    """A site bears conflict behaviour of 4 in all, the newcomer's with it."""

    hash = "bears"

    def suits(self, a, d, s, day):
        return a.conflict + s.site_conflict_sum <= 4


def of_conflict(mark):
    return people(fields={"conflict": Fixed(mark), "motivation": Fixed(3)})


def crowded(**written):
    return world_of(
        {"incidents": {"own": {"after": "1 000 000 years"}}, **SLOW, **written},
        program=Bears(),
        groups={"people": of_conflict(3)},
        sites=(SiteSpec("site", "home", 4),),
        initial=applicants(4),
    )


def conflict_sum(world):
    return world.sites["site"].facts.site_conflict_sum


def test_two_offers_that_are_out_at_once_do_not_fill_a_site_beyond_what_it_bears():
    world = crowded()
    assert [d.state for d in world.dwellings] == ["offered", "vacant", "vacant", "vacant"]
    assert conflict_sum(world) == 3
    world.clock.run(200.0)
    assert [d.state for d in world.dwellings] == ["let", "vacant", "vacant", "vacant"]
    assert conflict_sum(world) == 3


def test_a_place_is_free_again_for_the_next_when_an_offer_comes_to_nothing():
    world = crowded()
    (offered,) = (h for h in world.households.values() if h.application.offer is not None)
    world.at(2.0, 3, lambda: withdraw(world, offered, "found_other"))
    world.clock.run(3.0)
    assert [d.state for d in world.dwellings].count("offered") == 1
    assert conflict_sum(world) == 3
    declines = crowded(replies={"after": "5 days", "accept": "0 %"})
    declines.clock.run(100.0)
    # Everybody has declined every home: one offer at a time, and none is out any more.
    assert [d.state for d in declines.dwellings] == ["vacant"] * 4
    assert conflict_sum(declines) == 0


def test_the_conflict_behaviour_that_is_expected_at_a_site_follows_the_need_of_who_is_to_move_in():
    from mechanism_kit import marks

    world = world_of(
        {"incidents": {"own": {"after": "1 000 000 years"}}, **SLOW},
        groups={"people": people(fields={"conflict": marks(1, 3), "motivation": Fixed(3)})},
        initial=applicants(1),
    )
    (household,) = world.households.values()
    assert conflict_sum(world) == 1
    world.at(1.0, 3, lambda: set_need(world, household, "only", 2))
    world.clock.run(2.0)
    assert conflict_sum(world) == 3
    world.clock.run(30.0)
    assert household.home is not None
    assert conflict_sum(world) == 3


def test_a_vacant_home_is_tried_again_when_who_is_to_move_in_beside_it_becomes_calmer():
    from mechanism_kit import marks

    world = world_of(
        {"incidents": {"own": {"after": "1 000 000 years"}}, **SLOW},
        program=Bears(),
        groups={"people": people(("only", 2), fields={"conflict": marks(1, 3), "motivation": Fixed(3)})},
        initial=applicants(2),
    )
    first, second = world.households.values()
    assert (first.application.offer is None, second.application.offer is None) == (False, True)
    world.at(1.0, 3, lambda: set_need(world, first, "only", 1))
    world.clock.run(1.5)
    assert second.application.offer is not None


@pytest.mark.parametrize("day", [3.0, 9.0])
def test_a_home_whose_site_closes_while_an_offer_is_out_closes_and_the_applicant_stands_on_the_list_as_before(day):
    """On day 3 the offer waits for its answer, on day 9 it has been accepted."""
    world = world_of(
        SLOW,
        sites=(SiteSpec("old", "home", 1, closes=day), SiteSpec("new", "home", 1, opens=20.0)),
        initial=Initial(waiting=(QueueSpec("people", certain(1), None),)),
    )
    (household,) = world.households.values()
    listed = household.application.listed
    world.clock.run(day + 0.5)
    assert world.dwelling_by_id["old/1"].state == "closed"
    assert household.application.offer is None
    assert (household.application.listed, world.queue.size) == (listed, 1)
    world.clock.run(40.0)
    assert world.dwelling_by_id["old/1"].state == "closed"
    assert household.home.id == "new/1"


@pytest.mark.parametrize("end", ["dies", "leaves the list"])
def test_a_home_that_was_to_close_meanwhile_is_not_let_when_the_applicant_is_gone(end):
    world = world_of(SLOW, sites=(SiteSpec("site", "home", 1),), initial=applicants(2))
    offered, other = sorted(world.households.values(), key=lambda h: h.application.offer is None)

    def happens():
        world.dwellings[0].closes = world.now
        if end == "dies":
            die(world, offered)
        else:
            withdraw(world, offered, "found_other")

    world.at(2.0, 3, happens)
    world.clock.run(40.0)
    assert world.dwellings[0].state == "closed"
    assert other.home is None


# --- residents who are to move ---------------------------------------------------------------------------------


def moving(mechanisms=SLOW, **changes):
    """One resident of a home of rank 1, whose need is 2, with an offer of the only home of rank 2."""
    given = {
        "program": LadderProgram(),
        "types": {f"t{rank}": TypeSpec(f"t{rank}", "only", rank, rank, True) for rank in (1, 2)},
        "sites": (SiteSpec("a", "t1", 1), SiteSpec("b", "t2", 1)),
        "initial": residents(1, "t1", need=2),
        "days": 400.0,
    }
    world = world_of(mechanisms, **{**given, **changes})
    (household,) = world.households.values()
    assert household.application.offer.id == "b/1"
    return world, household


def states(world):
    return {d.id: d.state for d in world.dwellings}


def test_a_mover_who_loses_the_old_home_loses_the_offer_and_both_homes_are_let_anew():
    for leave in (lambda w, h: move_on(w, h, "evicted", "homeless"), die):
        world, household = moving()
        world.at(7.0, 3, lambda w=world, h=household, do=leave: do(w, h))
        world.clock.run(50.0)
        assert states(world) == {"a/1": "vacant", "b/1": "vacant"}
        assert household.status == "gone"
        assert [m.kind for m in world.moves] == [world.moves[0].kind]


def test_a_mover_who_is_away_when_the_lease_starts_has_the_new_home_held():
    world, household = moving()
    world.at(7.0, 3, lambda: go_away(world, household, "hospital"))
    world.clock.run(14.0)
    assert states(world) == {"a/1": "held", "b/1": "offered"}
    world.clock.run(20.0)
    assert states(world) == {"a/1": "vacant", "b/1": "held"}
    world.at(30.0, 3, lambda: come_back(world, household))
    world.clock.run(31.0)
    assert states(world) == {"a/1": "vacant", "b/1": "let"}


def test_a_hold_that_runs_out_after_the_move_gives_up_the_new_home():
    class Holds(LadderProgram):
        hash = "holds"

        def hold_days(self, a, d, s, day):
            return 20

    kinds = {"hospital": {"begins": {"fixed": "7 days"}, "lasts": {"fixed": "100 days"}}}
    world, household = moving({**SLOW, "absences": {"kinds": kinds}}, program=Holds(), days=60.0)
    assert isinstance(world.mechanisms["absences"], Absences)
    world.clock.run(26.0)
    assert household.home.id == "b/1"
    world.clock.run(28.0)
    assert (household.home, household.away, household.status) == (None, "hospital", "outside")
    assert states(world) == {"a/1": "vacant", "b/1": "vacant"}


def test_an_offer_stands_when_the_need_changes_back_and_the_wish_to_move_is_judged_anew_afterwards():
    world, household = moving()
    world.at(7.0, 3, lambda: set_need(world, household, "only", 1))
    world.clock.run(14.9)
    assert household.application.offer.id == "b/1"
    world.clock.run(15.1)
    # The lease has started; now the home is too much, so there is a new application, and an offer of the old home.
    assert household.home.id == "b/1"
    assert household.application.number == 1
    assert household.application.offer.id == "a/1"


def test_a_declined_offer_of_a_move_no_longer_wanted_ends_the_application():
    world, household = moving({"replies": {"after": "5 days", "accept": "0 %"}})
    world.at(2.0, 3, lambda: set_need(world, household, "only", 1))
    world.clock.run(10.0)
    assert household.application is None
    assert household.home.id == "a/1"
    assert states(world)["b/1"] == "vacant"


def test_invariants_see_an_offer_that_only_one_side_knows_of():
    world = world_of(SLOW, initial=applicants(2))
    first, second = world.dwellings
    assert not list(broken(world))
    first.offered_to, second.offered_to = second.offered_to, first.offered_to
    told = " ".join(broken(world))
    assert "who has no such offer" in told
    assert "offered to somebody else" in told


def test_invariants_see_facts_and_places_on_the_list_that_are_stale():
    class Sizes(FakeProgram):
        hash = "sizes"

        def cell(self, a, day):
            return (a.size,)

        def key(self, a, day):
            return (a.urgency,)

    given = plan(
        {},
        program=Sizes(),
        sites=(),
        groups={"people": GroupSpec("people", Arrivals(), certain(("only", 1)), {"size": Fixed(1), "urgency": Fixed(1)})},
        initial=applicants(1),
    )
    world = build(given, layout=FakeLayout({"size": "applicant", "urgency": "applicant"}))
    (household,) = world.households.values()
    assert not list(broken(world))
    household.facts.urgency = 0
    assert "belongs elsewhere" in " ".join(broken(world))
    household.facts.urgency, household.facts.true_rank = 1, 4
    assert "rules read 4" in " ".join(broken(world))


def test_invariants_see_a_home_that_outlives_its_site():
    world = world_of({}, initial=applicants(0))
    world.dwellings[0].closes = -1.0
    assert "was to close" in " ".join(broken(world))
