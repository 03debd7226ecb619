"""Programmes beside the ladders: who is let in, where their homes come from and go to, how a stay ends."""

from __future__ import annotations

from typing import Any

import pytest
from mechanism_kit import applicants, days_in, outcome, people, plan, residents
from world_kit import FakeLayout, FakeProgram, certain, run

from sim.kernel import Discrete
from sim.measures.records import PlaceCell
from sim.world.blueprint import (
    Arrivals,
    Fixed,
    Initial,
    OneOf,
    ProgrammeRules,
    QueueSpec,
    ResidentsSpec,
    SiteSpec,
    TypeSpec,
)

TYPES = {
    "home": TypeSpec("home", "only", 1, 1, True),
    "flat": TypeSpec("flat", "beside", 1, 1, False),
}


class Own(FakeProgram):
    """The rules of the programme: everybody may take part, every home suits."""

    hash = "own"
    quotas = ()


class Nobody(FakeProgram):
    """The municipality's list lets nobody have a home: whoever is housed is housed by the programme."""

    hash = "nobody"

    def suits(self, a, d, s, day):
        return False


def world_and_records(spec: dict[str, Any], own: Any = None, beside: dict[str, Any] | None = None, **changes: Any) -> Any:
    """Run a toy with one programme ``p`` whose homes are of the type ``flat``."""
    own = own or Own()
    mechanisms = {"programmes": {"p": {"rules": "rules", "homes": "flat", **spec}}, **(beside or {})}
    given = {"types": TYPES, "program": Nobody(), "sites": (), "programmes": {"p": ProgrammeRules("flat", own)}}
    drawn = plan(mechanisms, **{**given, **changes})
    layout = FakeLayout({"next_home_ready": "applicant", "can_rent": "applicant", "minutes": "applicant"})
    return run(drawn, layout=layout)


def scattered(places: int = 1, **spec: Any) -> dict[str, Any]:
    return {"places": places, "scattered": {"from_stock": "0 %", "search": "30 days", **spec.pop("scattered", {})}, **spec}


def area(records: Any, what: str) -> float:
    return sum(records.places[PlaceCell("programme", "p", what)])


def counted(records: Any, kind: str) -> dict[str, int]:
    found: dict[str, int] = {}
    for key, counts in records.counts.items():
        if key.kind == kind:
            found[key.detail] = found.get(key.detail, 0) + sum(counts)
    return found


def moves(records: Any) -> list[tuple[float, str, str, str]]:
    return [(move.day, move.kind, move.origin, move.destination) for move in records.moves]


# --- rooms of its own ---------------------------------------------------------------------------------------------


def test_a_vacant_room_goes_to_who_may_take_part_and_not_to_the_list():
    class Picks(Own):
        def refusals(self, a, day):
            return () if a.conflict else ("CONFLICT",)

    group = people(fields={"conflict": _either(0, 3)})
    given = {"sites": (SiteSpec("rooms", "flat", 2),), "groups": {"people": group}, "program": FakeProgram()}
    world, records = world_and_records({}, Picks(), initial=applicants(6), **given)
    assert area(records, "places") == pytest.approx(2000.0)
    housed = [h for h in world.households.values() if h.home is not None]
    assert len(housed) == 2
    assert all(h.facts.conflict == 3 and h.programme == "p" for h in housed)
    # FakeProgram would have let everybody into any home: rooms are not on the list.
    assert {h.status for h in world.households.values() if h.facts.conflict == 0} == {"waiting"}


def _either(low: int, high: int) -> Any:
    return OneOf(Discrete((low, high), (0.5, 0.5)))


def test_who_takes_part_lives_outside_the_ladders():
    sites = (SiteSpec("rooms", "flat", 1),)
    world, records = world_and_records({}, sites=sites, initial=applicants(1))
    (household,) = world.households.values()
    assert (household.facts.own_rank, household.facts.own_scheme) == (0, "none")
    assert days_in(records, place="flat") == pytest.approx(1000.0)
    assert [wait.ending for wait in records.waits] == ["housed"]


def test_a_term_that_is_not_renewed_leads_where_the_facts_point():
    class HalfYear(Own):
        def term_months(self, a, d, s, day):
            return 6

        def renewal_refusals(self, a, d, s, day):
            return ("READY",) if a.can_rent else ()

    spec = {
        "changes": {"ready": {"sets": {"can_rent": True}, "after": "200 days"}},
        "next_steps": {"private": "can_rent"},
    }
    group = people(fields={"can_rent": _fixed(False)})
    world, records = world_and_records(
        spec, HalfYear(), {"tenancy": {}}, sites=(SiteSpec("rooms", "flat", 1),), groups={"people": group}, initial=applicants(1)
    )
    # In on 1 January 2026, ready on day 200, out at the end of the second term, on 1 January 2027.
    assert moves(records) == [(0.0, "new", "unsuitable", "flat"), (365.0, "exit", "flat", "private")]
    assert counted(records, "programme_end") == {"private": 1}
    assert not world.households


