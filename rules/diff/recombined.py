"""The old rules with some of the parts changed, written so that they can be read again."""

import json
from pathlib import Path

from rules.reading import Entry, Mapping, Node, Scalar, Sequence

Path_ = tuple[str, ...]


def with_parts(before: Mapping, after: Mapping, paths: tuple[Path_, ...]) -> Mapping:
    """Give the old rules with some parts as they are in the new ones; parts of a section stand in the order of the new."""
    tree = before
    for path in paths:
        tree = _with(tree, path, after)
    return tree


def ruleset_text(tree: Mapping) -> str:
    """Give a tree as the YAML of one file, to be read again."""
    return "\n".join(f"{_flow_key(entry.key)}: {_flow(entry.node)}" for entry in tree.entries.values()) + "\n"


def write_ruleset(tree: Mapping, folder: Path) -> Path:
    """Write a tree as a rule set of one file into a new folder."""
    folder.mkdir(parents=True)
    (folder / "ruleset.yaml").write_text(ruleset_text(tree), encoding="utf-8")
    return folder


def _with(tree: Mapping, path: Path_, after: Mapping) -> Mapping:
    key, *rest = path
    own, new = tree.entries.get(key), after.entries.get(key)
    if not rest:
        entries = {name: of for name, of in tree.entries.items() if name != key or new is not None}
        if new is not None:
            entries[key] = new
        return Mapping(_ordered(entries, after), tree.place)
    inner = own.node if own is not None and isinstance(own.node, Mapping) else Mapping({}, tree.place)
    theirs = new.node if new is not None and isinstance(new.node, Mapping) else Mapping({}, tree.place)
    made = _with(inner, tuple(rest), theirs)
    if not made.entries and new is None:
        return Mapping({name: of for name, of in tree.entries.items() if name != key}, tree.place)
    one = own or new
    entries = {**tree.entries, key: Entry(key, tree.place if one is None else one.key_place, made)}
    return Mapping(entries, tree.place)


def _ordered(entries: dict[str, Entry], after: Mapping) -> dict[str, Entry]:
    """Put entries in the order of the new rules where they have one: order decides in some sections."""
    known = [key for key in after.entries if key in entries]
    return {key: entries[key] for key in (*known, *(key for key in entries if key not in after.entries))}


def _flow(node: Node) -> str:
    if isinstance(node, Mapping):
        return "{" + ", ".join(f"{_flow_key(entry.key)}: {_flow(entry.node)}" for entry in node.entries.values()) + "}"
    if isinstance(node, Sequence):
        return "[" + ", ".join(map(_flow, node.items)) + "]"
    if isinstance(node, Scalar) and isinstance(node.value, str):
        return json.dumps(node.value, ensure_ascii=False)
    return "null" if node.value is None else node.text


def _flow_key(key: str) -> str:
    return json.dumps(key, ensure_ascii=False)
