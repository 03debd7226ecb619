"""When what a policy builds can first stand open: known before anything is simulated, and the same in every replication."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import chain
from math import floor
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from rules.reading import Days, Node, plain
from rules.reading import Mapping as MappingNode
from rules.reading.nodes import Scalar, record_id
from rules.reading.nodes import Sequence as SequenceNode
from sim.scenario.dates import YEAR
from sim.scenario.model import ScenarioRecord
from sim.scenario.source import Layer, Source
from sim.world.mechanisms.planning import SHORTEST
from sim.world.mechanisms.project_specs import APPEAL, ProjectSpec


def opening_of(source: Source, years: float | None = None, beside: Source | None = None) -> date | None:
    """Give the day from which the figures "from the opening on" are taken for one policy; None without a policy.

    It is the earliest day on which homes that the policy adds (or opens sooner or later than planned) can stand open within
    the horizon: the date of a site, and for a project its start and the shortest time of every phase that cannot be
    skipped. Nothing that the policy builds opens before it, whatever is drawn. A policy that opens no homes within the
    horizon counts from ``policy_from``. Of policies laid over each other, the one that opens first decides.

    Parameters
    ----------
    years : float, optional
        Horizon instead of the scenario's own.
    beside : Source, optional
        What it is compared with: policies that both share make no difference, and do not count.
    """
    shared = frozenset[Path]() if beside is None else frozenset(layer.path.resolve() for layer in beside.layers)
    before, found, end = source.base, list[date](), _end(source.base, years)
    for layer in source.layers:
        if layer.path.resolve() in shared:
            before = layer.tree
            continue
        opens = [day for day in _changed_openings(before, layer) if layer.policy_from <= day and (end is None or day < end)]
        found.append(min(opens, default=layer.policy_from))
        before = layer.tree
    return min(found, default=None)


def earliest(spec: ProjectSpec) -> date | None:
    """Give the first day on which a project can open; None where it lies after the last day that a date can name.

    It may wait longer for a place, a plot or an old site to be empty; an appeal that early dialogue may shorten counts nothing.
    """
    certain = [phase for name, phase in spec.phases.items() if phase.share >= 1.0 and not _eased(spec, name)]
    return _after(spec, [phase.lasts.quantile(SHORTEST) for phase in certain])


def latest(spec: ProjectSpec) -> date | None:
    """Give a day after which a project seldom opens: every phase comes, and each takes as long as its 95 % quantile."""
    return _after(spec, [p.lasts.quantile(0.95) for p in spec.phases.values() if p.share > 0.0])


def _eased(spec: ProjectSpec, phase: str) -> bool:
    return phase == APPEAL and spec.dialogue == "before_notice"


def last_day(start: date, days: float) -> date | None:
    """Give the day on which a horizon ends: what begins then has no whole day left; None after the last date there is."""
    return _later(start, max(1, floor(days)))


def _after(spec: ProjectSpec, phases: list[float]) -> date | None:
    begins = spec.opens or spec.start
    assert begins is not None
    return _later(begins, floor(sum(phases)))


def _later(day: date, days: int) -> date | None:
    try:
        return day + timedelta(days=days)
    except OverflowError:
        return None


def _changed_openings(before: MappingNode, layer: Layer) -> Iterator[date]:
    for section in ("sites", "projects"):
        old, new = _opening_days(before, section, layer), _opening_days(layer.tree, section, layer)
        for name in new:
            if old.get(name) != new[name]:
                yield from (day for day in chain(new[name], old.get(name, ())))


def _opening_days(tree: MappingNode, section: str, layer: Layer) -> dict[str, tuple[date, ...]]:
    entry = tree.entries.get(section)
    items = entry.node.items if entry is not None and isinstance(entry.node, SequenceNode) else ()
    of = _of_site if section == "sites" else _of_project
    return {str(record_id(item)): of(item, layer) for item in items if isinstance(item, MappingNode)}


def _of_site(item: MappingNode, layer: Layer) -> tuple[date, ...]:
    return (_date(item, "opens") or layer.policy_from,)


def _of_project(item: MappingNode, layer: Layer) -> tuple[date, ...]:
    written = plain(item)
    assert isinstance(written, dict)
    if not {"start", "opens"} & set(written):
        written = {**written, "start": layer.policy_from}
    try:
        day = earliest(ProjectSpec.model_validate(written))
    except ValidationError:  # told of with its place when the scenario is composed
        return ()
    return () if day is None else (day,)


def _date(item: MappingNode, key: str) -> date | None:
    entry = item.entries.get(key)
    value = entry.node.value if entry is not None and isinstance(entry.node, Scalar) else None
    return value if isinstance(value, date) else None


def _end(tree: MappingNode, years: float | None) -> date | None:
    """Give the last day of the horizon; None where it cannot be read, which is told of when the scenario is composed."""
    start = _date(tree, "start") or ScenarioRecord.model_fields["start"].default
    try:
        days = years * YEAR if years is not None else _horizon(tree)
    except ValidationError:
        return None
    return last_day(start, days)


def _horizon(tree: MappingNode) -> float:
    entry = tree.entries.get("horizon")
    if entry is None:
        return float(ScenarioRecord.model_fields["horizon"].default)
    node: Node = entry.node
    return float(TypeAdapter(Days).validate_python(plain(node)))
