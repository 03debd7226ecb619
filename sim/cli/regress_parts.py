"""What differs between two states of a rule set, part by part; and the old rules with some of the parts changed."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path

from rules.reading import Entry, Mapping, Node, Place, Scalar, Sequence, plain
from sim.experiment.regression import Changed

#: Sections in which one more key is followed before a part is taken whole.
_DEEPER = (("tenancy", "renewal"),)
#: Sections in which the order of the parts decides.
_ORDERED = ("moves", "holds")

Path_ = tuple[str, ...]


def changed_parts(before: Mapping, after: Mapping, named: Callable[[str], str]) -> tuple[Changed, ...]:
    """Give the parts that are not as they were, in the order of the rule set.

    Parameters
    ----------
    before, after : Mapping
        The merged trees.
    named : callable (file) -> str
        What a file is called in the report.
    """
    old, new = dict(_parts(before)), dict(_parts(after))
    found = []
    for path in dict.fromkeys([*new, *old]):
        was, now = old.get(path), new.get(path)
        if was is not None and now is not None and _same(was.node, now.node):
            continue
        kind = "added" if was is None else "removed" if now is None else "changed"
        place = _place(was, now)
        found.append(Changed(path, kind, named(place.file), place.line, place.column))
    for section in _ORDERED:
        if (moved := _moved(before.entries.get(section), after.entries.get(section))) is not None:
            found.append(Changed((section,), "changed", named(moved.file), moved.line, moved.column))
    return tuple(found)


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


def _parts(tree: Mapping, above: Path_ = ()) -> Iterator[tuple[Path_, Entry]]:
    for key, entry in tree.entries.items():
        path = (*above, key)
        inner = entry.node
        if isinstance(inner, Mapping) and inner.entries and (not above or path in _DEEPER):
            yield from _parts(inner, path)
        else:
            yield path, entry


def _moved(was: Entry | None, now: Entry | None) -> Place | None:
    """Give the place of a section whose parts have changed places."""
    if was is None or now is None or not isinstance(was.node, Mapping) or not isinstance(now.node, Mapping):
        return None
    old, new = list(was.node.entries), list(now.node.entries)
    shared = [[key for key in keys if key in other] for keys, other in ((old, new), (new, old))]
    return None if shared[0] == shared[1] else now.key_place


def _same(was: Node, now: Node) -> bool:
    """Compare in order too: the order of some sections decides."""
    return json.dumps(plain(was), default=str) == json.dumps(plain(now), default=str)


def _place(was: Entry | None, now: Entry | None) -> Place:
    """Give the place of the first key or value, in the new rules, that is not as it was; in the old what is gone."""
    if was is not None and now is not None:
        return _differing(was.node, now.node) or now.key_place
    one = now or was
    assert one is not None
    return one.key_place


def _differing(was: Node, now: Node) -> Place | None:
    if isinstance(was, Mapping) and isinstance(now, Mapping):
        for key, entry in now.entries.items():
            old = was.entries.get(key)
            if old is None:
                return entry.key_place
            if (place := _differing(old.node, entry.node)) is not None:
                return place
        return now.place if was.entries.keys() - now.entries.keys() else None
    if isinstance(was, Sequence) and isinstance(now, Sequence):
        for old_item, item in zip(was.items, now.items, strict=False):
            if (place := _differing(old_item, item)) is not None:
                return place
        return now.place if len(was.items) != len(now.items) else None
    return None if type(was) is type(now) and plain(was) == plain(now) else now.place


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
