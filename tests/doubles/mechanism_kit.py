"""Worlds with mechanisms, their parameters written as they stand in YAML."""

from __future__ import annotations

from typing import Any

from world_kit import FakeLayout, blueprint, build, certain, run

from sim.kernel import Discrete
from sim.world.blueprint import Arrivals, ByNeed, Fixed, GroupSpec, Initial, QueueSpec, ResidentsSpec
from sim.world.mechanisms import MECHANISMS

KINDS = {kind.name: kind for kind in MECHANISMS}
SUPPLIED = {
    "site_conflict_sum": "site",
    "site_strain": "site",
    "neighbour_conflict_percent": "applicant",
    "follow_up_percent": "applicant",
    "situation": "applicant",
    "absent": "applicant",
    "home_rank": "dwelling",
}


def parameters(**written: Any) -> dict[str, Any]:
    """Validate what stands under each key of the scenario."""
    return {name: KINDS[name].Parameters.model_validate(value) for name, value in written.items()}


def facts() -> FakeLayout:
    return FakeLayout(SUPPLIED)


def people(need: Any = ("only", 1), **changes: Any) -> GroupSpec:
    given = {
        "arrivals": Arrivals(),
        "need": need if isinstance(need, Discrete) else certain(need),
        "fields": {"conflict": Fixed(0), "motivation": Fixed(3)},
    }
    return GroupSpec("people", **{**given, **changes})


def plan(mechanisms: dict[str, Any], **changes: Any) -> Any:
    """A plan with nobody arriving: a test says who there is."""
    given = {"groups": {"people": people()}, "mechanisms": parameters(**mechanisms), "days": 1000.0}
    return blueprint(**{**given, **changes})


def applicants(count: int) -> Initial:
    return Initial(households=(QueueSpec("people", certain(count), None),))


def residents(count: int, kind: str = "home", need: int = 0) -> Initial:
    """So many residents of a type; with the need of the type, or with another rank."""
    drawn = certain(("only", need)) if need else None
    return Initial(residents=(ResidentsSpec(kind, count, 0.0, certain("people"), drawn, None),))


def world_of(mechanisms: dict[str, Any], **changes: Any) -> Any:
    return build(plan(mechanisms, **changes), layout=facts())


def outcome(mechanisms: dict[str, Any], **changes: Any) -> Any:
    return run(plan(mechanisms, **changes), layout=facts())


def total(records: Any, kind: str) -> int:
    return sum(sum(counts) for key, counts in records.counts.items() if key.kind == kind)


def days_in(records: Any, **cell: Any) -> float:
    return sum(
        sum(areas)
        for key, areas in records.household_days.items()
        if all(getattr(key, name) == value for name, value in cell.items())
    )


def marks(low: int, high: int) -> ByNeed:
    """A mark that is ``low`` at rank 1 and ``high`` above."""
    return ByNeed({("only", rank): Discrete((low if rank == 1 else high,), (1.0,)) for rank in range(1, 6)})
