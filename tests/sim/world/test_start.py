"""Day 0 and the verbs that need no mechanism."""

from __future__ import annotations

import pytest
from world_kit import FakeProgram, LadderProgram, blueprint, build, certain, run

from sim.kernel import Discrete, Exponential, Fixed
from sim.world import assembly
from sim.world.blueprint import (
    Arrivals,
    ByField,
    ByNeed,
    GroupSpec,
    Initial,
    OneOf,
    QueueSpec,
    ResidentsSpec,
    SiteSpec,
    TypeSpec,
)
from sim.world.blueprint import Fixed as FixedField
from sim.world.invariants import broken
from sim.world.profile import create_household
from sim.world.verbs.applications import withdraw
from sim.world.verbs.guard import InvariantError
from sim.world.verbs.leaving import die, move_on
from sim.world.verbs.lives import come_again, come_back, go_away, set_need
from sim.world.verbs.tenancy import move_in


@pytest.fixture(autouse=True)
def no_mechanisms(monkeypatch):
    monkeypatch.setattr(assembly, "MECHANISMS", ())


def ladder(**changes):
    given = {
        "days": 100.0,
        "bins": (0.0, 50.0, 100.0),
        "program": LadderProgram(),
        "types": {f"t{rank}": TypeSpec(f"t{rank}", "only", rank, rank, True) for rank in (1, 2)},
        "sites": (SiteSpec("a", "t1", 3), SiteSpec("b", "t2", 3)),
        "groups": {"people": GroupSpec("people", Arrivals(), certain(("only", 1)))},
    }
    return blueprint(**{**given, **changes})


def layout():
    from world_kit import FakeLayout

    return FakeLayout({"home_rank": "dwelling"})


def residents(kind, **changes):
    given = {"count": None, "occupied": 1.0, "groups": certain("people"), "need": None, "months_in_home": None}
    return ResidentsSpec(kind, **{**given, **changes})


def test_residents_of_day_0_fill_homes_without_a_lease_start():
    start = Initial(residents=(residents("t1", count=2), residents("t2", months_in_home=Fixed(400.0))))
    world = build(ladder(initial=start), layout=layout())
    assert [d.state for d in world.dwellings] == ["let", "let", "vacant", "let", "let", "let"]
    assert {h.moved_in for h in world.households.values()} == {0.0, -400.0}
    assert world.moves == []
    assert list(broken(world)) == []


def test_the_waiting_of_day_0_brings_its_elapsed_waits_and_is_housed_first_come_first():
    start = Initial(waiting=(QueueSpec("people", certain(5), Exponential(200.0)),))
    world = build(ladder(initial=start), layout=layout())
    housed = [w for w in world.waits if w.ending == "housed"]
    assert len(housed) == 3
    assert all(w.decided < 0 for w in housed)
    longest = sorted(w.decided for w in housed)
    still = [h.application.decided for h in world.households.values() if h.application]
    assert longest[-1] <= min(still)


def test_a_home_is_kept_until_the_next_is_ready():
    start = Initial(residents=(residents("t1", count=3), residents("t2", count=3, need=certain(("only", 2)))))
    world = build(ladder(initial=start), layout=layout())
    moving = world.dwelling_by_id["a/1"].household
    world.at(10.0, 3, lambda: set_need(world, moving, "only", 2))
    world.at(30.0, 3, lambda: die(world, world.dwelling_by_id["b/2"].household))
    world.clock.run(20.0)
    assert moving.home.id == "a/1"
    assert moving.application.kind == "transfer"
    world.clock.run(40.0)
    assert moving.home.id == "b/2"
    assert moving.application is None
    assert world.dwelling_by_id["a/1"].state == "vacant"
    assert [m.kind for m in world.moves] == ["death", "transfer"]


