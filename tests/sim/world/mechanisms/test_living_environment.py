"""The living environment as a whole: the incident equation, complaints, damage, strain and caretakers, against exact answers."""

from __future__ import annotations

from itertools import pairwise
from math import exp, log, sqrt
from pathlib import Path
from typing import ClassVar

import pytest
from mechanism_kit import facts, marks, outcome, people, plan, residents, total
from world_kit import FakeLayout, LadderProgram, build, run

from sim.measures.records import CountKey
from sim.replication.replicate import replicate, world_of
from sim.scenario import load_scenario
from sim.world.blueprint import FactorSpec, Fixed, Initial, SiteSpec, TypeSpec
from sim.world.building import add_site
from sim.world.profile import create_household
from sim.world.recording import records_of
from sim.world.verbs.dwellings import open_dwelling
from sim.world.verbs.leaving import move_on
from sim.world.verbs.lives import set_need
from sim.world.verbs.tenancy import move_in
from sim.world.wake import start_clock

RULES = """
ruleset: tiny
label: {nb: Liten, en: Tiny}
fields:
  conflict: {of: applicant, type: int, range: 0..3, source: stored, label: {nb: konflikt, en: conflict}}
  robust: {of: dwelling, type: yes/no, source: stored, label: {nb: robust, en: robust}}
matching:
  ANY: {requires: conflict >= 0, status: illustrative, label: {nb: a, en: b}, ground: {nb: a, en: b}}
"""
TOWN = """
scenario: town
horizon: {years}
rules: rules.yaml
schemes: {{only: {{ranks: [1]}}}}
types:
  small: {{scheme: only, attributes: {{robust: {robust}}}}}
  large: {{scheme: only, attributes: {{robust: no}}}}
sites:
  - {{id: {ids[0]}, type: small, sites: 10, dwellings: 4}}
  - {{id: {ids[1]}, type: large, sites: 2, dwellings: 20}}
groups:
  troubled: {{need: {{only: {{1: 100 %}}}}, fields: {{conflict: 3}}}}
  calm: {{need: {{only: {{1: 100 %}}}}, fields: {{conflict: 0}}}}
initial:
  residents:
    small: {{occupied: 100 %, groups: {{troubled: {small}, calm: {rest}}}}}
    large: {{occupied: 100 %, groups: {{troubled: 25 %, calm: 75 %}}}}
risk_factors:
  calm: {{when: conflict == 0, factor: {calm}}}
  neighbours: {{of: neighbour_conflict_percent, bands: {{0: 0, 10: 20, 30: 45, 60: 80, 90: 100}}, exp: {slope}}}
  size: {{of: site_size, bands: {{1: 1, 3: 4, 6: 10, 15: 20}}, power: {power}}}
  sturdy: {{when: robust, factor: 0.8}}
  care: {{of: caretaker_percent, bands: {{0: 0, 15: 20, 25: 30}}, exp: -0.01}}
incidents: {{own: {{after: {{exponential: 1 year}}, factors: [calm, neighbours, size, sturdy, care]}}}}
caretakers: {{posts: {{{ids[1]}: 30 %}}, cost_of_post: 730 500 NOK per year}}
"""


def town(folder: Path, **changes):
    given = {
        "years": "4 years", "small": "100 %", "rest": "0 %", "slope": 0.02, "power": 0, "calm": 0.5, "robust": "yes",
        "ids": ("s", "l"), **changes,
    }  # fmt: skip
    (folder / "rules.yaml").write_text(RULES, encoding="utf-8")
    path = folder / "town.yaml"
    path.write_text(TOWN.format(**given), encoding="utf-8")
    return load_scenario(path)


def equation(resident, site, slope: float, power: float, calm: float = 0.5, robust: bool = True) -> float:
    """Incidents a year by MODEL's equation, worked out from who lives there, without any of the world's own bookkeeping."""
    others = [h for h in site.residents if h is not resident]
    percent = 100 * sum(h.facts.conflict >= 2 for h in others) // len(others)
    share = next(value for low, value in ((90, 100), (60, 80), (30, 45), (10, 20), (0, 0)) if percent >= low)
    small = len(site.dwellings) == 4
    own = calm if resident.facts.conflict == 0 else 1.0
    of_site = 4**power * (0.8 if robust else 1.0) if small else 20**power * exp(-0.3)
    return own * exp(slope * share) * of_site


