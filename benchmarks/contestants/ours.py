"""Ours: the scenario file through ``sim.scenario`` and ``sim.replication``, with every record and decision kept."""

from __future__ import annotations

from functools import cache
from random import Random
from typing import Any

from benchmarks.contestants.municipality import KPIS, YEAR
from benchmarks.core_parameters import FORMS, settings
from sim.measures.records import Records


def simulate(
    form: str, scale: float, years: float, seed: int, sequential_draws: bool = False
) -> tuple[dict[str, float], dict[str, int]]:
    """Run one replication; return its KPIs and counts. ``sequential_draws`` puts one stream for the keyed uniforms."""
    if sequential_draws:
        _draw_in_sequence(seed)
    records = simulated(form, scale, years, seed)
    return kpis(records), counts(records)


def simulated(form: str, scale: float, years: float, seed: int) -> Records:
    """Return the records of one replication of the core."""
    from sim.replication import simulate as simulate_scenario

    return simulate_scenario(scenario(form, scale, years), seed, 0)


@cache
def scenario(form: str, scale: float, years: float) -> Any:
    """Read one form of the core, once a process."""
    from sim.scenario import load_scenario

    return load_scenario(FORMS[form], settings=list(settings(scale).items()), years=years)


def counts(records: Records) -> dict[str, int]:
    """Return the engine's counters and the number of model events: fired transitions, arrivals, replies, vacancies.

    A reply that comes at once, in the event of the vacancy itself, is not counted again.
    """
    events = records.events
    model = sum(events[name] for name in ("transitions", "arrivals", "replies", "vacancies"))
    return {**events, "model_events": model}


def kpis(records: Records) -> dict[str, float]:
    """Return the ten KPIs of the whole run, as every contestant takes them."""
    days = records.bins[-1] - records.bins[0]
    years = days / YEAR
    counted: dict[tuple[str, str], int] = {}
    for key, numbers in records.counts.items():
        counted[key.kind, key.detail] = counted.get((key.kind, key.detail), 0) + sum(numbers)
    area = dict.fromkeys(("waiting", "let", "wrong"), 0.0)
    for cell, areas in records.household_days.items():
        if cell.status == "waiting":
            area["waiting"] += sum(areas)
        elif cell.place:
            area["let"] += sum(areas)
            area["wrong"] += sum(areas) if records.types[cell.place].rank != cell.need else 0.0
    housed = [wait.end - wait.decided for wait in records.waits if wait.end is not None and wait.ending == "housed"]

    def number(kind: str) -> int:
        return sum(n for (name, _), n in counted.items() if name == kind)

    values = (
        area["waiting"] / days, sum(housed) / max(1, len(housed)), counted.get(("lease_start", "new"), 0) / years,
        sum(wait.ending == "found_other" for wait in records.waits) / years, number("refused") / years,
        counted.get(("lease_start", "transfer"), 0) / years, (number("exit") + number("death")) / years,
        number("incident") / years, area["let"] / days, area["wrong"] / days,
    )  # fmt: skip
    return dict(zip(KPIS, values, strict=True))


def _draw_in_sequence(seed: int) -> None:
    """Let every module of the world draw from one stream: what keyed draws cost is the difference."""
    import sys

    stream = Random(seed).random
    for name, module in list(sys.modules.items()):
        if name.startswith("sim.world") and hasattr(module, "uniform"):
            module.uniform = lambda *_: 1.0 - stream()  # type: ignore[attr-defined]
