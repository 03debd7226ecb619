"""Pages, tables and text in Markdown."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

_SPECIAL = re.compile(r"([|<>*_`\[\]])")
_HEAD = """<!-- Written by docs/model/renew.py from scenarios/ and rules/: change those, not this page, and run it again. -->
# {title}

{lead}
"""


def page(title: str, lead: str, *blocks: str) -> str:
    """Give a page: its title, what it tells, and its blocks, those that are empty left out."""
    return _HEAD.format(title=title, lead=lead) + "".join(f"\n{block}\n" for block in blocks if block)


def table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Give a table, without the columns that are empty in every row; nothing without rows."""
    kept = [tuple(row) for row in rows]
    if not kept:
        return ""
    columns = [number for number in range(len(heads)) if number == 0 or any(row[number] for row in kept)]
    lines = [tuple(heads), tuple("---" for _ in heads), *kept]
    return "\n".join("| " + " | ".join(line[number] for number in columns) + " |" for line in lines)


def escaped(text: str) -> str:
    """Give a text that says what it says, wherever it stands in a table."""
    return _SPECIAL.sub(r"\\\1", " ".join(text.split()))


def code(text: str) -> str:
    """Give a word of the scenario language, or an expression, as code that may stand in a table."""
    return f"`{text}`".replace("|", "\\|") if text else ""
