"""The table of a run goes into a page, between two marks."""

from __future__ import annotations

from pathlib import Path


def marks(of: str) -> tuple[str, str]:
    """Give the lines between which the table of a benchmark stands."""
    return f"<!-- table of benchmarks/{of}.py: begin -->", f"<!-- table of benchmarks/{of}.py: end -->"


BEGIN, END = marks("run")


def pasted(page: str, text: str, of: str = "run", *, block: bool = True) -> str:
    """Return a page with what stands between the marks of a benchmark replaced, by a block of plain text or as it is.

    Raises
    ------
    ValueError
        Without exactly one pair of marks.
    """
    begin, end = marks(of)
    if page.count(begin) != 1 or page.count(end) != 1 or page.index(end) < page.index(begin):
        raise ValueError(f"the page needs the lines {begin!r} and {end!r} once, in this order")
    before, after = page.split(begin)[0], page.split(end)[1]
    shown = f"```\n{text}\n```" if block else text
    return f"{before}{begin}\n{shown}\n{end}{after}"


def paste(path: Path, text: str, of: str = "run", *, block: bool = True) -> None:
    """Replace the table of a benchmark in a file."""
    path.write_text(pasted(path.read_text(encoding="utf-8"), text, of, block=block), encoding="utf-8")
