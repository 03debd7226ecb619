"""What a reader of the figures must know beforehand: what identifies each rate, what homes alone do, which systems are in."""

from __future__ import annotations

from dataclasses import asdict
from math import isfinite
from typing import Any

from rules.reading import Finding, Mapping, read_yaml, validate
from sim.scenario.model import SaidRecord
from sim.scenario.rates import rates_of
from sim.scenario.reference_person import Moved
from sim.scenario.register import SourceRecord
from sim.scenario.scenario import Scenario
from sim.scenario.source import Source
from sim.scenario.systems import dangling_systems, systems_of
from sim.scenario.total_effects import TotalEffect, beyond, total_effects


def honesty(
    source: Source, scenario: Scenario, register: dict[str, SourceRecord] | None
) -> tuple[list[Finding], dict[str, list[dict[str, Any]] | dict[str, dict[str, Any]]]]:
    """Give the findings about total effects and systems, and what ``check --json`` says of a scenario.

    Returns
    -------
    list of Finding
    dict
        ``rates``: each with the observation that informs it, or None; ``effects``: for each move between two types and kind of
        transition the total hazard ratio (None for one without bound) with its parts; ``systems``: by id.
    """
    tree = source.tree
    said = validate(SaidRecord, Mapping({k: e for k, e in tree.entries.items() if k in SaidRecord.model_fields}, tree.place))
    effects = total_effects(Moved(scenario.blueprint, scenario.layout))
    raw = read_yaml(source.files[0])
    rates = rates_of(raw, scenario.assumptions, register) if isinstance(raw, Mapping) else ()
    findings = [
        *beyond(effects, said.max_total_effect, said.accepted_effects, tree),
        *dangling_systems(said.systems, tree, scenario.blueprint, register),
    ]
    return findings, {
        "rates": [asdict(rate) | {"identified": rate.identified} for rate in rates],
        "effects": [_effect(effect) for effect in effects],
        "systems": {name: asdict(system) for name, system in systems_of(said.systems, scenario.blueprint).items()},
    }


def _effect(effect: TotalEffect) -> dict[str, Any]:
    told = asdict(effect)
    return {
        "from": told.pop("origin"),
        "to": told.pop("destination"),
        "of": told.pop("kind"),
        "ratio": _finite(told.pop("ratio")),
        "parts": {name: _finite(ratio) for name, ratio in told.pop("parts").items()},
        **told,
    }


def _finite(ratio: float) -> float | None:
    return ratio if isfinite(ratio) else None
