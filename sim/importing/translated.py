"""From the columns of a table to fields: renamed, translated, and with what is the same for all rows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from rules.reading import Finding, InputError, Place, closest
from sim.importing.mapping import TABLES, ColumnRecord, TableRecord
from sim.scenario.cells import Cell, Sheet
from sim.scenario.values import as_written

Row = dict[str, Cell]
_YES_NO = {"ja": "yes", "j": "yes", "true": "yes", "sann": "yes", "1": "yes", "yes": "yes", "x": "yes",
           "nei": "no", "n": "no", "false": "no", "usann": "no", "0": "no", "no": "no"}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Translated:
    """The rows of a table by field, and what is wrong with it."""

    rows: tuple[Row, ...]
    findings: tuple[Finding, ...]


def translated(name: str, table: TableRecord, sheet: Sheet, fields: Mapping[str, str], named: Place) -> Translated:
    """Translate a table.

    Parameters
    ----------
    name : str
        Which of `TABLES` it is.
    fields : mapping of str to str
        Fields it may have besides its own, and their kind: ``int``, ``yes/no`` or ``one of``.
    named : Place
        Where the mapping tells of it.
    """
    findings = [*sheet.findings, *_wrong_columns(name, table, sheet, fields, named)]
    if findings:
        return Translated((), tuple(findings))
    rows: list[Row] = []
    for cells in sheet.rows:
        if not all(cells[column].text in words for column, words in table.only.items()):
            continue
        row = {field: Cell(str(value), named.file, named.line, 1, field) for field, value in table.constants.items()}
        for column, record in table.columns.items():
            try:
                row[record.field] = _value(cells[column], record, fields.get(record.field, ""))
            except InputError as error:
                findings += error.findings
                row[record.field] = replace(cells[column], text="", wrong=True)
        for missing in (*TABLES[name][0], *TABLES[name][1]):
            row.setdefault(missing, Cell("", sheet.file, next(iter(cells.values())).row, 1, missing))
        rows.append(row)
    return Translated(tuple(rows), tuple(findings))


def _value(cell: Cell, record: ColumnRecord, kind: str) -> Cell:
    text = cell.text
    if record.values and text:
        known = {str(word).casefold(): as_written(value) for word, value in record.values.items()}
        if text.casefold() not in known:
            raise cell.fail(f"the mapping does not say what {text!r} is", closest(text, record.values) or
                            f"write it under `values` of {record.field}")  # fmt: skip
        text = known[text.casefold()]
    elif kind == "yes/no" and text:
        text = _YES_NO.get(text.casefold(), text)
    if record.add and text:
        text = f"{replace(cell, text=text).number_of() + record.add:g}"
    if kind == "int" and text:
        text = str(replace(cell, text=text).whole())
    return replace(cell, text=text)


def _wrong_columns(name: str, table: TableRecord, sheet: Sheet, fields: Mapping[str, str], named: Place) -> list[Finding]:
    needed, optional = TABLES[name]
    known = [*needed, *optional, *fields]
    given = [*(record.field for record in table.columns.values()), *table.constants]
    findings = [
        Finding("missing-column", f"the column {column!r} is missing in {sheet.file}", sheet.place(),
                closest(column, sheet.headings) or f"the columns are {', '.join(filter(None, sheet.headings))}")
        for column in (*table.columns, *table.only)
        if column not in sheet.headings
    ]  # fmt: skip
    findings += [
        Finding("unknown-field", f"{name} has no field {field!r}", named, closest(field, known) or f"it has {', '.join(known)}")
        for field in given
        if field not in known
    ]
    findings += [
        Finding("missing-field", f"the mapping has no column for the field {field!r} of {name}", named,
                f"write `COLUMN: {field}` under columns, or `{field}: VALUE` under constants")
        for field in needed
        if field not in given
    ]  # fmt: skip
    findings += [
        Finding("field-twice", f"the field {field!r} of {name} comes from several columns", named)
        for field in dict.fromkeys(given)
        if given.count(field) > 1
    ]
    return findings
