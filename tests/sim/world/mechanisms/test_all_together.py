"""Every mechanism on at once, in a small world whose invariants are checked at every settle."""

from __future__ import annotations

from typing import ClassVar

import pytest
from mechanism_kit import SUPPLIED, marks, plan
from world_kit import FakeLayout, LadderProgram, certain, run

from sim.kernel import Discrete, Exponential
from sim.world.blueprint import (
    Arrivals,
    FactorSpec,
    Fixed,
    GroupSpec,
    Initial,
    OneOf,
    ProgrammeRules,
    ResidentsSpec,
    SiteSpec,
    TypeSpec,
)
from sim.world.mechanisms import MECHANISMS

DAYS = 1200.0
MORE = dict.fromkeys(("household_size", "wished", "unwished", "expected_wait_days"), "applicant")


class Strict(LadderProgram):
    """Homes follow the need; short holds, short terms, warnings and notices."""

    hash = "strict"

    def number(self, name, a, d, s, day):
        return 60 * (a.true_rank - 1)

    def hold_days(self, a, d, s, day):
        return 40

    def term_months(self, a, d, s, day):
        return 12

    def renewal_refusals(self, a, d, s, day):
        return ("CONFLICT",) if a.conflict > 2 else ()

    def warned(self, a, d, s, day):
        return len(a.marks["incident"]) % 2 == 1

    def notice(self, a, d, s, day):
        return len(a.marks["incident"]) % 3 == 0

    def temporary_entitled(self, a, day):
        return True

    def reply_days(self, a, d, s, day):
        return 5


class OfProgramme(Strict):
    """The rules of the programmes: whoever has conflict behaviour may take part; now and then somebody wants another home."""

    hash = "of the programme"
    has_moves = True

    def refusals(self, a, day):
        return () if a.conflict else ("NO_CONFLICT",)

    def suits(self, a, d, s, day):
        return True

    def move_wanted(self, a, d, s, day):
        return "NEW_START" if a.true_rank == 3 and day % 200 < 50 else None


class Around:
    names = ("many", "full")
    cut_points: ClassVar = {"neighbour_conflict_percent": (50,), "follow_up_percent": (80,)}

    def bits(self, a, d, s, day):
        if d is None:
            return 0
        return int(a.neighbour_conflict_percent >= 50) | int(a.follow_up_percent >= 80) << 1

    def until(self, a, d, s, day):
        return 2**31


