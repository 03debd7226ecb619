"""What projects share, what dialogue does, when a base becomes a home, and old sites that are rebuilt."""

from __future__ import annotations

from math import exp, sqrt

import pytest
from mechanism_kit import facts, outcome, parameters, plan, residents
from pydantic import ValidationError
from world_kit import build, certain, run

from rules import Layout, Scope, compile_conditions
from rules.reading import Place
from sim.kernel import entity_key
from sim.measures.records import ProjectPhase
from sim.scenario.offers import place_offers
from sim.world.blueprint import Initial, PlaceConditions, QueueSpec, ResidentsSpec, SiteSpec, TypeSpec
from sim.world.mechanisms.place_facts import DISTRICT_FACTS, SITE_FACTS
from sim.world.mechanisms.planning import PlanningParameters, drawn, steps, with_odds
from sim.world.mechanisms.project_specs import ProjectSpec

PHASES = {
    "stakeholder_analysis": "30 days",
    "notice": "10 days",
    "first_meeting": "5 days",
    "appeal": {"share": "40 %", "lasts": "200 days"},
    "building": "100 days",
}


def project(**changes):
    return {"id": "new", "type": "home", "dwellings": 4, "start": "2026-02-01", "phases": PHASES, **changes}


def conditions(base: str | None = None, plot: str | None = None) -> PlaceConditions:
    def compiled(text, offered, name):
        if text is None:
            return None
        layout = Layout(place_offers(offered).values(), plan({}).start)
        return compile_conditions(layout, {name: (text, Place("t", 1, 1, text))}, Scope(fields=layout.fields))

    return PlaceConditions(compiled(base, SITE_FACTS, base), compiled(plot, DISTRICT_FACTS, "plot"))


def order(records) -> list[str]:
    return [phase.phase for phase in records.projects]


# --- dialogue -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("dialogue", "expected"),
    [
        (None, ["stakeholder_analysis", "notice", "first_meeting", "building"]),
        ("after_notice", ["stakeholder_analysis", "notice", "first_meeting", "building"]),
        ("before_notice", ["stakeholder_analysis", "first_meeting", "notice", "building"]),
    ],
)
def test_the_first_meeting_comes_before_or_after_the_notice(dialogue, expected):
    phases = {**PHASES, "appeal": {"share": "0 %", "lasts": "1 days"}}
    _, records = outcome({"projects": [project(dialogue=dialogue, phases=phases)]}, sites=())
    assert order(records) == expected


def is_appeal(phase: ProjectPhase) -> bool:
    return phase.phase == "appeal"


def appeals(dialogue: str, n: int, planning: dict) -> dict[int, ProjectPhase]:
    spec = ProjectSpec.model_validate(project(dialogue=dialogue))
    ahead = steps(spec, PlanningParameters.model_validate(planning))
    every = ((k, phase) for k in range(n) for phase in drawn(spec, entity_key(1, k, "project:new"), ahead, 0.0))
    return {k: phase for k, phase in every if is_appeal(phase)}


def test_early_dialogue_changes_the_odds_and_the_length_of_an_appeal():
    n, ratio = 9000, 0.5
    planning = {"early_dialogue": {"odds": ratio, "length": 0.75}}
    early, late = appeals("before_notice", n, planning), appeals("after_notice", n, planning)
    exact = ratio * 0.4 / (0.6 + ratio * 0.4)  # odds of 2 to 3, halved: 1 to 3
    assert exact == pytest.approx(0.25) == with_odds(0.4, ratio)
    for seen, share in ((len(early), 0.25), (len(late), 0.4)):
        error = sqrt(share * (1 - share) * n)
        assert abs(seen - share * n) < 4 * error
        assert abs(seen - 1.1 * share * n) > 4 * error
    assert {round(phase.end - phase.start, 6) for phase in early.values()} == {150.0}
    assert {round(phase.end - phase.start, 6) for phase in late.values()} == {200.0}


def test_early_dialogue_never_causes_an_appeal_nor_makes_it_longer():
    planning = {"early_dialogue": {"odds": 0.5, "length": 0.5}}
    early, late = (appeals(dialogue, 300, planning) for dialogue in ("before_notice", "after_notice"))
    assert early.keys() < late.keys()
    assert all(early[k].end <= late[k].end for k in early)


