"""The stock: one row a dwelling, gathered into sites."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from rules.language.fields import Field
from rules.reading import Finding, InputError, Place, closest
from sim.importing.translated import Row
from sim.scenario.cells import Cell
from sim.scenario.known_people import stored_of
from sim.scenario.values import value_of
from sim.world.blueprint import TypeSpec, Value

_ID = re.compile(r"[a-z0-9][a-z0-9_-]*")


@dataclass(slots=True)
class Site:
    """A site as it comes together, row by row."""

    name: str
    type: str
    district: str
    first: int
    each: list[dict[str, Value]] = field(default_factory=list)


@dataclass(slots=True)
class Stock:
    """The sites, and what each dwelling of the register is called here.

    ``rows`` are those of the register by the key they have there.
    """

    sites: list[Site] = field(default_factory=list)
    dwellings: dict[str, str] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)


def read_stock(
    rows: Iterable[Row],
    types: Mapping[str, TypeSpec],
    districts: Iterable[str],
    fields: Mapping[str, Field],
    lent: Mapping[str, str] = MappingProxyType({}),
    named: bool = False,
) -> Stock:
    """Gather the dwellings into sites, with everything wrong in the rows.

    A site is called after its type and the order in which it is met, never after its name or address in the register; unless it
    is ``named``, in a register of nobody, and its name is an id.

    Parameters
    ----------
    lent : mapping of str to str
        Types that a home has only while a programme has it, each with the programme.
    """
    stock = Stock()
    known = stored_of("dwelling", fields)
    found: dict[str, Site] = {}
    seen: dict[str, Cell] = {}
    numbers: dict[str, int] = {}
    ids: dict[str, int] = {}
    for row in rows:
        key, kind, district = row["id"], row["type"], row["district"]
        before = len(stock.findings)
        if not key.text:
            stock.findings.append(key.finding("empty-id", "the dwelling has no key"))
        elif key.text in seen:
            again = f"the dwelling {key.text!r} stands twice: rows {seen[key.text].row} and {key.row}"
            stock.findings.append(key.finding("duplicate-id", again))
        seen.setdefault(key.text, key)
        if kind.text not in types and not kind.wrong:
            stock.findings.append(kind.finding("bad-cell", f"there is no type {kind.text!r}", closest(kind.text, types)))
        elif kind.text in lent:
            says = f"{kind.text!r} is what a home is called while the programme {lent[kind.text]} has it"
            stock.findings.append(
                kind.finding("bad-cell", says, "give the type it has in the stock, and name the programme at its tenant")
            )
        if district.text and district.text not in districts:
            says = f"there is no district {district.text!r}"
            stock.findings.append(district.finding("bad-cell", says, closest(district.text, districts)))
        values = _values(row, known, stock.findings)
        if len(stock.findings) > before or any(cell.wrong for cell in row.values()):
            continue
        name = row["site"].text or key.text
        site = found.get(name)
        if site is None:
            numbers[kind.text] = numbers.get(kind.text, 0) + 1
            called = name if named and _ID.fullmatch(name) else f"{kind.text}-{numbers[kind.text]}"
            if called in ids:
                says = f"the site {called!r} is another than the one in row {ids[called]}, which has the same id"
                stock.findings.append(row["site"].finding("duplicate-id", says, "call it something else"))
            ids.setdefault(called, key.row)
            site = found[name] = Site(called, kind.text, district.text, key.row)
            stock.sites.append(site)
        _alike(site, kind, district, stock.findings)
        own = types[kind.text].attributes if kind.text in types else {}
        site.each.append({field: value for field, value in values.items() if own.get(field) != value})
        stock.dwellings[key.text] = f"{site.name}/{len(site.each)}"
    return stock


def _values(row: Row, known: Mapping[str, Field], findings: list[Finding]) -> dict[str, Value]:
    found: dict[str, Value] = {}
    for name, cell in row.items():
        if name in known and cell.text:
            try:
                found[name] = value_of(cell.text, known[name], cell.place)
            except InputError as error:
                findings += [cell.finding(f.code, f.message, f.hint) for f in error.findings]
    return found


def _alike(site: Site, kind: Cell, district: Cell, findings: list[Finding]) -> None:
    for what, cell, there in (("type", kind, site.type), ("district", district, site.district)):
        if cell.text != there:
            says = f"the site has the {what} {there!r} in row {site.first}, and {cell.text!r} here"
            findings.append(cell.finding("mixed-site", says, f"give the homes of each {what} a site of their own"))


def short_counts(
    stock: Stock, expect: Mapping[str, int], types: Mapping[str, TypeSpec], named: Mapping[str, Place]
) -> Iterable[Finding]:
    """Find schemes and types of which the stock has another number of homes than the mapping expects."""
    counts: dict[str, int] = {}
    for site in stock.sites:
        for name in (site.type, types[site.type].scheme):
            counts[name] = counts.get(name, 0) + len(site.each)
    known = {*types, *(kind.scheme for kind in types.values())}
    for name, number in expect.items():
        if name not in known:
            yield Finding("dangling-reference", f"there is no scheme or type {name!r}", named[name], closest(name, known))
        elif counts.get(name, 0) != number:
            message = f"the stock does not add up: it has {counts.get(name, 0)} homes of {name}, and {number} are expected"
            yield Finding("stock-sum", message, named[name], "a row is missing, stands twice, or has another type")
