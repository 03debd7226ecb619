"""A world on day 0 as the rows of a register: what a municipality would know of it."""

from __future__ import annotations

import uuid
from datetime import date
from pathlib import PurePath
from typing import Any

from sim.importing.sample import Sample
from sim.replication.replicate import world_of
from sim.scenario import Scenario
from sim.scenario.dates import date_of
from sim.scenario.known_people import EVENTS, stored_of

_OURS = uuid.UUID("5f0c7c1e-2f6b-5c0e-9a54-0d6e0f6b7a10")
_ABSENT = ("planned", "closed")


def sample_of(scenario: Scenario, seed: int, named: str) -> Sample:
    """Draw day 0 of a scenario, and write down everybody who lives in or waits for a home.

    Parameters
    ----------
    named : str
        How the sample's mapping names the scenario.
    """
    world: Any = world_of(scenario, seed, 1)
    start = scenario.blueprint.start
    labels = {name: scenario.texts.get(f"types.{name}", {}).get("nb", name) for name in scenario.blueprint.types}
    if len(set(labels.values())) < len(labels):
        labels = {name: name for name in labels}
    sample = Sample(PurePath(named).as_posix(), f"{scenario.id}-register", labels)
    stored = stored_of("dwelling", world.layout.fields)
    lent, rented = _homes_of_programmes(world)
    for dwelling in world.dwellings:
        if dwelling.state in _ABSENT or dwelling in rented:
            continue
        kind = lent.get(dwelling, dwelling.type)
        row = {"id": _kobo(dwelling.id), "site": dwelling.site.id, "type": kind.id}
        if dwelling.site.district:
            row["district"] = dwelling.site.district
        sample.stock.append(row | {name: getattr(dwelling.facts, name) for name in stored})
        sample.expect[kind.scheme] = sample.expect.get(kind.scheme, 0) + 1
    people = {"tenants": 0, "waiting": 0}
    for household in world.households.values():
        application = household.application
        table = "tenants" if household.home is not None else "waiting"
        if household.home is None and (application is None or application.kind != "newcomer"):
            continue
        people[table] += 1
        row = _person(world, household, start) | {"id": f"{table[0].upper()}{people[table]:04d}"}
        home = household.home
        if home is not None:
            row |= {"dwelling": "" if home in rented else _kobo(home.id), "since": date_of(start, household.moved_in)}
            row |= {"programme": household.programme} if home in lent or home in rented else {}
        else:
            row |= {"since": date_of(start, application.decided), "situation": household.situation}
        getattr(sample, table).append(row)
    services = scenario.blueprint.mechanisms.get("services")
    for name, team in (services.teams if services is not None else {}).items():
        sample.teams.append({"id": name, "hours_per_week": float(team.hours_per_week)})
    _projects(sample, world, start)
    return sample


def _homes_of_programmes(world: Any) -> tuple[dict[Any, Any], set[Any]]:
    """Give the homes of the stock that a programme has, with the type they go back with, and those that are rented."""
    programmes = world.mechanisms.get("programmes")
    scattered = [one.homes for one in programmes.programmes.values() if one.homes is not None] if programmes is not None else []
    lent = {dwelling: kind for homes in scattered for dwelling, kind in homes.stock.items()}
    return lent, {slot for homes in scattered for slot in homes.slots if slot.household is not None}


def _person(world: Any, household: Any, start: date) -> dict[str, Any]:
    row: dict[str, Any] = {"group": household.group, "scheme": household.scheme, "need": household.need}
    for event in EVENTS:
        day = world.layout.marked(household.facts, event)
        if day is not None:
            row[event] = date_of(start, day)
    known = stored_of("applicant", world.layout.fields)
    return row | {name: value for name in known if (value := getattr(household.facts, name)) is not None}


def _projects(sample: Sample, world: Any, start: date) -> None:
    """Write down the projects with the day they open in this draw, which is only known when the world has been run."""
    projects = world.mechanisms.get("projects")
    if projects is None:
        return
    world.clock.run(world.blueprint.days)
    for project in projects.projects:
        spec = project.spec
        if not 1.0 <= project.opens < world.blueprint.days:  # part of the stock already, or not open in time
            continue
        begins = spec.start or date_of(start, 0.0)
        opens = date_of(start, project.opens)
        row = {"id": spec.id, "type": spec.type, "dwellings": spec.dwellings, "start": min(begins, opens), "opens": opens}
        sample.projects.append(row | ({"district": spec.district} if spec.district else {}))


def _kobo(dwelling: str) -> str:
    return str(uuid.uuid5(_OURS, dwelling))
