"""Teams with workers: caseloads, posts that fall vacant and are filled, continuity, decisions that take effect on a day."""

from __future__ import annotations

from math import exp, sqrt
from statistics import fmean, stdev
from typing import ClassVar

import pytest
from mechanism_kit import facts, outcome, people, plan, residents, world_of
from services_kit import THREE, Requires, hours_of, percents
from world_kit import FakeLayout, build

from sim.world.blueprint import Arrivals, FactorSpec, SiteSpec
from sim.world.invariants import check_world
from sim.world.verbs.leaving import move_on
from sim.world.verbs.lives import come_back, go_away, set_need

HOMES = {**THREE, "sites": (SiteSpec("site", "home", 9),)}


def services(teams, **more):
    return {"services": {"teams": teams, "required": "required_minutes", **more}}


def act(world, day, what):
    world.at(day, 3, what)
    world.clock.run(day + 0.5)
    check_world(world)


# --- who is taken on --------------------------------------------------------------------------------------------------


def test_whoever_finds_no_place_goes_to_the_next_team_that_fits_or_waits():
    """One worker of four hours takes two; the next team takes one; of five residents two wait, and get nothing."""
    teams = {
        "fact": {"workers": 1, "hours_per_worker": 4, "caseload": 2},
        "day": {"workers": 1, "hours_per_worker": 8, "caseload": 1},
    }
    world, records = outcome(services(teams), initial=residents(5, need=3), days=70.0, **HOMES)
    assert percents(world) == [100, 100, 100, 0, 0]
    assert hours_of(records, team="fact", what="required") == pytest.approx((2 + 2) * 2 * 10)
    assert hours_of(records, team="fact", what="offered") == pytest.approx(2 * 2 * 10)
    assert hours_of(records, team="fact", what="received") == pytest.approx(2 * 2 * 10)
    assert hours_of(records, team="day", what="received") == pytest.approx(2 * 10)
    assert hours_of(records, what="required_short") == pytest.approx(2 * 70)


def test_a_free_place_goes_to_whoever_has_waited_longest_and_an_absence_frees_none():
    teams = {"fact": {"workers": 1, "hours_per_worker": 40, "caseload": 2}}
    world = world_of(services(teams), initial=residents(4, need=3), **HOMES)
    a, b, _, _ = world.households.values()
    assert percents(world) == [100, 100, 0, 0]
    act(world, 1.0, lambda: go_away(world, a, "hospital"))
    assert percents(world) == [100, 100, 0, 0]
    act(world, 2.0, lambda: move_on(world, b, "moved_on", "private"))
    assert percents(world)[2:] == [100, 0]
    act(world, 3.0, lambda: come_back(world, a))
    assert percents(world) == [100, 100, 100, 0]
    act(world, 4.0, lambda: set_need(world, a, "only", 1))
    assert percents(world) == [100, 100, 100, 100]


def test_more_workers_take_those_who_wait_and_fewer_send_nobody_away():
    changed = {"services.teams.fact.hours_per_week": ((0.0, 40.0), (10.0, 80.0), (20.0, 40.0))}
    teams = {"fact": {"workers": 1, "hours_per_worker": 40, "caseload": 2}}
    world = world_of(services(teams), initial=residents(4, need=3), timelines=changed, **HOMES)
    assert percents(world) == [100, 100, 0, 0]
    world.clock.run(15.0)
    assert percents(world) == [100, 100, 100, 100]
    world.clock.run(25.0)
    check_world(world)
    assert percents(world) == [100, 100, 100, 100]


def test_a_team_may_add_hours_besides_those_of_the_first_that_fits():
    teams = {"day": {"hours_per_week": 8}, "night": {"hours_per_week": 3, "adds": 1, "serves": {"types": "home"}}}
    world, records = outcome(services(teams), initial=residents(4, need=3), days=70.0, **HOMES)
    assert percents(world) == [100] * 4
    assert hours_of(records, team="day", what="received") == pytest.approx(80.0)
    assert hours_of(records, team="night", what="required") == pytest.approx(40.0)
    assert hours_of(records, team="night", what="received") == pytest.approx(30.0)


def test_a_team_serves_those_of_a_programme():
    teams = {"homes_first": {"hours_per_week": 40, "serves": {"programmes": "first"}}, "day": {"hours_per_week": 2}}
    kind = world_of(services(teams), initial=residents(1, need=3), **HOMES).mechanisms["services"]
    spec = kind.parameters.teams["homes_first"]
    assert spec.serves.covers("only", 3, "home", "first")
    assert not spec.serves.covers("only", 3, "home", "none")