def _fixed(value: Any) -> Any:
    return Fixed(value)


class Limited(Own):
    """Half a year, a year at most if the next home is ready."""

    def term_months(self, a, d, s, day):
        return 6

    def renewal_refusals(self, a, d, s, day):
        return ("LIMIT",) if day >= 365 and a.next_home_ready else ()


def test_a_forced_next_step_without_a_home_extends_the_stay_and_is_counted():
    sites = (SiteSpec("rooms", "flat", 1),)
    _, records = world_and_records({}, Limited(), {"tenancy": {}}, sites=sites, initial=applicants(1))
    # Terms end on days 181, 365, 546, 730 and 911; from day 365 on the next step is due.
    assert counted(records, "programme_extended") == {"": 4}
    assert days_in(records, place="flat") == pytest.approx(1000.0)


def test_who_is_put_out_applies_again_at_once_and_nobody_vanishes():
    class Strict(Own):
        def term_months(self, a, d, s, day):
            return 6

        def renewal_refusals(self, a, d, s, day):
            return ("NO",)

        def refusals(self, a, day):
            return () if day < 100 else ("CLOSED",)

    spec = {"not_renewed": {"with_others": "100 %"}}
    sites = (SiteSpec("rooms", "flat", 1),)
    world, records = world_and_records(spec, Strict(), {"tenancy": {}}, sites=sites, initial=applicants(1))
    (household,) = world.households.values()
    assert (household.status, household.situation, household.programme) == ("waiting", "with_others", "")
    assert counted(records, "programme_end") == {"homeless": 1}
    assert [move[1] for move in moves(records)] == ["new", "exit", "return"]


def test_a_move_to_the_ladders_ends_the_stay():
    class MovesOn(Own):
        has_moves = True

        def move_wanted(self, a, d, s, day):
            return "ON"

    sites = (SiteSpec("rooms", "flat", 1), SiteSpec("site", "home", 1, opens=100.0))
    _, records = world_and_records({}, MovesOn(), sites=sites, initial=applicants(1), program=FakeProgram())
    assert moves(records) == [(0.0, "new", "unsuitable", "flat"), (100.0, "transfer", "flat", "home")]
    assert counted(records, "programme_end") == {"only": 1}


# --- scattered homes ----------------------------------------------------------------------------------------------


def test_a_rented_home_exists_while_it_is_let():
    beside = {"exits": {"transitions": {"e": {"after": "100 days", "destination": "private"}}}}
    _, records = world_and_records(scattered(), None, beside, initial=applicants(1), days=500.0)
    # Admitted on day 0, housed after a search of 30 days, gone on day 130.
    assert moves(records) == [(30.0, "new", "unsuitable", "flat"), (130.0, "exit", "flat", "private")]
    states = {cell.state: sum(areas) for cell, areas in records.dwelling_days.items()}
    assert {state: days for state, days in states.items() if days} == {"planned": 400.0, "let": 100.0}
    assert (area(records, "taken"), area(records, "housed")) == (pytest.approx(130.0), pytest.approx(100.0))


def test_a_home_of_the_stock_leaves_it_and_comes_back_with_its_type():
    beside = {
        "exits": {"transitions": {"e": {"after": "100 days", "destination": "private"}}},
        "turnaround": {"after": "10 days"},
    }
    spec = scattered(scattered={"from_stock": "100 %", "types": ["home"]})
    _, records = world_and_records(spec, None, beside, sites=(SiteSpec("site", "home", 1),), initial=applicants(1), days=300.0)
    days = {(c.place, c.state): sum(a) for c, a in records.dwelling_days.items() if c.place == "home" or c.state == "let"}
    assert days["flat", "let"] == pytest.approx(100.0)
    assert days["home", "turnaround"] == pytest.approx(10.0)
    assert days["home", "vacant"] == pytest.approx(190.0)


def test_the_next_vacant_home_that_suits_goes_to_the_programme_before_the_list():
    spec = scattered(scattered={"from_stock": "100 %", "types": ["home"]})
    sites = (SiteSpec("site", "home", 1, opens=50.0),)
    world, records = world_and_records(spec, None, sites=sites, initial=applicants(2), program=FakeProgram())
    assert moves(records) == [(50.0, "new", "unsuitable", "flat")]
    assert sorted(h.programme for h in world.households.values()) == ["", "p"]


