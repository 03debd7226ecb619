"""The register of sources: where the numbers of a scenario come from, and how solid that is."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

from rules.reading import Finding, InputError, Mapping, Node, Record, closest, read_yaml, validate
from rules.reading.nodes import Scalar, kind


class SourceRecord(Record):
    """One source.

    ``solidity``: A official statistic or law, B peer-reviewed or commissioned evaluation, C a municipality's own pages,
    press or a summary, D derived or transferred from elsewhere.
    """

    address: str
    year: str | int
    solidity: Literal["A", "B", "C", "D"]


def register_file(node: Node | None, folder: Path) -> Path | None:
    """Give the file that a scenario names as its register of sources.

    Raises
    ------
    InputError
        When it is no file.
    """
    if node is None:
        return None
    if not isinstance(node, Scalar) or not isinstance(node.value, str):
        raise InputError(Finding("wrong-type", f"`sources` names a file, but this is {kind(node)}", node.place))
    file = folder / node.value
    if not file.is_file():
        near = closest(file.name, [p.name for p in file.parent.iterdir()]) if file.parent.is_dir() else None
        raise InputError(Finding("missing-file", f"there is no file {node.value}", node.place, near))
    return file


def read_register(file: Path) -> dict[str, SourceRecord]:
    """Read a register. Raises `InputError` with every mistake in it."""
    root = read_yaml(file)
    if not isinstance(root, Mapping):
        raise InputError(Finding("wrong-type", f"a register of sources is a map of ids, but this is {kind(root)}", root.place))
    found = {}
    findings: list[Finding] = []
    for name, entry in root.entries.items():
        try:
            found[name] = validate(SourceRecord, entry.node)
        except InputError as error:
            findings += error.findings
    if findings:
        raise InputError(*findings)
    return found