def test_travel_differs_by_type_of_home():
    """Twelve hours of a team reach ten where a sixth is on the road, and all of them where nothing is."""
    for travel, reached in ((None, 10.0), ({"home": "0 %"}, 12.0)):
        teams = {"day": {"hours_per_week": 12, "travel_share": "16.666666666667 %", "travel_by_type": travel or {}}}
        _, records = outcome(services(teams), initial=residents(9, need=3), days=7.0, **HOMES)
        assert hours_of(records, what="received") == pytest.approx(reached)
        assert hours_of(records, what="booked") == pytest.approx(18.0 * 12.0 / reached)
        assert hours_of(records, what="capacity") == pytest.approx(12.0)


# --- who gets how much ------------------------------------------------------------------------------------------------


def mixed(sharing, hours=5):
    """Three residents who need two hours, one of whom comes to need five."""
    world = world_of(services({"day": {"hours_per_week": hours}}, sharing=sharing), initial=residents(3, need=3), **HOMES)
    last = list(world.households.values())[2]
    act(world, 1.0, lambda: set_need(world, last, "only", 5))
    return world


def test_highest_need_first_gives_all_to_those_who_need_most_then_by_order():
    # Two, two and four hours are required: the third gets its four, the first what is left.
    assert percents(mixed("highest_need_first")) == [50, 0, 100]
    assert percents(mixed("proportional")) == [62, 62, 62]
    assert percents(mixed("highest_need_first", hours=0)) == [0, 0, 0]
    assert percents(mixed("highest_need_first", hours=8)) == [100, 100, 100]


def test_another_rule_of_sharing_takes_effect_on_its_day():
    changed = {"services.sharing": ((0.0, 0.0), (35.0, 1.0))}
    world = world_of(
        services({"day": {"hours_per_week": 3}}), initial=residents(2, need=3), timelines=changed, days=70.0, **HOMES
    )
    assert percents(world) == [75, 75]
    world.clock.run(36.0)
    check_world(world)
    assert percents(world) == [100, 50]


@pytest.mark.parametrize("sharing", ["proportional", "highest_need_first"])
@pytest.mark.parametrize("refresh", [None, "1 week"])
def test_twice_the_hours_never_lower_what_is_received(sharing, refresh):
    got = []
    for hours in (0, 3, 6, 12, 24, 48):
        written = services({"day": {"hours_per_week": hours}}, sharing=sharing) | {
            "absences": {"kinds": {"hospital": {"begins": {"exponential": "60 days"}, "lasts": {"exponential": "30 days"}}}},
            "needs": {"transitions": {
                "worse": {"from": {"need": [1, 2]}, "to": 4, "after": {"exponential": "100 days"}},
                "better": {"from": {"need": [3, 4]}, "to": 2, "after": {"exponential": "90 days"}},
            }},
        }  # fmt: skip
        if refresh:
            written["services"]["refresh"] = refresh
        _, records = outcome(written, initial=residents(9, need=3), days=700.0, **HOMES)
        assert hours_of(records, what="received") <= hours_of(records, what="accepted") * (1 + 1e-9)
        assert hours_of(records, what="received") <= hours * 100 * (1 + 1e-9)
        got.append((hours_of(records, what="met"), hours_of(records, what="required")))
    assert len({round(required, 6) for _, required in got}) == 1
    assert [met for met, _ in got] == sorted(met for met, _ in got)
    assert got[-1][0] == pytest.approx(got[-1][1]) and got[0][0] == 0.0


@pytest.mark.parametrize("sharing", ["proportional", "highest_need_first"])
def test_teams_by_another_name_do_the_same(sharing):
    def run_with(one, two):
        teams = {one: {"hours_per_week": 3, "serves": {"ranks": [4]}}, two: {"hours_per_week": 5}}
        needs = {"transitions": {
            "worse": {"from": {"need": [1, 2, 3]}, "to": 4, "after": {"exponential": "100 days"}},
            "better": {"from": {"need": 4}, "to": 2, "after": {"exponential": "90 days"}},
        }}  # fmt: skip
        _, records = outcome(
            services(teams, sharing=sharing) | {"needs": needs}, initial=residents(9, need=3), days=700.0, **HOMES
        )
        return {what: [hours_of(records, team=team, what=what) for team in (one, two)] for what in ("required", "received")}

    assert run_with("a", "b") == run_with("z", "c")


# --- against an independent answer ------------------------------------------------------------------------------------


