"""Acute beds: who gets one, who finds them full, and what is counted of it."""

from __future__ import annotations

import pytest
from mechanism_kit import applicants, days_in, outcome, people, plan, residents, total
from world_kit import FakeLayout, FakeProgram, certain, run

from sim.measures.records import PlaceCell
from sim.world.blueprint import Initial, QueueSpec, SiteSpec

KAD = {"beds": 1, "begins": "100 days", "lasts": "60 days"}
KEPT = ("household_days", "dwelling_days", "counts", "waits", "moves")


def beds(**kinds):
    return {"acute_beds": {"kinds": kinds}}


def area(records, name, what):
    return sum(records.places.get(PlaceCell("bed", name, what), [0.0]))


def test_a_bed_is_an_absence_and_the_home_is_held_meanwhile():
    world, records = outcome(beds(kad=KAD), initial=residents(1), days=500.0)
    # In the bed on [100, 160), [260, 320) and [420, 480).
    assert days_in(records, away="acute_bed:kad") == pytest.approx(180.0)
    assert sum(sum(a) for cell, a in records.dwelling_days.items() if cell.state == "held") == pytest.approx(180.0)
    assert area(records, "kad", "taken") == pytest.approx(180.0)
    assert area(records, "kad", "places") == pytest.approx(500.0)
    assert (total(records, "acute_stay"), total(records, "acute_overflow")) == (3, 0)
    (household,) = world.households.values()
    assert (household.away, household.facts.paused) == ("", {})


def test_rules_see_one_kind_of_absence_whichever_the_bed():
    class Sees(FakeProgram):
        hash = "sees"

        def hold_days(self, a, d, s, day):
            seen.append(a.absence)
            return 1000

    seen: list[str] = []
    mechanisms = beds(kad=KAD) | {"absences": {"kinds": {}}}
    run(plan(mechanisms, initial=residents(1), program=Sees(), days=200.0), layout=FakeLayout({"absence": "applicant"}))
    assert seen == ["acute_bed"]


def test_who_finds_the_beds_full_goes_where_the_overflow_goes():
    hospital = {"kinds": {"hospital": {"begins": "900 000 days", "lasts": "7 days"}}}
    full = {"acute_beds": {"overflow": "hospital", "kinds": {"kad": KAD}}, "absences": hospital}
    _, records = outcome(full, initial=residents(3), sites=(SiteSpec("site", "home", 3),), days=150.0)
    # Three come on day 100, one bed: two go to the hospital for a week.
    assert (total(records, "acute_stay"), total(records, "acute_overflow")) == (1, 2)
    assert days_in(records, away="hospital") == pytest.approx(14.0)
    assert days_in(records, away="acute_bed:kad") == pytest.approx(50.0)


def test_without_overflow_who_finds_the_beds_full_stays_at_home_and_is_counted():
    _, records = outcome(beds(kad=KAD), initial=residents(2), sites=(SiteSpec("site", "home", 2),), days=150.0)
    assert (total(records, "acute_stay"), total(records, "acute_overflow")) == (1, 1)
    assert days_in(records, away="") == pytest.approx(250.0)


def test_a_line_that_answers_all_needs_no_bed():
    _, records = outcome(beds(coping_bed=KAD | {"line": "100 %"}), initial=residents(1), days=500.0)
    assert total(records, "acute_line") == 4  # every 100 days
    assert total(records, "acute_stay") == 0
    assert days_in(records, away="") == pytest.approx(500.0)


def test_people_on_the_list_may_need_a_bed_in_some_situations_only():
    kind = KAD | {"from": {"status": ["waiting"]}, "situations": ["no_roof"], "lasts": "20 days"}
    for situation, nights in (("no_roof", 20.0), ("with_others", 0.0)):
        group = people(situation=certain(situation))
        _, records = outcome(beds(reception=kind), groups={"people": group}, sites=(), initial=applicants(1), days=130.0)
        assert days_in(records, status="waiting", away="acute_bed:reception") == pytest.approx(nights)


def test_a_home_found_meanwhile_is_held_until_the_stay_is_over():
    kind = KAD | {"from": {"status": ["waiting"]}, "lasts": "50 days"}
    sites = (SiteSpec("site", "home", 1, opens=120.0),)
    _, records = outcome(beds(reception=kind), sites=sites, initial=applicants(1), days=200.0)
    held = {cell.state: sum(areas) for cell, areas in records.dwelling_days.items()}
    assert (held["held"], held["let"]) == (pytest.approx(30.0), pytest.approx(50.0))


