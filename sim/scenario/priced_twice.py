"""Nights and places that both `money.programmes` and a mechanism of their own give a price."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from rules.reading import Finding
from rules.reading import Mapping as MappingNode
from sim.scenario.model import ScenarioRecord
from sim.scenario.references import find
from sim.world.mechanisms.acute_beds import ACUTE
from sim.world.mechanisms.temporary import TEMPORARY


def priced_twice(record: ScenarioRecord, tree: MappingNode) -> Iterator[Finding]:
    """Find prices of `money.programmes` beside that of acute beds, or of a night in temporary accommodation."""
    for _, name, place in find(tree, "money.programmes.@"):
        for other, path in _own_prices(record).items():
            if name == other or (name == ACUTE and other.startswith(f"{ACUTE}:")):
                yield Finding("priced-twice", f"{name!r} has a price in {path} too: both are counted", place,
                              "take one of them away, unless each is a part of what it costs", "warning")  # fmt: skip
                break


def _own_prices(record: ScenarioRecord) -> dict[str, str]:
    """Give what has a price of its own, by the name that money knows it by, and where that is written."""
    beds: Any = getattr(record, "acute_beds", None)
    temporary: Any = getattr(record, "temporary", None)
    kinds = {} if beds is None else beds.kinds
    found = {f"{ACUTE}:{name}": f"acute_beds.kinds.{name}.cost_per_bed" for name, kind in kinds.items() if kind.cost_per_bed}
    if temporary is not None and temporary.price:
        found[TEMPORARY] = "temporary.price"
    return found