ALL = {
    "case_handling": {"after": {"exponential": "15 days"}},
    "patience": {"transitions": {"p": {"after": {"exponential": "200 days"}, "ending": "found_other"}}},
    "needs": {
        "transitions": {
            "better": {
                "from": {"need": [2, 3]}, "to": {1: "80 %", 2: "20 %"}, "after": {"exponential": "200 days"}, "factors": ["full"],
            },
            "worse": {"from": {"need": [1, 2]}, "to": 3, "after": {"exponential": "300 days"}, "factors": ["many"]},
            "leaves": {"from": {"need": 1}, "to": "exit", "after": {"exponential": "600 days"}, "destination": "own_home"},
        }
    },
    "crisis": {"begins": {"after": {"exponential": "200 days"}}, "ends": {"after": {"exponential": "30 days"}}},
    "assessment": {"every": "50 days", "error": {"only": {2: {1: "10 %", 2: "80 %", 3: "10 %"}}}},
    "circles": {"every": "10 days"},
    "demand": {
        "reference": "60 days",
        "elasticity": 0.8,
        "unregistered": {"people": {"count": 9, "applies_after": {"exponential": "300 days"}}},
    },
    "household_life": {
        "changes": {
            "birth": {"after": {"exponential": "500 days"}, "adds": {"household_size": 1}, "within": {"household_size": [1, 5]}}
        }
    },
    "wishes": {"wished": "wished", "unwished": "unwished"},
    "exits": {
        "transitions": {"e": {"from": {"need": 1}, "after": {"exponential": "300 days"}, "destination": "private"}},
        "supply": {"lettings": "8 per year", "ready_today": {"count": 2}},
    },
    "returns": {"share": "50 %", "after": {"exponential": "100 days"}, "need": {"only": {1: "50 %", 2: "50 %"}}},
    "deaths": {"transitions": {"d": {"after": {"exponential": "1500 days"}}}},
    "absences": {
        "kinds": {
            "hospital": {"begins": {"exponential": "200 days"}, "lasts": {"exponential": "40 days"}},
            "prison": {"begins": {"exponential": "400 days"}, "lasts": {"exponential": "80 days"}},
        }
    },
    "acute_beds": {
        "overflow": "hospital",
        "kinds": {
            "kad": {"beds": 1, "begins": {"exponential": "150 days"}, "lasts": "9 days"},
            "reception": {
                "beds": 1, "from": {"status": ["housed", "waiting"]}, "situations": ["no_roof", "temporary"],
                "begins": {"exponential": "200 days"}, "lasts": {"exponential": "60 days"}, "line": "20 %",
                "cost_per_bed": "1 NOK per year",
            },
        },
    },
    "programmes": {
        "p": {
            "rules": "rules", "homes": "t0", "places": 3, "moves": "within",
            "scattered": {"from_stock": "50 %", "types": ["t1", "t2"], "search": {"exponential": "40 days"}},
            "home_loss": {"after": {"exponential": "200 days"}, "factors": ["many"], "situations": {"no_roof": "100 %"}},
            "ends": {"end": {"after": {"exponential": "500 days"}, "to": {"keeps_home": "60 %", "institution": "40 %"}}},
        },
        "q": {"rules": "rules", "homes": "t9", "next_steps": {"private": "conflict"}, "not_renewed": {"with_others": "100 %"}},
    },
    "incidents": {
        "own": {"after": {"exponential": "60 days"}, "factors": ["many"]},
        "damage": {"share": "20 %", "longer_turnaround": "9 days", "cost": "10 NOK"},
        "complaints": {"neighbours": "20 %", "ordinary": "30 %", "by_type": {"t3": "10 %"}},
    },
    "strain": {"half_life": "30 days", "complaint_per_point": "10 %"},
    "turnaround": {"after": {"uniform": ["2 days", "20 days"]}},
    "meetings": {"every": "5 days"},
    "replies": {"after": {"uniform": ["0 days", "7 days"]}, "accept": "80 %", "moves_in_after": "6 days"},
    "tenancy": {
        "petition_carried_out": "60 %",
        "eviction_after": {"exponential": "40 days"},
        "applies_again_after": {"exponential": "30 days"},
        "not_renewed": {"private": "50 %", "other": "50 %"},
    },
    "temporary": {"price": "1 100 NOK per night", "situations": ["no_roof", "leaving_institution"]},
    "services": {
        "teams": {
            "a": {"workers": 3, "caseload": 1.5, "serves": {"ranks": [3]}, "travel_by_type": {"t3": "10 %"}},
            "b": {"hours_per_week": "4", "travel_share": "20 %"},
            "night": {"hours_per_week": "1", "adds": "0.5", "serves": {"types": "t3"}},
        },
        "hours_per_worker": "2",
        "recruitment": {"takes": {"exponential": "60 days"}, "turnover": "1 per year"},
        "required": "minutes",
        "accepts": {"by": "motivation", "of": {0: "50 %", 3: "100 %"}},
        "refresh": "1 month",
    },
    "planning": {"at_once": 1, "contact_lowers_complaints": "50 %"},
    "caretakers": {"posts": {"a": "30 %", "new": "50 %"}, "cost_of_post": "800 000 NOK per year"},
    "projects": [
        {
            "id": "new", "type": "t3", "dwellings": 4, "start": "2026-03-01", "phases": {"building": {"exponential": "300 days"}},
            "base": {"units": 1, "until": "200 days"}, "contact_person": "300 days", "capital": {"building": "14 million NOK"},
        }
    ],
    "money": {"running_per_dwelling": {"default": "60 000 NOK per year"}, "staff_per_site": {"t3": "1 NOK per year"}},
}  # fmt: skip


