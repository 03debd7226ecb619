"""The core of the world as a queue: against theory, and against a full scan of everybody."""

from __future__ import annotations

import math
from statistics import mean, stdev

import pytest
from world_kit import FakeProgram, blueprint, build, certain, run

from sim.kernel import Discrete, Exponential
from sim.measures.records import Amount
from sim.world import assembly
from sim.world.arrivals import after_exposure
from sim.world.blueprint import Arrivals, GroupSpec, Initial, OneOf, Regime, SiteSpec, TypeSpec
from sim.world.closing import check_records
from sim.world.transitions import Transition
from sim.world.verbs.dwellings import open_dwelling
from sim.world.verbs.guard import InvariantError
from sim.world.verbs.leaving import die, move_on


class Stays:
    """Residents leave after an exponential stay."""

    name = "exits"
    facts = ()
    mean_days = 10.0

    def __init__(self, parameters, world):
        pass

    def transitions(self):
        def leave(world, household, k):
            move_on(world, household, "moved_on", "other")

        return (Transition("exits.out", {"status": ("housed",)}, Exponential(self.mean_days), (), leave),)

    def handlers(self):
        return {}

    def start(self):
        pass

    def invariants(self):
        return ()

    def finish(self, records):
        pass


@pytest.fixture(autouse=True)
def only_stays(monkeypatch):
    monkeypatch.setattr(assembly, "MECHANISMS", (Stays,))


def mean_waits(homes, replications=12, days=3000.0):
    plan = blueprint(
        days=days,
        bins=(0.0, days),
        sites=(SiteSpec("s", "home", homes),),
        groups={"people": GroupSpec("people", Arrivals(((0.0, 0.25),)), certain(("only", 1)))},
        mechanisms={"exits": True},
    )
    means = []
    for k in range(replications):
        _, records = run(plan, check=False, replication=k)
        means.append(mean((days if w.end is None else w.end) - w.decided for w in records.waits))
    return means


def z(sample, truth):
    return (mean(sample) - truth) / (stdev(sample) / math.sqrt(len(sample)))


def test_three_homes_wait_as_erlang_c_says_and_four_do_not():
    # M/M/3, arrivals .25 a day, mean stay 10 days: mean wait 14.044944 days. Started empty: the first 3000 days lose
    # little (relaxation time about 30 days), so the bias is far below the standard error.
    assert abs(z(mean_waits(3), 14.044944)) < 4
    assert abs(z(mean_waits(4), 14.044944)) > 4


def test_invariants_hold_at_every_settle():
    plan = blueprint(days=800.0, bins=(0.0, 100.0, 800.0), mechanisms={"exits": True})
    _world, records = run(plan, check=True)
    assert len(records.waits) > 40
    # Little's law as an identity: the area of the list equals the sum of the waits.
    waiting = sum(sum(area) for cell, area in records.household_days.items() if cell.status == "waiting")
    assert waiting == pytest.approx(sum((800.0 if w.end is None else w.end) - w.decided for w in records.waits))
    homes = sum(sum(area) for area in records.dwelling_days.values())
    assert homes == pytest.approx(2 * 800.0)


class Picky(FakeProgram):
    """Two hard conditions (one a cell, one not) and a priority of two classes."""

    hash = "picky"

    def cell(self, a, day):
        return (a.size,)

    def dwelling_class(self, d):
        return (d.rooms,)

    def compatible(self, a, d, day):
        return a.size <= d.rooms

    def suits(self, a, d, s, day):
        return a.conflict == 0 or s.calm

    def key(self, a, day):
        return (0 if a.urgent else 1,)


class Scan(FakeProgram):
    """The same rules with no pools: everybody is in one cell and every condition is examined for everybody."""

    hash = "scan"
    full_scan = True

    def suits(self, a, d, s, day):
        return a.size <= d.rooms and (a.conflict == 0 or s.calm)

    def full_key(self, a, d, s, day):
        return (0 if a.urgent else 1,)


class Layout:
    """Facts of the picky rules."""

    def __init__(self):
        from world_kit import FakeLayout

        self.inner = FakeLayout(
            {"size": "applicant", "urgent": "applicant", "conflict": "applicant", "rooms": "dwelling", "calm": "site"}
        )
        self.fields = self.inner.fields
        self.mark, self.clear, self.pause, self.resume = (
            self.inner.mark,
            self.inner.clear,
            self.inner.pause,
            self.inner.resume,
        )
        self.new_applicant, self.new_dwelling, self.new_site = (
            self.inner.new_applicant,
            self.inner.new_dwelling,
            self.inner.new_site,
        )


@pytest.mark.parametrize("seed", range(4))
def test_pools_decide_as_a_full_scan_does(seed):
    def plan(program):
        return blueprint(
            days=1500.0,
            bins=(0.0, 1500.0),
            program=program,
            types={"home": TypeSpec("home", "only", 1, 1, True)},
            sites=(
                SiteSpec("a", "home", 2, attributes={"calm": True}, dwelling_attributes={"rooms": 1}),
                SiteSpec("b", "home", 2, attributes={"calm": False}, dwelling_attributes={"rooms": 2}),
                SiteSpec("c", "home", 1, attributes={"calm": True}, dwelling_attributes={"rooms": 3}, opens=300.0),
            ),
            groups={
                "people": GroupSpec(
                    "people",
                    Arrivals(((0.0, 0.5),)),
                    certain(("only", 1)),
                    fields={
                        "size": OneOf(Discrete((1, 2, 3), (0.6, 0.3, 0.1))),
                        "urgent": OneOf(Discrete((True, False), (0.2, 0.8))),
                        "conflict": OneOf(Discrete((0, 2), (0.7, 0.3))),
                    },
                )
            },
            mechanisms={"exits": True},
        )

    pooled, _ = run(plan(Picky()), layout=Layout(), seed=seed)
    scanned, _ = run(plan(Scan()), layout=Layout(), seed=seed)
    kept = [row[:3] + row[4:] for row in pooled.decisions]
    assert kept == [row[:3] + row[4:] for row in scanned.decisions]
    assert sum(row[2] == "allocation" for row in kept) > 100
    assert pooled.counters["candidates_examined"] < scanned.counters["candidates_examined"]


