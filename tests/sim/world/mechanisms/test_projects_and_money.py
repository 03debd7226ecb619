"""Projects come into being; money is what was recorded times its price."""

from __future__ import annotations

import pytest
from mechanism_kit import (
    applicants,
    outcome,
    parameters,
    residents,
    world_of,
)
from pydantic import ValidationError

from sim.kernel import purpose, uniform
from sim.measures.records import Asset, ProjectPhase
from sim.world.blueprint import SiteSpec

PHASES = {
    "planning": "100 days",
    "appeal": {"share": "40 %", "lasts": "200 days"},
    "building": {"uniform": ["50 days", "150 days"]},
}


def project(**changes):
    given = {"id": "new", "type": "home", "dwellings": 4, "start": "2026-02-01", "phases": PHASES}
    return {**given, **changes}


def test_a_project_goes_through_its_phases_and_opens():
    world, records = outcome({"projects": [project()]}, sites=(), initial=applicants(9))
    key = world.key_of("project:new")
    expected, day = [], 31.0
    expected.append(ProjectPhase("new", "planning", day, day + 100.0))
    day += 100.0
    if uniform(key, purpose("projects:appeal:share"), 0) < 0.4:
        expected.append(ProjectPhase("new", "appeal", day, day + 200.0))
        day += 200.0
    building = 50.0 + 100.0 * uniform(key, purpose("projects:building"), 0)
    expected.append(ProjectPhase("new", "building", day, day + building))
    assert records.projects == expected
    opened = expected[-1].end
    assert [w.end for w in records.waits if w.end is not None] == [opened] * 4
    planned = {cell.state: sum(areas) for cell, areas in records.dwelling_days.items()}
    assert planned["planned"] == pytest.approx(4 * opened)


def test_phases_are_keyed_so_that_another_project_changes_nothing():
    alone, _ = outcome({"projects": [project()]}, sites=())
    both, _ = outcome({"projects": [project(id="other"), project()]}, sites=())
    opens = {p.spec.id: p.opens for p in both.mechanisms["projects"].projects}
    assert alone.mechanisms["projects"].projects[0].opens == opens["new"] != opens["other"]


def test_a_base_becomes_a_home():
    written = project(start=None, opens="2026-04-11", phases={}, base={"units": 1, "until": "60 days"})
    _world, records = outcome({"projects": [written]}, sites=(), initial=applicants(9), days=365.0)
    assert [w.end for w in records.waits if w.end is not None] == [100.0] * 3 + [160.0]
    states = {cell.state: sum(areas) for cell, areas in records.dwelling_days.items()}
    assert states["base"] == pytest.approx(60.0)
    assert records.projects == [ProjectPhase("new", "base", 100.0, 160.0)]


def test_a_project_that_opens_after_the_run_costs_and_gives_nothing_yet():
    written = project(phases={"planning": "500 days"}, capital={"building": "14 million NOK"})
    _world, records = outcome({"projects": [written]}, sites=(), days=200.0)
    assert records.projects == [ProjectPhase("new", "planning", 31.0, None)]
    assert records.assets == records.amounts == []
    assert {cell.state for cell, areas in records.dwelling_days.items() if sum(areas)} == {"planned"}


def test_a_project_under_way_started_before_day_0():
    world, records = outcome({"projects": [project(start="2025-12-02", phases={"building": "40 days"})]}, sites=())
    assert records.projects == [ProjectPhase("new", "building", -30.0, 10.0)]
    assert world.dwelling_by_id["new/1"].state == "vacant"


def test_capital_and_grant():
    capital = {
        "land": "3 million NOK",
        "building": "14 million NOK",
        "life": "30 years",
        "grant": {"share_of_building": "40 %", "probability": "100 %"},
    }
    written = project(start=None, opens="2026-04-11", phases={}, capital=capital)
    _, records = outcome({"projects": [written]}, sites=(), bins=(0.0, 90.0, 1000.0))
    assert records.assets == [
        Asset(100.0, "building", 14e6, 30.0, False, place="home", grant=pytest.approx(5.6e6)),
        Asset(100.0, "land", 3e6, 30.0, True, place="home"),
    ]
    assert [(a.bin, a.account, a.payer, round(a.nok)) for a in records.amounts] == [
        (1, "building", "municipality", 14_000_000),
        (1, "land", "municipality", 3_000_000),
        (1, "grant", "municipality", -5_600_000),
        (1, "grant", "state", 5_600_000),
    ]


