"""Money to the krone: grants, programmes, refunds; what holds of every ledger; and models that are off are rejected."""

from __future__ import annotations

import re
from datetime import date
from types import SimpleNamespace

import pytest
from mechanism_kit import applicants, outcome, people, residents
from pydantic import ValidationError
from world_kit import FakeProgram, certain

from sim.measures.records import Amount, Asset, Received, Records
from sim.world.blueprint import Arrivals, Regime, SiteSpec
from sim.world.mechanisms.capital import CapitalSpec, GrantSpec
from sim.world.mechanisms.ledger import Ledger
from sim.world.mechanisms.money import MoneyParameters
from sim.world.mechanisms.refund import RefundSpec, book_refunds, calendar_years

EVERYTHING = {
    "money": {
        "running_per_dwelling": {"default": "60 000 NOK per year"},
        "staff_per_site": {"home": "1 000 000 NOK per year"},
        "rent": {"home": "9 000 NOK per month"},
        "hour_cost": "600 NOK per hour",
        "incident_cost": "5 000 NOK",
        "turnaround_cost": "20 000 NOK",
        "capital": {"home": {"building": "2 million NOK", "land": "1 million NOK", "grant": {"share_of_building": "40 %"}}},
        "programmes": {"home": {"per_night": "100 NOK per night"}, "line": {"per_place": "36 525 NOK per year", "places": 2}},
        "refund": {"threshold": "1 000 NOK", "share": "80 %"},
    },
    "services": {"teams": {"day": {"hours_per_week": "10"}}, "required": "required_minutes"},
    "incidents": {"own": {"after": "100 days"}},
    "exits": {"transitions": {"out": {"after": "250 days", "destination": "other"}}},
    "turnaround": {"after": "20 days"},
}
SITES = (SiteSpec("old", "home", 3), SiteSpec("new", "home", 2, opens=100.0, added=True))


class NeedsHours(FakeProgram):
    """Everybody requires ten hours a week."""

    def number(self, name, a, d, s, day):
        return 600


def sums_of(records, *names):
    found = {}
    for amount in records.amounts:
        key = tuple(getattr(amount, name) for name in names)
        found[key] = found.get(key, 0.0) + amount.nok
    return found


def everything(factor=1.0, **changes):
    money = {**EVERYTHING["money"], **changes}
    written = {**EVERYTHING, "money": {name: _times(value, factor) for name, value in money.items()}}
    regimes = (Regime(0.0, NeedsHours()),)
    return outcome(written, sites=SITES, initial=residents(2), days=730.5, bins=(0.0, 365.25, 730.5), regimes=regimes)[1]


def _times(value, factor):
    """Write a price some times as high."""
    if isinstance(value, dict):
        return {name: inner if name in ("share", "places", "grant") else _times(inner, factor) for name, inner in value.items()}
    number, _, unit = re.sub(r"(?<=[0-9]) (?=[0-9])", "", value).partition(" ")
    return f"{float(number) * factor:.0f} {unit}"


# --- what holds of every ledger -------------------------------------------------------------------------------------------


def test_doubling_all_prices_doubles_every_account_of_every_payer():
    once, twice = everything(), everything(2.0)
    assert len(sums_of(once, "account")) == 13
    assert sums_of(twice, "account", "payer", "bin") == pytest.approx(
        {key: 2.0 * nok for key, nok in sums_of(once, "account", "payer", "bin").items()}
    )


def test_what_one_payer_gives_another_adds_up_to_nothing():
    """Over all payers rent and void rent, grants and refunds are 0; the rest is what the municipality pays."""
    of = {account: nok for (account,), nok in sums_of(everything(), "account").items()}
    assert of["rent_due"] + of["void_rent"] == pytest.approx(0.0, abs=1e-6)
    assert of["grant"] == of["refund"] == pytest.approx(0.0)
    payers = {payer: nok for (payer,), nok in sums_of(everything(), "payer").items()}
    assert set(payers) == {"municipality", "state", "tenant"}
    assert sum(payers.values()) == pytest.approx(sum(of.values()))


def test_rent_is_that_of_all_homes_less_what_is_lost_while_they_stand_empty():
    records = everything()
    days = {cell.state: sum(areas) for cell, areas in records.dwelling_days.items()}
    a_day = 9_000.0 / 30.4375
    let = days["let"] * a_day
    of = sums_of(records, "account", "payer")
    assert of["rent_due", "municipality"] + of["void_rent", "municipality"] == pytest.approx(-let)
    assert of["rent_due", "tenant"] == pytest.approx(let)
    assert of["void_rent", "municipality"] == pytest.approx((days["vacant"] + days["turnaround"]) * a_day)


