"""The systems that a municipality describes: which of them are simulated, how large each is, and who says so."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from rules.reading import Finding, closest
from rules.reading import Mapping as MappingNode
from sim.scenario.dates import YEAR
from sim.scenario.model import SystemRecord, mechanisms
from sim.scenario.parameters import ASSUMPTION
from sim.scenario.references import nodes_at
from sim.scenario.register import SourceRecord
from sim.world.blueprint import Blueprint


@dataclass(frozen=True, slots=True)
class System:
    """One system.

    Attributes
    ----------
    size : float or None
        In ``unit``; None when no source tells, or nothing limits it.
    source : str
        Id of the register of sources, or ``assumption``.
    on : bool
        Whether the scenario simulates it.
    """

    size: float | None
    unit: str
    source: str
    on: bool
    label: Mapping[str, str]
    note: str = ""


def systems_of(records: Mapping[str, SystemRecord], blueprint: Blueprint) -> dict[str, System]:
    """Give the systems that a scenario declares, with what its stock, teams and mechanisms make of them."""
    return {name: _system(record, blueprint) for name, record in records.items()}


def dangling_systems(
    records: Mapping[str, SystemRecord], tree: MappingNode, blueprint: Blueprint, register: Mapping[str, SourceRecord] | None
) -> Iterator[Finding]:
    """Find systems that point to a source, type, step, team or mechanism that is not there."""
    services = blueprint.mechanisms.get("services")
    teams = () if services is None else tuple(services.teams)
    for name, record in records.items():
        place = next(node.place for path, node in nodes_at(tree, "systems.*") if path[-1] == name)
        if register is not None and record.source not in (*register, ASSUMPTION):
            yield Finding("unknown-source", f"there is no source {record.source!r}", place, closest(record.source, register))
        for what, named, known in (
            ("type", record.types, tuple(blueprint.types)),
            ("team", record.teams, teams),
            ("programme", record.programmes, tuple(blueprint.programmes)),
            ("kind of bed", record.beds, tuple(_beds(blueprint))),
            ("mechanism", record.mechanisms, tuple(kind.name for kind in mechanisms())),
            ("scheme", () if record.scheme is None else (record.scheme,), tuple(blueprint.ranks)),
        ):
            for one in named:
                if one not in known:
                    yield Finding("dangling-reference", f"there is no {what} {one!r}", place, closest(one, known))


def _system(record: SystemRecord, blueprint: Blueprint) -> System:
    size = record.size
    if record.teams:
        services = blueprint.mechanisms.get("services")
        size = 0.0 if services is None else sum(services.hours(team) for team in record.teams if team in services.teams)
    elif record.programmes:
        size = sum(_places(name, blueprint) for name in record.programmes)
    elif record.beds:
        size = sum(_beds(blueprint).get(name, 0) for name in record.beds)
    elif record.lettings:
        exits = blueprint.mechanisms.get("exits")
        supply = None if exits is None else exits.supply
        size = None if supply is None else round((supply.lettings + supply.guaranteed) * YEAR, 6)
    elif record.scheme is not None or record.types or record.where:
        size = _count(record, blueprint)
    running = all(name in blueprint.mechanisms for name in record.mechanisms)
    label = {} if record.label is None else record.label.model_dump()
    return System(size, record.unit, record.source, record.simulated and running and size != 0, label, record.note)


def _places(name: str, blueprint: Blueprint) -> int:
    """Places of a programme on day 0: as many as it says, or its own rooms."""
    programmes = blueprint.mechanisms.get("programmes")
    spec = None if programmes is None else programmes.root.get(name)
    if spec is None:
        return 0
    rooms = sum(site.dwellings for site in blueprint.sites if site.type == spec.homes and site.opens <= 0.0 < site.closes)
    return rooms if spec.places is None else int(spec.places)


def _beds(blueprint: Blueprint) -> dict[str, int]:
    acute = blueprint.mechanisms.get("acute_beds")
    return {} if acute is None else {name: int(kind.beds) for name, kind in acute.kinds.items()}


def _count(record: SystemRecord, blueprint: Blueprint) -> float:
    """Count homes open on day 0 and, where ``projects`` says so, those that are decided; or their sites, or projects."""
    homes = sites = 0
    for site in blueprint.sites:
        kind = blueprint.types[site.type]
        attributes = {**kind.attributes, **site.attributes, **site.dwelling_attributes}
        if site.opens <= 0.0 < site.closes and _counts(record, kind.scheme, kind.step, kind.id, attributes):
            homes, sites = homes + site.dwellings, sites + 1
    projects = blueprint.mechanisms.get("projects") if record.projects else None
    for project in () if projects is None else projects.root:
        kind = blueprint.types[project.type]
        attributes = {**kind.attributes, **project.attributes, **project.dwelling_attributes}
        if _counts(record, kind.scheme, kind.step, kind.id, attributes):
            homes, sites = homes + project.dwellings, sites + 1
    return sites if record.count == "sites" else homes


def _counts(record: SystemRecord, scheme: str, step: int, kind: str, attributes: Mapping[str, object]) -> bool:
    return (
        (record.scheme is None or scheme == record.scheme)
        and (record.step is None or step == record.step)
        and (not record.types or kind in record.types)
        and all(attributes.get(name) in (value, _YES.get(value, value)) for name, value in record.where.items())
    )


_YES: Mapping[object, object] = {"yes": True, "no": False}
