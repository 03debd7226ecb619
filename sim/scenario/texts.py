"""What things are called, by their path in the scenario."""

from __future__ import annotations

from collections.abc import Iterator

from rules.reading import Mapping as MappingNode
from rules.reading import Node, plain
from rules.reading.nodes import Sequence as SequenceNode
from rules.reading.nodes import record_id
from sim.scenario.source import Source

_SECTIONS = ("schemes", "districts", "types", "sites", "groups", "risk_factors", "services", "projects", "absences", "goals",
             "programmes", "acute_beds", "typical")  # fmt: skip


def texts_of(tree: MappingNode, source: Source) -> dict[str, dict[str, str]]:
    """Give every label of a scenario: path (``types.single_flat``) -> language -> text."""
    found: dict[str, dict[str, str]] = {}
    for section in _SECTIONS:
        entry = tree.entries.get(section)
        if entry is not None:
            found.update(_labels(entry.node, section))
    for name, parameter in source.records.items():
        found[f"parameters.{name}"] = parameter.label.model_dump()
    return found


def _labels(node: Node, path: str) -> Iterator[tuple[str, dict[str, str]]]:
    if isinstance(node, MappingNode):
        label = node.entries.get("label")
        if label is not None and isinstance(label.node, MappingNode):
            yield path, {str(key): str(value) for key, value in plain(label.node).items()}
        for key, entry in node.entries.items():
            if key != "label":
                yield from _labels(entry.node, f"{path}.{key}")
    elif isinstance(node, SequenceNode):
        for index, item in enumerate(node.items):
            yield from _labels(item, f"{path}.{record_id(item) or index}")
