"""A document as plain text, wrapped."""

import textwrap

from rules.show.document import Document, Entry, Grid, Line

_WIDTH = 100
_GAP = 2


def as_text(document: Document) -> str:
    """Give a document as plain text of at most 100 columns, which ends with a line break."""
    lines = [document.title, "=" * len(document.title), ""]
    for line in document.lines:
        lines += _line(line, "")
    for section in document.sections:
        lines += ["", "", section.title, "-" * len(section.title)]
        lines += _wrapped(section.lead, "", "") if section.lead else []
        for entry in section.entries:
            lines += ["", *_entry(entry)]
    return "\n".join(line.rstrip() for line in lines) + "\n"


def _entry(entry: Entry) -> list[str]:
    title = f"{entry.title} ({entry.id})" if entry.id else entry.title
    lines = _wrapped(title, "", "") if title else []
    for line in entry.lines:
        lines += _line(line, "  " if title else "")
    return lines if entry.grid is None else [*lines, *_grid(entry.grid, "  " if title else "")]


def _line(line: Line, indent: str) -> list[str]:
    said = _said(line)
    lines = _wrapped(said, indent, indent + "  ") if said else []
    for item in line.items:
        lines += _wrapped(f"- {item}", indent + "  ", indent + "    ")
    return lines


def _said(line: Line) -> str:
    return f"{line.term}: {line.text}" if line.term else line.text


def _wrapped(text: str, first: str, rest: str) -> list[str]:
    return textwrap.wrap(
        text, _WIDTH, initial_indent=first, subsequent_indent=rest, break_long_words=False, break_on_hyphens=False
    )


def _grid(grid: Grid, indent: str) -> list[str]:
    rows = [grid.heads, *grid.rows]
    widths = _widths(rows, _WIDTH - len(indent))
    lines = []
    for number, row in enumerate(rows):
        cells = [textwrap.wrap(cell, width, break_on_hyphens=False) or [""] for cell, width in zip(row, widths, strict=True)]
        for height in range(max(map(len, cells))):
            parts = ((cell[height] if height < len(cell) else "").ljust(width) for cell, width in zip(cells, widths, strict=True))
            lines.append(indent + (" " * _GAP).join(parts))
        if number == 0:
            lines.append(indent + (" " * _GAP).join("-" * width for width in widths))
    return lines


def _widths(rows: list[tuple[str, ...]], room: int) -> list[int]:
    """Give each column the width it asks for, the widest giving way until all have room."""
    widths = [max(1, *(len(row[column]) for row in rows)) for column in range(len(rows[0]))]
    while sum(widths) + _GAP * (len(widths) - 1) > room and max(widths) > 8:
        widths[widths.index(max(widths))] -= 1
    return widths