def test_money_changes_nothing_but_money():
    """Neutral equals off for the whole of it, the hours of each resident included."""
    without = {name: value for name, value in EVERYTHING.items() if name != "money"}
    given = {"sites": SITES, "initial": residents(2), "days": 730.5, "bins": (0.0, 365.25, 730.5)}
    regimes = (Regime(0.0, NeedsHours()),)
    _, off = outcome(without, regimes=regimes, **given)
    on = everything()
    for name in ("household_days", "dwelling_days", "hours", "counts", "waits", "moves"):
        assert getattr(on, name) == getattr(off, name)
    assert off.received == []


# --- grants ---------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("cap", "granted"),
    [(None, 5_600_000), ("1.4 million NOK", 5_600_000), ("1 399 999 NOK", 5_599_996), ("0.5 million NOK", 2_000_000)],
)
def test_a_grant_is_a_share_of_building_and_at_most_so_much_a_home(cap, granted):
    grant = {"share_of_building": "40 %"} | ({} if cap is None else {"at_most_per_home": cap})
    capital = {"land": "3 million NOK", "building": "14 million NOK", "grant": grant}
    written = {"id": "new", "type": "home", "dwellings": 4, "opens": "2026-04-11", "capital": capital}
    _, records = outcome({"projects": [written]}, sites=())
    assert sums_of(records, "account", "payer") == {
        ("building", "municipality"): 14_000_000, ("land", "municipality"): 3_000_000,
        ("grant", "municipality"): -granted, ("grant", "state"): granted,
    }  # fmt: skip
    assert [asset.grant for asset in records.assets] == [granted, 0.0]


def test_a_grant_of_sites_by_the_price_list_of_one_home():
    price = {"building": "2 million NOK", "grant": {"share_of_building": "50 %", "at_most_per_home": "900 000 NOK"}}
    _, records = outcome({"money": {"capital": {"home": price}}}, sites=(SiteSpec("new", "home", 3, opens=9.0, added=True),))
    assert records.assets == [Asset(9.0, "building", 6e6, 40.0, False, place="home", grant=2.7e6)]


def test_grants_come_as_often_as_they_are_said_to():
    """Binomial over 4 000 projects: |z| < 4, and a model that grants 10 % more or fewer is rejected."""
    price = {"building": "1 NOK", "grant": {"share_of_building": "100 %", "probability": "50 %"}}
    sites = tuple(SiteSpec(f"s{number}", "home", 1, added=True) for number in range(4_000))
    _, records = outcome({"money": {"capital": {"home": price}}}, sites=sites, days=2.0, bins=(0.0, 2.0))
    got = sum(asset.grant for asset in records.assets)

    def z(probability):
        return (got - 4_000 * probability) / (4_000 * probability * (1 - probability)) ** 0.5

    assert abs(z(0.50)) < 4
    assert abs(z(0.45)) > 4
    assert abs(z(0.55)) > 4


def test_the_luck_of_a_project_is_its_own():
    """Another project, another price, a site in place of a project: the grant of `a` comes or not as before."""

    def granted(*sites, price="1 NOK"):
        capital = {"home": {"building": price, "grant": {"share_of_building": "100 %", "probability": "50 %"}}}
        planned = tuple(SiteSpec(name, "home", 1, added=True) for name in sites)
        _, records = outcome({"money": {"capital": capital}}, sites=planned)
        return {name: asset.grant > 0 for name, asset in zip(sites, records.assets, strict=True)}

    names = [f"p{number}" for number in range(20)]
    alone = {name: granted(name)[name] for name in names}
    assert granted(*reversed(names), price="7 million NOK") == alone
    assert set(alone.values()) == {True, False}
    for name in names[:6]:
        project = {"id": name, "type": "home", "dwellings": 1, "opens": "2026-04-11",
                   "capital": {"building": "1 NOK", "grant": {"share_of_building": "100 %", "probability": "50 %"}}}  # fmt: skip
        _, records = outcome({"projects": [project]}, sites=())
        assert (records.assets[0].grant > 0) is alone[name]


# --- programmes -----------------------------------------------------------------------------------------------------------