# --- places in planning, and plots ----------------------------------------------------------------------------------

FIXED = {"planning": "100 days", "building": "50 days"}


def test_places_in_planning_by_hand():
    """Two places and five projects; the later start goes first where it is alone, and names decide between equals."""
    starts = {"e": "2026-01-01", "d": "2026-01-01", "c": "2026-01-11", "b": "2026-01-11", "a": "2026-02-20"}
    several = [project(id=name, start=start, phases=FIXED) for name, start in starts.items()]
    world, records = outcome({"planning": {"at_once": 2}, "projects": several}, sites=())
    opens = {one.spec.id: one.opens for one in world.mechanisms["projects"].projects}
    assert opens == {"d": 150.0, "e": 150.0, "b": 250.0, "c": 250.0, "a": 350.0}
    waited = {phase.project: phase.end - phase.start for phase in records.projects if phase.phase == "waiting"}
    assert waited == {"b": 90.0, "c": 90.0, "a": 150.0}


def test_a_project_under_way_keeps_its_place_and_those_that_wait_are_told_of():
    several = [project(id="old", start="2025-12-02", phases=FIXED), project(id="new", start="2026-01-01", phases=FIXED)]
    _, records = outcome({"planning": {"at_once": 1}, "projects": several}, sites=(), days=60.0)
    assert records.projects == [ProjectPhase("old", "planning", -30.0, None), ProjectPhase("new", "waiting", 0.0, None)]


def test_without_a_limit_planning_changes_nothing():
    written = [project(), project(id="other")]
    with_it = outcome({"planning": {}, "projects": written}, sites=())[1]
    without = outcome({"projects": written}, sites=())[1]
    assert with_it.projects == without.projects


def plots_of(world) -> dict[str, str]:
    return {one.spec.id: one.plot for one in world.mechanisms["projects"].projects}


def test_any_plot_is_the_first_that_nobody_has_named():
    later = {"id": "z", "district": "ost", "from": "2026-06-01"}
    plots = [{"id": "x", "district": "ost"}, {"id": "y", "district": "vest"}, later]
    several = [project(id="a", plot="any"), project(id="b", plot="x"), project(id="c", plot="any"), project(id="d", plot="any")]
    world, _ = outcome({"planning": {"plots": plots}, "projects": several}, sites=())
    assert plots_of(world) == {"a": "y", "b": "x", "c": "z", "d": ""}
    assert {name: world.sites[name].district for name in "abc"} == {"a": "vest", "b": "ost", "c": "ost"}


def test_a_plot_is_refused_where_the_district_has_its_share():
    """Two sites of the type in a district are enough: the third project goes elsewhere, though its plot is listed last."""
    plots = [{"id": f"o{n}", "district": "ost"} for n in range(3)] + [{"id": "v", "district": "vest"}]
    several = [project(id=name, plot="any", start=f"2026-0{n}-01", phases=FIXED) for n, name in enumerate("abc", start=1)]
    planned = plan(
        {"planning": {"plots": plots, "plot_when": "district_sites_alike < 2"}, "projects": several},
        sites=(SiteSpec("old", "home", 2, "ost"),),
        place_conditions=conditions(plot="district_sites_alike < 2"),
    )
    world, _ = run(planned, layout=facts())
    assert plots_of(world) == {"a": "o0", "b": "v", "c": ""}


def test_a_strained_district_is_left_in_peace_until_it_is_calm():
    """Ten points on day 50, halved every 60 days: 2.5 after 120 more. Asked monthly from day 59, at most 2 points: 194 days."""
    plots = [{"id": "o", "district": "ost"}]
    planned = plan(
        {
            "planning": {"plots": plots, "plot_when": "district_strain <= 2", "asked": "15 days"},
            "projects": [project(plot="any", start="2026-03-01", phases=FIXED)],
            "incidents": {"own": {"after": "50 days", "factors": []}},
            "strain": {"rises": 10, "half_life": "60 days"},
            "exits": {"transitions": {"out": {"after": "60 days", "destination": "other"}}},
        },
        sites=(SiteSpec("old", "home", 1, "ost"),),
        initial=residents(1),
        place_conditions=conditions(plot="district_strain <= 2"),
        days=400.0,
        bins=(0.0, 400.0),
    )
    world, _ = run(planned, layout=facts())
    # Rounded points are 2 from 2.5 down: 120 days after the incident, on day 170; asked on day 59, 74, 89 ... 179.
    (one,) = world.mechanisms["projects"].projects
    assert one.opens == 59.0 + 8 * 15.0 + 150.0


