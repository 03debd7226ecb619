"""Terms, renewals, warnings, notices, evictions."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from mechanism_kit import (
    applicants,
    days_in,
    outcome,
    people,
    plan,
    residents,
    total,
    world_of,
)
from world_kit import FakeLayout, FakeProgram, certain, run

from sim.kernel import Fixed
from sim.world.blueprint import Initial, ResidentsSpec
from sim.world.mechanisms.months import months_later

START = date(2026, 1, 1)


@given(st.integers(-4000, 8000), st.integers(1, 120))
def test_months_are_calendar_months(day, months):
    begins = START + timedelta(days=day)
    ends = START + timedelta(days=months_later(START, day, months))
    assert (ends.year - begins.year) * 12 + ends.month - begins.month == months
    assert ends.day == begins.day or (ends.day < begins.day and (ends + timedelta(days=1)).day == 1)


class Years(FakeProgram):
    """Terms of a year; a tenancy is renewed once."""

    hash = "years"

    def term_months(self, a, d, s, day):
        return 12

    def renewal_refusals(self, a, d, s, day):
        return () if day < 500 else ("ENOUGH",)


def test_a_tenancy_is_renewed_and_then_ends_where_the_scenario_says():
    _world, records = outcome({"tenancy": {"not_renewed": {"private": "100 %"}}}, initial=applicants(1), program=Years())
    # From 2026-01-01: the first term ends on day 365, the second on day 730.
    assert [(row[1], row[2], row[6], row[7]) for row in records.decisions if row[2] == "renewal"] == [
        (365, "renewal", "renewed", ""),
        (730, "renewal", "not_renewed", "ENOUGH"),
    ]
    assert [(m.day, m.kind, m.destination) for m in records.moves if m.kind == "exit"] == [(730.0, "exit", "private")]


def test_with_nowhere_to_go_the_stay_is_extended_and_counted():
    world, records = outcome({"tenancy": {}}, initial=applicants(1), program=Years(), days=1200.0)
    assert total(records, "stay_extended") == 2
    assert [m.kind for m in records.moves] == ["new"]
    (household,) = world.households.values()
    assert household.renewals == 1


def test_terms_of_residents_of_day_0_began_when_they_moved_in():
    plan = Initial(residents=(ResidentsSpec("home", 1, 0.0, certain("people"), None, Fixed(400.0)),))
    world, records = outcome({"tenancy": {}}, initial=plan, program=Years(), days=400.0)
    # In since 2024-11-27: renewed on 2025-11-27, and again on 2026-11-27, day 330.
    assert [row[1] for row in records.decisions if row[2] == "renewal"] == [330]
    (household,) = world.households.values()
    assert household.renewals == 2


class Strict(FakeProgram):
    """Warned after the second incident, given notice after the third; nobody evicted is eligible for 30 days."""

    hash = "strict"

    def refusals(self, a, day):
        return ("KARANTENE",) if any(day - 30 < evicted for evicted in a.marks.get("evicted", [])) else ()

    def warned(self, a, d, s, day):
        return len(a.marks["incident"]) == 2

    def notice(self, a, d, s, day):
        return len(a.marks["incident"]) >= 3


OFTEN = {"own": {"after": "10 days"}}
EVICTS = {
    "petition_carried_out": "100 %",
    "eviction_after": "25 days",
    "after_eviction": {"no_roof": "100 %"},
    "applies_again_after": "60 days",
}


def test_incidents_lead_to_a_warning_a_notice_and_an_eviction():
    world, records = outcome({"incidents": OFTEN, "tenancy": EVICTS}, initial=residents(1), program=Strict(), days=100.0)
    # Incidents on days 10, 20, 30, 40, 50; warned on day 20, notice on day 30 (and none beside it), evicted on day 55.
    (household,) = world.households.values()
    assert household.facts.marks["warned"] == [20]
    assert household.facts.marks["evicted"] == [55]
    assert (total(records, "warning"), total(records, "notice"), total(records, "eviction")) == (1, 1, 1)
    assert [(m.day, m.kind, m.destination) for m in records.moves] == [(55.0, "eviction", "homeless")]
    assert days_in(records, status="outside", situation="no_roof") == pytest.approx(45.0)


def test_the_evicted_apply_again_and_the_rules_may_let_them_in():
    _world, records = outcome({"incidents": OFTEN, "tenancy": EVICTS}, initial=residents(1), program=Strict(), days=116.0)
    assert [(m.day, m.kind) for m in records.moves][1:] == [(115.0, "return"), (115.0, "new")]


def test_or_may_not():
    soon = {**EVICTS, "applies_again_after": "20 days"}
    world, records = outcome({"incidents": OFTEN, "tenancy": soon}, initial=residents(1), program=Strict(), days=200.0)
    assert total(records, "refused") == 1
    assert not world.households
    assert [row[6:8] for row in records.decisions if row[2] == "eligibility"] == [("refused", "KARANTENE")]


def test_who_does_not_apply_again_leaves_the_model():
    never = {key: value for key, value in EVICTS.items() if key != "applies_again_after"}
    world, records = outcome({"incidents": OFTEN, "tenancy": never}, initial=residents(1), program=Strict(), days=200.0)
    assert total(records, "eviction") == 1
    assert not world.households


def test_a_notice_lapses_with_the_tenancy():
    written = {
        "incidents": OFTEN,
        "tenancy": EVICTS,
        "exits": {"transitions": {"out": {"after": "40 days", "destination": "private"}}},
        "returns": {"share": "100 %", "after": "5 days"},
    }
    world, records = outcome(written, initial=residents(1), program=Strict(), days=60.0)
    # Notice on day 30, moved on on day 40, back on day 45: the notice of the first tenancy ends nothing on day 55.
    assert total(records, "eviction") == 0
    assert next(iter(world.households.values())).home is not None


def test_a_petition_that_is_not_carried_out_leaves_the_tenant_there():
    never = {**EVICTS, "petition_carried_out": "0 %"}
    _world, records = outcome({"incidents": OFTEN, "tenancy": never}, initial=residents(1), program=Strict(), days=100.0)
    assert total(records, "notice") == 7
    assert total(records, "eviction") == 0


def test_the_evicted_are_given_a_bed_when_the_rules_entitle_them():
    class Floor(Strict):
        hash = "strict floor"

        def temporary_entitled(self, a, day):
            return a.situation == "no_roof"

    world = world_of(
        {"incidents": OFTEN, "tenancy": EVICTS, "temporary": {"situations": ["no_roof"]}},
        initial=residents(1),
        program=Floor(),
        groups={"people": people()},
    )
    world.clock.run(60.0)
    (household,) = world.households.values()
    assert (household.status, household.situation) == ("outside", "temporary")


class Longer(FakeProgram):
    """Two terms of a year, then terms of two."""

    hash = "longer"

    def term_months(self, a, d, s, day):
        return 12 if a.renewals < 2 else 24


def renewed_on(initial, days):
    given = plan({"tenancy": {}}, initial=initial, program=Longer(), days=days)
    _, records = run(given, layout=FakeLayout({"renewals": "applicant"}))
    return [row[1] for row in records.decisions if row[2] == "renewal"]


def test_every_term_is_as_long_as_the_rules_say_of_its_own_renewal():
    # From 2026-01-01: a year, a year, two years, two years.
    assert renewed_on(applicants(1), 2600.0) == [365, 730, 730 + 731, 730 + 731 + 730]


def test_the_terms_that_lie_before_day_0_are_counted_in_the_same_way():
    # In on 2020-01-01: terms ended on the first day of 2021, 2022, 2024 and 2026 (day 0); the next end on that of 2028 and 2030.
    stay = Fixed((START - date(2020, 1, 1)).days)
    start = Initial(residents=(ResidentsSpec("home", 1, 0.0, certain("people"), None, stay),))
    assert renewed_on(start, 2000.0) == [730, 1461]
