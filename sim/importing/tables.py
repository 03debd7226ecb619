"""Tables from files: CSV as Norwegian Excel saves it or as others do, and sheets of Excel workbooks."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from io import StringIO
from pathlib import Path
from typing import Any

from rules.reading import Finding, InputError, Place, closest, fail
from sim.scenario.cells import Sheet, sheet_of

MAX_BYTES = 50_000_000
_SEPARATORS = ";,\t"
_WORKBOOKS = (".xlsx", ".xlsm")


def read_table(path: Path, sheet: str | None, named: Place) -> Sheet:
    """Read a table.

    Parameters
    ----------
    path : Path
    sheet : str or None
        Sheet of a workbook; its only one unless said.
    named : Place
        Where the mapping names the file.

    Raises
    ------
    InputError
        For a file that is missing, too large, or no table.
    """
    if not path.is_file():
        near = closest(path.name, [p.name for p in path.parent.iterdir()]) if path.parent.is_dir() else None
        fail("missing-file", f"there is no file {path}", named, near)
    if path.stat().st_size > MAX_BYTES:
        fail("too-large", f"{path} is larger than {MAX_BYTES // 1_000_000} MB", named)
    if path.suffix.lower() in _WORKBOOKS:
        return _workbook(path, sheet, named)
    if path.suffix.lower() == ".xls":
        fail("old-workbook", f"{path} is a workbook of an old kind", named, "save it as .xlsx or .csv")
    return _csv(path)


def _csv(path: Path) -> Sheet:
    """Read CSV: UTF-8 with or without a byte-order mark, otherwise Windows-1252; the separator is that of the headings."""
    content = path.read_bytes()
    if content[:2] in (b"\xff\xfe", b"\xfe\xff"):
        text = content.decode("utf-16", errors="replace")
    else:
        try:
            text = content.decode("utf-8-sig")
        except UnicodeDecodeError:
            text = content.decode("cp1252", errors="replace")
    if "\0" in text:
        fail("no-table", "this is no table of text", Place(str(path), 1, 1, ""), "save it as CSV or .xlsx")
    head = text.partition("\n")[0]
    if head.lower().startswith("sep=") and len(head.strip()) == 5:  # Excel's own line about the separator
        separator, skipped = head.strip()[4], 1
    else:
        separator, skipped = max(_SEPARATORS, key=head.count), 0
    reader = csv.reader(StringIO(text, newline=""), delimiter=separator)
    lines = []
    before = 0
    try:
        for texts in reader:
            lines.append((before + 1, texts))
            before = reader.line_num
    except csv.Error as error:
        fail("no-table", f"the table cannot be read ({error})", Place(str(path), reader.line_num, 1, ""))
    return sheet_of(str(path), lines[skipped:])


def _workbook(path: Path, sheet: str | None, named: Place) -> Sheet:
    try:
        from openpyxl import load_workbook
    except ImportError:
        fail("missing-extra", "Excel workbooks are read by the extra `data`", named,
             'install it with pip install -e ".[data]", or save the sheet as CSV')  # fmt: skip
    try:
        book = load_workbook(path, read_only=True, data_only=True)
    except Exception:  # whatever a broken file makes openpyxl, zipfile or the XML parser raise
        fail("no-workbook", f"{path} is no workbook that can be read", named, "save it again as .xlsx, or as CSV")
    try:
        names = book.sheetnames
        if sheet is None and len(names) > 1:
            fail("which-sheet", f"{path} has several sheets: {', '.join(names)}", named, "write `sheet: NAME` in the mapping")
        if sheet is not None and sheet not in names:
            raise InputError(Finding("missing-sheet", f"{path} has no sheet {sheet!r}", named,
                                     closest(sheet, names) or f"it has {', '.join(names)}"))  # fmt: skip
        page = book[sheet or names[0]]
        page.reset_dimensions()  # what a file says of its size may be wrong
        rows = enumerate(page.iter_rows(values_only=True), start=1)
        lines = [(row, [_text(value) for value in values]) for row, values in rows]
    finally:
        book.close()
    while lines and not any(lines[0][1]):
        del lines[0]
    return sheet_of(f"{path} [{sheet or names[0]}]", lines)


def _text(value: Any) -> str:
    """Give a cell as it would be typed."""
    match value:
        case None:
            return ""
        case bool():
            return "ja" if value else "nei"
        case datetime() | date():
            return value.isoformat()[:10]
        case float() if value == int(value):
            return str(int(value))
    return str(value)


def table_text(columns: Sequence[str], rows: Iterable[Sequence[object]], separator: str = ",", line_end: str = "\n") -> str:
    """Write a table as CSV."""
    text = StringIO(newline="")
    writer = csv.writer(text, delimiter=separator, lineterminator=line_end)
    writer.writerow(columns)
    writer.writerows(rows)
    return text.getvalue()