def engset(sources, up, down, hours):
    """Expected adequacy of a closed team: each resident alone begins and ceases to require two hours; the rest is a binomial.

    Received is min(2 N, hours), where N is binomial: present or in need with probability up / (up + down).
    """
    p = up / (up + down)
    chance, law = (1 - p) ** sources, []
    for n in range(sources + 1):
        law.append(chance)
        chance *= (sources - n) / (n + 1) * p / (1 - p)
    required = sum(2.0 * n * q for n, q in enumerate(law))
    return sum(min(2.0 * n, hours) * q for n, q in enumerate(law)) / required


def adequacies(hours, sharing, k, days=20_000.0):
    """Eight residents, at home for a mean of 60 days and away for 20, in a team of so many hours; after a year."""
    away = {"kinds": {"hospital": {"begins": {"exponential": "60 days"}, "lasts": {"exponential": "20 days"}}}}
    written = services({"day": {"hours_per_week": hours}}, sharing=sharing) | {"absences": away}
    drawn = plan(written, initial=residents(8, need=3), days=days, bins=(0.0, 400.0, days), **HOMES)
    world = build(drawn, layout=facts(), replication=k, check=k == 0)
    world.clock.run(days)
    table = world.mechanisms["services"].teams["day"].hours(days)

    def after(what):
        return sum(areas[1] for cell, areas in table.items() if cell.what == what)

    return after("met") / after("required")


@pytest.mark.parametrize("sharing", ["proportional", "highest_need_first"])
def test_the_adequacy_of_an_overbooked_team_is_that_of_the_closed_model(sharing):
    found = [adequacies(9, sharing, k) for k in range(12)]
    error = stdev(found) / sqrt(len(found))
    exact = engset(8, 1 / 20, 1 / 60, 9.0)
    assert abs(fmean(found) - exact) < 4 * error
    assert error < 0.005
    # A team a tenth larger, or absences a tenth longer, would be told apart.
    assert abs(fmean(found) - engset(8, 1 / 20, 1 / 60, 9.9)) > 4 * error
    assert abs(fmean(found) - engset(8, 1 / 26, 1 / 60, 9.0)) > 4 * error


def posts_at_work(takes, turnover, k, days=1000.0, workers=20, changed=None):
    teams = {"day": {"workers": workers, "hours_per_worker": 10}}
    recruitment = {"takes": takes, "turnover": turnover}
    drawn = plan(
        services(teams, recruitment=recruitment), initial=residents(1, need=3), days=days, timelines=changed or {}, **HOMES
    )
    world = build(drawn, layout=facts(), replication=k, check=False)
    world.clock.run(days)
    team = world.mechanisms["services"].teams["day"]
    team.has.close(days)
    return sum(team.has.areas) / 60.0 / 10.0


def chain(leave, fill, days):
    """Expected days at work of a post that is filled on day 0, left at one rate and filled at another (two-state chain)."""
    total = leave + fill
    return fill / total * days + leave / total**2 * (1 - exp(-total * days))


def test_posts_stand_vacant_as_in_the_two_state_chain():
    found = [posts_at_work({"exponential": "100 days"}, "0.005 per day", k) for k in range(400)]
    error = stdev(found) / sqrt(len(found))
    assert abs(fmean(found) - 20 * chain(0.005, 0.01, 1000.0)) < 4 * error
    assert abs(fmean(found) - 20 * chain(0.0055, 0.01, 1000.0)) > 4 * error
    assert abs(fmean(found) - 20 * chain(0.005, 0.009, 1000.0)) > 4 * error


def test_added_hours_come_when_somebody_has_been_found():
    """Two posts; from day 100 five, which take 50 days to fill; from day 300 one."""
    changed = {"services.teams.day.hours_per_week": ((0.0, 20.0), (100.0, 50.0), (300.0, 10.0))}
    worked = posts_at_work("50 days", 0, 0, days=400.0, workers=2, changed=changed)
    assert worked == pytest.approx(2 * 150 + 5 * 150 + 1 * 100)


def test_recruitment_at_once_is_none():
    changed = {"services.teams.day.hours_per_week": ((0.0, 25.0), (100.0, 47.0), (300.0, 10.0))}
    teams = {"day": {"hours_per_week": 25, "hours_per_worker": 10}}
    found = []
    for more in ({}, {"recruitment": {"takes": "0 days", "turnover": 0}}):
        _, records = outcome(
            services(teams, **more), initial=residents(9, need=5), days=400.0, timelines=changed, bins=(0.0, 90.0, 400.0), **HOMES
        )
        found.append({cell: pytest.approx(areas) for cell, areas in records.hours.items()})
    assert found[0].keys() == found[1].keys()
    assert all(found[1][cell] == areas.expected for cell, areas in found[0].items())