def everything(replication=0, check=True):
    need = Discrete(tuple(("only", rank) for rank in (1, 2, 3)), (0.5, 0.3, 0.2))
    drawn = plan(
        ALL,
        days=DAYS,
        bins=(0.0, 400.0, DAYS),
        program=Strict(),
        types={f"t{rank}": TypeSpec(f"t{rank}", "only", rank, rank, True) for rank in (1, 2, 3)}
        | {name: TypeSpec(name, "beside", 1, 1, False) for name in ("t0", "t9")},
        programmes={"p": ProgrammeRules("t0", OfProgramme()), "q": ProgrammeRules("t9", OfProgramme())},
        sites=(
            SiteSpec("a", "t1", 8, "west"),
            SiteSpec("b", "t2", 6, "east"),
            SiteSpec("c", "t3", 4, closes=700.0),
            SiteSpec("d", "t3", 3, opens=500.0),
            SiteSpec("e", "t9", 2),
        ),
        groups={
            "people": GroupSpec(
                "people",
                Arrivals(((0.0, 0.1),)),
                need,
                {
                    "conflict": marks(0, 3),
                    "motivation": OneOf(Discrete((0, 3), (0.5, 0.5))),
                    "household_size": Fixed(2),
                    "wished": OneOf(Discrete(("any", "west"), (0.5, 0.5))),
                    "unwished": OneOf(Discrete(("none", "east"), (0.5, 0.5))),
                },
                situation=Discrete(("no_roof", "with_others"), (0.5, 0.5)),
            )
        },
        initial=Initial(
            residents=tuple(ResidentsSpec(f"t{rank}", None, 0.8, certain("people"), None, None) for rank in (1, 2, 3)),
            vacant="turnaround",
            ongoing=True,
            transfers_waited=Exponential(50.0),
            incidents_before=("conflict", {3: 0.01}),
        ),
        factors={
            "many": FactorSpec("many", 1.0, (("many", 2.0),), True),
            "full": FactorSpec("full", 1.0, (("full", 1.5),), True),
        },
        conditions=Around(),
        conditions_without_home=Around(),
    )
    return run(drawn, layout=FakeLayout({**SUPPLIED, **MORE}), replication=replication, check=check)


@pytest.mark.parametrize("replication", range(3))
def test_invariants_hold_at_every_settle(replication):
    assert set(ALL) == {kind.name for kind in MECHANISMS}
    _, records = everything(replication)
    kinds = {key.kind for key in records.counts}
    assert kinds >= {
        "application", "refused", "offer", "decline", "lease_start", "move_up", "move_down", "exit", "return", "death",
        "programme_entry", "programme_end", "programme_home_lost", "programme_after_1_years",
        "acute_stay", "acute_overflow", "acute_line", "incident", "damage", "complaint", "warning", "notice", "eviction",
    } - {"refused"}  # fmt: skip
    homes = sum(sum(areas) for areas in records.dwelling_days.values())
    assert homes == pytest.approx((25 + 2 + 3) * DAYS)
    # Little's law as an identity: the area of the list is the sum of the waits.
    waiting = sum(sum(areas) for cell, areas in records.household_days.items() if cell.status == "waiting")
    assert waiting == pytest.approx(sum((DAYS if w.end is None else w.end) - max(w.decided, 0.0) for w in records.waits))
    hours = {
        what: sum(sum(a) for cell, a in records.hours.items() if cell.what == what)
        for what in ("required", "offered", "accepted", "received", "met")
    }
    assert hours["required"] >= hours["offered"] >= hours["accepted"] >= hours["received"] >= hours["met"] > 0.0
    assert hours["received"] <= 10.0 * DAYS / 7.0
    assert all(sum(areas) >= 0.0 for areas in records.places.values())


def test_a_replication_is_a_function_of_its_number():
    first, again, other = everything(0, check=False)[1], everything(0)[1], everything(1, check=False)[1]
    for what in (
        "household_days",
        "dwelling_days",
        "hours",
        "counts",
        "waits",
        "moves",
        "returns",
        "amounts",
        "assets",
        "projects",
        "decisions",
    ):
        assert getattr(first, what) == getattr(again, what), what
    assert first.moves != other.moves
