"""What the mechanisms of people's lives name in the rules: fields, ranks and districts, checked at their places."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from rules.language.fields import Field, Stored
from rules.reading import Finding, InputError, Place, closest
from rules.reading import Mapping as MappingNode
from rules.reading.nodes import Scalar
from sim.scenario.model import ScenarioRecord
from sim.scenario.references import find, nodes_at
from sim.scenario.values import value_of
from sim.world.blueprint import ByField, GroupSpec, Value

Fields = Mapping[str, Field]


def check_people(record: ScenarioRecord, tree: MappingNode, fields: Fields, groups: Mapping[str, GroupSpec]) -> list[Finding]:
    """Find fields, values and ranks that household life, wishes and assessments name and that are not there."""
    return [*_assessments(record, tree), *_wishes(record, tree, fields), *_changes(record, tree, fields, groups)]


def incidents_before(record: ScenarioRecord, tree: MappingNode, fields: Fields) -> tuple[str, Mapping[Value, float]] | None:
    """Give how often residents caused incidents before day 0, by the values of a field.

    Raises
    ------
    InputError
        For a field that the rules do not declare, and for what is no value of it.
    """
    before = record.initial.incidents_before
    if before is None:
        return None
    ((_, by),) = nodes_at(tree, "initial.incidents_before.by")
    field = stored_field(before.by, by.place, fields)
    rates: dict[Value, float] = {}
    for _, key, place in find(tree, "initial.incidents_before.of.@"):
        rates[value_of(key, field, place)] = before.of[key]
    return before.by, rates


def stored_field(name: str, place: Place, fields: Fields) -> Field:
    """Give a stored field of the applicant by its name. Raises `InputError` at the place where the rules declare none."""
    field = fields.get(name)
    if field is None or field.of != "applicant" or not isinstance(field.source, Stored):
        known = [key for key, f in fields.items() if f.of == "applicant" and isinstance(f.source, Stored)]
        hint = closest(name, known) or "name a stored field of the applicant"
        raise InputError(Finding("unknown-field", f"the rules declare no stored field {name!r}", place, hint))
    return field


def _assessments(record: ScenarioRecord, tree: MappingNode) -> Iterator[Finding]:
    named = [*find(tree, "assessment.error.*.@"), *find(tree, "assessment.error.*.*.@")]
    for path, rank, place in named:
        ranks = sorted(set(record.schemes[path[2]].ranks)) if path[2] in record.schemes else ()
        if ranks and rank not in map(str, ranks):
            known = ", ".join(map(str, ranks))
            yield Finding("out-of-bounds", f"{path[2]} has no rank {rank}", place, f"its ranks are {known}")


def _wishes(record: ScenarioRecord, tree: MappingNode, fields: Fields) -> Iterator[Finding]:
    for path, node in nodes_at(tree, "wishes.*"):
        if not isinstance(node, Scalar) or path[-1] not in ("wished", "unwished"):
            continue
        try:
            field = stored_field(node.text, node.place, fields)
        except InputError as error:
            yield from error.findings
            continue
        if not set(field.domain.values) & set(record.districts):
            message = f"no value of {field.name} is a district of the scenario"
            yield Finding("dangling-reference", message, node.place, f"the districts are {', '.join(record.districts)}")


def _changes(record: ScenarioRecord, tree: MappingNode, fields: Fields, groups: Mapping[str, GroupSpec]) -> Iterator[Finding]:
    life: Any = getattr(record, "household_life", None)
    if life is None:
        return
    for name, spec in life.changes.items():
        among = spec.from_.group or tuple(groups)
        for path, key, place in find(tree, f"household_life.changes.{name}.adds.@"):
            try:
                field = stored_field(key, place, fields)
            except InputError as error:
                yield from error.findings
                continue
            if field.domain.kind != "int":
                yield Finding("wrong-type", f"{key} is {field.domain}, and only a number can grow", place)
                continue
            low, high = spec.within[key]
            if low < field.domain.lo or high > field.domain.hi:
                says = f"{key} would reach {low} to {high}, and its values are {field.domain}"
                yield Finding("out-of-bounds", says, _within(tree, path[2], key, place))
                continue
            for group in among:
                if group in groups:
                    yield from _uncovered(groups[group], key, (low, high), spec.adds, _within(tree, name, key, place))


def _within(tree: MappingNode, name: str, field: str, otherwise: Place) -> Place:
    found = [place for _, key, place in find(tree, f"household_life.changes.{name}.within.@") if key == field]
    return found[0] if found else otherwise


def _uncovered(group: GroupSpec, field: str, bounds: tuple[int, int], adds: Mapping[str, int], place: Place) -> Iterator[Finding]:
    """Find fields that are drawn by a number which the number can outgrow."""
    for name, draw in group.fields.items():
        if isinstance(draw, ByField) and draw.field == field and name not in adds:
            for value in range(bounds[0], bounds[1] + 1):
                if value not in draw.of:
                    says = f"{name} of the group {group.id!r} says nothing about {field} = {value}, which this change can lead to"
                    yield Finding("no-shares", says, place)
                    return
