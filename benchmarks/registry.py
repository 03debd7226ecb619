"""The contestants by name: what each claims, and how one replication of it is run."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from benchmarks.core_parameters import Core, read_core

CIW_LIMITS = (
    "cost only. Ciw cannot say: an old home kept until the new one is free beside an unlimited list (blocking needs finite "
    "capacity, which turns newcomers away); a home made ready after its resident has left; rules on applicant, home and "
    "neighbours; incidents; a day 0 with residents. Eligibility is thinned into the arrival rate; whoever is to move gives up "
    "the old home first"
)

Simulate = Callable[[str, float, float, int], tuple[dict[str, float], dict[str, int]]]


@dataclass(frozen=True)
class Contestant:
    """One engine with one way of deciding.

    ``run(form, scale, years, seed)`` gives the ten KPIs (none where the model is another) and counts with ``model_events``.
    """

    label: str
    run: Simulate
    forms: tuple[str, ...] = ("memoryless", "competing")
    claims: str = "the same core model"


def _ours(form: str, scale: float, years: float, seed: int) -> tuple[dict[str, float], dict[str, int]]:
    from benchmarks.contestants import ours

    return ours.simulate(form, scale, years, seed)


def _ours_sequential(form: str, scale: float, years: float, seed: int) -> tuple[dict[str, float], dict[str, int]]:
    from benchmarks.contestants import ours

    return ours.simulate(form, scale, years, seed, sequential_draws=True)


def _core(form: str, scale: float, years: float) -> Core:
    return read_core(form, scale, years)


def _simpy(rules: str) -> Simulate:
    def run(form: str, scale: float, years: float, seed: int) -> tuple[dict[str, float], dict[str, int]]:
        from benchmarks.contestants import simpy_process

        return simpy_process.simulate(_core(form, scale, years), seed, _rules(rules))

    return run


def _salabim(form: str, scale: float, years: float, seed: int) -> tuple[dict[str, float], dict[str, int]]:
    from benchmarks.contestants import salabim_components

    return salabim_components.simulate(_core(form, scale, years), seed, _rules("generated"))


def _ciw(form: str, scale: float, years: float, seed: int) -> tuple[dict[str, float], dict[str, int]]:
    from benchmarks.contestants import ciw_network

    return ciw_network.simulate(_core(form, scale, years), seed)


def _floor(name: str) -> Simulate:
    def run(form: str, scale: float, years: float, seed: int) -> tuple[dict[str, float], dict[str, int]]:
        from benchmarks.contestants import floors

        return {}, {"model_events": getattr(floors, name)(round(1200 * scale))}

    return run


def _rules(kind: str) -> Any:
    if kind == "interpreted":
        from benchmarks.contestants.rules_interpreted import InterpretedRules

        return InterpretedRules()
    if kind == "by_hand":
        from benchmarks.contestants.rules_by_hand import RulesByHand

        return RulesByHand()
    from benchmarks.contestants.rules_generated import GeneratedRules

    return GeneratedRules()


CONTESTANTS = {
    "ours": Contestant("ours: sim.replication", _ours),
    "ours_as_python": Contestant("ours, not compiled", _ours),
    "ours_sequential": Contestant("ours, draws from one sequential generator", _ours_sequential),
    "simpy_generated": Contestant("SimPy, a process per resident, the same generated rules", _simpy("generated")),
    "simpy_by_hand": Contestant("SimPy, a process per resident, rules written out in Python", _simpy("by_hand")),
    "simpy_interpreted": Contestant("SimPy, a process per resident, rules interpreted from YAML", _simpy("interpreted")),
    "salabim": Contestant("salabim, a component per resident, the same generated rules", _salabim, ("memoryless",)),
    "ciw": Contestant(
        "Ciw, three nodes with two classes (cost only)",
        _ciw,
        ("memoryless",),
        CIW_LIMITS,
    ),
    "empty_timeout": Contestant("floor: an empty SimPy timeout (ET)", _floor("empty_timeouts"), ("memoryless",), "nothing"),
    "bare_heap": Contestant("floor: heapq alone", _floor("bare_heap"), ("memoryless",), "nothing"),
}
