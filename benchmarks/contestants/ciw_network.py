"""Ciw: a queueing network as near the memoryless core as it gets. Its cost is comparable, its results are not.

Three nodes of parallel servers (the ranks), two priority classes, patience, and routing between nodes where a need changes. Ciw
starts empty, so the homes fill up during the run, which makes its events a little cheaper than they would be in a full system.
"""

from __future__ import annotations

from collections import Counter
from math import exp
from typing import Any

import ciw

from benchmarks.core_parameters import Core


def simulate(core: Core, seed: int, rules: Any = None) -> tuple[dict[str, float], dict[str, int]]:
    """Run one replication; return no KPIs (the model is another), and the number of arrivals, ends of stay and renegings."""
    ciw.seed(seed)
    stays, routing, homes = [], [], []
    for need in (1, 2, 3):
        risks = [(t, 1 / t.duration.mean) for t in core.transitions if t.kind in ("need", "exit", "death") and need in t.needs]
        total = sum(rate for _, rate in risks)
        stays.append(ciw.dists.Exponential(total))
        routing.append([sum(rate for t, rate in risks if t.kind == "need" and t.to == to) / total for to in (1, 2, 3)])
        homes.append(sum(sites * each for _, sites, each, rank, _, _ in core.sites if rank == need))
    eligible = _share(core, "settled_refugee")
    eligible += (1 - eligible) * exp(-3 * 365.25 / core.lived_here.mean)
    needs = dict(zip(core.need.values, core.need.weights, strict=True))

    def arrivals(share: float) -> list[Any]:
        rate = core.arrivals_per_day * eligible * share
        return [ciw.dists.Exponential(rate * needs[need]) for need in (1, 2, 3)]

    urgent = _share(core, "urgent")
    patience = next(t.duration.mean for t in core.transitions if t.kind == "patience")
    reneging = [ciw.dists.Exponential(1 / patience)] * 3
    network = ciw.create_network(
        arrival_distributions={"urgent": arrivals(urgent), "rest": arrivals(1 - urgent)},
        service_distributions={"urgent": stays, "rest": stays},
        routing={"urgent": routing, "rest": routing},
        priority_classes={"urgent": 0, "rest": 1},
        reneging_time_distributions={"urgent": reneging, "rest": reneging},
        number_of_servers=homes,
    )
    simulation = ciw.Simulation(network)
    simulation.simulate_until_max_time(core.days)
    ended = Counter(record.record_type for record in simulation.get_all_records())
    arrived = len(simulation.get_all_individuals())
    return {}, {"model_events": ended.total() + arrived}


def _share(core: Core, field: str) -> float:
    return dict(zip(core.fields[field].values, core.fields[field].weights, strict=True))[True]
