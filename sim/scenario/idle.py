"""What is written and can change nothing: comparisons would say "exactly no difference", and nobody would know why."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from rules.reading import Finding, Node, Place, plain
from rules.reading import Mapping as MappingNode
from rules.reading.nodes import Scalar
from rules.reading.nodes import Sequence as SequenceNode
from sim.scenario.dated import WORDS, differences
from sim.scenario.model import ScenarioRecord
from sim.scenario.references import find, nodes_at
from sim.scenario.source import Layer, Source
from sim.world.blueprint import GroupSpec, NeedState


def idle_policies(source: Source, rules: Mapping[int, tuple[str, str]]) -> Iterator[Finding]:
    """Find policies that differ in nothing from what they extend.

    Parameters
    ----------
    rules : mapping of int to (str, str)
        For the number of each layer with rules of its own: the hash of the rules before it, and of its own.
    """
    before = source.base
    for number, layer in enumerate(source.layers):
        if _names_nothing(layer):
            yield Finding("changes-nothing", "the policy has no `changes`", layer.head.place,
                          "write what it changes, or `changes: {}` if it is to change nothing")  # fmt: skip
        elif not _differs(before, layer.tree) and len(set(rules.get(number, ("",)))) == 1:
            message = f"the policy changes nothing that is simulated in {layer.policy.extends}: all differences will be exactly 0"
            yield Finding("changes-nothing", message, layer.head.entries["changes"].key_place, None, "warning")
        before = layer.tree


def empty_homes(tree: MappingNode, added: frozenset[str], projects: frozenset[str]) -> Iterator[Finding]:
    """Find sites and projects of a policy that have no homes."""
    for section, names, key in (("sites", added, "dwellings"), ("sites", added, "sites"), ("projects", projects, "dwellings"),
                                ("projects", projects, "number")):  # fmt: skip
        for path, node in nodes_at(tree, f"{section}.*.{key}"):
            if path[1] in names and isinstance(node, Scalar) and plain(node) in (0, "0"):
                what = "site" if section == "sites" else "project"
                message = f"the policy adds the {what} {path[1]!r} with {key}: 0, so it adds no homes"
                asked = node.place.file.startswith("--set")  # who sets it to 0 from outside means it
                yield Finding("no-homes", message, node.place, None, "warning" if asked else "error")


def idle_parts(
    record: ScenarioRecord, tree: MappingNode, groups: Mapping[str, GroupSpec], needs: Mapping[str, Sequence[NeedState]]
) -> Iterator[Finding]:
    """Find groups that never apply, types without homes, transitions that can never begin, and factors without use.

    Parameters
    ----------
    needs : mapping of str to sequence of (str, int)
        The needs that a household of each group can come to have.
    """
    yield from _groups(record, tree, groups)
    yield from _types(record, tree)
    yield from _transitions(record, tree, needs)
    named = {name for _, name, _ in find(tree, "**.factors")}
    for _, name, place in find(tree, "risk_factors.@"):
        if name not in named:
            message = f"no transition names the risk factor {name!r} among its factors"
            yield Finding("unused-factor", message, place, None, "warning")


def _names_nothing(layer: Layer) -> bool:
    entry = layer.head.entries.get("changes")
    return entry is None or (isinstance(entry.node, Scalar) and entry.node.value is None)


def _differs(before: MappingNode, after: MappingNode) -> bool:
    # How figures are taken (`measures`) is no word: it changes them.
    return any(path[0] not in WORDS - {"measures"} and "label" not in path for path, _, _ in differences(before, after))


def _groups(record: ScenarioRecord, tree: MappingNode, groups: Mapping[str, GroupSpec]) -> Iterator[Finding]:
    initial = record.initial
    returning = getattr(record, "returns", None)
    there = {name for who in initial.residents.values() for name, share in who.groups.items() if share > 0.0}
    there |= {*initial.waiting, *initial.households} | ({returning.group} if returning is not None else set())
    there |= {name for _, name, _ in find(tree, "demand.unregistered.@")}
    for _, name, place in find(tree, "groups.@"):
        arrivals = groups[name].arrivals
        if not any(rate for _, rate in arrivals.rate) and not any(size for _, size in arrivals.batches) and name not in there:
            message = f"nobody of the group {name!r} ever applies within the horizon, and none is there on day 0"
            yield Finding("no-arrivals", message, place, None, "warning")


def _types(record: ScenarioRecord, tree: MappingNode) -> Iterator[Finding]:
    used = {site.type for site in record.sites if site.sites and site.dwellings} | {
        name for pattern in ("projects.*.type", "programmes.*.homes") for _, name, _ in find(tree, pattern)
    }
    for _, name, place in find(tree, "types.@"):
        if name not in used:
            message = f"no site or project has homes of the type {name!r}"
            yield Finding("unused-type", message, place, None, "warning")


def _transitions(record: ScenarioRecord, tree: MappingNode, needs: Mapping[str, Sequence[NeedState]]) -> Iterator[Finding]:
    ranks = {(name, rank) for name, scheme in record.schemes.items() for rank in scheme.ranks}
    every = {state for states in needs.values() for state in states}
    for path, node in nodes_at(tree, "**.from"):
        if not isinstance(node, MappingNode) or not {"need", "scheme"} & set(node.entries):
            continue
        wanted = set(_asked(node, {*ranks, *every}))
        name = path[-2] if len(path) > 1 else path[0]
        if not wanted:
            message = f"{name} can never begin: no scheme that it names has such a need"
            yield Finding("never-begins", message, _place(node), _ranks(record, node))
            continue
        listed = _listed(node, "group")
        reached = every if listed is None else {state for group in listed for state in needs.get(str(group), ())}
        if not wanted & reached:
            who = "no household" if listed is None else "no household of the groups it names"
            message = f"{name} never begins: {who} ever comes to have the need that it begins from"
            yield Finding("never-begins", message, _place(node), None, "warning")


def _asked(node: MappingNode, known: Iterable[NeedState]) -> Iterator[NeedState]:
    schemes, ranks = _listed(node, "scheme"), _listed(node, "need")
    for scheme, rank in known:
        if (schemes is None or scheme in schemes) and (ranks is None or str(rank) in ranks):
            yield scheme, rank


def _listed(node: MappingNode, key: str) -> list[str] | None:
    entry = node.entries.get(key)
    if entry is None:
        return None
    found: Node = entry.node
    items = found.items if isinstance(found, SequenceNode) else (found,)
    return [str(plain(item)) for item in items]


def _ranks(record: ScenarioRecord, node: MappingNode) -> str:
    schemes = _listed(node, "scheme") or list(record.schemes)
    ranks = {name: sorted(set(record.schemes[name].ranks)) for name in schemes if name in record.schemes}
    known = (f"{name} {', '.join(map(str, of))}" for name, of in ranks.items())
    return f"the ranks are: {'; '.join(known)}"


def _place(node: MappingNode) -> Place:
    entry: Any = node.entries.get("need") or node.entries["scheme"]
    place: Place = entry.node.place
    return place