def seen_and_expected(scenario, replications: int, slope: float, power: float):
    """Incidents by (type, troubled), as counted and as the equation says, and the resident-years there."""
    seen, expected, years = ({(t, g): 0.0 for t in ("small", "large") for g in ("troubled", "calm")} for _ in range(3))
    for k in range(replications):
        world = world_of(scenario, 5, k)
        for site in world.sites.values():
            for resident in site.residents:
                expected[site.type.id, resident.group] += 4 * equation(resident, site, slope, power)
                years[site.type.id, resident.group] += 4
        world.clock.run(scenario.blueprint.days)
        for key, counts in records_of(world).counts.items():
            if key.kind == "incident":
                seen[key.place, key.group] += sum(counts)
    return seen, expected, years


@pytest.mark.parametrize(("slope", "power"), [(0.02, 0.0), (0.0, 0.3), (0.01, -0.3)])
def test_incidents_follow_the_equation(tmp_path, slope, power):
    scenario = town(tmp_path, slope=slope, power=power)
    seen, expected, _ = seen_and_expected(scenario, 12, slope, power)
    for cell, number in expected.items():
        if number:
            assert abs(seen[cell] - number) < 4 * sqrt(number), cell
    together, exact = sum(seen.values()), sum(expected.values())
    assert abs(together - 1.1 * exact) > 4 * sqrt(exact)
    assert abs(together - 0.9 * exact) > 4 * sqrt(exact)


def per_year(scenario, slope: float, power: float) -> tuple[float, float]:
    seen, _, years = seen_and_expected(scenario, 6, slope, power)
    small, large = ((seen[kind, "troubled"], years[kind, "troubled"]) for kind in ("small", "large"))
    return small[0] / small[1], large[0] / large[1]


def test_small_sites_can_lose_and_can_win(tmp_path):
    """The same people, for each resident-year: four of them together, or five among fifteen quiet neighbours.

    Neighbours who provoke each other and no effect of size: the four-unit sites come out worse, although they are robust.
    Size that does harm in itself, and neighbours who do not matter: they come out better.
    """
    small, large = per_year(town(tmp_path, slope=0.02, power=0.0), 0.02, 0.0)
    assert small > 2 * large
    small, large = per_year(town(tmp_path, slope=0.0, power=0.4), 0.0, 0.4)
    assert large > 1.3 * small


def test_without_behaviour_there_are_no_incidents(tmp_path):
    scenario = town(tmp_path, calm=0, small="0 %", rest="100 %")
    counts = replicate(scenario, 1, 0, keep_records=True).records.counts
    assert {key.place for key in counts if key.kind == "incident"} == {"large"}
    assert {key.group for key in counts if key.kind == "incident"} == {"troubled"}


def test_names_of_sites_change_nothing(tmp_path):
    one, other = (replicate(town(tmp_path, ids=ids), 1, 0, keep_records=True) for ids in (("s", "l"), ("zoo", "abc")))
    assert one.figures == other.figures
    assert one.records.counts == other.records.counts


# --- complaints and damage ------------------------------------------------------------------------------------------


def test_complaints_are_binomial_and_tell_neighbours_apart():
    """Two residents at one site, one alone at another: nobody but ordinary neighbours complains of the one who lives alone."""
    written = {
        "own": {"after": {"exponential": "2 days"}},
        "complaints": {"neighbours": "30 %", "ordinary": "50 %", "by_type": {"apart": "10 %"}},
    }
    types = {name: TypeSpec(name, "only", 1, 1, True) for name in ("home", "apart")}
    sites = (SiteSpec("two", "home", 2), SiteSpec("one", "apart", 1))
    everybody = Initial(residents=(*residents(2).residents, *residents(1, "apart").residents))
    _, records = outcome({"incidents": written}, types=types, sites=sites, initial=everybody, days=4000.0)
    found = {(key.place, key.detail): sum(n) for key, n in records.counts.items() if key.kind == "complaint"}
    incidents = {key.place: sum(n) for key, n in records.counts.items() if key.kind == "incident"}
    assert ("apart", "neighbours") not in found
    for (place, who), share in {("home", "neighbours"): 0.3, ("home", "ordinary_neighbours"): 0.5,
                                ("apart", "ordinary_neighbours"): 0.1}.items():  # fmt: skip
        error = sqrt(share * (1 - share) * incidents[place])
        assert abs(found[place, who] - share * incidents[place]) < 4 * error
    both = found["home", "ordinary_neighbours"] + found["home", "neighbours"]
    assert abs(both - 1.1 * 0.8 * incidents["home"]) > 4 * sqrt(0.46 * incidents["home"])


