"""Whether every household that can come about has a value for every field, whatever need it can come to have."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from rules.reading import Finding, Node
from rules.reading import Mapping as MappingNode
from sim.scenario.model import ScenarioRecord
from sim.scenario.stock import section
from sim.scenario.values import as_written
from sim.world.blueprint import ByField, ByNeed, FieldDraw, Fixed, GroupSpec, NeedState, OneOf, TypeSpec, Value

_EXIT = "exit"
NOBODY: Mapping[str, Iterable[NeedState]] = {}


def uncovered(
    record: ScenarioRecord,
    tree: MappingNode,
    groups: Mapping[str, GroupSpec],
    types: Mapping[str, TypeSpec],
    needs: Any,
    people: Mapping[str, Iterable[NeedState]] = NOBODY,
) -> list[Finding]:
    """Find needs and values for which a field of a group has no shares.

    Parameters
    ----------
    needs : NeedsParameters or None
        The changes of need, as the mechanism reads them.
    people : mapping of str to (scheme, rank)
        The needs of those of each group who are known one by one.
    """
    findings = []
    for name, group in groups.items():
        states = reachable(name, group, record, types, needs, people)
        for field, draw in group.fields.items():
            node = _written(tree, name, field)
            for says in gaps(draw, states, group.fields):
                findings.append(Finding("no-shares", f"{field} of the group {name!r} {says}", node.place))
    return list(dict.fromkeys(findings))


def too_many_residents(
    record: ScenarioRecord, tree: MappingNode, sites: Iterable[Any], scattered: frozenset[str] = frozenset()
) -> list[Finding]:
    """Find types with more residents on day 0 than homes; for a ``scattered`` one a programme finds them."""
    homes: dict[str, int] = {}
    for site in sites:
        if site.opens <= 0.0:
            homes[site.type] = homes.get(site.type, 0) + site.dwellings
    return [
        Finding("too-many-residents", f"{who.count} residents cannot live in the {homes.get(kind, 0)} homes of the type {kind!r}",
                section(tree, "initial", "residents", kind).entries["count"].node.place)
        for kind, who in record.initial.residents.items()
        if who.count is not None and who.count > homes.get(kind, 0) and kind not in scattered
    ]  # fmt: skip


def reachable(
    name: str,
    group: GroupSpec,
    record: ScenarioRecord,
    types: Mapping[str, TypeSpec],
    needs: Any,
    people: Mapping[str, Iterable[NeedState]] = NOBODY,
) -> list[NeedState]:
    """Give every need that a household of a group can come to have, in the order found.

    Parameters
    ----------
    needs : NeedsParameters or None
        The changes of need, as the mechanism reads them.
    """
    found: dict[NeedState, None] = dict.fromkeys([*group.need.values, *people.get(name, ())])
    for kind, who in record.initial.residents.items():
        if who.groups.get(name, 0.0) > 0.0:
            found.update(dict.fromkeys(who.need or [(types[kind].scheme, types[kind].rank)]))
    waiting = record.initial.waiting.get(name)
    if waiting is not None:
        found.update(dict.fromkeys(waiting.need or ()))
    returns = getattr(record, "returns", None)
    if returns is not None and not isinstance(returns.need, str) and returns.group in ("same", name):
        found.update(dict.fromkeys(returns.need))
    todo = list(found)
    while todo:
        state = todo.pop()
        for after in _steps(name, state, needs):
            if after not in found:
                found[after] = None
                todo.append(after)
    return list(found)


def _steps(group: str, state: NeedState, needs: Any) -> Iterator[NeedState]:
    for spec in () if needs is None else needs.transitions.values():
        source = spec.from_.source()
        starts = (("group", group), ("scheme", state[0]), ("need", state[1]))
        if all(value in source.get(component, (value,)) for component, value in starts):
            for (scheme, rank), share in spec.to.items():
                if scheme != _EXIT and share > 0.0:
                    yield scheme or state[0], rank


def gaps(draw: FieldDraw, reachable: Iterable[NeedState], fields: Mapping[str, FieldDraw]) -> Iterator[str]:
    """Say for which needs, and for which values of the fields it depends on, a draw has nothing."""
    if isinstance(draw, ByNeed):
        for scheme, rank in reachable:
            if (scheme, rank) not in draw.shares:
                yield f"has no shares for the need {scheme} {rank}, which the group can have"
                return
    elif isinstance(draw, ByField):
        for value in _values(fields[draw.field]) if draw.field in fields else ():
            if value not in draw.of:
                yield f"says nothing about {draw.field} = {as_written(value)}, which the group can have"
                return
        for inner in draw.of.values():
            yield from gaps(inner, reachable, fields)


def _values(draw: FieldDraw) -> set[Value]:
    match draw:
        case Fixed(value=value):
            return {value}
        case OneOf(shares=shares):
            return set(shares.values)
        case ByNeed(shares=by_need):
            return {value for shares in by_need.values() for value in shares.values}
        case ByField(of=of):
            return {value for inner in of.values() for value in _values(inner)}


def _written(tree: MappingNode, group: str, field: str) -> Node:
    own = section(tree, "groups", group, "fields").entries.get(field)
    entry = own or section(tree, "marks").entries.get(field)
    return tree if entry is None else entry.node
