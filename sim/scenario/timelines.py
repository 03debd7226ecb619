"""Decisions that take effect on a date: numbers as they stand on day 0, and from each policy that changes them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from pydantic import TypeAdapter, ValidationError

from rules.reading import Count, Days, Finding, HoursPerWeek, InputError, PerDay, Share, plain
from rules.reading import Mapping as MappingNode
from sim.scenario.dates import days_since
from sim.scenario.references import nodes_at
from sim.scenario.source import Source
from sim.scenario.stock import section
from sim.world.mechanisms.sharing import RULES as SHARING

#: How hours are shared, as the number of the rule; a scenario that does not say has the first.
_SHARING = "services.sharing"
_POSTS = "caretakers.posts.*"
_QUANTITIES: Mapping[str, Any] = {_POSTS: Share, "exits.supply.guaranteed": PerDay, "assessment.every": Days,
                                         "acute_beds.kinds.*.beds": Count, "programmes.*.places": Count}  # fmt: skip
#: Where a policy may change a number from its date on; and where it may write one that was not there before.
DATED = ("services.teams.*.hours_per_week", "services.teams.*.workers", _SHARING, *_QUANTITIES)
BEGINNING = (_SHARING, _POSTS)


def timelines(source: Source, start: date) -> dict[str, tuple[tuple[float, float], ...]]:
    """Give the hours of every team, how they are shared, and what else may be dated: path -> (day, value), ascending."""
    steps: dict[str, list[tuple[float, float]]] = {}
    trees = [(0.0, source.base), *((days_since(start, layer.policy_from), layer.tree) for layer in source.layers)]
    if source.layers:
        trees[-1] = (trees[-1][0], source.tree)
    for day, tree in trees:
        for name, value in _decided(tree):
            line = steps.setdefault(name, [(0.0, 0.0)] if name == _SHARING and day > 0.0 else [])
            if not line or line[-1][1] != value:
                line.append((day, value))
    return {name: tuple(line) for name, line in steps.items()}


def _decided(tree: MappingNode) -> Iterator[tuple[str, float]]:
    for path, node in nodes_at(tree, "services.teams.*"):
        yield f"{'.'.join(path)}.hours_per_week", _hours(node, tree)
    for _, node in nodes_at(tree, _SHARING):
        rule = str(plain(node))
        # What is overridden is not validated: there, a rule that there is not has no number.
        yield _SHARING, float(SHARING.index(rule)) if rule in SHARING else 0.0
    for pattern, kind in _QUANTITIES.items():
        for path, node in nodes_at(tree, pattern):
            yield ".".join(path), number_at(kind, node)


def _hours(team: Any, tree: MappingNode) -> float:
    """Give the hours a week of a team, written as such or as workers of so many hours each."""
    entries = team.entries
    if "hours_per_week" in entries:
        return number_at(HoursPerWeek, entries["hours_per_week"].node)
    each = entries.get("hours_per_worker") or section(tree, "services").entries.get("hours_per_worker")
    if "workers" not in entries or each is None:
        return 0.0  # overridden, so not validated
    return number_at(float, entries["workers"].node) * number_at(HoursPerWeek, each.node)


def number_at(kind: Any, node: Any) -> float:
    """Read a quantity of some kind at its place.

    Raises
    ------
    InputError
        Where it is none.
    """
    try:
        return float(TypeAdapter(kind).validate_python(plain(node)))
    except ValidationError as error:
        context = error.errors()[0].get("ctx", {})
        says = str(context.get("says") or "this is no number with a unit")
        raise InputError(Finding("quantity", says, node.place, context.get("hint"))) from None
