"""Parameters: named numbers with a label, a range, a kind and a source, one topic a file."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from rules.reading import Entry, Finding, InputError, Label, Node, Record, closest, read_yaml, validate
from rules.reading import Mapping as MappingNode
from rules.reading import Scalar as ScalarNode
from rules.reading import Sequence as SequenceNode
from rules.reading.nodes import kind
from sim.scenario.parameter_ranges import outside_range

Kind = Literal["decision", "fact", "uncertain"]

#: The source of a number that has none.
ASSUMPTION = "assumption"


class ParameterRecord(Record):
    """What is written of a parameter: what, how much, how sure, from where, and who may change it."""

    label: Label
    value: Any
    range: Any = None
    kind: Kind
    source: str
    informs: tuple[str, ...] = ()
    note: str = ""


@dataclass(frozen=True, slots=True)
class Assumption:
    """A parameter as reports show it.

    Parameters
    ----------
    id : str
        Its name, which stands after ``$`` in the scenario.
    label : dict
        What it is called, by language (nb, en).
    value, range : str
        As written; the range is empty where none is given.
    kind : {'decision', 'fact', 'uncertain'}
        Whether it may be decided, is known, or is uncertain.
    source : str
        Id of the register of sources, or ``assumption``.
    informs : tuple of str
        Figures that it is thought to decide.
    used : bool
        Whether the scenario refers to it.
    file : str
        The file it stands in.
    """

    id: str
    label: Mapping[str, str]
    value: str
    range: str
    kind: Kind
    source: str
    note: str
    informs: tuple[str, ...]
    used: bool
    file: str


def read_parameters(node: Node | None, folder: Path) -> tuple[MappingNode | None, list[Path]]:
    """Read the parameters of a scenario into one tree.

    Parameters
    ----------
    node : Node or None
        What stands under ``parameters``: a file, a list of files, or the parameters themselves.
    folder : Path
        Against which the names of files are resolved.

    Returns
    -------
    (Mapping or None, list of Path)
        Name -> record, and the files read.

    Raises
    ------
    InputError
        For what cannot be read, and for a name that stands in two files.
    """
    if node is None or isinstance(node, MappingNode):
        return node, []
    names = node.items if isinstance(node, SequenceNode) else (node,)
    entries: dict[str, Entry] = {}
    findings: list[Finding] = []
    files = []
    for name in names:
        if not isinstance(name, ScalarNode) or not isinstance(name.value, str):
            raise InputError(Finding("wrong-type", f"`parameters` names files, but this is {kind(name)}", name.place))
        file = folder / name.value
        if not file.is_file():
            near = _near(file)
            raise InputError(Finding("missing-file", f"there is no file {name.value}", name.place, near))
        files.append(file)
        _merge(entries, read_yaml(file), findings)
    if findings:
        raise InputError(*findings)
    return MappingNode(entries, node.place), files


def check_parameters(tree: MappingNode | None) -> dict[str, ParameterRecord]:
    """Validate every parameter, and that it lies within its own range. Raises `InputError` with every mistake."""
    records: dict[str, ParameterRecord] = {}
    findings: list[Finding] = []
    for name, entry in ({} if tree is None else tree.entries).items():
        try:
            records[name] = validate(ParameterRecord, entry.node)
        except InputError as error:
            findings += error.findings
            continue
        if isinstance(entry.node, MappingNode):
            findings += outside_range(name, entry.node)
    if findings:
        raise InputError(*findings)
    return records


def values(tree: MappingNode | None) -> dict[str, Node]:
    """Give the value of every parameter, for `rules.reading.substitute`."""
    found = {}
    for name, entry in ({} if tree is None else tree.entries).items():
        if isinstance(entry.node, MappingNode) and "value" in entry.node.entries:
            found[name] = entry.node.entries["value"].node
    return found


def assumptions(tree: MappingNode | None, records: Mapping[str, ParameterRecord], used: Iterable[str]) -> tuple[Assumption, ...]:
    """Give every parameter as reports show it, in the order written."""
    if tree is None:
        return ()
    in_use = frozenset(used)
    found = []
    for name, record in records.items():
        node = tree.entries[name].node
        assert isinstance(node, MappingNode)
        spread = node.entries.get("range")
        found.append(
            Assumption(
                id=name,
                label=record.label.model_dump(),
                value=written(node.entries["value"].node),
                range="" if spread is None else written(spread.node),
                kind=record.kind,
                source=record.source,
                note=record.note,
                informs=record.informs,
                used=name in in_use,
                file=Path(node.place.file).name,
            )
        )
    return tuple(found)


def written(node: Node) -> str:
    """Write a value on one line, much as its author did."""
    match node:
        case ScalarNode():
            return node.text
        case SequenceNode():
            return "[" + ", ".join(written(item) for item in node.items) + "]"
        case MappingNode():
            return ", ".join(f"{key}: {_inner(entry.node)}" for key, entry in node.entries.items())


def _inner(node: Node) -> str:
    return f"{{{written(node)}}}" if isinstance(node, MappingNode) else written(node)


def _merge(entries: dict[str, Entry], root: Node, findings: list[Finding]) -> None:
    if not isinstance(root, MappingNode):
        raise InputError(
            Finding("wrong-type", f"a file of parameters holds names with records, but this is {kind(root)}", root.place)
        )
    for name, entry in root.entries.items():
        first = entries.get(name)
        if first is not None:
            message = f"the parameter {name!r} stands here a second time; the first is at {first.key_place}"
            findings.append(Finding("duplicate-id", message, entry.key_place, "keep one of the two"))
        else:
            entries[name] = entry


def _near(file: Path) -> str | None:
    folder = file.parent
    return closest(file.name, [item.name for item in folder.iterdir()]) if folder.is_dir() else None
