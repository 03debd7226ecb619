"""The table of a run goes into a page, between two marks."""

from __future__ import annotations

from pathlib import Path

BEGIN = "<!-- table of benchmarks/run.py: begin -->"
END = "<!-- table of benchmarks/run.py: end -->"


def pasted(page: str, text: str) -> str:
    """Return a page with what stands between the marks replaced by a block of plain text.

    Raises
    ------
    ValueError
        Without exactly one pair of marks.
    """
    if page.count(BEGIN) != 1 or page.count(END) != 1 or page.index(END) < page.index(BEGIN):
        raise ValueError(f"the page needs the lines {BEGIN!r} and {END!r} once, in this order")
    before, after = page.split(BEGIN)[0], page.split(END)[1]
    return f"{before}{BEGIN}\n```\n{text}\n```\n{END}{after}"


def paste(path: Path, text: str) -> None:
    """Replace the table of the page in a file."""
    path.write_text(pasted(path.read_text(encoding="utf-8"), text), encoding="utf-8")