def test_who_loses_the_home_still_takes_part_and_gets_another():
    spec = scattered(home_loss={"after": "200 days", "situations": {"no_roof": "100 %"}})
    world, records = world_and_records(spec, None, initial=applicants(2), days=500.0)
    # One place: housed on day 30, lost on 230, housed again on 260, lost on 460, housed on 490.
    assert [move[:2] for move in moves(records)] == [
        (30.0, "new"), (230.0, "exit"), (260.0, "new"), (460.0, "exit"), (490.0, "new"),
    ]  # fmt: skip
    assert counted(records, "programme_home_lost") == {"": 2}
    assert counted(records, "programme_entry") == {"": 1}
    assert counted(records, "programme_end") == {}
    assert days_in(records, status="outside", situation="no_roof") == pytest.approx(60.0)
    assert area(records, "taken") == pytest.approx(500.0)
    assert len(world.households) == 2


def test_keeping_the_home_returns_it_to_the_stock_with_its_tenant():
    spec = scattered(
        scattered={"from_stock": "100 %", "types": ["home"]}, ends={"done": {"after": "100 days", "to": {"keeps_home": "100 %"}}}
    )
    world, records = world_and_records(spec, None, sites=(SiteSpec("site", "home", 1),), initial=applicants(1), days=300.0)
    (household,) = world.households.values()
    assert (household.status, household.programme, household.home.type.id) == ("housed", "", "home")
    assert days_in(records, place="flat") == pytest.approx(100.0)
    assert days_in(records, place="home") == pytest.approx(170.0)
    assert counted(records, "programme_end") == {"keeps_home": 1}


def test_a_move_within_the_programme_is_to_another_of_its_homes():
    class WantsAnother(Own):
        has_moves = True

        def move_wanted(self, a, d, s, day):
            return "NEW_START" if 100 <= day < 120 and a.marks.get("moved_in") == [30] else None

        def move_until(self, a, d, s, day):
            return 100 if day < 100 else 2**31

    _, records = world_and_records(scattered(2, moves="within"), WantsAnother(), initial=applicants(1), days=300.0)
    assert moves(records) == [(30.0, "new", "unsuitable", "flat"), (130.0, "transfer", "flat", "flat")]
    assert area(records, "taken") == pytest.approx(300.0)
    assert counted(records, "programme_entry") == {"": 1}


def test_quotas_of_the_programme_count_its_own_homes_of_the_site():
    class OneASite(Own):
        quotas = (type("Quota", (), {"let": "let_s", "homes": "homes_s", "per": "site"}),)

        def quota_stock(self, d, s, day):
            return (True,)

        def quota_counts(self, a, d, s, day):
            return (True,)

        def suits(self, a, d, s, day):
            return s.let_s < 1

    spec = scattered(3, scattered={"from_stock": "100 %", "types": ["home"]})
    sites = (SiteSpec("a", "home", 2), SiteSpec("b", "home", 1))
    world, _ = world_and_records(spec, OneASite(), sites=sites, initial=applicants(3))
    assert sorted(d.id for d in world.dwellings if d.type.id == "flat" and d.household is not None) == ["a/1", "b/1"]


def test_day_0_has_participants_in_homes_of_the_stock_and_rented_ones():
    spec = scattered(4, scattered={"from_stock": "50 %", "types": ["home"]})
    initial = Initial(residents=(ResidentsSpec("flat", 4, 0.0, certain("people"), certain(("only", 1)), None),))
    world, records = world_and_records(spec, None, sites=(SiteSpec("site", "home", 5),), initial=initial, days=10.0)
    assert sorted(d.site.id.split("-")[0] for d in world.dwellings if d.household is not None) == ["p", "p", "site", "site"]
    assert area(records, "housed") == pytest.approx(40.0)
    assert counted(records, "programme_entry") == {}


def test_who_takes_part_on_day_0_may_have_facts_of_their_own():
    group = people(fields={"can_rent": Fixed(False)})
    initial = Initial(residents=(ResidentsSpec("flat", 1, 0.0, certain("people"), certain(("only", 1)), None),))
    given = {"sites": (SiteSpec("rooms", "flat", 1),), "groups": {"people": group}, "initial": initial, "days": 10.0}
    world, _ = world_and_records({"on_day_0": {"can_rent": True}}, **given)
    assert [h.facts.can_rent for h in world.households.values()] == [True]


def test_places_that_a_decision_adds_are_filled_from_its_day_on():
    timelines = {"programmes.p.places": ((0.0, 1.0), (200.0, 3.0))}
    _, records = world_and_records(scattered(3), None, initial=applicants(5), timelines=timelines, days=400.0)
    assert [move[0] for move in moves(records)] == [30.0, 230.0, 230.0]
    assert area(records, "places") == pytest.approx(1 * 200 + 3 * 200)