def test_nights_and_places_of_programmes():
    """An absence of 30 days from day 100 on, every 100 days; two places that stand ready; and the nights in a type of home."""
    written = {
        "absences": {"kinds": {"bed": {"begins": "100 days", "lasts": "30 days"}}},
        "money": {
            "programmes": {
                "bed": {"per_night": "2 000 NOK per night", "per_place": "36 525 NOK per year", "places": 2},
                "home": {"per_night": "10 NOK per night", "per_place": "365.25 NOK per year", "payer": "state"},
            }
        },
    }
    _, records = outcome(written, initial=residents(1), days=200.0, bins=(0.0, 110.0, 200.0))
    found = sums_of(records, "account", "payer", "bin")
    assert found == pytest.approx({
        ("bed", "municipality", 0): 10 * 2_000.0 + 2 * 100.0 * 110,
        ("bed", "municipality", 1): 20 * 2_000.0 + 2 * 100.0 * 90,
        ("home", "state", 0): 10.0 * 110 + 2 * 110,
        ("home", "state", 1): 10.0 * 90 + 2 * 90,
    })  # fmt: skip


def test_nights_in_a_housing_situation_are_those_of_people_without_a_home():
    _, records = outcome(
        {"money": {"programmes": {"no_roof": {"per_night": "10 NOK per night"}}}},
        groups={"people": people(situation=certain("no_roof"), arrivals=Arrivals())},
        initial=applicants(3),
        sites=(SiteSpec("a", "home", 2),),
        days=100.0,
        bins=(0.0, 100.0),
    )
    assert sums_of(records, "account") == {("no_roof",): pytest.approx(1_000.0)}


# --- refunds --------------------------------------------------------------------------------------------------------------