def test_robust_homes_are_damaged_less_and_a_closing_home_is_not_repaired():
    written = {
        "incidents": {
            "own": {"after": "10 days"},
            "damage": {"share": "100 %", "by_type": {"robust": "0 %"}, "longer_turnaround": "7 days"},
        },
        "exits": {"transitions": {"out": {"after": "25 days", "destination": "other"}}},
    }
    types = {name: TypeSpec(name, "only", 1, 1, True) for name in ("home", "robust", "closing")}
    sites = (SiteSpec("a", "home", 1), SiteSpec("b", "robust", 1), SiteSpec("c", "closing", 1, closes=5.0))
    who = Initial(residents=tuple(r for kind in types for r in residents(1, kind).residents))
    _, records = outcome(written, types=types, sites=sites, initial=who)
    damage = {key.place: sum(n) for key, n in records.counts.items() if key.kind == "damage"}
    days = {key.place: sum(n) for key, n in records.counts.items() if key.kind == "damage_days"}
    assert damage == {"home": 2, "closing": 2}
    assert days == {"home": 14}


# --- strain ---------------------------------------------------------------------------------------------------------


def test_strain_is_felt_by_those_who_live_with_it():
    """Two residents, one incident each on day 100 (eight points each); one moves out on day 150, and the rest is felt by one."""
    half_life = 50.0
    drawn = plan(
        {"incidents": {"own": {"after": "100 days"}}, "strain": {"rises": 800, "half_life": "50 days"}},
        initial=residents(2),
        sites=(SiteSpec("site", "home", 2),),
        days=199.0,
        bins=(0.0, 120.0, 199.0),
    )
    world = build(drawn, layout=facts())
    first = world.dwellings[0].household
    world.at(150.0, 3, lambda: move_on(world, first, "moved_on", "other"))
    world.clock.run(199.0)
    records = records_of(world)
    decay = log(2) / half_life
    left = [exp(-decay * (day - 100.0)) for day in (100.0, 120.0, 150.0, 199.0)]
    areas = [1600.0 / decay * (before - after) for before, after in pairwise(left)]
    kinds = ("strain_days", "strain_resident_days")
    of_site, of_residents = (records.counts[CountKey(kind, "", "home", 0, "")] for kind in kinds)
    assert of_site == [round(areas[0]), round(areas[1] + areas[2])]
    assert of_residents == [round(2 * areas[0]), round(2 * areas[1] + areas[2])]


# --- the limit of a site --------------------------------------------------------------------------------------------


class Limited(LadderProgram):
    """A site bears four points of conflict behaviour."""

    hash = "limited"

    def suits(self, a, d, s, day):
        return a.conflict + s.site_conflict_sum <= 4


class Layout(FakeLayout):
    """With the sum of conflict behaviour as the only supplied fact."""

    def __init__(self):
        super().__init__({"site_conflict_sum": "site", "home_rank": "dwelling"})


@pytest.mark.parametrize("there", [1, 2])
def test_who_moves_within_a_site_is_counted_once(there):
    """The site bears 4: somebody of conflict 3 who lives there alone may move within it, and not where another of them lives."""
    drawn = plan(
        {"incidents": {"own": {"after": "1 000 000 years"}}, "replies": {"after": "5 days", "accept": "100 %"}},
        program=Limited(),
        groups={"people": people(fields={"conflict": marks(3, 3), "motivation": Fixed(3)})},
        types={"t1": TypeSpec("t1", "only", 1, 1, True), "t2": TypeSpec("t2", "only", 2, 2, True)},
        sites=(SiteSpec("site", "t1", there),),
        initial=residents(there, "t1"),
        days=100.0,
        bins=(0.0, 100.0),
    )
    world = build(drawn, layout=Layout())
    site = world.sites["site"]
    home = site.dwellings[0]
    mover = home.household
    other = _home_of_rank_2(world, site)
    world.at(10.0, 3, lambda: set_need(world, mover, "only", 2))
    seen = []
    for day in (9.0, 12.0, 99.0):  # before, while the offer is out, and afterwards
        world.at(day, 5, lambda: seen.append(site.facts.site_conflict_sum))
    world.clock.run(100.0)
    assert mover.home is (other if there == 1 else home)
    assert seen == [3 * there] * 3


