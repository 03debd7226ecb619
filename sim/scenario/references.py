"""Names that point from one section of a scenario to another, checked where they stand.

A pattern is a path in which ``*`` is any one step and ``**`` any number of steps. ``@`` at its end means the keys of
the map there; otherwise the value is the name, or a list of names.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache

from rules.reading import Finding, Node, Place, closest
from rules.reading import Mapping as MappingNode
from rules.reading.nodes import Scalar, record_id
from rules.reading.nodes import Sequence as SequenceNode

Pattern = tuple[str, ...]

#: Where names of other sections stand, what they name, and words that may stand there instead.
REFERENCES: tuple[tuple[str, str, frozenset[str]], ...] = tuple(
    (pattern, names, frozenset(also.split()))
    for pattern, names, also in (
        ("types.*.scheme", "scheme", ""),
        ("sites.*.type", "type", ""),
        ("sites.*.district", "district", ""),
        ("groups.*.need.@", "scheme", ""),
        ("initial.residents.@", "type", ""),
        ("initial.residents.*.groups.@", "group", ""),
        ("initial.residents.*.need.@", "scheme", ""),
        ("initial.waiting.@", "group", ""),
        ("initial.waiting.*.need.@", "scheme", ""),
        ("initial.former.groups.@", "group", ""),
        ("initial.former.need.@", "scheme", ""),
        ("initial.households.@", "group", ""),
        ("**.factors", "risk factor", ""),
        ("**.from.scheme", "scheme", ""),
        ("**.from.group", "group", ""),
        ("**.from.away", "kind of absence", "none"),
        ("**.by_type.@", "type", ""),
        ("acute_beds.overflow", "kind of absence", ""),
        ("assessment.error.@", "scheme", ""),
        ("demand.unregistered.@", "group", ""),
        ("returns.group", "group", "same"),
        ("returns.need.@", "scheme", ""),
        ("programmes.*.homes", "type", ""),
        ("programmes.*.scattered.types", "type", ""),
        ("**.from.programme", "programme", "none"),
        ("projects.*.type", "type", ""),
        ("projects.*.district", "district", "any"),
        ("projects.*.plot", "plot", "any"),
        ("planning.plots.*.district", "district", ""),
        ("services.teams.*.serves.schemes", "scheme", ""),
        ("services.teams.*.serves.types", "type", ""),
        ("services.teams.*.travel_by_type.@", "type", ""),
        ("money.running_per_dwelling.@", "type", "default"),
        ("money.staff_per_site.@", "type", "default"),
        ("money.staff_per_dwelling.@", "type", "default"),
        ("money.rent.@", "type", "default"),
        ("money.capital.@", "type", "default"),
        ("money.programmes.@", "type, absence or situation", ""),
        ("kostra.groups.@", "group", ""),
        ("accepted_effects.*.from", "type", ""),
        ("accepted_effects.*.to", "type", ""),
    )
)


def find(root: Node, pattern: str) -> Iterator[tuple[tuple[str, ...], str, Place]]:
    """Give every name that a pattern leads to: (path, name, place)."""
    steps = tuple(pattern.split("."))
    keys = steps[-1] == "@"
    for path, node in _walk(root, steps[:-1] if keys else steps, ()):
        if keys:
            if isinstance(node, MappingNode):
                yield from ((path, key, entry.key_place) for key, entry in node.entries.items())
        else:
            for item in node.items if isinstance(node, SequenceNode) else (node,):
                if isinstance(item, Scalar) and item.value is not None:
                    yield path, item.text, item.place


def nodes_at(root: Node, pattern: str) -> Iterator[tuple[tuple[str, ...], Node]]:
    """Give every node that a pattern leads to."""
    yield from _walk(root, tuple(pattern.split(".")), ())


def dangling(root: Node, known: Mapping[str, frozenset[str]]) -> list[Finding]:
    """Find names that nothing has.

    Parameters
    ----------
    root : Node
        The scenario.
    known : mapping of what is named (``type``, ``group`` …) to the ids there are
    """
    findings = []
    for pattern, what, also in REFERENCES:
        ids = known[what] | also
        for _, name, place in find(root, pattern):
            if name not in ids:
                hint = closest(name, ids)
                if hint is None:
                    hint = f"known are {', '.join(sorted(ids))}" if ids else f"the scenario has no {what} at all"
                findings.append(Finding("dangling-reference", f"there is no {what} {name!r}", place, hint))
    return findings


@lru_cache(maxsize=1)
def _deep_sections() -> frozenset[str]:
    """Sections that hold no transitions: not searched by ``**``, since they are large."""
    return frozenset({"sites", "groups", "marks", "types", "initial"})


def _walk(node: Node, steps: Pattern, path: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], Node]]:
    if not steps:
        yield path, node
        return
    step, rest = steps[0], steps[1:]
    if step == "**":
        yield from _walk(node, rest, path)
        for name, below in _children(node):
            if path or name not in _deep_sections():
                yield from _walk(below, steps, (*path, name))
        return
    for name, below in _children(node):
        if step in ("*", name):
            yield from _walk(below, rest, (*path, name))


def _children(node: Node) -> Iterator[tuple[str, Node]]:
    if isinstance(node, MappingNode):
        yield from ((key, entry.node) for key, entry in node.entries.items())
    elif isinstance(node, SequenceNode):
        for index, item in enumerate(node.items):
            yield record_id(item) or str(index), item