# --- a base that becomes a home -------------------------------------------------------------------------------------

CALM = "site_incidents_3_months == 0"


def base_of(replication: int, incidents: dict, check: bool = False):
    """A site with one home, let on day 0, and one unit as a base, which may become a home after three months."""
    base = {"units": 1, "when": CALM, "at_least": "91.3125 days", "at_most": "100 years", "asked": "1 days"}
    written = project(start=None, opens="2026-01-01", phases={}, dwellings=2, base=base)
    planned = plan(
        {"projects": [written], "incidents": incidents},
        sites=(),
        initial=Initial(households=residents_to_be(1)),
        place_conditions=conditions(base=CALM),
        days=40_000.0,
        bins=(0.0, 40_000.0),
    )
    return build(planned, layout=facts(), replication=replication, check=check)


def base_ends(world) -> float:
    (one,) = world.mechanisms["projects"].projects
    while any(home.state == "base" for home in one.site.dwellings):
        world.clock.run(world.clock.now + 100.0)
    return next(phase.end for phase in one.phases if phase.phase == "base")


def test_a_base_waits_for_three_months_without_incidents():
    """Incidents come as a Poisson process: a gap of tau comes after (exp(rate tau) - 1) / rate on average; asked every day."""
    rate, tau, n = 1 / 60, 3 * 30.4375, 600
    own = {"own": {"after": {"exponential": f"{1 / rate:g} days"}}}
    found = [base_ends(base_of(k, own)) for k in range(n)]
    mean = sum(found) / n
    exact = (exp(rate * tau) - 1) / rate
    # The wait for a run, past its first tau, is nearly exponential: its standard deviation is less than its mean.
    spread = sqrt(sum((x - mean) ** 2 for x in found) / (n - 1) / n)
    assert abs(mean - exact - 0.5) < 4 * spread  # asked every day, so half a day late on average
    assert abs(mean - (exp(1.2 * rate * tau) - 1) / (1.2 * rate)) > 4 * spread


def test_a_base_without_incidents_becomes_a_home_as_soon_as_it_may():
    assert base_ends(base_of(0, {"own": {"after": "1 000 000 days"}}, check=True)) == 91.3125


def test_a_base_ends_in_any_case():
    base = {"units": 1, "when": "site_residents > 99", "at_least": "50 days", "at_most": "200 days", "asked": "70 days"}
    written = project(start=None, opens="2026-01-01", phases={}, base=base)
    _, records = outcome({"projects": [written]}, sites=(), place_conditions=conditions(base="site_residents > 99"))
    assert records.projects == [ProjectPhase("new", "base", 0.0, 200.0)]


# --- the contact person ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("lowers", "share"), [("0 %", 1.0), ("25 %", 0.75), ("100 %", 0.0)])
def test_a_contact_person_lowers_complaints_and_only_as_long(lowers, share):
    written = project(start=None, opens="2026-01-01", phases={}, contact_person="500 days")
    mechanisms = {
        "planning": {"contact_lowers_complaints": lowers},
        "projects": [written],
        "incidents": {"own": {"after": {"exponential": "5 days"}}, "complaints": {"ordinary": "100 %"}},
    }
    planned = plan(mechanisms, sites=(), initial=Initial(households=residents_to_be(4)), days=1000.0, bins=(0.0, 500.0, 1000.0))
    _, records = run(planned, layout=facts(), check=True)
    (during, after), incidents = (
        [sum(counts[number] for key, counts in records.counts.items() if key.kind == kind) for number in (0, 1)]
        for kind in ("complaint", "incident")
    )
    assert abs(during - share * incidents[0]) <= 4 * sqrt(share * (1 - share) * incidents[0])
    assert after == incidents[1] > 300