def test_a_resident_whose_need_changes_back_leaves_the_list():
    start = Initial(residents=(residents("t1", count=3), residents("t2", count=3, need=certain(("only", 2)))))
    world = build(ladder(initial=start), layout=layout())
    moving = world.dwelling_by_id["a/1"].household
    world.at(10.0, 3, lambda: set_need(world, moving, "only", 2))
    world.at(12.0, 3, lambda: set_need(world, moving, "only", 1))
    world.clock.run(20.0)
    assert moving.application is None
    assert world.queue.size == 0
    assert world.waits == []


def test_homes_close_when_vacated_and_open_on_their_day():
    sites = (SiteSpec("a", "home", 1, closes=50.0), SiteSpec("b", "home", 1, opens=60.0))
    start = Initial(residents=(residents("home"),))
    world = build(blueprint(days=100.0, bins=(0.0, 100.0), sites=sites, groups=_nobody(), initial=start))
    tenant = world.dwelling_by_id["a/1"].household
    world.at(70.0, 3, lambda: move_on(world, tenant, "moved_on", "other"))
    world.clock.run(55.0)
    assert [d.state for d in world.dwellings] == ["let", "planned"]
    world.clock.run(65.0)
    assert [d.state for d in world.dwellings] == ["let", "vacant"]
    world.clock.run(80.0)
    assert [d.state for d in world.dwellings] == ["closed", "vacant"]


def test_former_residents_count_for_730_days_at_most():
    start = Initial(residents=(residents("home"),))
    plan = blueprint(days=1000.0, bins=(0.0, 1000.0), sites=(SiteSpec("a", "home", 1),), groups=_nobody(), initial=start)
    world = build(plan)
    tenant = world.dwelling_by_id["a/1"].household
    world.at(100.0, 3, lambda: move_on(world, tenant, "moved_on", "private"))
    world.clock.run(1000.0)
    former = {cell: sum(area) for cell, area in world.household_days.table().items() if cell.former}
    assert sum(former.values()) == pytest.approx(730.0)
    assert tenant.status == "gone"


def test_an_absent_resident_holds_the_home():
    start = Initial(residents=(residents("home"),))
    world = build(blueprint(sites=(SiteSpec("a", "home", 1),), groups=_nobody(), initial=start))
    (tenant,) = world.households.values()
    go_away(world, tenant, "hospital")
    assert world.dwellings[0].state == "held"
    come_back(world, tenant)
    assert world.dwellings[0].state == "let"
    world.settle()
    assert list(broken(world)) == []


def test_verbs_refuse_the_impossible():
    start = Initial(residents=(residents("home"),))
    world = build(blueprint(sites=(SiteSpec("a", "home", 1),), groups=_nobody(), initial=start))
    (tenant,) = world.households.values()
    with pytest.raises(InvariantError, match="one or the other is taken"):
        move_in(world, tenant, world.dwellings[0], "new")
    with pytest.raises(InvariantError, match="a list it is not on"):
        withdraw(world, tenant, "lapsed")
    with pytest.raises(InvariantError, match="returns while housed"):
        come_again(world, tenant, "no_roof")


def test_a_broken_world_is_found():
    start = Initial(residents=(residents("home"),))
    world = build(blueprint(sites=(SiteSpec("a", "home", 2),), groups=_nobody(), initial=start))
    world.dwellings[1].household.home = world.dwellings[0]
    assert any("lives elsewhere" in sentence for sentence in broken(world))
    world.dwelling_days.move(0.0, None, next(iter(world.dwelling_days)))
    assert any("are counted" in sentence for sentence in broken(world))


