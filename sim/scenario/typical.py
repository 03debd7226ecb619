"""Typical persons that a scenario names, to be followed through it: who they are, and by which rule they are found."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from rules.reading import Finding, Mapping, closest
from sim.scenario.dates import days_since
from sim.scenario.model import ScenarioRecord


class Typical(NamedTuple):
    """The first household of a group, with a need, that applies from a day on.

    Attributes
    ----------
    id : str
    group : str
    scheme : str
        Ladder of the need at the application; empty = any.
    need : int
        Its support rank; 0 = any.
    day : float
        Days from the start.
    """

    id: str
    group: str
    scheme: str
    need: int
    day: float


def typical_of(record: ScenarioRecord) -> tuple[Typical, ...]:
    """Give the typical persons of a scenario."""
    return tuple(
        Typical(
            name,
            of.group,
            of.scheme or "",
            of.need or 0,
            0.0 if of.applies_from is None else days_since(record.start, of.applies_from),
        )
        for name, of in record.typical.items()
    )


def unknown_typical(record: ScenarioRecord, tree: Mapping) -> Iterator[Finding]:
    """Find typical persons of groups or ladders that there are not."""
    entry = tree.entries.get("typical")
    for name, of in record.typical.items():
        node = entry.node.entries[name].node if entry is not None and isinstance(entry.node, Mapping) else None
        for what, value, known in (("group", of.group, record.groups), ("scheme", of.scheme, record.schemes)):
            if value is not None and value not in known:
                place = node.entries[what].node.place if isinstance(node, Mapping) else tree.place
                yield Finding("unknown-name", f"there is no {what} {value!r}", place, closest(value, list(known)))