# --- continuity -------------------------------------------------------------------------------------------------------


class SixMonths:
    names = ("six",)
    cut_points: ClassVar = {"continuity": (6,)}

    def bits(self, a, d, s, day):
        return int(d is not None and a.continuity >= 6)

    def until(self, a, d, s, day):
        return 2**31


def continued(teams=None, **changes):
    layout = FakeLayout({"home_rank": "dwelling", "follow_up_percent": "applicant", "continuity": "applicant"})
    k = changes.pop("replication", 0)
    needs = {"transitions": {"better": {"from": {"need": 3}, "to": 2, "after": "9000 days", "factors": ["six"]}}}
    drawn = plan(
        services(teams or {"day": {"hours_per_week": 40}, "rest": {"hours_per_week": 9}}, **changes.pop("more", {}))
        | {"needs": needs},
        factors={"six": FactorSpec("six", 1.0, (("six", 2.0),), True)},
        conditions=SixMonths(),
        conditions_without_home=SixMonths(),
        **{**HOMES, "initial": residents(2, need=3), **changes},
    )
    return build(drawn, layout=layout, replication=k)


def known(world):
    return [h.facts.continuity for h in world.households.values()]


def test_months_with_the_same_team_are_told_when_a_cut_point_is_reached():
    world = continued()
    a, b = world.households.values()
    assert known(world) == [0, 0]
    act(world, 182.0, lambda: None)
    assert known(world) == [0, 0]  # six months are 182.6 days
    act(world, 183.0, lambda: None)
    assert known(world) == [6, 6] and a.speeds == (2.0,)
    act(world, 190.0, lambda: go_away(world, a, "hospital"))
    act(world, 200.0, lambda: come_back(world, a))
    assert known(world) == [6, 6]
    act(world, 210.0, lambda: set_need(world, a, "only", 1))
    assert known(world) == [0, 6]
    act(world, 220.0, lambda: set_need(world, a, "only", 3))
    act(world, 220.6, lambda: move_on(world, b, "moved_on", "private"))
    act(world, 402.0, lambda: None)
    assert known(world)[0] == 0
    act(world, 403.0, lambda: None)
    assert known(world)[0] == 6


def test_another_team_breaks_it():
    teams = {"close": {"hours_per_week": 40, "serves": {"ranks": [4]}}, "day": {"hours_per_week": 40}}
    world = continued(teams)
    a, _ = world.households.values()
    act(world, 200.0, lambda: set_need(world, a, "only", 4))
    assert known(world) == [0, 6]
    act(world, 210.0, lambda: set_need(world, a, "only", 5))
    act(world, 392.0, lambda: None)
    assert known(world)[0] == 0
    act(world, 393.0, lambda: None)
    assert known(world)[0] == 6


def test_a_worker_who_leaves_breaks_it():
    """The share with the same worker for six months is the chance that a post was not left in that time: exp(-rate x time)."""
    rate, homes = 1 / 300.0, 40
    teams = {"day": {"workers": homes, "hours_per_worker": 30}}
    more = {"recruitment": {"takes": "0 days", "turnover": f"{rate} per day"}}
    sites = (SiteSpec("s", "home", homes),)
    shares = []
    for k in range(150):
        world = continued(teams, more=more, initial=residents(homes, need=3), sites=sites, days=900.0, replication=k)
        world.check_every_settle = k == 0
        world.clock.run(800.0)
        shares.append(fmean(months >= 6 for months in known(world)))
    error = stdev(shares) / sqrt(len(shares))
    half_a_year = 6 * 30.4375
    assert abs(fmean(shares) - exp(-rate * half_a_year)) < 4 * error
    assert abs(fmean(shares) - exp(-1.1 * rate * half_a_year)) > 4 * error


def test_nothing_is_kept_where_nobody_asks():
    world = world_of(services({"day": {"hours_per_week": 40}}), initial=residents(2, need=3), **HOMES)
    assert world.mechanisms["services"].continuity is None


def test_the_neutral_scenario_knows_neither_posts_nor_limits():
    arrivals = Arrivals(batches=((5.0, 2),))
    world = world_of(
        services({}), initial=residents(2, need=3), **{**HOMES, "groups": {"people": people(("only", 3), arrivals=arrivals)}}
    )
    kind = world.mechanisms["services"]
    assert not kind.limited and not kind.posts and isinstance(world.program, Requires)