def test_marks_follow_the_need_with_one_uniform():
    shares = {("only", 1): Discrete((0, 3), (0.9, 0.1)), ("only", 2): Discrete((0, 3), (0.1, 0.9))}
    fields = {
        "conflict": ByNeed(shares),
        "motivation": ByField("conflict", {0: FixedField(3), 3: OneOf(Discrete((0, 1), (0.5, 0.5)))}),
    }
    group = GroupSpec("people", Arrivals(), certain(("only", 1)), fields=fields)
    world = build(blueprint(groups={"people": group}))
    before, after = [], []
    for number in range(400):
        household = create_household(world, f"x/{number}", "people")
        before.append(household.facts.conflict)
        assert (household.facts.motivation == 3) == (household.facts.conflict == 0)
        set_need(world, household, "only", 2)
        after.append(household.facts.conflict)
        set_need(world, household, "only", 1)
        assert household.facts.conflict == before[-1]
    assert all(b <= a for b, a in zip(before, after, strict=True))
    assert 0.05 < sum(b == 3 for b in before) / 400 < 0.16
    assert 0.84 < sum(a == 3 for a in after) / 400 < 0.95


def test_a_refused_household_leaves_with_its_ground():
    class Refuses(FakeProgram):
        def refusals(self, a, day):
            return ("ADULT", "RESIDENCE")

    plan = blueprint(
        days=20.0,
        program=Refuses(),
        groups={"people": GroupSpec("people", Arrivals(batches=((1.0, 3),)), certain(("only", 1)))},
    )
    world, records = run(plan)
    assert [row[6:8] for row in world.decisions] == [("refused", "ADULT RESIDENCE")] * 3
    assert records.waits == []
    assert world.households == {}


def _nobody():
    return {"people": GroupSpec("people", Arrivals(), certain(("only", 1)))}


def waiting_of(count, **still):
    """A world where everybody waits, with marks that applicants have and, where said, those who still wait."""
    group = GroupSpec(
        "people",
        Arrivals(),
        Discrete((("only", 1), ("only", 2)), (0.5, 0.5)),
        {
            "conflict": OneOf(Discrete((0, 3), (0.5, 0.5))),
            "motivation": ByNeed({("only", 1): certain(1), ("only", 2): certain(2)}),
        },
        situation=Discrete(("no_roof", "unsuitable"), (0.5, 0.5)),
    )
    start = Initial(waiting=(QueueSpec("people", certain(count), None, **still),))
    return build(blueprint(sites=(), groups={"people": group}, initial=start))


def test_who_still_waits_is_drawn_by_what_the_scenario_says_of_them():
    count = 2000
    conflict = ByNeed({("only", 1): Discrete((0, 3), (0.9, 0.1)), ("only", 2): certain(3)})
    still = {
        "need": Discrete((("only", 1), ("only", 2)), (0.2, 0.8)),
        "situation": Discrete(("no_roof", "unsuitable"), (0.1, 0.9)),
    }
    world = waiting_of(count, **still, fields={"conflict": conflict})
    households = list(world.households.values())
    shares = {
        "second rank": (sum(h.need == 2 for h in households), 0.8),
        "no roof": (sum(h.situation == "no_roof" for h in households), 0.1),
        "conflict": (sum(h.facts.conflict == 3 for h in households), 0.8 + 0.2 * 0.1),
    }
    for number, share in shares.values():
        error = (count * share * (1 - share)) ** 0.5
        assert abs(number - count * share) / error < 4
        assert abs(number - count * (share + 0.05)) / error > 4
    assert all(h.facts.motivation == h.need for h in households)
    assert all(h.facts.conflict == 3 for h in households if h.need == 2)


def test_who_waits_is_who_applies_where_the_scenario_says_nothing_else():
    """The same persons, whether nothing is said or the shares of those who apply are said again."""
    said = {
        "need": Discrete((("only", 1), ("only", 2)), (0.5, 0.5)),
        "situation": Discrete(("no_roof", "unsuitable"), (0.5, 0.5)),
        "fields": {"conflict": OneOf(Discrete((0, 3), (0.5, 0.5)))},
    }
    who = [
        [(h.id, h.need, h.situation, h.facts.conflict, h.facts.motivation) for h in world.households.values()]
        for world in (waiting_of(50), waiting_of(50, **said))
    ]
    assert who[0] == who[1]