def residents_to_be(count: int):
    return (QueueSpec("people", certain(count), None),)


# --- rebuilding -----------------------------------------------------------------------------------------------------

TWO_TYPES = {"home": TypeSpec("home", "only", 1, 1, True), "better": TypeSpec("better", "only", 1, 1, True)}
REBUILD = {
    "id": "anew",
    "type": "better",
    "dwellings": 2,
    "start": "2026-01-11",
    "phases": {"planning": "20 days", "building": "100 days"},
    "capital": {"building": "3 million NOK"},
}


def rebuilt(closing: str, **changes):
    town = {"sites": (SiteSpec("old", "home", 2, "vest"),), "initial": residents(1), "days": 500.0, "bins": (0.0, 500.0)}
    return plan(
        {
            "projects": [{**REBUILD, "rebuilds": {"site": "old", "closing": closing}}],
            "exits": {"transitions": {"out": {"after": "200 days", "destination": "other"}}},
        },
        types=TWO_TYPES,
        **{**town, **changes},
    )


def test_homes_are_rebuilt_one_by_one_as_they_are_left():
    """One stands empty and closes on day 30; the other is left on day 200: they open on days 130 and 300."""
    world, records = run(rebuilt("when_vacated"), layout=facts())
    opened = {cell.state: sum(areas) for cell, areas in records.dwelling_days.items() if cell.place == "better"}
    assert opened["planned"] == pytest.approx(130.0 + 300.0)
    closed = {cell.state: sum(areas) for cell, areas in records.dwelling_days.items() if cell.place == "home"}
    assert closed["closed"] == pytest.approx(470.0 + 300.0)
    assert records.projects == [
        ProjectPhase("anew", "planning", 10.0, 30.0),
        ProjectPhase("anew", "emptying", 30.0, 200.0),
        ProjectPhase("anew", "building", 30.0, 300.0),
    ]
    assert world.sites["anew"].district == "vest"
    assert [asset.day for asset in records.assets] == [130.0]


def test_a_site_is_rebuilt_as_a_whole_when_the_last_has_moved():
    """Both live there; the other site has a home from day 60 and one from day 80: emptied on day 80, opened on day 180."""
    sites = (SiteSpec("old", "home", 2), SiteSpec("x", "better", 1, opens=60.0), SiteSpec("y", "better", 1, opens=80.0))
    both = Initial(residents=(ResidentsSpec("home", 2, 0.0, certain("people"), None, None),))
    planned = rebuilt("relocate", sites=sites, initial=both)
    world, records = run(planned, layout=facts())
    assert records.projects[1:] == [
        ProjectPhase("anew", "emptying", 30.0, 80.0),
        ProjectPhase("anew", "building", 80.0, 180.0),
    ]
    assert [home.state for home in world.sites["old"].dwellings] == ["closed", "closed"]
    assert [home.state for home in world.sites["anew"].dwellings] == ["vacant", "vacant"]


@pytest.mark.parametrize(
    "wrong",
    [
        {"dialogue": "before_notice", "phases": FIXED},
        {"base": {"units": 1}},
        {"base": {"units": 1, "until": "1 days", "when": CALM}},
        {"base": {"units": 1, "when": CALM}},
        {"base": {"units": 1, "when": CALM, "at_least": "9 days", "at_most": "8 days"}},
        {"rebuilds": {"site": "old", "closing": "when_vacated"}, "phases": {"planning": "1 days"}},
        {"rebuilds": {"site": "old", "closing": "when_vacated"}, "district": "vest"},
        {"rebuilds": {"site": "old", "closing": "soon"}},
        {"start": "2026-06-01", "opens": "2026-05-01", "phases": {}},
    ],
)
def test_impossible_projects_are_refused(wrong):
    with pytest.raises(ValidationError):
        parameters(projects=[project(**wrong)])


@pytest.mark.parametrize("places", [0, -1])
def test_planning_without_places_is_refused(places):
    with pytest.raises(ValidationError):
        parameters(planning={"at_once": places})