@pytest.mark.parametrize("status", ["housed", "waiting"])
def test_death_frees_the_bed(status):
    written = beds(kad=KAD | {"from": {"status": [status]}, "lasts": "900 days"})
    written |= {"deaths": {"transitions": {"d": {"from": {"away": "acute_bed:kad"}, "after": "10 days"}}}}
    sites = (SiteSpec("site", "home", 1),) if status == "housed" else ()
    initial = residents(1) if status == "housed" else Initial(waiting=(QueueSpec("people", certain(1), None),))
    world, records = outcome(written, sites=sites, initial=initial, days=300.0)
    assert area(records, "kad", "taken") == pytest.approx(10.0)
    assert not world.households


def test_a_hold_that_runs_out_leaves_the_stay_and_the_household_applies_again_after_it():
    class Holds(FakeProgram):
        hash = "holds"

        def hold_days(self, a, d, s, day):
            return 20

    written = beds(kad=KAD) | {"absences": {"kinds": {}}}
    _, records = outcome(written, initial=residents(1), program=Holds(), days=170.0)
    assert [(m.day, m.kind, m.destination) for m in records.moves] == [
        (120.0, "exit", "institution"),
        (160.0, "return", "leaving_institution"),
        (160.0, "new", "home"),
    ]
    assert area(records, "kad", "taken") == pytest.approx(60.0)


def test_beds_are_paid_for_whether_or_not_somebody_is_in_them():
    priced = beds(kad=KAD | {"beds": 2, "cost_per_bed": "3652.5 NOK per year"})
    _, records = outcome(priced, sites=(), days=100.0)
    assert sum(amount.nok for amount in records.amounts) == pytest.approx(2 * 100 * 10.0)
    assert {amount.account for amount in records.amounts} == {"acute_beds"}


def test_more_beds_never_send_more_people_on():
    turned_away = []
    for number in (0, 1, 2, 4, 8):
        kind = {"beds": number, "begins": {"exponential": "40 days"}, "lasts": {"lognormal": {"mean": "10 days", "sd": "8 days"}}}
        _, records = outcome(beds(kad=kind), initial=residents(8), sites=(SiteSpec("site", "home", 8),), days=4000.0)
        turned_away.append(total(records, "acute_overflow"))
    assert turned_away == sorted(turned_away, reverse=True)
    assert turned_away[-1] == 0 < turned_away[-2]


def test_a_kind_that_nobody_needs_changes_nothing():
    never = {"beds": 3, "begins": "1 000 000 years", "lasts": "5 days"}
    busy = {"exits": {"transitions": {"e": {"after": {"exponential": "90 days"}, "destination": "private"}}}}
    (_, without), (_, idle) = (outcome(busy | extra, initial=residents(1)) for extra in ({}, beds(kad=never)))
    assert all(getattr(without, what) == getattr(idle, what) for what in KEPT)


def test_beds_of_each_kind_have_their_price_month_by_month_and_from_the_day_they_are_added():
    """Two kinds at 10 and 20 NOK a day; the first grows from 2 to 5 beds on day 40. Who lies in them changes nothing."""
    kinds = {
        "kad": KAD | {"beds": 2, "cost_per_bed": "3652.5 NOK per year"},
        "reception": KAD | {"beds": 1, "cost_per_bed": "7305 NOK per year"},
        "free": KAD | {"beds": 9},
    }
    given = {"days": 100.0, "bins": (0.0, 30.0, 100.0), "timelines": {"acute_beds.kinds.kad.beds": ((0.0, 2.0), (40.0, 5.0))}}
    expected = {0: 30 * (2 * 10.0 + 20.0), 1: 10 * 2 * 10.0 + 60 * 5 * 10.0 + 70 * 20.0}
    for initial in (Initial(), residents(2)):
        _, records = outcome(beds(**kinds), initial=initial, **given)
        booked = dict.fromkeys(expected, 0.0)
        for amount in records.amounts:
            assert (amount.account, amount.payer) == ("acute_beds", "municipality")
            booked[amount.bin] += amount.nok
        assert booked == pytest.approx(expected)
