"""A document as plain data, before it becomes text, Markdown or HTML."""

from dataclasses import dataclass
from typing import Literal, TypeAlias

Lang: TypeAlias = Literal["nb", "en"]


@dataclass(frozen=True, slots=True)
class Line:
    """One thing said: a term, a sentence or clause, and perhaps a list below it.

    Parameters
    ----------
    term : str
        What it is about, without a colon; empty = a plain sentence.
    text : str
    items : tuple of str
    """

    term: str
    text: str
    items: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Grid:
    """A table; every row has one cell for each head."""

    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Entry:
    """One rule, criterion, table, definition or amount.

    Parameters
    ----------
    id : str
        Its id in the rule set; empty when it has none.
    title : str
    lines : tuple of Line
    grid : Grid or None
        Said after the lines.
    """

    id: str
    title: str
    lines: tuple[Line, ...] = ()
    grid: Grid | None = None


@dataclass(frozen=True, slots=True)
class Section:
    """A chapter: a stage of the decision, or a list at the end.

    Parameters
    ----------
    id : str
        The same in every language.
    title, lead : str
    entries : tuple of Entry
    """

    id: str
    title: str
    lead: str
    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class Document:
    """A document in one language; `lines` stand under the title."""

    lang: Lang
    title: str
    lines: tuple[Line, ...]
    sections: tuple[Section, ...]