def test_step_rates_are_inverted_exactly():
    rate = ((0.0, 2.0), (10.0, 0.0), (20.0, 0.5))
    assert after_exposure(rate, 0.0, 4.0) == 2.0
    assert after_exposure(rate, 4.0, 12.0) == 10.0
    assert after_exposure(rate, 4.0, 13.0) == 22.0
    assert after_exposure(((0.0, 1.0), (5.0, 0.0)), 4.0, 3.0) == math.inf
    assert after_exposure(((5.0, 1.0),), 0.0, 3.0) == 8.0


def test_a_regime_with_the_same_rules_changes_nothing():
    plain = blueprint(days=900.0, bins=(0.0, 900.0), mechanisms={"exits": True})
    program = plain.regimes[0].program
    renewed = blueprint(
        days=900.0, bins=(0.0, 900.0), mechanisms={"exits": True}, regimes=(Regime(0.0, program), Regime(400.0, program))
    )
    a, b = run(plain)[1], run(renewed)[1]
    assert a.waits == b.waits
    assert a.household_days == b.household_days


def test_two_homes_vacant_at_once_go_by_id():
    plan = blueprint(
        days=10.0,
        bins=(0.0, 10.0),
        groups={"people": GroupSpec("people", Arrivals(batches=((5.0, 2),)), certain(("only", 1)))},
        initial=Initial(),
        mechanisms={},
    )
    world, _ = run(plan)
    assert [(row[4], row[5]) for row in world.decisions if row[2] == "allocation"] == [
        ("site/1", "people-batch/0"),
        ("site/2", "people-batch/1"),
    ]


def test_the_core_never_allocates_past_a_household_that_declined(monkeypatch):
    program = FakeProgram()
    plan = blueprint(days=50.0, bins=(0.0, 50.0), program=program, sites=(SiteSpec("s", "home", 1),))
    world = build(plan)
    world.customs.accepts = lambda application, dwelling: application.household.id != "people/0"
    world.clock.run(50.0)
    assert "people/0" in world.households
    assert world.households["people/0"].home is None
    assert world.dwelling_by_id["s/1"].household.id == "people/1"


def test_time_alone_may_let_a_home_suit():
    class Patient(FakeProgram):
        """A home suits who has waited for at least 30 days."""

        hash = "patient"
        suits_timed = True

        def suits(self, a, d, s, day):
            return day - a.marks["listed"][-1] >= 30

    plan = blueprint(
        days=60.0,
        bins=(0.0, 60.0),
        program=Patient(),
        groups={"people": GroupSpec("people", Arrivals(batches=((5.0, 2),)), certain(("only", 1)))},
    )
    _, records = run(plan)
    assert [w.end for w in records.waits] == [35.0, 35.0]


def test_records_that_contradict_themselves_are_found():
    plan = blueprint(days=400.0, bins=(0.0, 400.0), mechanisms={"exits": True})
    world, records = run(plan)
    check_records(world, records)
    records.waits.append(records.waits[0]._replace(decided=30.0, end=10.0))
    records.amounts.append(Amount(0, "rent", "municipality", math.inf))
    world.created += 1
    records.dwelling_days[next(iter(records.dwelling_days))][0] += 1.0
    with pytest.raises(InvariantError) as found:
        check_records(world, records)
    for words in ("waited from day 30 to day 10", "waits of", "dwelling-days of 2 homes", "households came", "impossible amount"):
        assert words in str(found.value)


def test_a_kind_of_home_that_is_met_first_while_facts_change_finds_the_right_pools():
    """A home of a kind not seen before is vacated in the event in which the facts of those who wait change."""

    class Shy(FakeProgram):
        hash = "shy"

        def cell(self, a, day):
            return (a.size,)

        def dwelling_class(self, d):
            return (d.rooms,)

        def compatible(self, a, d, day):
            return a.size == d.rooms

    def homes(name, rooms, opens):
        return SiteSpec(name, "home", 1, dwelling_attributes={"rooms": rooms}, attributes={"calm": True}, opens=opens)

    plan = blueprint(
        days=100.0,
        bins=(0.0, 100.0),
        program=Shy(),
        sites=(homes("a", 9, 0.0), homes("b", 2, 50.0)),
        groups={
            "people": GroupSpec(
                "people",
                Arrivals(batches=((5.0, 1), (60.0, 1))),
                certain(("only", 1)),
                {name: OneOf(Discrete((value,), (1.0,))) for name, value in (("size", 1), ("urgent", False), ("conflict", 0))},
            )
        },
    )
    world = build(plan, layout=Layout())

    def grows():
        (household,) = world.households.values()
        household.facts.size = 2
        world.touch(household)
        open_dwelling(world, world.dwelling_by_id["b/1"])

    world.at(20.0, 3, grows)
    world.clock.run(30.0)
    home = world.dwelling_by_id["b/1"]
    assert home.household.id == "people-batch/0"
    world.at(70.0, 3, lambda: die(world, home.household))
    world.clock.run(90.0)
    # The pool in which the first stood when the home was met is not one that the home suits.
    assert world.households["people-batch/1"].facts.size == 1
    assert home.household is None
