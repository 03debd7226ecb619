"""Generated code of a scenario, built once a process: functions do not travel between processes, their source does."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from rules import Layout

if TYPE_CHECKING:
    from sim.scenario import Scenario


@dataclass(frozen=True, slots=True)
class Built:
    """Classes of facts, the program of each regime by hash, and the conditions of risk factors (all; without a home)."""

    layout: Any
    programs: Mapping[str, Any]
    conditions: tuple[Any, Any]


_BUILT: dict[str, Built] = {}


def built_for(scenario: Scenario) -> Built:
    """Return the generated code of a scenario."""
    built = _BUILT.get(scenario.hash)
    if built is None:
        blueprint = scenario.blueprint
        sources = [regime.program for regime in blueprint.regimes] + [of.program for of in blueprint.programmes.values()]
        built = _BUILT[scenario.hash] = Built(
            Layout(blueprint.fields.values(), blueprint.start),
            {source.hash: source.build() for source in sources},
            (blueprint.conditions.build(), blueprint.conditions_without_home.build()),
        )
    return built
