"""A document as Markdown (CommonMark with tables)."""

import re

from rules.show.document import Document, Entry, Grid, Line

_SPECIAL = re.compile(r"([\\`*_\[\]<>|#~&])")
_BEGINS_A_BLOCK = re.compile(r"^(\d+)([.)])(?=\s)|^([-+])(?=\s)")


def as_markdown(document: Document) -> str:
    """Give a document as Markdown; what the author wrote is escaped, so that it is said and does nothing."""
    blocks = [f"# {_safe(document.title)}", *_lines(document.lines)]
    for section in document.sections:
        blocks.append(f"## {_safe(section.title)}")
        blocks += [_safe(section.lead)] if section.lead else []
        for entry in section.entries:
            blocks += _entry(entry)
    return "\n\n".join(blocks) + "\n"


def _entry(entry: Entry) -> list[str]:
    blocks = []
    if entry.title:
        blocks.append(f"### {_begun(entry.title)}" + (f" (`{entry.id}`)" if entry.id else ""))
    blocks += _lines(entry.lines)
    return blocks if entry.grid is None else [*blocks, _grid(entry.grid)]


def _lines(lines: tuple[Line, ...]) -> list[str]:
    """Give plain sentences as paragraphs and the rest as one list."""
    blocks = [_begun(line.text) for line in lines if not line.term and not line.items]
    told = [line for line in lines if line.term or line.items]
    listed = []
    for line in told:
        listed.append(f"- **{_safe(line.term)}:** {_safe(line.text)}".rstrip())
        listed += [f"  - {_begun(item)}" for item in line.items]
    return [*blocks, "\n".join(listed)] if listed else blocks


def _grid(grid: Grid) -> str:
    rows = [grid.heads, tuple("---" for _ in grid.heads), *grid.rows]
    return "\n".join(
        "| " + " | ".join(cell if number == 1 else _safe(cell) for cell in row) + " |" for number, row in enumerate(rows)
    )


def _safe(text: str) -> str:
    return _SPECIAL.sub(r"\\\1", " ".join(text.split(" ")).replace("\n", " "))


def _begun(text: str) -> str:
    """Escape a text that stands where a list or a number would begin a block."""
    return _BEGINS_A_BLOCK.sub(lambda found: f"{found[1]}\\{found[2]}" if found[1] else f"\\{found[3]}", _safe(text))
