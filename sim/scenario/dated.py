"""What a policy may change, and from when: decisions take effect on a date, facts do not change by being decided."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import TypeAlias

from rules.reading import (
    Entry,
    Finding,
    Node,
    Path,
    Place,
    path_text,
    plain,
    record_id,
)
from rules.reading import Mapping as MappingNode
from rules.reading.nodes import Scalar
from rules.reading.nodes import Sequence as SequenceNode
from sim.scenario.parameters import ParameterRecord
from sim.scenario.source import Layer, Source
from sim.scenario.timelines import BEGINNING, DATED

Change: TypeAlias = tuple[Path, Node | None, Node | None]

#: Sections that say how something is called or reported: they change nothing in the world.
WORDS = frozenset(
    {
        "label", "question", "goals", "measures", "precision", "systems", "kostra", "max_total_effect", "accepted_effects",
        "burn_in",
    }
)  # fmt: skip
#: Mechanisms that a policy may add, whose `first` says when they begin: what begins is called ...
BEGUN: Mapping[str, str] = {"meetings": "the first meeting", "circles": "the first search for circles of moves"}


def differences(before: Node, after: Node, path: Path = ()) -> Iterator[Change]:
    """Give the smallest parts in which two trees differ: (path, node before or None, node after or None)."""
    first, second = _children(before), _children(after)
    if first is None or second is None:
        if plain(before) != plain(after):
            yield path, before, after
        return
    for step in [*first, *(step for step in second if step not in first)]:
        old, new = first.get(step), second.get(step)
        if old is not None and new is not None:
            yield from differences(old, new, (*path, step))
        else:
            yield (*path, step), old, new


def check_decisions(source: Source) -> list[Finding]:
    """Find everything in a policy that is no dated decision, unless the policy says `kind: what_if`."""
    findings: list[Finding] = []
    before = source.base
    for layer in source.layers:
        findings += _parameters(layer, source.records)
        later = _later_projects(layer, before)
        new_types = {
            str(path[1])
            for path, old, _ in differences(before, layer.tree)
            if len(path) == 2 and path[0] == "types" and old is None
        }
        for path, old, new in differences(before, layer.tree):
            if len(path) > 2 and path[0] == "projects" and path[1] in later and path[2] not in ("start", "opens"):
                continue
            fault = _fault(layer, path, old, new, new_types)
            if fault is not None:
                findings.append(fault)
        before = layer.tree
    return findings


def with_openings(tree: MappingNode, layer: Layer, before: MappingNode) -> tuple[MappingNode, frozenset[str]]:
    """Let sites and projects that a policy adds without a date begin when the policy does.

    Parameters
    ----------
    tree : Mapping
        The scenario with this policy, and perhaps others after it.
    before : Mapping
        The scenario that the policy is laid over.

    Returns
    -------
    (Mapping, frozenset of str)
        The tree, and the ids of the sites that the policy adds.
    """
    sites = added_by(before, layer.tree, "sites")
    tree = _dated(tree, sites, layer, "sites", "opens", ("opens",))
    tree = _dated(tree, added_by(before, layer.tree, "projects"), layer, "projects", "start", ("start", "opens"))
    return tree, sites


def added_by(before: MappingNode, after: MappingNode, section: str) -> frozenset[str]:
    """Give the ids in a section (sites, projects) that the second of two trees has and the first has not."""
    return frozenset(_records(after, section)) - frozenset(_records(before, section))


def _dated(tree: MappingNode, names: frozenset[str], layer: Layer, section: str, key: str, given: tuple[str, ...]) -> MappingNode:
    items = []
    changed = False
    for name, record in _records(tree, section).items():
        if name in names and isinstance(record, MappingNode) and not any(k in record.entries for k in given):
            place = record.place
            day = Scalar(layer.policy_from, layer.policy_from.isoformat(), True, place)
            record = MappingNode({**record.entries, key: Entry(key, place, day)}, place)
            changed = True
        items.append(record)
    if not changed:
        return tree
    entry = tree.entries[section]
    node = SequenceNode(tuple(items), entry.node.place)
    return MappingNode({**tree.entries, section: Entry(section, entry.key_place, node)}, tree.place)


def _parameters(layer: Layer, records: Mapping[str, ParameterRecord]) -> list[Finding]:
    if layer.policy.kind == "what_if":
        return []
    return [
        Finding(
            "changes-a-fact",
            f"{name} is {_article(records[name].kind)}, and a policy changes decisions only",
            node.place,
            "write `kind: what_if` in the policy if the question is what would happen if it were so",
        )
        for name, node in layer.changed_parameters
        if name in records and records[name].kind != "decision"
    ]


def _article(kind: str) -> str:
    return {"fact": "a fact", "uncertain": "uncertain"}.get(kind, kind)


def _fault(layer: Layer, path: Path, old: Node | None, new: Node | None, new_types: set[str]) -> Finding | None:
    where = path_text(path)
    place = _place(layer, path, new if new is not None else old)
    section = path[0]
    if section == "sites":
        return _site(layer, path, old, new, place)
    if section == "projects":
        return _project(layer, path, old, new, place)
    if layer.policy.kind == "what_if" or section in WORDS or path[-1] == "label" or "label" in path:
        return None
    if new is not None and any(_like(path, pattern) for pattern in (BEGINNING if old is None else DATED)):
        return None
    if path[:2] == ("planning", "plots") and len(path) == 3 and old is None:
        name = str(path[2])
        return _early(layer, new, "from", f"the plot {name!r} can be had from", place) or _undated(layer, new, name, place)
    if len(path) == 1 and section in BEGUN and old is None and isinstance(new, MappingNode):
        return _begun(layer, str(section), new, place)
    if old is None and (section in ("types", "districts") or str(path[-1]) in new_types):
        return None
    return Finding(
        "not-a-decision",
        f"a policy cannot change {where}: it is no decision that can take effect on a date",
        place,
        "write `kind: what_if` if the question is what would happen if it were so from the start",
    )


def _like(path: Path, pattern: str) -> bool:
    steps = pattern.split(".")
    return len(path) == len(steps) and all(step in ("*", str(here)) for step, here in zip(steps, path, strict=True))


def _begun(layer: Layer, section: str, new: MappingNode, place: Place) -> Finding | None:
    """Find what would begin before the policy does: before the first meeting or search, all goes on as without."""
    first = new.entries.get("first")
    begins = None if first is None else first.node.value if isinstance(first.node, Scalar) else None
    if isinstance(begins, date) and begins >= layer.policy_from:
        return None
    return Finding(
        "before-the-policy",
        f"{BEGUN[section]} should be on {layer.policy_from.isoformat()} or later, when the policy is in effect",
        place if first is None else first.node.place,
        f"write `first: {layer.policy_from.isoformat()}`",
    )


def _later_projects(layer: Layer, before: MappingNode) -> set[str]:
    """Give the projects that begin when the policy is in effect: everything about them is still to be decided."""
    begins = {name: _date(item, "start") or _date(item, "opens") for name, item in _records(before, "projects").items()}
    return {name for name, day in begins.items() if day is not None and day >= layer.policy_from}


def _undated(layer: Layer, plot: Node | None, name: str, place: Place) -> Finding | None:
    """Find a plot that a policy adds without saying from when: it would be there from day 0."""
    if plot is None or _date(plot, "from") is not None:
        return None
    return Finding("before-the-policy", f"the plot {name!r} does not say from when it can be had", place,
                   f"write `from: {layer.policy_from.isoformat()}`, or a later date")  # fmt: skip


def _site(layer: Layer, path: Path, old: Node | None, new: Node | None, place: Place) -> Finding | None:
    name = str(path[1]) if len(path) > 1 else ""
    if len(path) == 2 and old is None:
        return _early(layer, new, "opens", f"the site {name!r} opens", place)
    if len(path) == 2 and new is None:
        return Finding("removes-a-site", f"a policy cannot undo the site {name!r}", place,
                       "close it: write `closes: DATE` and `closing: when_vacated`")  # fmt: skip
    if len(path) == 3 and path[2] in ("opens", "closes", "closing"):
        for value in (old, new):
            fault = _before(layer, value, f"{path[2]} of the site {name!r}", place)
            if fault is not None:
                return fault
        return None
    if layer.policy.kind == "what_if" or "label" in path:
        return None
    return Finding("changes-the-past", f"{path_text(path)} would change from day 0, before the policy begins", place,
                   "add a site of its own (`sites: {add: [...]}`), or write `kind: what_if`")  # fmt: skip


def _project(layer: Layer, path: Path, old: Node | None, new: Node | None, place: Place) -> Finding | None:
    name = str(path[1]) if len(path) > 1 else ""
    if len(path) == 2 and old is None:
        return _early(layer, new, "start", f"the project {name!r} starts", place) or _early(
            layer, new, "opens", f"the project {name!r} opens", place
        )
    if layer.policy.kind == "what_if" or "label" in path:
        return None
    if len(path) == 2 and old is not None:
        begins = _date(old, "start") or _date(old, "opens")
        if begins is not None and begins < layer.policy_from:
            return Finding("changes-the-past", f"the project {name!r} begins {begins}, before the policy does "
                           f"({layer.policy_from})", place)  # fmt: skip
        return None
    if len(path) == 3 and path[2] in ("start", "opens"):
        for value in (old, new):
            fault = _before(layer, value, f"{path[2]} of the project {name!r}", place)
            if fault is not None:
                return fault
        return None
    return Finding("changes-the-past", f"a policy cannot change {path_text(path)} of a project under way", place,
                   "remove the project and add another, or write `kind: what_if`")  # fmt: skip


def _early(layer: Layer, record: Node | None, key: str, says: str, place: Place) -> Finding | None:
    day = None if record is None else _date(record, key)
    if day is None or day >= layer.policy_from:
        return None
    assert isinstance(record, MappingNode)
    return Finding("before-the-policy", f"{says} {day}, before the policy begins ({layer.policy_from})",
                   record.entries[key].node.place)  # fmt: skip


def _before(layer: Layer, value: Node | None, what: str, place: Place) -> Finding | None:
    if isinstance(value, Scalar) and isinstance(value.value, date) and value.value < layer.policy_from:
        return Finding("before-the-policy", f"{what} is {value.value}, before the policy begins "
                       f"({layer.policy_from})", place)  # fmt: skip
    return None


def _date(record: Node, key: str) -> date | None:
    if isinstance(record, MappingNode) and key in record.entries:
        node = record.entries[key].node
        if isinstance(node, Scalar) and isinstance(node.value, date):
            return node.value
    return None


def _place(layer: Layer, path: Path, node: Node | None) -> Place:
    """Give the place of a change: where the policy writes it, or the policy's first line."""
    if node is not None and node.place.file == layer.head.place.file:
        return node.place
    entry = layer.head.entries.get("changes")
    here = None if entry is None else entry.node
    place = layer.head.place if entry is None else entry.key_place
    for step in path:
        if not isinstance(here, MappingNode) or str(step) not in here.entries:
            break
        place, here = here.entries[str(step)].key_place, here.entries[str(step)].node
    return place


def _children(node: Node) -> dict[str | int, Node] | None:
    if isinstance(node, MappingNode):
        return {key: entry.node for key, entry in node.entries.items()}
    if isinstance(node, SequenceNode):
        names = [record_id(item) for item in node.items]
        if all(name is not None for name in names):
            return {str(name): item for name, item in zip(names, node.items, strict=True)}
    return None


def _records(tree: MappingNode, section: str) -> dict[str, Node]:
    entry = tree.entries.get(section)
    if entry is None or not isinstance(entry.node, SequenceNode):
        return {}
    return {str(record_id(item)): item for item in entry.node.items}
