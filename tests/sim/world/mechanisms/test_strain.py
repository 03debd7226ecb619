"""Strain of neighbourhoods: shot noise, what rules read of it, its feedback, and complaints of ordinary neighbours."""

from __future__ import annotations

from math import exp, log, sqrt
from typing import ClassVar

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from mechanism_kit import facts, outcome, plan, residents, total
from world_kit import build, run

from sim.measures.records import CountKey
from sim.world.blueprint import FactorSpec, SiteSpec

EVERY_100_DAYS = {"own": {"after": "100 days"}}


def point_days(records, place="home"):
    return records.counts.get(CountKey("strain_days", "", place, 0, ""), [0])


def one_resident(strain, incidents, days, **changes):
    mechanisms = {"incidents": incidents, "strain": strain}
    return plan(mechanisms, initial=residents(1), sites=(SiteSpec("site", "home", 1),), days=days, bins=(0.0, days), **changes)


def test_strain_rises_by_incident_and_halves_every_half_life():
    world = build(one_resident({"rises": 8, "half_life": "50 days"}, EVERY_100_DAYS, 1000.0), layout=facts())
    site, strain = world.sites["site"], world.mechanisms["strain"]
    seen = {}
    for day in (99.0, 100.5, 150.0, 199.0, 200.5):
        world.at(day, 5, lambda day=day: seen.__setitem__(day, (strain.at(site), site.facts.site_strain)))
    world.clock.run(201.0)
    expected = {99.0: 0.0, 100.5: 8 * 0.5**0.01, 150.0: 4.0, 199.0: 8 * 0.5**1.98, 200.5: 10 * 0.5**0.01}
    assert {day: points for day, (points, _) in seen.items()} == pytest.approx(expected)
    assert {day: points for day, (_, points) in seen.items()} == {99.0: 0, 100.5: 8, 150.0: 4, 199.0: 2, 200.5: 10}


def test_the_integral_of_strain_is_exact_across_periods():
    """Three incidents, on days 100, 200 and 300 of 350: each leaves rises / decay times what has decayed of it by then."""
    decay = log(2) / 40
    drawn = one_resident({"rises": 500, "half_life": "40 days"}, EVERY_100_DAYS, 350.0)
    _, whole_time = run(drawn, layout=facts(), check=True)
    area = sum(500 / decay * (1 - exp(-decay * (350 - day))) for day in (100, 200, 300))
    assert point_days(whole_time) == [round(area)]


def test_the_mean_is_campbells():
    """Poisson incidents on many sites: rate x rises x mean life, less what has not had time to build up since day 0."""
    rate, half_life, days, sites = 1 / 80, 60.0, 3000.0, 120
    drawn = plan(
        {
            "incidents": {"own": {"after": {"exponential": f"{1 / rate:g} days"}}},
            "strain": {"rises": 3, "half_life": f"{half_life:g} days"},
        },
        initial=residents(sites),
        sites=tuple(SiteSpec(f"s{n}", "home", 1) for n in range(sites)),
        days=days,
    )
    _, records = run(drawn, layout=facts(), check=False)
    life = half_life / log(2)
    mean = rate * 3 * life * (1 - (1 - exp(-days / life)) * life / days)
    incidents = total(records, "incident")
    assert incidents == pytest.approx(sites * days * rate, rel=4 / sqrt(sites * days * rate))
    assert sum(point_days(records)) / (sites * days) == pytest.approx(mean, rel=4 / sqrt(incidents))
    assert abs(mean / (rate * 3 * life) - 1) < 0.03  # near the long-run mean of Campbell's theorem


class Strained:
    """One condition: the site is strained by a whole point at least."""

    names = ("strained",)
    cut_points: ClassVar = {"site_strain": (1,)}

    def bits(self, a, d, s, day):
        return int(s is not None and s.site_strain >= 1)

    def until(self, a, d, s, day):
        return 2**31


def test_strain_feeds_back_by_a_risk_factor():
    drawn = one_resident(
        {"rises": 1, "half_life": "20 days"},
        {"own": {"after": "100 days", "factors": ["strained"]}},
        400.0,
        factors={"strained": FactorSpec("strained", 1.0, (("strained", 2.0),), True)},
        conditions=Strained(),
        conditions_without_home=Strained(),
    )
    world, _ = run(drawn, layout=facts(), check=True)
    # An incident on day 100; one point until it has halved, on day 120, uses 40 of the next hundred days: day 180, and so on;
    # what was left of the first (1/16) makes the second last longer: 1.0625 points are a half after 20 log2(2.125) days.
    second = 180.0
    lasts = 20 * log(2 * (1 + 2**-4)) / log(2)
    third = second + lasts + (100 - 2 * lasts)
    household = next(iter(world.households.values()))
    assert household.facts.marks["incident"][:3] == [100, 180, int(third)]


def test_ordinary_neighbours_complain_the_likelier_the_more_strained_the_site_is():
    always = {"rises": 1, "half_life": "90 days", "complaint_per_point": "100 %"}
    _, records = outcome({"incidents": EVERY_100_DAYS, "strain": always}, initial=residents(2))
    assert total(records, "complaint") == total(records, "incident") > 0
    assert {key.detail for key in records.counts if key.kind == "complaint"} == {"ordinary_neighbours"}
    few = {**always, "complaint_per_point": "20 %"}
    often = {"own": {"after": {"exponential": "20 days"}}}
    share = []
    for half_life in ("1 days", "300 days"):
        _, records = outcome({"incidents": often, "strain": {**few, "half_life": half_life}}, initial=residents(10))
        share.append(total(records, "complaint") / total(records, "incident"))
    assert share[0] == pytest.approx(0.2, abs=0.1)  # one point each, nearly always
    assert share[1] > 0.9


@settings(max_examples=25, deadline=None)
@given(half_life=st.integers(1, 400), longer=st.integers(1, 400), rises=st.integers(1, 6), people=st.integers(0, 5))
def test_longer_memory_is_never_less_strain_and_nobody_no_strain(half_life, longer, rises, people):
    def area(days):
        written = {"rises": rises, "half_life": f"{days} days"}
        drawn = plan({"incidents": EVERY_100_DAYS, "strain": written}, initial=residents(people))
        world, records = run(drawn, layout=facts(), check=True)
        assert not list(world.mechanisms["strain"].invariants())
        return sum(point_days(records))

    assert area(half_life) <= area(half_life + longer)
    assert (area(half_life) == 0) == (people == 0)


def test_without_anybody_who_reads_it_strain_costs_no_event():
    mechanisms = {"incidents": EVERY_100_DAYS, "strain": {"rises": 5, "half_life": "90 days"}}
    reads = facts()
    del reads.fields["site_strain"]
    silent = run(plan(mechanisms, initial=residents(1)), layout=reads)[1]
    told = run(plan(mechanisms, initial=residents(1)), layout=facts())[1]
    without = run(plan({"incidents": EVERY_100_DAYS}, initial=residents(1)), layout=facts())[1]
    assert silent.events["events"] == without.events["events"] < told.events["events"]
    assert point_days(silent) == point_days(told)
