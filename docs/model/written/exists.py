"""What there is: systems, types and sites, groups, teams, programmes, beds, projects, and the first day."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

from written.model import Model, labels
from written.tables import code, escaped, page, table

_LEAD = """What a run of `scenarios/baerum.yaml` starts from. Numbers are links to their cards in [numbers.md](numbers.md), with
range, source or the word *assumption*; what happens to all of this stands in [happens.md](happens.md)."""


def _blocks(model: Model) -> Iterator[str]:
    """Give the blocks of the page."""
    yield "## Systems\nEvery system that the municipality describes: its size as the model has it, and who says so."
    yield table(("id", "system", "size", "unit", "source", "on", "note"), _systems(model))
    yield "## Ladders\nThe rank of a step is the most support that it answers; a need is answered by a home of its rank or more."
    yield table(("scheme", "called", "ranks of steps 1, 2, …"), _schemes(model))
    yield "## The stock: types of homes\nHomes open on day 0. Attributes are facts that rules and risk factors read."
    yield table(("type", "called", "scheme", "step", "rank", "homes", "sites", "attributes", "of its sites"), _types(model))
    yield "## Sites\nHomes of one site share a living environment."
    yield table(("site", "type", "sites", "homes each", "district", "of its own"), _sites(model))
    yield "## Groups of applicants\nApplications arrive as a Poisson process whose rate follows the trend and the season."
    yield table(("group", "called", "applications", "trend", "season", "need", "situation", "since", "fields"), _groups(model))
    yield "### Marks\nFields drawn for every household whose group says nothing else; those given by need follow it."
    yield table(("field", "value"), ((code(name), model.told(of)) for name, of in model.raw.get("marks", {}).items()))
    yield "## Teams\nThe first team that serves a resident. Shared when short: " + _sharing(model)
    yield table(("team", "called", "hours", "travel", "caseload", "adds", "serves"), _teams(model))
    yield "## Programmes and acute beds"
    yield table(("programme or bed", "called", "places", "rules"), _programmes(model))
    yield "## Projects under way\nHomes that are decided, outside the stock of day 0, and the plots they may stand on."
    yield table(("project", "type", "homes", "plot", "start", "dialogue", "phases", "base", "capital"), _projects(model))
    yield "## The first day"
    yield table(("type", "let", "groups", "need", "time in the home"), _residents(model))
    yield table(("on the list", "households", "waited so far"), _waiting(model))
    yield table(("also", "value"), _rest_of_the_first_day(model))


def page_of(model: Model) -> str:
    """Give the page."""
    return page("What there is", _LEAD, *_blocks(model))


def _systems(model: Model) -> Iterator[tuple[str, ...]]:
    for name, of in model.said["systems"].items():
        size = "" if of["size"] is None else f"{of['size']:g}"
        yield code(name), labels(of["label"]), size, of["unit"], of["source"], "yes" if of["on"] else "no", escaped(of["note"])


def _schemes(model: Model) -> Iterator[tuple[str, ...]]:
    for name, of in model.raw["schemes"].items():
        beside = of.get("ladder") == "no"
        yield code(name), model.both("schemes", name), "beside the ladders" if beside else model.told(of["ranks"])


def _types(model: Model) -> Iterator[tuple[str, ...]]:
    homes: Counter[str] = Counter()
    sites: Counter[str] = Counter()
    for site in model.blueprint.sites:
        if site.opens <= 0.0 < site.closes:
            homes[site.type] += site.dwellings
            sites[site.type] += 1
    for name, of in model.raw["types"].items():
        kind = model.blueprint.types[name]
        step, rank = (str(kind.step), str(kind.rank)) if kind.ladder else ("", "")
        own, shared = (model.told(of.get(key, {})) for key in ("attributes", "site_attributes"))
        count = str(homes[name]), str(sites[name])
        yield code(name), model.both("types", name), of["scheme"], step, rank, *count, own, shared


def _sites(model: Model) -> Iterator[tuple[str, ...]]:
    for of in model.raw["sites"]:
        own = {key: value for key in ("attributes", "dwelling_attributes") for key, value in of.get(key, {}).items()}
        counts = model.told(of.get("sites", 1)), model.told(of.get("dwellings", 1))
        yield code(of["id"]), code(of["type"]), *counts, of.get("district", ""), model.told(own)


def _groups(model: Model) -> Iterator[tuple[str, ...]]:
    for name, of in model.raw["groups"].items():
        arrives = of.get("arrivals", {})
        rates = (model.told(arrives[key]) if key in arrives else "" for key in ("rate", "trend", "season"))
        rest = (model.told(of[key]) if key in of else "" for key in ("need", "situation", "since", "fields"))
        yield code(name), model.both("groups", name), *rates, *rest


def _sharing(model: Model) -> str:
    return str(model.raw.get("services", {}).get("sharing", "proportional")).replace("_", " ") + "."


def _teams(model: Model) -> Iterator[tuple[str, ...]]:
    for name, of in model.raw.get("services", {}).get("teams", {}).items():
        told = (
            model.told(of[key]) if key in of else "" for key in ("hours_per_week", "travel_share", "caseload", "adds", "serves")
        )
        yield code(name), model.both("services.teams", name) or labels(of.get("label", {})), *told


def _programmes(model: Model) -> Iterator[tuple[str, ...]]:
    for name, of in model.raw.get("programmes", {}).items():
        places = model.told(of["places"]) if "places" in of else "its rooms"
        yield code(name), labels(of.get("label", {})), places, code(str(of["rules"]).removeprefix("../"))
    for name, of in model.raw.get("acute_beds", {}).get("kinds", {}).items():
        yield code(name), labels(of.get("label", {})), model.told(of["beds"]), ""


def _projects(model: Model) -> Iterator[tuple[str, ...]]:
    keys = ("dwellings", "plot", "start", "dialogue", "phases", "base", "capital")
    for of in model.raw.get("projects", ()):
        yield code(of["id"]), code(of["type"]), *(_code_of_when(model, of[key]) if key in of else "" for key in keys)


def _code_of_when(model: Model, value: Any) -> str:
    if isinstance(value, Mapping) and "when" in value:
        return model.told({**value, "when": ""}).replace("when: ", f"when: {code(value['when'])}")
    return model.told(value)


def _residents(model: Model) -> Iterator[tuple[str, ...]]:
    for name, of in model.raw.get("initial", {}).get("residents", {}).items():
        let = model.told(of.get("occupied", of.get("count")))
        yield code(name), let, *(model.told(of[key]) if key in of else "" for key in ("groups", "need", "months_in_home"))


def _waiting(model: Model) -> Iterator[tuple[str, ...]]:
    for name, of in model.raw.get("initial", {}).get("waiting", {}).items():
        yield code(name), *(model.told(of[key]) if key in of else "" for key in ("count", "waited"))


def _rest_of_the_first_day(model: Model) -> Iterator[tuple[str, ...]]:
    for name, of in model.raw.get("initial", {}).items():
        if name not in ("residents", "waiting"):
            yield code(name), model.told(of)
