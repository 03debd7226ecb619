"""The mapping: which column of which table is which field, as a few lines of YAML."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field

from rules.reading import Count, Label, Node, Record, read_yaml, validate
from sim.scenario.model import RealDataRecord

#: The tables that a mapping may have: their fields, first those that must be there.
TABLES: Mapping[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "stock": (("id", "type"), ("site", "district")),
    "tenants": (("id", "dwelling", "group", "since"), ("scheme", "need", "programme", "born", "moved_to_municipality")),
    "waiting": (("id", "group", "since"), ("scheme", "need", "situation", "born", "moved_to_municipality")),
    "teams": (("id", "hours_per_week"), ()),
    "projects": (("id", "type", "dwellings", "opens"), ("district", "start", "building", "land")),
}
#: Tables about people: no identity number may stand in them.
OF_PEOPLE = ("tenants", "waiting")


class ColumnRecord(Record):
    """One column: the field it is, what its words mean, and what is added to its number."""

    field: str
    values: Mapping[str, str | int | bool] = Field(default_factory=dict)
    add: float = 0.0


def _column(written: Any) -> Any:
    return {"field": written} if isinstance(written, str) else written


class TableRecord(Record):
    """One table: a CSV file, or a sheet of a workbook.

    ``constants`` are fields that no column holds and that are the same for every row; ``only`` are the rows to read: those whose
    columns hold one of the words given.
    """

    file: str
    sheet: str | None = None
    columns: Mapping[str, Annotated[ColumnRecord, BeforeValidator(_column, json_schema_input_type=str | ColumnRecord)]]
    constants: Mapping[str, str | int | bool] = Field(default_factory=dict)
    only: Mapping[str, tuple[str, ...]] = Field(default_factory=dict)


class StockRecord(TableRecord):
    """The stock; ``expect`` says how many homes a scheme or a type has, so that a missing row is noticed."""

    expect: Mapping[str, Count] = Field(default_factory=dict)


class MappingRecord(Record):
    """What is read, into which scenario it goes, and what the result is called.

    ``keys`` of households are hashed with a secret unless they are said to be no keys of real people.
    """

    scenario: str
    name: Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9_-]*$")]
    label: Label | None = None
    data: Literal["assumed", "real"] = "real"
    real_data: RealDataRecord | None = None
    keys: Literal["hashed", "as_they_are"] = "hashed"
    secret: str | None = None
    stock: StockRecord | None = None
    tenants: TableRecord | None = None
    waiting: TableRecord | None = None
    teams: TableRecord | None = None
    projects: TableRecord | None = None


def read_mapping(path: str | Path) -> tuple[MappingRecord, Node]:
    """Read a mapping. Raises `InputError` with every mistake in it."""
    node = read_yaml(path)
    return validate(MappingRecord, node), node
