"""From a mapping and its tables to a register: everything read, checked against each other, and every bad row told at once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from rules.language.fields import Field
from rules.reading import Finding, InputError, Node, Place
from rules.reading.nodes import Mapping as MappingNode
from sim.importing.mapping import OF_PEOPLE, MappingRecord, TableRecord, read_mapping
from sim.importing.plans import read_projects, read_teams
from sim.importing.pseudonyms import Pseudonyms, identity_numbers, read_secret
from sim.importing.stock import Stock, read_stock, short_counts
from sim.importing.tables import read_table
from sim.importing.translated import Row, translated
from sim.scenario import Scenario, load_scenario
from sim.scenario.known_people import PeopleReader, stored_of
from sim.scenario.programmes import scattered_programmes
from sim.world.blueprint import PersonSpec
from sim.world.mechanisms.programme_parameters import ProgrammeSpec


@dataclass(slots=True)
class Register:
    """What was read; a part that the mapping does not have is None.

    ``homes`` are the dwellings on day 0: the key in the register -> what it is called here.
    """

    mapping: MappingRecord
    path: Path
    scenario: Scenario
    stock: Stock | None = None
    homes: dict[str, str] = field(default_factory=dict)
    people: list[PersonSpec] | None = None
    residents: bool = False
    waiting: bool = False
    teams: dict[str, Any] | None = None
    projects: list[dict[str, Any]] | None = None


def read_register(path: Path, secret: Path | None = None) -> Register:
    """Read everything that a mapping names.

    Parameters
    ----------
    path : Path
        The mapping. Files stand beside it.
    secret : Path, optional
        File of the secret, instead of the one that the mapping names.

    Raises
    ------
    InputError
        With everything wrong in the mapping, or in all tables together.
    """
    mapping, node = read_mapping(path)
    named = _Places(node)
    _refuse_unrecorded(mapping, named)
    scenario = load_scenario(path.parent / mapping.scenario)
    pseudonyms = _pseudonyms(mapping, path, secret, named)
    register = Register(mapping, path, scenario)
    work = _Reading(register, named, pseudonyms)
    work.everything()
    if work.findings:
        raise InputError(*dict.fromkeys(work.findings))
    return register


class _Places:
    """Where the parts of the mapping stand."""

    def __init__(self, node: Node) -> None:
        assert isinstance(node, MappingNode)
        self.node = node

    def of(self, *path: str) -> Place:
        place: Place = self.node.place
        here: Node = self.node
        for step in path:
            if not isinstance(here, MappingNode) or step not in here.entries:
                break
            place, here = here.entries[step].key_place, here.entries[step].node
        return place


class _Reading:
    """Reads the tables one after the other; each may name what the one before has."""

    def __init__(self, register: Register, named: _Places, pseudonyms: Pseudonyms) -> None:
        self.register, self.named, self.pseudonyms = register, named, pseudonyms
        self.scenario = register.scenario
        self.fields: Mapping[str, Field] = self.scenario.layout.fields
        self.findings: list[Finding] = []

    def everything(self) -> None:
        self._stock()
        self._people()
        register, blueprint = self.register, self.scenario.blueprint
        services = blueprint.mechanisms.get("services")
        rows = self._rows("teams", {})
        if rows is not None:
            register.teams = read_teams(rows, () if services is None else services.teams, self.findings)
        rows = self._rows("projects", {})
        if rows is not None:
            register.projects = read_projects(rows, blueprint.types, self._districts(), blueprint.start, self.findings)

    def _districts(self) -> tuple[str, ...]:
        labelled = [name.removeprefix("districts.") for name in self.scenario.texts if name.startswith("districts.")]
        return tuple(dict.fromkeys([*labelled, *(site.district for site in self.scenario.blueprint.sites if site.district)]))

    def _rows(self, name: str, fields: Mapping[str, str]) -> tuple[Row, ...] | None:
        """Give the rows of a table by field; None where the mapping has no such table."""
        table: TableRecord | None = getattr(self.register.mapping, name)
        if table is None:
            return None
        place = self.named.of(name)
        try:
            sheet = read_table(self.register.path.parent / table.file, table.sheet, self.named.of(name, "file"))
        except InputError as error:
            self.findings += error.findings
            return ()
        if name in OF_PEOPLE and (numbers := list(identity_numbers(sheet))):
            self.findings += numbers  # nothing else is said of such a table: a message could show one
            return ()
        found = translated(name, table, sheet, fields, place)
        self.findings += found.findings
        return found.rows

    def _stock(self) -> None:
        register, blueprint = self.register, self.scenario.blueprint
        kinds = {name: of.domain.kind for name, of in stored_of("dwelling", self.fields).items()}
        rows = self._rows("stock", kinds)
        if rows is None:
            for site in blueprint.sites:
                if site.opens <= 0.0:
                    names = [f"{site.id}/{number}" for number in range(1, site.dwellings + 1)]
                    register.homes |= dict(zip(names, names, strict=True))
            return
        own_names = register.mapping.data != "real" and register.mapping.keys == "as_they_are"
        lent = {spec.homes: name for name, spec in self._programmes().items()}
        stock = register.stock = read_stock(rows, blueprint.types, self._districts(), self.fields, lent, own_names)
        register.homes = stock.dwellings
        self.findings += stock.findings
        assert register.mapping.stock is not None
        expect = register.mapping.stock.expect
        if not self.findings:  # a row that could not be read is missing for a reason that has been told
            named = {name: self.named.of("stock", "expect", name) for name in expect}
            self.findings += short_counts(stock, expect, blueprint.types, named)

    def _programmes(self) -> dict[str, ProgrammeSpec]:
        return scattered_programmes(self.scenario.blueprint.mechanisms.get("programmes"))

    def _types(self) -> dict[str, str]:
        """Give the type of every dwelling that stands on day 0, by its key in the register."""
        register = self.register
        if register.stock is None:
            types = {site.id: site.type for site in self.scenario.blueprint.sites}
        else:
            types = {site.name: site.type for site in register.stock.sites}
        return {key: types[home.rpartition("/")[0]] for key, home in register.homes.items()}

    def _people(self) -> None:
        register, blueprint = self.register, self.scenario.blueprint
        kinds = {name: of.domain.kind for name, of in stored_of("applicant", self.fields).items()}
        homes, programmes = self._types(), self._programmes()
        reader = PeopleReader(blueprint.start, blueprint.groups, homes, blueprint.ranks, self.fields, programmes)
        found: list[PersonSpec] = []
        for name in OF_PEOPLE:
            rows = self._rows(name, kinds)
            if rows is None:
                continue
            register.residents |= name == "tenants"
            register.waiting |= name == "waiting"
            for row in rows:
                if name == "tenants" and not (row["dwelling"].text or row["dwelling"].wrong or row["programme"].text):
                    reader.tell(row["dwelling"], "the tenant has no dwelling")
                elif name == "waiting":
                    row["dwelling"] = row["dwelling"] if "dwelling" in row else row["id"].emptied()
                person = reader.person(row)
                if person is not None:
                    found.append(person)
        self.findings += reader.findings
        if register.residents or register.waiting:
            register.people = [self._known_as(person) for person in found]

    def _known_as(self, person: PersonSpec) -> PersonSpec:
        """Give a person under its pseudonym, in the dwelling as it is called here."""
        key = self.pseudonyms.of(person.id.removeprefix("register/"))
        return PersonSpec(key, person.group, self.register.homes.get(person.dwelling, ""), person.days, person.need,
                          person.situation, person.fields, person.events, person.programme)  # fmt: skip


def _refuse_unrecorded(mapping: MappingRecord, named: _Places) -> None:
    if mapping.data == "real" and mapping.real_data is None:
        raise InputError(Finding(
            "real-data",
            "real data need their purpose, their legal basis and the reference of the data protection impact assessment (DPIA)",
            named.of("data"),
            "write `real_data: {purpose: …, legal_basis: …, dpia: …}`, or `data: assumed` if they are of nobody",
        ))  # fmt: skip
    if mapping.data == "real" and mapping.keys != "hashed":
        raise InputError(Finding("real-data", "keys of real people are hashed", named.of("keys"), "take `keys` away"))


def _pseudonyms(mapping: MappingRecord, path: Path, secret: Path | None, named: _Places) -> Pseudonyms:
    if mapping.keys == "as_they_are" or (mapping.tenants is None and mapping.waiting is None):
        return Pseudonyms(None)
    if secret is None and mapping.secret is None:
        hint = "write `secret: FILE`, or give --secret FILE; the file stays outside the project"
        raise InputError(Finding("no-secret", "keys of households are hashed with a secret, and none is named",
                                 named.of("name"), hint))  # fmt: skip
    file = secret if secret is not None else path.parent / str(mapping.secret)
    return Pseudonyms(read_secret(file, Place("--secret", 1, 1, "") if secret is not None else named.of("secret")))
