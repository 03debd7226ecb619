"""Which days the rules may count from: of an application, of a tenancy, and of the one before."""

from __future__ import annotations

from datetime import date

import pytest
from mechanism_kit import people, plan, residents, world_of
from world_kit import FakeLayout, FakeProgram, LadderProgram, build, certain

from rules.language import Layout
from rules.language.fields import Domain, Elapsed, Field, Stored, Supplied
from rules.reading import Label, Place
from sim.kernel import Discrete
from sim.world.blueprint import Arrivals, ByField, ByNeed, Fixed, GroupSpec, Initial, QueueSpec, SiteSpec, TypeSpec
from sim.world.blueprint import OneOf as Shares
from sim.world.verbs.leaving import move_on
from sim.world.verbs.lives import come_again, set_need

LADDER = {
    "program": LadderProgram(),
    "types": {f"t{rank}": TypeSpec(f"t{rank}", "only", rank, rank, True) for rank in (1, 2)},
    "sites": (SiteSpec("a", "t1", 1), SiteSpec("b", "t2", 1)),
    "days": 900.0,
}


@pytest.mark.parametrize("event", ["applied", "decided", "listed"])
def test_a_transfer_is_applied_for_decided_on_and_listed_on_one_day(event):
    world = world_of({}, initial=_neighbours(), **LADDER)
    mover = world.dwelling_by_id["a/1"].household
    assert mover.facts.marks[event] == [-400]
    world.at(300.0, 3, lambda: set_need(world, mover, "only", 2))
    world.clock.run(301.0)
    assert mover.application.kind == "transfer"
    assert mover.facts.marks[event][-1] == 300


def _neighbours():
    from sim.kernel import Fixed as Days
    from sim.world.blueprint import ResidentsSpec

    return Initial(residents=tuple(ResidentsSpec(f"t{r}", 1, 0.0, certain("people"), None, Days(400.0)) for r in (1, 2)))


def test_somebody_who_comes_back_brings_no_days_of_the_earlier_application_or_home():
    seen = []

    class Looks(FakeProgram):
        """Case handling on the day of application: what do the rules of eligibility see?"""

        hash = "looks"

        def refusals(self, a, day):
            seen.append((a.applying_as, {event: days[-1] for event, days in a.marks.items()}))
            return ()

    group = people()
    given = plan({"returns": {"share": "100 %", "after": "50 days"}}, program=Looks(), groups={"people": group}, days=300.0,
                 initial=Initial(households=(QueueSpec("people", certain(1), None),)))  # fmt: skip
    world = build(given, layout=FakeLayout({"applying_as": "applicant"}))
    (household,) = world.households.values()
    world.at(100.0, 3, lambda: move_on(world, household, "moved_on", "private"))
    world.clock.run(120.0)
    assert "moved_in" not in household.facts.marks
    world.clock.run(200.0)
    assert [applying for applying, _ in seen] == ["newcomer", "newcomer"]
    assert seen[0][1] == {"applied": 0}
    assert seen[1][1] == {"applied": 150, "exited": 100}
    assert {event: days[-1] for event, days in household.facts.marks.items()} == {
        "applied": 150,
        "decided": 150,
        "listed": 150,
        "moved_in": 150,
        "exited": 100,
    }


def test_time_in_a_home_is_absent_for_who_has_none():
    label, nowhere = Label(nb="tid", en="time"), Place("test", 1, 1, "")

    def field(name, source, **more):
        return Field(name=name, of="applicant", domain=Domain("int", 0, 1200), label=label, source=source, place=nowhere, **more)

    fields = [field(name, Stored()) for name in ("conflict", "motivation")]
    fields += [field("true_rank", Supplied("world")), field("months_in_home", Elapsed("moved_in", (), "months"), may_be="absent")]
    layout = Layout(fields, date(2026, 1, 1))
    world = build(plan({}, initial=residents(1)), layout=layout)
    (household,) = world.households.values()
    assert household.facts.months_in_home__since == 0
    world.at(50.0, 3, lambda: move_on(world, household, "moved_on", "private"))
    world.clock.run(60.0)
    assert household.facts.months_in_home__since is None
    world.at(70.0, 3, lambda: come_again(world, household, "unsuitable"))
    world.clock.run(80.0)
    assert household.facts.months_in_home__since == 70


def by_need(low, high):
    return ByNeed({("only", rank): Discrete((low if rank == 1 else high,), (1.0,)) for rank in (1, 2, 3)})


def test_a_field_that_depends_on_a_mark_follows_the_mark():
    """Whether or not a rule declares the fields that it depends on."""
    fields = {
        "substance": by_need(0, 2),
        "size": Shares(Discrete((1, 2), (0.5, 0.5))),
        "conflict": ByField("substance", {0: Fixed(1), 2: ByField("size", {1: Fixed(3), 2: Fixed(4)})}),
        "motivation": ByField("conflict", {1: Fixed(3), 3: Fixed(0), 4: Fixed(0)}),
    }
    group = GroupSpec("people", Arrivals(batches=((1.0, 6),)), certain(("only", 1)), fields)
    world = world_of({}, groups={"people": group}, sites=(SiteSpec("s", "home", 6),))
    world.clock.run(2.0)
    everybody = list(world.households.values())
    assert {(h.facts.conflict, h.facts.motivation) for h in everybody} == {(1, 3)}

    def worse():
        for household in everybody:
            set_need(world, household, "only", 2)

    world.at(5.0, 3, worse)
    world.clock.run(6.0)
    assert {(h.facts.conflict, h.facts.motivation) for h in everybody} == {(3, 0), (4, 0)}
    world.at(8.0, 3, lambda: [set_need(world, h, "only", 1) for h in everybody])
    world.clock.run(9.0)
    assert {(h.facts.conflict, h.facts.motivation) for h in everybody} == {(1, 3)}
