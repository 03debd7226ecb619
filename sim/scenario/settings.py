"""Single values set from outside: ``--set path=value``, laid over the files of a scenario."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from rules.reading import (
    Entry,
    Finding,
    InputError,
    Mapping,
    Node,
    Place,
    at,
    closest,
    overlay,
    parse_yaml,
)
from rules.reading.nodes import Scalar, child, steps
from rules.reading.nodes import Sequence as Items


@dataclass(frozen=True, slots=True)
class Setting:
    """One value to set."""

    path: tuple[str, ...]
    value: Node
    place: Place

    @property
    def on_parameter(self) -> bool:
        """Whether it sets (part of) a parameter."""
        return self.path[0] == "parameters"

    def changes(self) -> Node:
        """Give it as an overlay."""
        node = self.value
        for step in reversed(self.path):
            node = Mapping({step: Entry(step, self.place, node)}, self.place)
        return node


def read_settings(written: Sequence[tuple[str, str]]) -> tuple[Setting, ...]:
    """Read (path, value) as given on the command line.

    ``parameters.NAME`` is short for ``parameters.NAME.value``.

    Raises
    ------
    InputError
        For an empty path, a value that is no YAML, and a path set twice.
    """
    found: list[Setting] = []
    for path, text in written:
        source = f"--set {path}"
        place = Place(source, 1, 1, f"{path}={text}")
        steps_ = tuple(path.strip().split("."))
        if not all(steps_):
            raise InputError(Finding("bad-path", f"{path!r} is no path", place, "write it as in services.north.hours_per_week"))
        if steps_[0] == "parameters" and len(steps_) == 2:
            steps_ = (*steps_, "value")
        if any(steps_ == other.path for other in found):
            raise InputError(Finding("set-twice", f"{path} is set twice", place))
        found.append(Setting(steps_, parse_yaml(text, source), place))
    return tuple(found)


def apply(tree: Node, settings: Sequence[Setting]) -> tuple[Node, tuple[Setting, ...]]:
    """Lay settings over a tree; give the new tree and the settings whose path leads nowhere in it."""
    missed = []
    for setting in settings:
        try:
            at(tree, setting.path)
        except InputError:
            missed.append(setting)
            continue
        # A single value may be an increment (+80), which overlays know; a map or a list stands for the whole.
        tree = overlay(tree, setting.changes()) if isinstance(setting.value, Scalar) else _put(tree, setting.path, setting.value)
    return tree, tuple(missed)


def _put(node: Node, path: tuple[str, ...], value: Node) -> Node:
    """Give the tree with another node at a path that leads somewhere."""
    if not path:
        return value
    step, rest = path[0], path[1:]
    if isinstance(node, Mapping):
        entry = node.entries[step]
        return Mapping({**node.entries, step: Entry(step, entry.key_place, _put(entry.node, rest, value))}, node.place)
    assert isinstance(node, Items)
    target = child(node, step)
    return Items(tuple(_put(item, rest, value) if item is target else item for item in node.items), node.place)


def miss(tree: Node, setting: Setting) -> Finding:
    """Say that a setting hits nothing, and what may have been meant."""
    if setting.path[0] == "rules":
        return Finding("set-rules", "rules cannot be set from the command line", setting.place,
                       "write a policy with `changes: {rules: {…}}`, or name other rules in it")  # fmt: skip
    node = tree
    for depth, step in enumerate(setting.path):
        below = child(node, step)
        if below is None:
            where = f" in {'.'.join(setting.path[:depth])}" if depth else ""
            known = steps(node)
            hint = closest(step, known)
            if hint is None and 0 < len(known) <= 12:
                hint = f"known are {', '.join(known)}"
            return Finding("set-hits-nothing", f"there is no {step!r}{where} to set", setting.place, hint)
        node = below
    return Finding("set-hits-nothing", f"{'.'.join(setting.path)} cannot be set", setting.place)
