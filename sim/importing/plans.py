"""Teams and projects: one row each."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from rules.reading import Finding, closest
from sim.importing.translated import Row
from sim.scenario.cells import Cell, read_or_tell


def read_teams(rows: Iterable[Row], teams: Iterable[str], findings: list[Finding]) -> dict[str, Any]:
    """Give the hours of every team named, as an overlay of `services.teams`."""
    found: dict[str, Any] = {}
    known = list(teams)
    for row in rows:
        name, hours = row["id"], row["hours_per_week"]
        if name.text not in known:
            hint = closest(name.text, known) or f"known are {', '.join(known)}"
            findings.append(name.finding("bad-cell", f"there is no team {name.text!r}", hint))
        elif name.text in found:
            findings.append(name.finding("duplicate-id", f"the team {name.text!r} stands twice"))
        number = read_or_tell(hours, Cell.number_of, findings)
        if number is not None and number < 0:
            findings.append(hours.finding("bad-cell", f"a team cannot have {number:g} hours a week"))
        elif number is not None:
            found[name.text] = {"hours_per_week": f"{number:g}"}
    return found


def read_projects(
    rows: Iterable[Row], types: Iterable[str], districts: Iterable[str], start: date, findings: list[Finding]
) -> list[dict[str, Any]]:
    """Give the projects as they stand in a scenario: those with a start have one phase, from it to the opening."""
    found: dict[str, dict[str, Any]] = {}
    types, districts = list(types), list(districts)
    for row in rows:
        name, kind, district = row["id"], row["type"], row["district"]
        before = len(findings)
        if not name.text or name.text in found:
            says = f"the project {name.text!r} stands twice" if name.text else "the project has no id"
            findings.append(name.finding("duplicate-id", says))
        if kind.text not in types and not kind.wrong:
            findings.append(kind.finding("bad-cell", f"there is no type {kind.text!r}", closest(kind.text, types)))
        if district.text and district.text not in districts:
            says = f"there is no district {district.text!r}"
            findings.append(district.finding("bad-cell", says, closest(district.text, districts)))
        homes = read_or_tell(row["dwellings"], Cell.number_of, findings)
        if homes is not None and (homes < 1 or homes != int(homes)):
            findings.append(row["dwellings"].finding("bad-cell", f"a project has a whole number of dwellings, not {homes:g}"))
        opens = read_or_tell(row["opens"], Cell.day, findings)
        begins = read_or_tell(row["start"], Cell.day, findings) if row["start"].text else None
        if opens is not None and opens <= start:
            says = f"the project opens {opens}, and by {start} its homes are part of the stock"
            findings.append(row["opens"].finding("bad-cell", says))
        if opens is not None and begins is not None and opens < begins:
            findings.append(row["opens"].finding("bad-cell", f"the project opens {opens}, before it starts ({begins})"))
        capital = {key: _nok(row[key], findings) for key in ("land", "building") if row[key].text}
        if len(findings) > before or any(cell.wrong for cell in row.values()):
            continue
        assert opens is not None and homes is not None
        project: dict[str, Any] = {"id": name.text, "type": kind.text, "dwellings": int(homes)}
        if district.text:
            project["district"] = district.text
        if begins is None:
            project["opens"] = opens
        else:
            project |= {"start": begins, "phases": {"building": f"{(opens - begins).days} days"}}
        if capital:
            project["capital"] = capital
        found[name.text] = project
    return list(found.values())


def _nok(cell: Cell, findings: list[Finding]) -> str:
    number = read_or_tell(cell, Cell.number_of, findings)
    if number is not None and number < 0:
        findings.append(cell.finding("bad-cell", f"a cost cannot be {number:g}"))
    return "" if number is None else f"{number:.0f} NOK"
