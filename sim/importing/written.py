"""What an import leaves: a register that `run` reads, the households beside it, and the key to the dwellings."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path
from typing import Any

from rules.reading import Finding, InputError, Place
from sim.importing.plain_yaml import yaml_text
from sim.importing.pseudonyms import repository
from sim.importing.register import Register
from sim.importing.tables import table_text
from sim.scenario import Scenario, load_scenario
from sim.scenario.dates import date_of
from sim.scenario.known_people import EVENTS, NEEDED, OPTIONAL
from sim.scenario.values import as_written

REGISTER, PEOPLE, DWELLINGS = "register.yaml", "people.csv", "dwellings.csv"
_HEAD = "# Skrevet av `boligtrapp import`. Boliger og beboere slik de står i registeret, under alle tiltak.\n"
_QUESTION = {
    "nb": "Hvordan går det med dem som bor i og venter på kommunal bolig i dag, hvis ingenting endres?",
    "en": "What becomes of those who live in and wait for municipal homes today, if nothing is changed?",
}


def write_register(register: Register, out: Path) -> Scenario:
    """Write the files, and read them back as `run` will.

    Raises
    ------
    InputError
        For real data in a folder that git looks after, and for anything that the scenario cannot take.
    """
    if register.mapping.data == "real" and (folder := repository(out / REGISTER)) is not None:
        message = f"real data never enter git, and {folder} is a folder that it looks after"
        raise InputError(Finding("real-data-in-git", message, Place("--out", 1, 1, ""), "choose a folder outside the project"))
    out.mkdir(parents=True, exist_ok=True)
    if register.people is not None:
        _write(out / PEOPLE, _people(register))
    if register.stock is not None:
        _write(out / DWELLINGS, table_text(("register", "dwelling"), register.stock.dwellings.items()))
    _write(out / REGISTER, _HEAD + yaml_text(_document(register, out)))
    return load_scenario(out / REGISTER)


def _document(register: Register, out: Path) -> dict[str, Any]:
    mapping = register.mapping
    scenario = Path(os.path.relpath(register.path.parent / mapping.scenario, out)).as_posix()
    document: dict[str, Any] = {"extends": scenario, "name": mapping.name, "kind": "register"}
    document["label"] = mapping.label.model_dump() if mapping.label else {"nb": mapping.name, "en": mapping.name}
    document["question"] = _QUESTION
    changes: dict[str, Any] = {"data": mapping.data}
    if mapping.real_data is not None and mapping.data == "real":
        changes["real_data"] = mapping.real_data.model_dump()
    if register.stock is not None:
        changes["sites"] = [_site(site) for site in register.stock.sites]
    initial: dict[str, Any] = {}
    if register.people is not None:
        initial["people"] = PEOPLE
    if register.residents or register.stock is not None:
        initial["residents"] = {}
    if register.waiting:
        initial["waiting"] = {}
    if initial:
        changes["initial"] = initial
    if register.teams:
        changes["services"] = {"teams": register.teams}
    if register.projects is not None:
        changes["projects"] = register.projects
    document["changes"] = changes
    return document


def _site(site: Any) -> dict[str, Any]:
    found: dict[str, Any] = {"id": site.name, "type": site.type, "dwellings": len(site.each)}
    if site.district:
        found["district"] = site.district
    each = list(site.each)
    while each and not each[-1]:
        del each[-1]
    if each:
        found["each"] = [{name: _yaml_value(value) for name, value in one.items()} for one in each]
    return found


def _yaml_value(value: object) -> object:
    return as_written(value) if isinstance(value, bool) else value


def _people(register: Register) -> str:
    people, start = register.people or [], register.scenario.blueprint.start
    fields = list(dict.fromkeys(name for person in people for name in person.fields))
    events = [event for event in EVENTS if any(event in person.events for person in people)]
    columns = (*NEEDED, *OPTIONAL, *events, *fields)
    rows = []
    for person in people:
        scheme, need = person.need or ("", "")
        row: list[object] = [person.id, person.group, person.dwelling, date_of(start, -person.days)]
        row += [scheme, need, person.situation or "", person.programme]
        row += [date_of(start, person.events[event]) if event in person.events else "" for event in events]
        row += [as_written(person.fields.get(name, "")) for name in fields]
        rows.append(row)
    return table_text(columns, rows)


def _write(path: Path, text: str) -> None:
    """Write a file whole or not at all, for its owner's eyes alone where it holds people."""
    handle, made = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}-")
    try:
        with os.fdopen(handle, "w", encoding="utf-8", newline="") as file:
            file.write(text)
        if path.name != PEOPLE:
            Path(made).chmod(0o644)
        Path(made).replace(path)
    except BaseException:
        Path(made).unlink(missing_ok=True)
        raise