def refunded(spec, received, start=date(2026, 1, 1), days=1096.0, hour_cost=1_000.0):
    bins = SimpleNamespace(index=lambda day: int(day // 365.25))
    blueprint = SimpleNamespace(start=start, days=days)
    ledger = Ledger(Records((0.0, 365.25, 730.5, 1096.0), received=received))
    book_refunds(ledger, RefundSpec.model_validate(spec), hour_cost, SimpleNamespace(bins=bins, blueprint=blueprint))
    ledger.write()
    return ledger.records.amounts


RESS = {"threshold": "1 608 000 NOK", "share": "80 %", "highest_age": 67}


def test_the_threshold_to_the_krone():
    """At the threshold nothing; 1 000 kroner above it 800; each user and year alone."""

    def of(hours, year=2026, turns=40):
        amounts = refunded(RESS, [Received("a", year, hours, "home", turns)])
        return {(a.bin, a.payer): round(a.nok, 6) for a in amounts}

    assert of(1_607.0) == of(1_608.0) == {}
    assert of(1_609.0) == {(0, "municipality"): -800.0, (0, "state"): 800.0}
    assert of(2_000.0, year=2028) == {(2, "municipality"): -313_600.0, (2, "state"): 313_600.0}
    assert of(2_000.0, turns=67) == {(0, "municipality"): -313_600.0, (0, "state"): 313_600.0}
    assert of(2_000.0, turns=68) == {}
    two = refunded(RESS, [Received("a", 2026, 1_000.0, "home", 40), Received("b", 2026, 1_000.0, "home", None)])
    assert two == []


def test_a_part_of_a_calendar_year_has_a_part_of_the_threshold():
    """From 1 October to the end of March: 92 of the 365 days of 2026, 90 of those of 2027."""
    spec = {"threshold": "365 000 NOK", "share": "50 %", "cost_per_hour": "500 NOK per hour"}
    received = [Received("a", 2026, 284.0, "home", None), Received("a", 2027, 184.0, "home", None)]
    amounts = refunded(spec, received, start=date(2026, 10, 1), days=182.0)
    assert [a.nok for a in amounts if a.payer == "state"] == [pytest.approx(0.5 * (142_000 - 92_000) + 0.5 * (92_000 - 90_000))]


def test_calendar_years_of_a_run():
    assert list(calendar_years(date(2027, 7, 1), 600.0)) == [(2027, -181.0, 184.0), (2028, 184.0, 550.0), (2029, 550.0, 915.0)]


def test_hours_received_in_each_calendar_year_when_a_team_is_overbooked():
    """Ten hours a week for two residents who need ten each, from 1 October; one leaves on day 50, so the other gets all."""
    written = {
        "services": {"teams": {"day": {"hours_per_week": "10"}}, "required": "required_minutes"},
        "money": {"hour_cost": "1 NOK per hour", "refund": {"threshold": "0 NOK", "share": "100 %"}},
        "exits": {"transitions": {"out": {"after": {"uniform": ["50 days", "50.000001 days"]}, "destination": "other"}}},
    }
    spans = {"start": date(2026, 10, 1), "days": 182.0, "bins": (0.0, 92.0, 182.0)}
    _, records = outcome(written, initial=residents(2), regimes=(Regime(0.0, NeedsHours()),), **spans)
    hours = {(r.household, r.year): r.hours for r in records.received}
    # Both leave on day 50 here: five hours a week each until then.
    assert hours == {(h, 2026): pytest.approx(50 * 5 / 7, rel=1e-6) for h in ("resident-home/0", "resident-home/1")}
    del written["exits"]
    _, records = outcome(written, initial=residents(2), regimes=(Regime(0.0, NeedsHours()),), **spans)
    assert {(r.household[-1], r.year): r.hours for r in records.received} == pytest.approx(
        {("0", 2026): 92 * 5 / 7, ("1", 2026): 92 * 5 / 7, ("0", 2027): 90 * 5 / 7, ("1", 2027): 90 * 5 / 7}
    )
    assert sum(a.nok for a in records.amounts if (a.account, a.payer) == ("refund", "state")) == pytest.approx(182 * 10 / 7)


@pytest.mark.parametrize(
    ("each", "team", "refund"), [(60, 120, 0.8 * (60 * 365 / 7 * 1_000 - 1_608_000)), (60, 60, 0.0), (30, 60, 0.0)]
)
def test_a_refund_to_the_krone_of_a_year_that_is_run(each, team, refund):
    """Two who require 60 hours a week at 1 000 NOK cost 3 128 571 each in 2026; with half of the hours, nobody is above."""

    class Requires(FakeProgram):
        def number(self, name, a, d, s, day):
            return 60 * each

    written = {
        "services": {"teams": {"day": {"hours_per_week": team}}, "required": "required_minutes"},
        "money": {"hour_cost": "1 000 NOK per hour", "refund": {"threshold": "1 608 000 NOK", "share": "80 %"}},
    }
    _, records = outcome(written, initial=residents(2), regimes=(Regime(0.0, Requires()),), days=365.0, bins=(0.0, 365.0))
    found = {a.payer: a.nok for a in records.amounts if a.account == "refund"}
    assert found == ({} if refund == 0.0 else {"municipality": pytest.approx(-2 * refund), "state": pytest.approx(2 * refund)})


def test_hours_of_residents_add_up_to_what_teams_gave():
    records = everything()
    given = sum(sum(areas) for cell, areas in records.hours.items() if cell.what == "received")
    assert given > 100.0
    assert sum(received.hours for received in records.received) == pytest.approx(given)


@pytest.mark.parametrize(
    "wrong",
    [
        {"refund": {"threshold": "1 000 NOK"}},
        {"refund": {"threshold": "1 000 NOK", "share": "180 %"}},
        {"programmes": {"home": {"per_night": "4 metres"}}},
        {"programmes": {"home": {"places": -1}}},
        {"programmes": {"home": {"payer": "tenant"}}},
        {"capital": {"home": {"grant": {"probability": "110 %"}}}},
        {"index": {"default": "2 percent"}},
    ],
)
def test_impossible_prices_are_refused(wrong):
    with pytest.raises(ValidationError):
        MoneyParameters.model_validate(wrong)


def test_a_grant_of_nothing_is_nothing():
    assert GrantSpec().amount(5e6, 4) == 0.0
    assert CapitalSpec().grant.probability == 1.0
    assert Amount(0, "building", "municipality", 1.0).cash


@pytest.mark.parametrize("rule", ["proportional", "highest_need_first"])
def test_hours_of_residents_add_up_under_every_rule_of_sharing(rule):
    """And under the highest need first, the first of two alike receives all that the team has until it leaves."""
    written = {**EVERYTHING, "services": {**EVERYTHING["services"], "sharing": rule}}
    regimes = (Regime(0.0, NeedsHours()),)
    given = {"sites": SITES, "initial": residents(2), "days": 730.5, "bins": (0.0, 365.25, 730.5), "regimes": regimes}
    _, records = outcome(written, **given)
    areas = sum(sum(areas) for cell, areas in records.hours.items() if cell.what == "received")
    assert sum(received.hours for received in records.received) == pytest.approx(areas)
    del written["exits"]
    _, records = outcome(written, **given)
    hours = {(r.household[-1], r.year): r.hours for r in records.received}
    each = {"0": 10.0, "1": 0.0} if rule == "highest_need_first" else {"0": 5.0, "1": 5.0}
    expected = {(who, year): of * days / 7 for who, of in each.items() for year, days in ((2026, 365), (2027, 365), (2028, 0.5))}
    assert hours == pytest.approx({key: value for key, value in expected.items() if value})
