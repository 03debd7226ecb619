"""Tiny hand-made worlds for tests: a blueprint, facts and rules without any YAML.

`FakeProgram` has every function of a program at its neutral value; a test overrides the one it is about.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from types import SimpleNamespace
from typing import Any

from sim.kernel import Discrete, Exponential, Fixed
from sim.world.assembly import assemble
from sim.world.blueprint import (
    Arrivals,
    Blueprint,
    GroupSpec,
    Initial,
    Regime,
    SiteSpec,
    TypeSpec,
)
from sim.world.recording import records_of

NEVER = 2**31
APPLICANT_FIELDS = ("true_rank", "true_scheme", "own_rank", "own_scheme", "conflict", "motivation", "in_crisis")


class FakeLayout:
    """Facts as plain namespaces; remembers the days on which events were marked."""

    def __init__(self, fields: Mapping[str, str] | None = None) -> None:
        named = dict.fromkeys(APPLICANT_FIELDS, "applicant") | dict(fields or {})
        self.fields = {name: SimpleNamespace(of=of) for name, of in named.items()}

    def new_applicant(self, values: Mapping[str, Any]) -> SimpleNamespace:
        return SimpleNamespace(marks={}, paused={}, **values)

    def new_dwelling(self, values: Mapping[str, Any]) -> SimpleNamespace:
        return SimpleNamespace(**values)

    new_site = new_dwelling

    def mark(self, facts: SimpleNamespace, event: str, day: int) -> None:
        facts.marks.setdefault(event, []).append(day)

    def marked(self, facts: SimpleNamespace, event: str) -> int | None:
        return facts.marks.get(event, [None])[-1]

    def clear(self, facts: SimpleNamespace, event: str) -> None:
        facts.marks.pop(event, None)

    def pause(self, facts: SimpleNamespace, state: str, day: int) -> None:
        facts.paused[state] = day

    def resume(self, facts: SimpleNamespace, state: str, day: int) -> None:
        facts.paused.pop(state, None)


class FakeProgram:
    """Every rule at its neutral value."""

    hash = "neutral"
    full_scan = False
    suits_timed = False
    has_moves = False
    timed_numbers = frozenset({"required_minutes"})
    reads = frozenset({"follow_up_percent"})
    watched: frozenset[str] = frozenset()
    transition = "decision_date"
    discretions = quotas = ()
    forecasts: Mapping[str, Any] = {}
    kept: Mapping[str, Any] = {}

    def refusals(self, a: Any, day: int) -> tuple[str, ...]:
        return ()

    def cell(self, a: Any, day: int) -> tuple[Any, ...]:
        return ()

    def dwelling_class(self, d: Any) -> tuple[Any, ...]:
        return ()

    def compatible(self, a: Any, d: Any, day: int) -> bool:
        return True

    def suits(self, a: Any, d: Any, s: Any, day: int) -> bool:
        return True

    def key(self, a: Any, day: int) -> tuple[int, ...]:
        return ()

    def key_until(self, a: Any, day: int) -> int:
        return NEVER

    def move_wanted(self, a: Any, d: Any, s: Any, day: int) -> str | None:
        return None

    def move_until(self, a: Any, d: Any, s: Any, day: int) -> int:
        return NEVER

    def reply_days(self, a: Any, d: Any, s: Any, day: int) -> int:
        return NEVER

    def decline_outcome(self, a: Any, d: Any, s: Any, day: int) -> str:
        return "keep"

    def term_months(self, a: Any, d: Any, s: Any, day: int) -> int:
        return 0

    def renewal_refusals(self, a: Any, d: Any, s: Any, day: int) -> tuple[str, ...]:
        return ()

    def warned(self, a: Any, d: Any, s: Any, day: int) -> bool:
        return False

    def notice(self, a: Any, d: Any, s: Any, day: int) -> bool:
        return False

    def hold_days(self, a: Any, d: Any, s: Any, day: int) -> int:
        return NEVER

    def temporary_entitled(self, a: Any, day: int) -> bool:
        return False

    def number(self, name: str, a: Any, d: Any, s: Any, day: int) -> int:
        return 0


class LadderProgram(FakeProgram):
    """Homes must match the need, and residents whose need has changed are to move."""

    hash = "ladder"
    has_moves = True

    def cell(self, a: Any, day: int) -> tuple[Any, ...]:
        return (a.true_rank,)

    def dwelling_class(self, d: Any) -> tuple[Any, ...]:
        return (d.home_rank,)

    def compatible(self, a: Any, d: Any, day: int) -> bool:
        return bool(a.true_rank == d.home_rank)

    def move_wanted(self, a: Any, d: Any, s: Any, day: int) -> str | None:
        return "FOLLOW_NEED" if a.true_rank != d.home_rank else None


def certain(value: object) -> Discrete[Any]:
    return Discrete((value,), (1.0,))


def blueprint(**changes: Any) -> Blueprint:
    """A year of one type `home` with two homes and one group arriving at 0.1 a day; override what the test is about."""
    days = changes.pop("days", 365.25)
    program = changes.pop("program", FakeProgram())
    given: dict[str, Any] = {
        "id": "toy",
        "start": date(2026, 1, 1),
        "days": days,
        "bins": (0.0, days),
        "measure_from": 0.0,
        "policy_from": None,
        "types": {"home": TypeSpec("home", "only", 1, 1, True)},
        "sites": (SiteSpec("site", "home", 2),),
        "groups": {"people": GroupSpec("people", Arrivals(((0.0, 0.1),)), certain(("only", 1)))},
        "fields": {},
        "regimes": (Regime(0.0, program),),
        "factors": {},
        "conditions": None,
        "conditions_without_home": None,
        "mechanisms": {},
        "initial": Initial(),
        "ranks": {"only": (1, 2, 3, 4, 5)},
    }
    return Blueprint(**{**given, **changes})


def build(plan: Blueprint, layout: Any = None, seed: int = 1, replication: int = 0, **options: Any) -> Any:
    """Assemble a world; its invariants are checked at every settle."""
    layout = layout or FakeLayout()
    programs = {regime.program.hash: regime.program for regime in plan.regimes}
    programs |= {rules.program.hash: rules.program for rules in plan.programmes.values()}
    world = assemble(plan, layout, programs, (plan.conditions, plan.conditions_without_home), seed, replication)
    world.check_every_settle = options.get("check", True)
    return world


def run(plan: Blueprint, **options: Any) -> Any:
    """Run a blueprint to its end and return (world, records)."""
    world = build(plan, **options)
    world.clock.run(plan.days)
    return world, records_of(world)


__all__ = ["Exponential", "FakeLayout", "FakeProgram", "Fixed", "LadderProgram", "blueprint", "build", "certain", "run"]
