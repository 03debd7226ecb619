"""A synthetic sample: tables as a municipality might hand them over, of nobody, and the mapping that reads them.

Written as Excel writes CSV in Norway: semicolons, decimal commas, dates with dots, UTF-8 with a byte-order mark. The dwelling's
columns are called as in Husbanken's Kobo (koboId, boligtype, antallSoverom, erTilgjengeligForRullestolbruker).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from sim.importing.plain_yaml import yaml_text
from sim.importing.tables import table_text

MAPPING = "mapping.yaml"
_HEAD = "# En mapping: hvilken kolonne i hvilken tabell som er hvilket felt. Tabellene er laget; de er ikke om noen.\n"
_YES_NO = {True: "ja", False: "nei"}
#: Column of the sample -> field, in the terms of Kobo where Kobo has them.
_STOCK = {
    "koboId": "id", "eiendom": "site", "bydel": "district", "boligtype": "type", "antallSoverom": "rooms",
    "erTilgjengeligForRullestolbruker": "accessible", "erRobust": "robust", "erSkjermet": "shielded",
}  # fmt: skip
_PEOPLE = {"nokkel": "id", "gruppe": "group", "boligtrapp": "scheme", "behov": "need", "fodt": "born",
           "bodd_i_kommunen_fra": "moved_to_municipality"}  # fmt: skip
_TENANTS = {**_PEOPLE, "koboId": "dwelling", "innflyttet": "since", "tilbud": "programme"}
_WAITING = {**_PEOPLE, "vedtaksdato": "since", "bosituasjon": "situation"}
_TEAMS = {"team": "id", "timer_per_uke": "hours_per_week"}
_PROJECTS = {"prosjekt": "id", "boligtype": "type", "boliger": "dwellings", "bydel": "district", "oppstart": "start",
             "apning": "opens"}  # fmt: skip


@dataclass(slots=True)
class Sample:
    """The rows of every table, by field; ``scenario`` is the path of the scenario that they are drawn from."""

    scenario: str
    name: str
    type_names: Mapping[str, str]
    stock: list[dict[str, Any]] = field(default_factory=list)
    tenants: list[dict[str, Any]] = field(default_factory=list)
    waiting: list[dict[str, Any]] = field(default_factory=list)
    teams: list[dict[str, Any]] = field(default_factory=list)
    projects: list[dict[str, Any]] = field(default_factory=list)
    expect: dict[str, int] = field(default_factory=dict)


def write_sample(sample: Sample, out: Path) -> None:
    """Write the tables and their mapping."""
    out.mkdir(parents=True, exist_ok=True)
    document: dict[str, Any] = {"scenario": sample.scenario, "name": sample.name, "data": "assumed", "keys": "as_they_are"}
    types = {label: name for name, label in sample.type_names.items()}
    tables = (
        ("stock", "boliger.csv", _STOCK, sample.stock),
        ("tenants", "leietakere.csv", _TENANTS, sample.tenants),
        ("waiting", "venteliste.csv", _WAITING, sample.waiting),
        ("teams", "team.csv", _TEAMS, sample.teams),
        ("projects", "prosjekter.csv", _PROJECTS, sample.projects),
    )
    for name, file, columns, rows in tables:
        if not rows:
            continue
        present = {key for row in rows for key in row}
        used = {column: of for column, of in columns.items() if of in present}
        used |= {of: of for of in sorted(present - set(used.values()))}
        written = {column: _declared(of, types) for column, of in used.items()}
        document[name] = {"file": file, "columns": written}
        if name == "stock":
            document[name]["expect"] = sample.expect
        lines = [[_text(row.get(of), of, sample) for of in used.values()] for row in rows]
        (out / file).write_bytes(table_text(list(used), lines, ";", "\r\n").encode("utf-8-sig"))
    (out / MAPPING).write_text(_HEAD + yaml_text(document), encoding="utf-8", newline="\n")


def _declared(of: str, types: Mapping[str, str]) -> Any:
    if of == "type":
        return {"field": of, "values": dict(types)}
    if of == "rooms":
        return {"field": of, "add": 1}  # Kobo counts bedrooms
    return of


def _text(value: Any, of: str, sample: Sample) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return _YES_NO[value]
    if isinstance(value, date):
        return value.strftime("%d.%m.%Y")
    if of == "type":
        return sample.type_names[value]
    if of == "rooms":
        return str(value - 1)
    if isinstance(value, float):
        return f"{value:g}".replace(".", ",")
    return str(value)