def test_who_is_housed_by_the_list_meanwhile_leaves_the_place_to_the_next():
    sites = (SiteSpec("site", "home", 1, opens=10.0),)
    _, records = world_and_records(scattered(), None, sites=sites, initial=applicants(2), program=FakeProgram(), days=200.0)
    assert moves(records) == [(10.0, "new", "unsuitable", "home"), (40.0, "new", "unsuitable", "flat")]


@pytest.mark.parametrize("where", ["waiting", "housed", "outside"])
def test_death_frees_the_place(where):
    spec = scattered(home_loss={"after": "50 days"}) if where == "outside" else scattered()
    beside = {"deaths": {"transitions": {"d": {"from": {"status": where, "group": "people"}, "after": "20 days"}}}}
    initial = Initial(waiting=(QueueSpec("people", certain(1), None),))
    world, records = world_and_records(spec, None, beside, initial=initial, days=300.0)
    assert not world.households
    assert area(records, "taken") == pytest.approx({"waiting": 20.0, "housed": 50.0, "outside": 100.0}[where])


def test_the_rules_of_the_programme_apply_to_who_takes_part():
    class Asks(Own):
        timed_numbers = frozenset({"own_minutes"})

        def number(self, name, a, d, s, day):
            assert name == "own_minutes"
            return 600 if day < 100 else 60

        def hold_days(self, a, d, s, day):
            return 20

    services = {"teams": {"t": {"hours_per_week": "7 hours per week", "serves": {"types": "flat"}}}, "required": "municipal"}
    away = {"kinds": {"hospital": {"from": {"programme": "p"}, "begins": "150 days", "lasts": "60 days"}}}
    spec = {"follow_up": "own_minutes", "review": "1 day"}
    sites, beside = (SiteSpec("rooms", "flat", 1),), {"services": services, "absences": away}
    _, records = world_and_records(spec, Asks(), beside, sites=sites, initial=applicants(1), days=160.0)
    required = sum(sum(areas) for cell, areas in records.hours.items() if cell.what == "required" and cell.team == "t")
    # Ten hours a week for a hundred days, one hour for the next fifty; then away.
    assert required == pytest.approx((100 * 600 + 50 * 60) / 60 / 7)


def test_whether_people_are_housed_is_seen_one_and_two_years_after_the_first_home():
    spec = scattered(scattered={"search": "0 days"}, ends={"done": {"after": "500 days", "to": {"institution": "100 %"}}})
    _, records = world_and_records(spec, None, initial=applicants(1))
    assert counted(records, "programme_after_1_years") == {"housed": 1}
    assert counted(records, "programme_after_2_years") == {"not_housed": 1}


def test_a_programme_without_places_changes_nothing():
    busy = {"exits": {"transitions": {"e": {"after": {"exponential": "90 days"}, "destination": "private"}}}}
    _, without = outcome(busy, initial=residents(1), types=TYPES)
    given = {"sites": (SiteSpec("site", "home", 2),), "program": FakeProgram(), "initial": residents(1)}
    _, none = world_and_records(scattered(0), None, busy, **given)
    for what in ("household_days", "counts", "waits", "moves"):
        assert getattr(without, what) == getattr(none, what), what


def test_more_places_house_more_and_never_lengthen_anybodys_list():
    taken, waiting = [], []
    for places in (0, 1, 2, 4):
        group = people(arrivals=_arrivals(0.02))
        _, records = world_and_records(scattered(places), None, groups={"people": group}, days=2000.0)
        taken.append(area(records, "taken"))
        waiting.append(days_in(records, status="waiting"))
    assert taken == sorted(taken)
    assert waiting == sorted(waiting, reverse=True)


def _arrivals(rate: float) -> Any:
    return Arrivals(((0.0, rate),))


def test_a_rented_home_is_given_up_without_turnaround_and_one_of_the_stock_is_not():
    """Turnaround of a home of the stock takes its ten days and costs its 1 000; a rented one neither, damaged or not."""
    beside = {
        "exits": {"transitions": {"e": {"after": "100 days", "destination": "private"}}},
        "turnaround": {"after": "10 days"},
        "incidents": {"own": {"after": "60 days"}, "damage": {"share": "100 %", "longer_turnaround": "7 days"}},
        "money": {"turnaround_cost": "1 000 NOK"},
    }
    found = {}
    for share in ("0 %", "100 %"):
        spec = scattered(scattered={"from_stock": share, "types": ["home"]})
        sites = (SiteSpec("site", "home", 1),)
        _, records = world_and_records(spec, None, beside, sites=sites, initial=applicants(1), days=300.0)
        assert [move[1] for move in moves(records)] == ["new", "exit"]
        days = sum(sum(areas) for cell, areas in records.dwelling_days.items() if cell.state == "turnaround")
        found[share] = days, sum(amount.nok for amount in records.amounts if amount.account == "turnaround")
    assert found == {"0 %": (0.0, 0.0), "100 %": (17.0, 1_000.0)}