@pytest.mark.parametrize(("limit", "moved"), [(7, True), (6, True), (5, False)])
def test_a_circle_within_a_site_counts_nobody_twice(limit, moved):
    """Two of conflict 3 who change homes leave the site as it was, with 6: it is enough that it bears these."""
    bears = type("Bears", (Limited,), {"suits": lambda _, a, d, s, day: a.conflict + s.site_conflict_sum <= limit})
    drawn = plan(
        {"incidents": {"own": {"after": "1 000 000 years"}}, "circles": {"every": "30 days"}},
        program=bears(),
        groups={"people": people(fields={"conflict": marks(3, 3), "motivation": Fixed(3)})},
        types={"t1": TypeSpec("t1", "only", 1, 1, True), "t2": TypeSpec("t2", "only", 2, 2, True)},
        sites=(SiteSpec("site", "t1", 1),),
        initial=residents(1, "t1"),
        days=100.0,
        bins=(0.0, 100.0),
    )
    world = build(drawn, layout=Layout())
    home = world.sites["site"].dwellings[0]
    other = _home_of_rank_2(world, world.sites["site"])
    first, second = home.household, create_household(world, "second", "people", ("only", 2))
    start_clock(world, second)
    move_in(world, second, other, "initial")
    world.at(10.0, 3, lambda: set_need(world, first, "only", 2))
    world.at(11.0, 3, lambda: set_need(world, second, "only", 1))
    world.clock.run(100.0)
    assert (first.home is other and second.home is home) is moved
    assert world.sites["site"].facts.site_conflict_sum == 6


def _home_of_rank_2(world, site):
    """Another home of the same site, of the second rank: sites of two types come of rules alone, so it is made by hand."""
    beside = add_site(world, SiteSpec("beside", "t2", 1, opens=float("inf")))
    (dwelling,) = beside.dwellings
    dwelling.site = site
    site.dwellings.append(dwelling)
    beside.dwellings.clear()
    open_dwelling(world, dwelling)
    return dwelling


# --- caretakers -----------------------------------------------------------------------------------------------------


class Cared:
    """One condition: the site has a caretaker."""

    names = ("cared",)
    cut_points: ClassVar = {"caretaker_percent": (1,)}

    def bits(self, a, d, s, day):
        return int(s is not None and s.caretaker_percent >= 1)

    def until(self, a, d, s, day):
        return 2**31


def test_a_caretaker_has_an_effect_and_a_cost_from_the_day_of_the_decision():
    drawn = plan(
        {
            "incidents": {"own": {"after": "100 days", "factors": ["cared"]}},
            "caretakers": {"posts": {"site": "30 %", "other": "0 %"}, "cost_of_post": "365 250 NOK per year"},
        },
        initial=residents(1),
        sites=(
            SiteSpec("site", "home", 1),
            SiteSpec("other-1", "home", 1, closes=400.0),
            SiteSpec("other-2", "home", 1, opens=300.0),
        ),
        factors={"cared": FactorSpec("cared", 1.0, (("cared", 0.5),), True)},
        conditions=Cared(),
        conditions_without_home=Cared(),
        timelines={
            "caretakers.posts.site": ((0.0, 0.0), (150.0, 0.3)),
            "caretakers.posts.other": ((0.0, 0.2),),
        },
        bins=(0.0, 200.0, 500.0),
        days=500.0,
    )
    world, records = run(drawn, layout=FakeLayout({"caretaker_percent": "site"}), check=True)
    # 100 days to the first; half of the next is used on day 150, the other half takes 100 days: then every 200 days.
    assert world.dwellings[0].household.facts.marks["incident"] == [100, 250, 450]
    assert world.sites["site"].facts.caretaker_percent == 30
    paid = [sum(a.nok for a in records.amounts if a.account == "staff" and a.bin == n) for n in (0, 1)]
    per_day = 365_250 / 365.25
    assert paid[0] == pytest.approx(per_day * (0.3 * 50 + 0.2 * 200))
    assert paid[1] == pytest.approx(per_day * (0.3 * 300 + 0.2 * 200 + 0.2 * 200))


POLICY = """
extends: town.yaml
name: care
question: {nb: Hva?, en: What?}
policy_from: 2028-01-01
changes: {caretakers: {posts: {add: {s-3: 20 %}, l: 20 %}}}
"""


def test_a_policy_employs_caretakers_from_its_day_on(tmp_path):
    town(tmp_path)
    (tmp_path / "care.yaml").write_text(POLICY, encoding="utf-8")
    scenario = load_scenario(tmp_path / "care.yaml")
    world = world_of(scenario, 1, 0)

    def posts():
        return {name: world.sites[name].facts.caretaker_percent for name in ("s-2", "s-3", "l-1", "l-2")}

    world.clock.run(729.0)
    assert posts() == {"s-2": 0, "s-3": 0, "l-1": 30, "l-2": 30}
    world.clock.run(731.0)
    assert posts() == {"s-2": 0, "s-3": 20, "l-1": 20, "l-2": 20}
    assert total(records_of(world), "incident") > 0
