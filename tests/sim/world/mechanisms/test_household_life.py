"""Births, children who move out, and where people wish to live."""

from __future__ import annotations

from math import sqrt
from statistics import mean

import numpy as np
import pytest
from mechanism_kit import SUPPLIED, parameters, people, plan, residents
from pydantic import ValidationError
from scipy.linalg import expm
from world_kit import FakeLayout, build, run

from sim.kernel import Discrete
from sim.world.blueprint import ByField, Fixed, OneOf, SiteSpec
from sim.world.recording import records_of

BIRTH, OUT, DAYS, PEOPLE, RUNS = 900.0, 500.0, 1500.0, 30, 30
MORE = dict.fromkeys(("household_size", "children", "rooms_needed", "wished", "unwished"), "applicant")
LIFE = {
    "changes": {
        "birth": {
            "after": {"exponential": f"{BIRTH:g} days"},
            "adds": {"household_size": 1, "children": 1},
            "within": {"household_size": [1, 5], "children": [0, 3]},
        },
        "moves_out": {
            "after": {"exponential": f"{OUT:g} days"},
            "adds": {"household_size": -1, "children": -1},
            "within": {"household_size": [1, 5], "children": [0, 3]},
        },
    }
}


def layout():
    return FakeLayout({**SUPPLIED, **MORE})


def families(**fields):
    rooms = ByField("household_size", {size: Fixed((size + 3) // 2) for size in range(1, 6)})
    drawn = {"household_size": Fixed(2), "children": Fixed(1), "rooms_needed": rooms}
    drawn |= {"wished": Fixed("any"), "unwished": Fixed("none")}
    return {"people": people(fields={"conflict": Fixed(0), "motivation": Fixed(3), **drawn, **fields})}


def at_home(written, **changes):
    given = {"groups": families(), "initial": residents(PEOPLE), "sites": (SiteSpec("s", "home", PEOPLE),)}
    return plan(written, **{**given, "days": DAYS, "bins": (0.0, DAYS), **changes})


def exact_children(birth=BIRTH):
    """Mean number of children after DAYS, of a chain from one child: births to at most three, moving out to none."""
    rates = np.zeros((4, 4))
    for n in range(4):
        if n < 3:
            rates[n, n + 1] = 1 / birth
        if n > 0:
            rates[n, n - 1] = 1 / OUT
        rates[n, n] = -rates[n].sum()
    chances = expm(rates * DAYS)[1]
    average = float(chances @ np.arange(4))
    return average, float(chances @ np.arange(4) ** 2 - average**2)


def test_children_are_a_birth_and_death_chain_within_their_bounds():
    found = []
    for k in range(RUNS):
        world, _ = run(at_home({"household_life": LIFE}), layout=layout(), replication=k, check=False)
        found += [household.facts.children for household in world.households.values()]
    expected, variance = exact_children()
    error = sqrt(variance / len(found))
    assert abs(mean(found) - expected) / error < 4
    assert abs(mean(found) - exact_children(0.8 * BIRTH)[0]) / error > 4
    assert set(found) == {0, 1, 2, 3}


def test_what_is_drawn_by_the_size_follows_it():
    world, records = run(at_home({"household_life": LIFE}), layout=layout())
    assert {h.facts.household_size - h.facts.children for h in world.households.values()} == {1}
    assert all(h.facts.rooms_needed == (h.facts.household_size + 3) // 2 for h in world.households.values())
    changes = {key.detail: sum(n) for key, n in records.counts.items() if key.kind == "household_change"}
    assert set(changes) == {"birth", "moves_out"}
    born = PEOPLE + changes["birth"] - changes["moves_out"]
    assert sum(h.facts.children for h in world.households.values()) == born


def test_the_dead_and_the_departed_have_no_children_any_more():
    written = {"household_life": LIFE, "exits": {"transitions": {"out": {"after": "1 day", "destination": "private"}}}}
    _, records = run(at_home(written), layout=layout())
    assert not [key for key in records.counts if key.kind == "household_change" and sum(records.counts[key]) > 3]


@pytest.mark.parametrize(
    "wrong",
    [{"after": "1 day"}, {"after": "1 day", "adds": {}, "within": {}}, {"after": "1 day", "adds": {"a": 1}, "within": {}},
     {"after": "1 day", "adds": {"a": 1}, "within": {"a": [3, 1]}}],
)  # fmt: skip
def test_impossible_changes_are_refused(wrong):
    with pytest.raises(ValidationError):
        parameters(household_life={"changes": {"c": wrong}})


def test_days_in_the_wished_district_are_those_of_who_lives_there():
    wished = OneOf(Discrete(("any", "west", "east"), (0.4, 0.3, 0.3)))
    sites = (SiteSpec("a", "home", 20, "west"), SiteSpec("b", "home", 10, "east"))
    chosen = at_home({"wishes": {"wished": "wished", "unwished": "unwished"}}, groups=families(wished=wished), sites=sites)
    world = build(chosen, layout=layout())
    world.clock.run(DAYS)
    records = records_of(world)
    kinds = ("in_wished_days", "wishing_days")
    days = {kind: sum(sum(a) for key, a in records.counts.items() if key.kind == kind) for kind in kinds}
    wishing = [h for h in world.households.values() if h.facts.wished != "any"]
    assert days["wishing_days"] == pytest.approx(len(wishing) * DAYS)
    there = sum(h.home.site.district == h.facts.wished for h in wishing)
    assert 0 < there < len(wishing)
    assert days["in_wished_days"] == pytest.approx(there * DAYS)


def test_relabelling_the_districts_changes_nothing_but_their_names():
    def lives(west, east):
        wished = OneOf(Discrete((west, east), (0.5, 0.5)))
        sites = (SiteSpec("a", "home", 20, west), SiteSpec("b", "home", 10, east))
        chosen = at_home({"wishes": {"wished": "wished"}}, groups=families(wished=wished), sites=sites)
        records = run(chosen, layout=layout())[1]
        return records.moves, records.counts, records.household_days

    assert lives("west", "east") == lives("nord", "syd")
