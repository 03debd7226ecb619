"""Overlays: a few lines that say how a policy differs from what it extends.

Maps merge; scalars and plain lists replace; records (items of a list that have an `id`) go by their id:

    changes:
      projects:
        add: [{id: fm-3, type: firemannsbolig}]     # new records
        fm-1: {start: 2028-01-01}                   # a change of one
        fm-2: {remove: true}                        # gone
      services:
        add: {ambulatory_west: {hours_per_week: 40}}    # a new key of a map
        ambulatory_north: {hours_per_week: +80}         # added to what is there

The words `add` and `remove` are kept for this: an overlay cannot change keys that are called so.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field

from rules.reading.findings import Finding, InputError, Place
from rules.reading.increments import incremented
from rules.reading.nodes import Entry, Mapping, Node, Path, Scalar, Sequence, kind, path_text, record_id, steps
from rules.reading.quantities import QuantityError
from rules.reading.suggest import closest


def overlay(base: Node, changes: Node) -> Node:
    """Apply changes to a tree.

    Parameters
    ----------
    base : Node
        What there is.
    changes : Node
        What differs, in the form described at the top of this module.

    Returns
    -------
    Node
        A new tree; every node keeps the place where it was written.

    Raises
    ------
    InputError
        With a finding for every change that hits nothing, adds what is there already, or does not fit.
    """
    return _merged(base, changes).result


def changed_paths(base: Node, changes: Node) -> list[Path]:
    """Give the paths that an overlay sets, adds or removes, in the order written.

    Raises
    ------
    InputError
        As `overlay`.
    """
    return list(_merged(base, changes).paths)


def conflicts(overlays: Iterable[Node]) -> tuple[Finding, ...]:
    """Find the paths that more than one overlay changes, so that their order would decide.

    Parameters
    ----------
    overlays : iterable of Node
        The changes of each overlay.

    Returns
    -------
    tuple of Finding
        One for each change on, above or under a path that an earlier overlay changes, at its place.
    """
    found = []
    earlier: list[tuple[Path, Place]] = []
    for changes in overlays:
        own = list(_written(changes, ()))
        for path, place in own:
            for other, first in earlier:
                length = min(len(path), len(other))
                if path[:length] == other[:length]:
                    message = f"{path_text(path)} is changed here and in {first}"
                    found.append(Finding("overlay-conflict", message, place, "say in which order they apply"))
                    break
        earlier += own
    return tuple(found)


@dataclass(slots=True)
class _Merge:
    result: Node
    paths: list[Path] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)


def _merged(base: Node, changes: Node) -> _Merge:
    work = _Merge(base)
    work.result = _merge(work, base, changes, ())
    if work.findings:
        raise InputError(*work.findings)
    return work


def _merge(work: _Merge, base: Node, change: Node, path: Path) -> Node:
    if isinstance(change, Mapping):
        if isinstance(base, Mapping):
            return _merge_map(work, base, change, path)
        if isinstance(base, Sequence):
            return _merge_records(work, base, change, path)
    if isinstance(change, Sequence) and isinstance(base, Sequence) and _is_records(base):
        _find(work, "overlay-list", f"{_name(path)} holds records, which are changed by id", change.place,
              "use `add: [...]`, `ID: {...}` or `ID: {remove: true}`")  # fmt: skip
        return base
    if isinstance(change, Scalar) and change.value is None and not isinstance(base, Scalar):
        _find(work, "overlay-empty", f"no change is written under {_name(path)}", change.place)
        return base
    work.paths.append(path)
    if isinstance(change, Scalar) and change.plain and change.text.startswith("+"):
        try:
            return incremented(base, change)
        except QuantityError as error:
            _find(work, "overlay-increment", error.says, change.place, error.hint)
            return base
    return change


def _merge_map(work: _Merge, base: Mapping, change: Mapping, path: Path) -> Mapping:
    entries = dict(base.entries)
    for key, entry in change.entries.items():
        if key == "add":
            _add_keys(work, entries, entry, path)
        elif key == "remove":
            _find(work, "overlay-remove", f"{_name(path)} cannot be removed here", entry.key_place)
        elif key not in entries:
            _missed(work, base, entry, path)
        elif _is_removal(work, entry):
            work.paths.append((*path, key))
            del entries[key]
        else:
            old = entries[key]
            entries[key] = Entry(key, old.key_place, _merge(work, old.node, entry.node, (*path, key)))
    return Mapping(entries, base.place)


def _add_keys(work: _Merge, entries: dict[str, Entry], add: Entry, path: Path) -> None:
    if not isinstance(add.node, Mapping):
        _find(work, "overlay-add", f"`add` in {_name(path)} should hold a map, but is {kind(add.node)}",
              add.node.place, "write `add: {KEY: ...}`")  # fmt: skip
        return
    for key, entry in add.node.entries.items():
        if key in entries:
            first = entries[key].key_place
            _find(work, "overlay-add", f"{_name((*path, key))} is there already ({first})", entry.key_place,
                  "change it without `add`")  # fmt: skip
        else:
            work.paths.append((*path, key))
            entries[key] = entry


def _merge_records(work: _Merge, base: Sequence, change: Mapping, path: Path) -> Node:
    if base.items and not _is_records(base):
        _find(work, "overlay-list", f"{_name(path)} is a list without ids, which is replaced as a whole",
              change.place, "write the whole list")  # fmt: skip
        return base
    records: dict[str, Node] = {}
    for item in base.items:
        name = str(record_id(item))
        if name in records:
            _find(work, "duplicate-id", f"the id {name!r} stands twice in {_name(path)}", item.place)
        records[name] = item
    for key, entry in change.entries.items():
        if key == "add":
            _add_records(work, records, entry, path)
        elif key not in records:
            _missed(work, base, entry, path)
        elif _is_removal(work, entry):
            work.paths.append((*path, key))
            del records[key]
        else:
            edited = _merge(work, records[key], entry.node, (*path, key))
            if record_id(edited) != key:
                _find(work, "overlay-id", f"the id of {_name((*path, key))} cannot change", entry.node.place)
            records[key] = edited
    return Sequence(tuple(records.values()), base.place)


def _add_records(work: _Merge, records: dict[str, Node], add: Entry, path: Path) -> None:
    if not isinstance(add.node, Sequence):
        _find(work, "overlay-add", f"`add` in {_name(path)} should hold a list, but is {kind(add.node)}",
              add.node.place, "write `add: [{id: ...}]`")  # fmt: skip
        return
    for item in add.node.items:
        name = record_id(item)
        if name is None:
            _find(work, "overlay-add", "a new record needs an id", item.place)
        elif name in records:
            _find(work, "overlay-add", f"the id {name!r} is taken ({records[name].place})", item.place,
                  f"give another id, or change it with `{name}: {{...}}`")  # fmt: skip
        else:
            work.paths.append((*path, name))
            records[name] = item


def _missed(work: _Merge, base: Node, entry: Entry, path: Path) -> None:
    removal = _removal(entry.node)
    message = f"there is no {entry.key!r} in {_name(path)} to {'change' if removal is None else 'remove'}"
    hint = closest(entry.key, steps(base))
    if hint is None and removal is None:
        new = f"[{{id: {entry.key}, ...}}]" if isinstance(base, Sequence) else f"{{{entry.key}: ...}}"
        hint = f"write `add: {new}` if it is new"
    _find(work, "overlay-hits-nothing", message, entry.key_place, hint)


def _is_removal(work: _Merge, entry: Entry) -> bool:
    """Say whether a change is `{remove: true}`; anything else with `remove` in it is a finding."""
    removal = _removal(entry.node)
    if removal is None:
        return False
    alone = isinstance(entry.node, Mapping) and len(entry.node.entries) == 1
    if not (alone and isinstance(removal.node, Scalar) and removal.node.value is True):
        _find(work, "overlay-remove", "`remove` is written alone, as `remove: true`", removal.key_place)
    return True


def _removal(node: Node) -> Entry | None:
    return node.entries.get("remove") if isinstance(node, Mapping) else None


def _is_records(node: Sequence) -> bool:
    return bool(node.items) and all(record_id(item) is not None for item in node.items)


def _name(path: Path) -> str:
    return path_text(path) or "the scenario"


def _find(work: _Merge, code: str, message: str, place: Place, hint: str | None = None) -> None:
    work.findings.append(Finding(code, message, place, hint))


def _written(change: Node, path: Path) -> Iterable[tuple[Path, Place]]:
    """Give the paths that stand in an overlay, without knowing what it is laid over."""
    if not isinstance(change, Mapping) or "remove" in change.entries:
        yield path, change.place
        return
    for key, entry in change.entries.items():
        if key != "add":
            yield from _written(entry.node, (*path, key))
        elif isinstance(entry.node, Mapping):
            yield from (((*path, new.key), new.key_place) for new in entry.node.entries.values())
        elif isinstance(entry.node, Sequence):
            yield from (((*path, str(record_id(item))), item.place) for item in entry.node.items)