@pytest.mark.parametrize(
    "wrong",
    [project(opens="2026-05-01"), project(start=None), project(start=None, opens="2026-05-01"),
     project(base={"units": 5, "until": "1 day"}), project(phases={"planning": {"share": "40 %"}})],
)  # fmt: skip
def test_impossible_projects_are_refused(wrong):
    with pytest.raises(ValidationError):
        parameters(projects=[wrong])


def by_account(records, payer="municipality"):
    sums = {}
    for amount in records.amounts:
        if amount.payer == payer:
            sums[amount.account] = sums.get(amount.account, 0.0) + amount.nok
    return sums


def test_every_account_is_a_quantity_times_its_price():
    written = {
        "money": {
            "running_per_dwelling": {"default": "60 000 NOK per year"},
            "staff_per_site": {"home": "1 000 000 NOK per year"},
            "staff_per_dwelling": {"other": "5 NOK per year", "home": "36 525 NOK per year"},
            "rent": {"home": "9 000 NOK per month"},
            "hour_cost": "600 NOK per hour",
            "incident_cost": "5 000 NOK",
            "turnaround_cost": "20 000 NOK",
        },
        "services": {"teams": {"day": {"hours_per_week": "10"}}, "required": "required_minutes"},
        "incidents": {"own": {"after": "100 days"}},
        "exits": {"transitions": {"out": {"after": "250 days", "destination": "other"}}},
    }
    _, records = outcome(
        written,
        days=365.25,
        bins=(0.0, 200.0, 365.25),
        initial=residents(1),
        timelines={"services.teams.day.hours_per_week": ((0.0, 10.0), (200.0, 20.0))},
    )
    found = by_account(records)
    # One site of two homes all year; one of them let for 250 days, with two incidents.
    assert found["running"] == pytest.approx(120_000.0)
    assert found["staff"] == pytest.approx(1_000_000.0 + 2 * 36_525.0)
    rent_a_day = 9_000.0 / 30.4375
    assert found["rent_due"] == pytest.approx(-2 * 365.25 * rent_a_day)
    assert found["void_rent"] == pytest.approx((365.25 + 115.25) * rent_a_day)
    assert by_account(records, "tenant") == {"rent_due": pytest.approx(250.0 * rent_a_day)}
    assert found["incident"] == 10_000.0
    assert found["turnaround"] == 20_000.0
    assert found["follow_up_hours"] == pytest.approx((10 * 200.0 + 20 * 165.25) / 7.0 * 600.0)
    first = [a.nok for a in records.amounts if a.account == "follow_up_hours"]
    assert first[0] == pytest.approx(10 * 200.0 / 7.0 * 600.0)


def test_homes_that_do_not_exist_cost_nothing():
    written = {
        "money": {
            "running_per_dwelling": {"home": "365.25 NOK per year"},
            "staff_per_site": {"home": "365.25 NOK per year"},
        }
    }
    sites = (SiteSpec("a", "home", 2, opens=100.0, closes=300.0),)
    _, records = outcome(written, sites=sites)
    found = by_account(records)
    assert found["running"] == pytest.approx(2 * 200.0)
    assert found["staff"] == pytest.approx(200.0)


def test_sites_that_a_policy_adds_are_paid_for_and_others_are_not():
    written = {"money": {"capital": {"home": {"building": "2 million NOK", "land": "1 million NOK", "life": "50 years"}}}}
    sites = (
        SiteSpec("old", "home", 2),
        SiteSpec("new", "home", 3, opens=400.0, added=True),
        SiteSpec("late", "home", 3, opens=4000.0, added=True),
    )
    _, records = outcome(written, sites=sites)
    assert records.assets == [
        Asset(400.0, "building", 6e6, 50.0, False, place="home"),
        Asset(400.0, "land", 3e6, 50.0, True, place="home"),
    ]
    assert by_account(records) == {"building": 6e6, "land": 3e6}


def test_projects_open_beside_standing_sites():
    world = world_of({"projects": [project(start=None, opens="2026-01-01", phases={})]}, initial=applicants(6))
    assert sum(d.household is not None for d in world.dwellings) == 6
