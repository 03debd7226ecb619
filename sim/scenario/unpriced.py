"""Homes that a policy adds and that cost nothing to build, since nobody has given a price."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from rules.reading import Finding
from rules.reading import Mapping as MappingNode
from rules.reading.nodes import Sequence as SequenceNode
from sim.scenario.model import ScenarioRecord


def unpriced_homes(
    record: ScenarioRecord, tree: MappingNode, money: Any, sites: frozenset[str], projects: frozenset[str]
) -> Iterator[Finding]:
    """Find sites and projects of a policy without capital; nothing where the scenario counts no money.

    Parameters
    ----------
    money : MoneyParameters or None
    sites, projects : frozenset of str
        Ids of those that the policy adds.
    """
    if money is None:
        return
    for site, node in zip(record.sites, _items(tree, "sites"), strict=True):
        if site.id in sites and site.type not in money.capital and "default" not in money.capital:
            message = f"the policy adds the site {site.id!r}, which costs nothing: money.capital has no price of {site.type!r}"
            yield Finding("no-price", message, node.entries["type"].node.place,
                          f"write `{site.type}` (or `default`) under money.capital of the scenario", "warning")  # fmt: skip
    for node in _items(tree, "projects"):
        name = str(getattr(node.entries["id"].node, "value", ""))
        if name in projects and "capital" not in node.entries:
            message = f"the policy adds the project {name!r} without `capital`: it costs nothing to build"
            yield Finding("no-price", message, node.place, "write what land and building cost under `capital`", "warning")


def _items(tree: MappingNode, section: str) -> tuple[MappingNode, ...]:
    entry = tree.entries.get(section)
    items = entry.node.items if entry is not None and isinstance(entry.node, SequenceNode) else ()
    return tuple(item for item in items if isinstance(item, MappingNode))
