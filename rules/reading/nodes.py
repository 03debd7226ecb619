"""YAML as a tree in which every node knows the place it was written."""

from collections.abc import Mapping as AbstractMapping
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeAlias

from rules.reading.findings import Place, fail
from rules.reading.suggest import closest

Path: TypeAlias = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class Scalar:
    """A single value.

    Parameters
    ----------
    value : str, int, float, bool, None or date
        The value as YAML 1.2 reads it (`yes` and `no` are text).
    text : str
        The characters that were written, quotes taken away.
    plain : bool
        Whether it was written without quotes; only then may it be a number, a reference or a `+` change.
    place : Place
    """

    value: str | int | float | bool | date | None
    text: str
    plain: bool
    place: Place


@dataclass(frozen=True, slots=True)
class Sequence:
    """A list."""

    items: "tuple[Node, ...]"
    place: Place


@dataclass(frozen=True, slots=True)
class Entry:
    """A key with its value."""

    key: str
    key_place: Place
    node: "Node"


@dataclass(frozen=True, slots=True)
class Mapping:
    """Keys with values, in the order written. The place is that of the first key, or of the brace."""

    entries: dict[str, Entry]
    place: Place


Node: TypeAlias = Scalar | Sequence | Mapping


def plain(node: Node) -> Any:
    """Give the tree as ordinary Python data: dict, list, str, int, float, bool, None, `datetime.date`."""
    match node:
        case Scalar():
            return node.value
        case Sequence():
            return [plain(item) for item in node.items]
        case Mapping():
            return {key: plain(entry.node) for key, entry in node.entries.items()}


def record_id(node: Node) -> str | None:
    """Give the text of a record's `id`, or None when the node is no mapping with a scalar `id`."""
    if isinstance(node, Mapping) and (entry := node.entries.get("id")) is not None:
        found = entry.node
        if isinstance(found, Scalar) and found.value is not None:
            return found.text
    return None


def at(node: Node, path: Path) -> Node:
    """Give the node at a path.

    Parameters
    ----------
    node : Node
        Where the path begins.
    path : tuple of str or int
        Keys; in a list an index from 0, or the `id` of a record.

    Raises
    ------
    InputError
        When the path leads nowhere; the finding stands at the last node that was reached.
    """
    for depth, step in enumerate(path):
        found = child(node, step)
        if found is None:
            where = f" in {path_text(path[:depth])}" if depth else ""
            hint = closest(str(step), steps(node))
            fail("no-such-path", f"there is no {str(step)!r}{where}", node.place, hint)
        node = found
    return node


def child(node: Node, step: str | int) -> Node | None:
    """Give the node one step down, or None when there is none."""
    match node:
        case Mapping():
            entry = node.entries.get(str(step))
            return None if entry is None else entry.node
        case Sequence():
            if isinstance(step, str):
                for item in node.items:
                    if record_id(item) == step:
                        return item
                step = int(step) if step.isascii() and step.isdigit() and len(step) < 10 else -1
            return node.items[step] if 0 <= step < len(node.items) else None
        case Scalar():
            return None


def steps(node: Node) -> list[str]:
    """Give the steps that lead down from a node: the keys of a mapping, the ids of a list of records."""
    match node:
        case Mapping():
            return list(node.entries)
        case Sequence():
            return [name for item in node.items if (name := record_id(item)) is not None]
        case Scalar():
            return []


def path_text(path: Path) -> str:
    """Give a path as it is written in `--set`: ``services.north.hours_per_week``."""
    return ".".join(str(step) for step in path)


def kind(node: Node) -> str:
    """Name what stands at a node, in words for a message: ``a list``, ``the number 3``, ``the text 'x'``."""
    match node:
        case Mapping():
            return "a map (keys with values)"
        case Sequence():
            return "a list"
        case Scalar(value=None):
            return "empty"
        case Scalar(value=bool()):
            return node.text
        case Scalar(value=int() | float()):
            return f"the number {node.text}"
        case Scalar(value=date()):
            return f"the date {node.text}"
        case Scalar():
            text = node.text if len(node.text) <= 60 else node.text[:57] + "…"
            return f"the text {text!r}"


def from_plain(data: Any, place: Place) -> Node:
    """Make a tree of ordinary Python data, everything at one place.

    Text counts as written without quotes, so that references and `+` changes work; text is never
    read as a number. To read what a user typed after `--set`, use `parse_yaml` on it.

    Raises
    ------
    TypeError
        For data that YAML could not have held.
    """
    if data is None or isinstance(data, str | int | float | date):
        text = "" if data is None else str(data).lower() if isinstance(data, bool) else str(data)
        return Scalar(data, text, True, place)
    if isinstance(data, AbstractMapping):
        return Mapping({str(k): Entry(str(k), place, from_plain(v, place)) for k, v in data.items()}, place)
    if isinstance(data, list | tuple):
        return Sequence(tuple(from_plain(item, place) for item in data), place)
    raise TypeError(f"no YAML for {type(data).__name__}")
