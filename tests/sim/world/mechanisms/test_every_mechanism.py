"""What holds for every mechanism."""

from __future__ import annotations

import pytest
from mechanism_kit import facts, people, plan
from world_kit import LadderProgram, run

from sim.kernel import Discrete
from sim.world.blueprint import Arrivals, OneOf, SiteSpec, TypeSpec
from sim.world.mechanisms import MECHANISMS

BASE = {
    "case_handling": {"after": {"exponential": "10 days"}},
    "patience": {"transitions": {"gone": {"after": {"exponential": "300 days"}, "ending": "moved_away"}}},
    "needs": {
        "transitions": {
            "better": {"from": {"need": 2, "status": "housed"}, "to": 1, "after": {"exponential": "200 days"}},
            "worse": {"from": {"need": 1}, "to": 2, "after": {"exponential": "300 days"}},
        }
    },
    "exits": {"transitions": {"out": {"from": {"need": 1}, "after": {"exponential": "200 days"}, "destination": "private"}}},
    "turnaround": {"after": {"uniform": ["5 days", "30 days"]}},
}


def busy(mechanisms):
    return plan(
        mechanisms,
        days=1500.0,
        bins=(0.0, 500.0, 1500.0),
        program=LadderProgram(),
        types={f"t{rank}": TypeSpec(f"t{rank}", "only", rank, rank, True) for rank in (1, 2)},
        sites=(SiteSpec("a", "t1", 6), SiteSpec("b", "t2", 4)),
        groups={
            "people": people(
                arrivals=Arrivals(((0.0, 0.08),)),
                need=Discrete((("only", 1), ("only", 2)), (0.5, 0.5)),
                fields={
                    "conflict": OneOf(Discrete((0, 3), (0.5, 0.5))),
                    "motivation": OneOf(Discrete((0, 3), (0.5, 0.5))),
                },
            )
        },
    )


def test_the_base_is_busy():
    _, records = run(busy(BASE), layout=facts())
    assert len(records.moves) > 50
    assert {move.kind for move in records.moves} >= {"new", "transfer", "exit"}


@pytest.mark.parametrize("kind", MECHANISMS, ids=lambda kind: kind.name)
def test_neutral_parameters_change_nothing(kind):
    if kind.neutral is None:
        pytest.skip("has no neutral parameters")
    off = {name: value for name, value in BASE.items() if name != kind.name}
    _, without = run(busy(off), layout=facts())
    _, neutral = run(busy({**off, kind.name: kind.neutral}), layout=facts())
    for what in (
        "household_days",
        "dwelling_days",
        "counts",
        "waits",
        "moves",
        "returns",
        "amounts",
        "assets",
        "projects",
    ):
        assert getattr(without, what) == getattr(neutral, what), what


@pytest.mark.parametrize("kind", MECHANISMS, ids=lambda kind: kind.name)
def test_parameters_are_documented_and_have_a_schema(kind):
    assert kind.__doc__
    assert kind.Parameters.model_json_schema()


def test_names_are_unique():
    names = [kind.name for kind in MECHANISMS]
    assert len(set(names)) == len(names) == len(MECHANISMS)
    supplied = [fact.name for kind in MECHANISMS for fact in kind.facts]
    assert len(set(supplied)) == len(supplied)
