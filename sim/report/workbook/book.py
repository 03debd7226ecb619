"""Sheets as an Excel workbook: frozen headers, filters, widths that fit, and numbers that are numbers."""

from datetime import datetime
from io import BytesIO
from typing import TYPE_CHECKING, Any

from sim.report.withheld import withheld_note
from sim.report.workbook.sheet import Cell, Sheet
from sim.report.workbook.sheets import sheets
from sim.report.workbook.words import WORDS
from sim.results import ResultsData

if TYPE_CHECKING:
    from xlsxwriter import Workbook

_HEADER_ROW = 2
_WIDEST = 60
_NARROWEST = 8


def workbook(data: ResultsData, lang: str = "nb") -> bytes:
    """Make the workbook of a results folder.

    Parameters
    ----------
    data : ResultsData
        What a results folder holds.
    lang : {'nb', 'en'}

    Returns
    -------
    bytes
        An .xlsx file. Every text is written as text: one that begins with ``=`` is no formula.
    """
    # Loaded here: whoever only wants the page need not wait for it.
    from xlsxwriter import Workbook

    file = BytesIO()
    book = Workbook(file, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "nan_inf_to_errors": False})
    words = WORDS[lang]
    book.set_properties(
        {"title": words["title"], "comments": words["purpose"], "created": datetime.fromisoformat(data.run["started"])}
    )
    formats = _Formats(book)
    for sheet in sheets(data, lang):
        _write(book, formats, sheet, " ".join(text for text in (words["purpose"], withheld_note(data.run, lang)) if text))
    book.close()
    return file.getvalue()


class _Formats:
    """The formats of cells, each made once."""

    def __init__(self, book: "Workbook") -> None:
        self._book = book
        self._made: dict[str, Any] = {}
        self.header = book.add_format({"bold": True, "text_wrap": True, "valign": "top", "bottom": 1, "bg_color": "#E6EBF0"})
        self.intro = book.add_format({"italic": True})

    def of(self, kind: str) -> Any:
        if kind not in self._made:
            self._made[kind] = self._book.add_format(_look(kind))
        return self._made[kind]


def _look(kind: str) -> dict[str, Any]:
    """Give what a kind of cell looks like; the value behind it stays whole."""
    if kind == "text":
        return {"text_wrap": True, "valign": "top"}
    if kind == "plain":
        return {"num_format": "General", "valign": "top", "align": "left"}
    if kind == "count":
        return {"num_format": "0", "valign": "top"}
    if kind == "money":
        return {"num_format": "#,##0", "valign": "top"}
    unit, _, decimals = kind.partition(":")
    places = max(int(decimals) - (2 if unit == "share" else 0), 0)
    number = "#,##0" + ("." + "0" * places if places else "")
    return {"num_format": number + (" %" if unit == "share" else ""), "valign": "top"}


def _write(book: "Workbook", formats: _Formats, sheet: Sheet, purpose: str) -> None:
    page = book.add_worksheet(sheet.name)
    page.write_string(0, 0, sheet.intro, formats.intro)
    page.write_string(1, 0, purpose, formats.intro)
    for column, name in enumerate(sheet.columns):
        page.write_string(_HEADER_ROW, column, name, formats.header)
        page.set_column(column, column, _width(sheet, column))
    for number, (row, kinds) in enumerate(zip(sheet.rows, sheet.kinds, strict=True), start=_HEADER_ROW + 1):
        for column, (cell, kind) in enumerate(zip(row, kinds, strict=True)):
            _cell(page, number, column, cell, formats.of(kind))
    page.freeze_panes(_HEADER_ROW + 1, 1)
    page.autofilter(_HEADER_ROW, 0, _HEADER_ROW + len(sheet.rows), len(sheet.columns) - 1)
    page.set_landscape()
    page.set_paper(9)
    page.fit_to_pages(1, 0)
    page.repeat_rows(_HEADER_ROW)


def _cell(page: Any, row: int, column: int, cell: Cell, look: Any) -> None:
    if cell is None:
        page.write_blank(row, column, None, look)
    elif isinstance(cell, str):
        page.write_string(row, column, cell, look)
    else:
        page.write_number(row, column, cell, look)


def _width(sheet: Sheet, column: int) -> float:
    """Give a width that shows most cells whole; long texts wrap."""
    longest = max((len(row[column]) if isinstance(row[column], str) else 14 for row in sheet.rows), default=0)  # type: ignore[arg-type]
    return min(max(longest, min(len(sheet.columns[column]), 18), _NARROWEST) + 1, _WIDEST)
