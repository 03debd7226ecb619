"""The goals of speed and scale, each with what was measured: reached, missed, or not measured."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from benchmarks.growth import Exponent
from benchmarks.rounds import Cost, Task


@dataclass(frozen=True)
class Goal:
    """One goal: a measured figure against a limit. ``at_least`` says which side is good; None = not measured."""

    name: str
    measured: float | None
    limit: float
    at_least: bool
    unit: str = "×"

    @property
    def verdict(self) -> str:
        """In one word."""
        if self.measured is None:
            return "not measured"
        good = self.measured >= self.limit if self.at_least else self.measured <= self.limit
        return "reached" if good else "missed"


def goals(costs: Mapping[Task, Cost], growth: Exponent | None, extra: Mapping[str, float]) -> list[Goal]:
    """Return every goal that one run of the table speaks of."""

    def cost(name: str, form: str = "memoryless", scale: float = 1.0) -> Cost | None:
        for task, found in costs.items():
            if (task.contestant, task.form) == (name, form) and abs(task.scale - scale) < 0.01 * scale:
                return found
        return None

    def per_event(name: str, base: str, form: str = "memoryless") -> float | None:
        a, b = cost(name, form), cost(base, form if base != "empty_timeout" else "memoryless")
        return None if a is None or b is None else a.microseconds_per_event / b.microseconds_per_event

    def run_ratio(name: str, form: str = "memoryless") -> float | None:
        a, b = cost(name, form), cost("ours", form)
        return None if a is None or b is None else a.cpu_seconds / b.cpu_seconds

    largest, smallest = cost("ours", "memoryless", 100.0), cost("ours")
    return [
        Goal("SimPy, same generated rules, over ours: CPU of the run", run_ratio("simpy_generated"), 5, True),
        Goal("SimPy, interpreted rules, over ours: CPU of the run", run_ratio("simpy_interpreted"), 100, True),
        Goal("Ciw over ours: CPU of a model event", per_event("ciw", "ours"), 25, True),
        Goal("salabim over ours: CPU of the run", run_ratio("salabim"), 40, True),
        Goal("a model event of the memoryless core over ET", per_event("ours", "empty_timeout"), 1.2, False),
        Goal("a model event of the competing-clocks core over ET", per_event("ours", "empty_timeout", "competing"), 4, False),
        Goal("keyed over sequential draws, whole run, dearer form", extra.get("keyed_draws"), 1.15, False),
        Goal("growth with homes: upper 95 % limit of the exponent", None if growth is None else growth.high, 1.25, False, ""),
        Goal("peak memory, 1,200 homes", None if smallest is None else smallest.peak_mb, 100, False, "MB"),
        Goal("peak memory, 120,000 homes, 10 years", None if largest is None else largest.peak_mb, 500, False, "MB"),
        Goal("scenarios/baerum.yaml over the competing-clocks core, per event", extra.get("baerum_per_event"), 1.5, False),
        Goal("register of decisions on over off, replication with its tables", extra.get("decisions_on"), 1.1, False),
        Goal("event log on over off, CPU of the whole command", extra.get("log_on"), 1.3, False),
        Goal("two workers: efficiency of the whole command, 32 replications", extra.get("two_workers"), 0.9, True, ""),
        Goal("from the command line to the first event", extra.get("first_event_seconds"), 1.0, False, "s"),
    ]
