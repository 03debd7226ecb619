"""Cells of a table on paper: text with the row and column it stands in, read as numbers and dates the way Norwegians write them.

A finding about a cell never shows what stands in it beside what is wrong: a table of people may hold what must not be printed.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import TypeVar

from rules.reading import Finding, InputError, Place

Read = TypeVar("Read")

_DATES = ("%Y-%m-%d", "%d.%m.%Y", "%d.%m.%y", "%d/%m/%Y")


@dataclass(frozen=True, slots=True)
class Cell:
    """One value of a table.

    Attributes
    ----------
    text : str
        Without spaces around it; empty = nothing stands there.
    file : str
        With the sheet, where the file has several: ``boliger.xlsx [Boliger]``.
    row, number : int
        Counted from 1 as the program that shows the table counts.
    column : str
        Its heading.
    wrong : bool
        Something has been found wrong with it already: it has no value, and nothing more is said of it.
    """

    text: str
    file: str
    row: int
    number: int
    column: str
    wrong: bool = False

    @property
    def place(self) -> Place:
        """Where it stands."""
        return Place(self.file, self.row, self.number, "")

    def emptied(self) -> Cell:
        """Give a cell in the same place in which nothing stands."""
        return replace(self, text="")

    def finding(self, code: str, says: str, hint: str | None = None) -> Finding:
        """Say what is wrong with it, and in which row and column."""
        return Finding(code, f"row {self.row}, column {self.column!r}: {says}", self.place, hint)

    def fail(self, says: str, hint: str | None = None) -> InputError:
        """Give the error to raise when it is no value of what it should be."""
        return InputError(self.finding("bad-cell", says, hint))

    def whole(self) -> int:
        """Read a whole number."""
        number = self.number_of("a whole number")
        if number != int(number):
            raise self.fail(f"{self.text!r} is no whole number")
        return int(number)

    def number_of(self, what: str = "a number") -> float:
        """Read a number, with comma or point, and perhaps spaces between thousands."""
        text = "".join(self.text.split()).replace(",", ".") if self.text.count(",") <= 1 else self.text
        try:
            found = float(text)
        except ValueError:
            found = float("nan")
        if found != found or found in (float("inf"), float("-inf")):
            raise self.fail(f"{self.text!r} is not {what}")
        return found

    def day(self) -> date:
        """Read a date: 2026-01-31 or 31.01.2026."""
        text = self.text.split("T")[0].split(" ")[0]
        for form in _DATES:
            try:
                return datetime.strptime(text, form).date()
            except ValueError:
                continue
        raise self.fail(f"{self.text!r} is no date", "write it as 2026-01-31 or 31.01.2026")


def read_or_tell(cell: Cell, read: Callable[[Cell], Read], findings: list[Finding]) -> Read | None:
    """Read a cell; None where something is wrong with it, which is told unless it has been already."""
    if cell.wrong:
        return None
    try:
        return read(cell)
    except InputError as error:
        findings += error.findings
        return None


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table: its headings and its rows, each a map from heading to cell. Empty rows are left out."""

    file: str
    headings: tuple[str, ...]
    rows: tuple[dict[str, Cell], ...]
    findings: tuple[Finding, ...] = field(default=())

    def place(self) -> Place:
        """Give the place of its headings."""
        return Place(self.file, 1, 1, "")


def sheet_of(file: str, lines: list[tuple[int, list[str]]]) -> Sheet:
    """Make a table of numbered lines, the first of which holds the headings.

    Lines that are longer than the headings, and headings that stand twice, are findings of the table.
    """
    findings: list[Finding] = []
    if not lines:
        return Sheet(file, (), (), (Finding("empty-table", "the table is empty: it has no headings", Place(file, 1, 1, "")),))
    first, titles = lines[0]
    headings = [title.strip() for title in titles]
    for number, heading in enumerate(headings, start=1):
        if heading and heading in headings[: number - 1]:
            message = f"the column {heading!r} stands twice"
            findings.append(Finding("duplicate-column", message, Place(file, first, number, "")))
    rows = []
    for row, texts in lines[1:]:
        if not any(text.strip() for text in texts):
            continue
        if any(text.strip() for text in texts[len(headings) :]):
            message = f"row {row}: has {len(texts)} values, but there are {len(headings)} columns"
            hint = "a value that holds the separator stands in quotes"
            findings.append(Finding("ragged-row", message, Place(file, row, len(headings) + 1, ""), hint))
            continue
        padded = [*texts, *[""] * (len(headings) - len(texts))]
        rows.append(
            {
                heading: Cell(text.strip(), file, row, number, heading)
                for number, (heading, text) in enumerate(zip(headings, padded, strict=False), start=1)
                if heading
            }
        )
    return Sheet(file, tuple(headings), tuple(rows), tuple(findings))
