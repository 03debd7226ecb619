"""Households known one by one: the CSV file that `initial: {people: FILE}` names, as `import` writes it.

Columns ``id group dwelling since`` must be there; ``scheme need situation programme``, events (born, moved_to_municipality) and
stored fields of the applicant may. What is left empty is drawn, as for anybody of the group. ``programme`` names one whose homes
are found one by one: the household lives in a home of the stock that it has, or, with no dwelling, in one that it rents.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path
from types import MappingProxyType
from typing import get_args

from rules.language.fields import Field, Stored
from rules.reading import Finding, InputError, closest
from rules.reading.nodes import Scalar
from rules.reading.source_file import read_text
from sim.scenario.cells import Cell, Sheet, read_or_tell, sheet_of
from sim.scenario.dates import days_since
from sim.scenario.model import Situation
from sim.scenario.values import value_of
from sim.world.blueprint import ByField, GroupSpec, NeedState, PersonSpec, SiteSpec, TypeSpec, Value
from sim.world.mechanisms.programme_parameters import ProgrammeSpec, rented_site

#: What the file must have, and what it may have besides fields.
NEEDED = ("id", "group", "dwelling", "since")
OPTIONAL = ("scheme", "need", "situation", "programme")
EVENTS = ("born", "moved_to_municipality")
SITUATIONS: tuple[str, ...] = get_args(Situation)


def people_file(node: Scalar) -> Path:
    """Give the path of the file, which stands beside the file that names it."""
    return Path(node.place.file).parent / str(node.value)


def read_people(
    path: Path,
    start: date,
    groups: Mapping[str, GroupSpec],
    sites: Iterable[SiteSpec],
    schemes: Mapping[str, tuple[int, ...]],
    fields: Mapping[str, Field],
    programmes: Mapping[str, ProgrammeSpec] = MappingProxyType({}),
) -> tuple[PersonSpec, ...]:
    """Read everybody; ``programmes`` are those whose homes are found one by one.

    Raises
    ------
    InputError
        With everything wrong in the file: columns, groups, dwellings that are not there or let twice, dates after the start,
        values that a field does not have.
    """
    lines = csv.reader(read_text(path).splitlines())
    sheet = sheet_of(str(path), [(number, line) for number, line in enumerate(lines, start=1)])
    findings = [*sheet.findings, *_columns(sheet, fields)]
    if findings:
        raise InputError(*findings)
    standing = [site for site in sites if site.opens <= 0.0]
    homes = {f"{site.id}/{number}": site.type for site in standing for number in range(1, site.dwellings + 1)}
    reader = PeopleReader(start, groups, homes, schemes, fields, programmes)
    found = [person for row in sheet.rows if (person := reader.person(row)) is not None]
    if reader.findings:
        raise InputError(*reader.findings)
    return tuple(found)


class PeopleReader:
    """Reads households row by row, keeps what is wrong, and knows who has been met.

    Parameters
    ----------
    start : date
    groups : mapping of str to GroupSpec
    homes : mapping of str to str
        Dwellings that stand open on day 0, with their types.
    schemes : mapping of str to tuple of int
        The ranks of each scheme's steps.
    fields : mapping of str to Field
    programmes : mapping of str to ProgrammeSpec
        Those whose homes are found one by one.
    """

    def __init__(
        self,
        start: date,
        groups: Mapping[str, GroupSpec],
        homes: Mapping[str, str],
        schemes: Mapping[str, tuple[int, ...]],
        fields: Mapping[str, Field],
        programmes: Mapping[str, ProgrammeSpec] = MappingProxyType({}),
    ) -> None:
        self.start, self.groups, self.homes, self.schemes = start, groups, homes, schemes
        self.programmes = programmes
        self.fields = stored_of("applicant", fields)
        self.findings: list[Finding] = []
        self._met: dict[str, Cell] = {}
        self._taken: dict[str, Cell] = {}
        self._taking_part: dict[str, int] = {}
        self._rented: dict[str, int] = {}

    def person(self, row: Mapping[str, Cell]) -> PersonSpec | None:
        """Read one row; None, with findings, where something is wrong in it."""
        before = len(self.findings)
        name, group, dwelling = row["id"], row["group"], row["dwelling"]
        self._once(name, self._met, "empty-id", "the same household stands twice", "nobody is named here")
        if group.text not in self.groups and not group.wrong:
            self.tell(group, f"there is no group {group.text!r}", closest(group.text, self.groups))
        if dwelling.text:
            if dwelling.text not in self.homes:
                message = f"{dwelling.text!r} is no dwelling of the stock that stands open on day 0"
                self.tell(dwelling, message, closest(dwelling.text, self.homes))
            else:
                self._once(dwelling, self._taken, "let-twice", "two households live in one dwelling", "")
        programme = self._programme(row)
        days = self._days(row["since"])
        need = self._need(row)
        situation = self._situation(row.get("situation"))
        fields = self._fields(row)
        self._dependents(row, group.text, fields)
        events = {event: day for event in EVENTS if (day := self._event(row.get(event))) is not None}
        if len(self.findings) > before or any(cell.wrong for cell in row.values()):
            return None
        home = dwelling.text or self._rents(programme)
        return PersonSpec(f"register/{name.text}", group.text, home, days, need, situation, fields, events, programme)

    def _programme(self, row: Mapping[str, Cell]) -> str:
        """Read the programme that somebody takes part in; its places are not to be exceeded, nor may it have every home."""
        cell, dwelling = row.get("programme"), row["dwelling"]
        if cell is None or not cell.text or cell.wrong:
            return ""
        spec = self.programmes.get(cell.text)
        if spec is None:
            hint = closest(cell.text, self.programmes) or "who lives in a programme's own rooms takes part by living there"
            self.tell(cell, f"there is no programme {cell.text!r} whose homes are found one by one", hint)
            return ""
        assert spec.scattered is not None and spec.places is not None
        kind = self.homes.get(dwelling.text)
        if kind is not None and kind not in spec.scattered.types:
            may = f"it may have {', '.join(spec.scattered.types)}" if spec.scattered.types else None
            self.tell(dwelling, f"{cell.text} has no homes of the type {kind!r}", may)
        count = self._taking_part[cell.text] = self._taking_part.get(cell.text, 0) + 1
        if count == int(spec.places) + 1:
            self.tell(cell, f"more people take part in {cell.text} than it has places: {int(spec.places)}")
        return cell.text

    def _rents(self, programme: str) -> str:
        """Give the rented home of somebody who takes part without one of the stock; nothing for everybody else."""
        if not programme:
            return ""
        number = self._rented[programme] = self._rented.get(programme, 0) + 1
        return f"{rented_site(programme, number)}/1"

    def _dependents(self, row: Mapping[str, Cell], group: str, given: Mapping[str, Value]) -> None:
        """Find fields that would be drawn by the value of another, of which the group says nothing."""
        for name, draw in self.groups[group].fields.items() if group in self.groups else ():
            if name not in given and isinstance(draw, ByField) and given.get(draw.field, None) is not None:
                value = given[draw.field]
                if value not in draw.of:
                    says = f"the group {group!r} does not say what {name} is where {draw.field} is {row[draw.field].text}"
                    self.tell(row[draw.field], says, f"give {name} a column of its own")

    def tell(self, cell: Cell, says: str, hint: str | None = None, code: str = "bad-cell") -> None:
        """Keep a finding about a cell."""
        self.findings.append(cell.finding(code, says, hint))

    def _once(self, cell: Cell, seen: dict[str, Cell], code: str, twice: str, empty: str) -> None:
        if not cell.text:
            self.tell(cell, empty, code=code)
        elif cell.text in seen:
            self.tell(cell, f"{twice}: rows {seen[cell.text].row} and {cell.row}", code=code)
        else:
            seen[cell.text] = cell

    def _days(self, cell: Cell) -> float:
        day = read_or_tell(cell, Cell.day, self.findings)
        if day is None:
            return 0.0
        days = -days_since(self.start, day)
        if days < 0.0:
            self.tell(cell, f"{day} lies after the start, {self.start}")
        return max(days, 0.0)

    def _event(self, cell: Cell | None) -> int | None:
        if cell is not None and re.fullmatch(r"(18|19|20)\d\d", cell.text):  # a year alone: the middle of it
            cell = replace(cell, text=f"{cell.text}-07-01")
        day = None if cell is None or not cell.text else read_or_tell(cell, Cell.day, self.findings)
        if day is not None and cell is not None and day > self.start:
            self.tell(cell, f"{day} lies after the start, {self.start}")
        return None if day is None else int(days_since(self.start, day))

    def _need(self, row: Mapping[str, Cell]) -> NeedState | None:
        scheme, rank = row.get("scheme"), row.get("need")
        if scheme is None or rank is None or not rank.text or scheme.wrong:
            return None
        if scheme.text not in self.schemes:
            self.tell(scheme, f"there is no scheme {scheme.text!r}", closest(scheme.text, self.schemes))
            return None
        if rank.text not in ("1", "2", "3", "4", "5"):
            self.tell(rank, f"ranks of need are 1 to 5, but this is {rank.text!r}")
            return None
        return scheme.text, int(rank.text)

    def _situation(self, cell: Cell | None) -> str | None:
        if cell is None or not cell.text:
            return None
        if cell.text not in SITUATIONS:
            self.tell(cell, f"there is no housing situation {cell.text!r}", closest(cell.text, SITUATIONS))
        return cell.text

    def _fields(self, row: Mapping[str, Cell]) -> dict[str, Value]:
        found: dict[str, Value] = {}
        for name, cell in row.items():
            field = self.fields.get(name)
            if field is not None and cell.text:
                try:
                    found[name] = value_of(cell.text, field, cell.place)
                except InputError as error:
                    self.findings += [cell.finding(f.code, f.message, f.hint) for f in error.findings]
        return found


def stored_of(entity: str, fields: Mapping[str, Field]) -> dict[str, Field]:
    """Give the fields of an applicant or a dwelling that a register can know."""
    return {name: field for name, field in fields.items() if field.of == entity and isinstance(field.source, Stored)}


def _columns(sheet: Sheet, fields: Mapping[str, Field]) -> list[Finding]:
    known = [*NEEDED, *OPTIONAL, *EVENTS, *stored_of("applicant", fields)]
    missing = [
        Finding("missing-column", f"the column {name!r} is missing", sheet.place(), closest(name, sheet.headings))
        for name in NEEDED
        if name not in sheet.headings
    ]
    unknown = [
        Finding("unknown-column", f"{name!r} is no stored field of the applicant", sheet.place(), closest(name, known))
        for name in sheet.headings
        if name and name not in known
    ]
    return [*missing, *unknown]


def needs_of_people(
    people: Iterable[PersonSpec], sites: Iterable[SiteSpec], types: Mapping[str, TypeSpec]
) -> dict[str, list[NeedState]]:
    """Give the needs of those of each group, that of the home where nothing else is known."""
    kinds = {site.id: types[site.type] for site in sites if types[site.type].ladder}
    found: dict[str, set[NeedState]] = {}
    for person in people:
        need = person.need
        if need is None and person.dwelling:
            kind = kinds.get(person.dwelling.rpartition("/")[0])
            need = None if kind is None or person.programme else (kind.scheme, kind.rank)
        if need is not None:
            found.setdefault(person.group, set()).add(need)
    return {group: sorted(needs) for group, needs in found.items()}
