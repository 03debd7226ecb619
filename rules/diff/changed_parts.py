"""What differs between two states of a rule set as it is written, part by part, with places."""

import json
from collections.abc import Callable, Iterator
from typing import NamedTuple

from rules.reading import Entry, Mapping, Node, Place, Sequence, plain

#: Sections in which one more key is followed before a part is taken whole.
_DEEPER = (("tenancy", "renewal"),)
#: Sections in which the order of the parts decides.
_ORDERED = ("moves", "holds")

Path_ = tuple[str, ...]


class Changed(NamedTuple):
    """One rule, definition, table or other part of a rule set that is not as it was.

    Attributes
    ----------
    path : tuple of str
        Its keys in the rule set, such as ``("eligibility", "ADULT")``.
    kind : {'added', 'removed', 'changed'}
    file : str
        In which it stands, or stood, from the top of the repository.
    line, column : int
    """

    path: tuple[str, ...]
    kind: str
    file: str
    line: int
    column: int

    @property
    def name(self) -> str:
        """Its keys as one word."""
        return ".".join(self.path)


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
