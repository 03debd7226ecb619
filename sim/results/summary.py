"""Reading `summary.csv` back: numbers as numbers, empty cells as nothing."""

import csv
from pathlib import Path

from sim.results.errors import ResultsError
from sim.results.schema import INTEGER, SUMMARY, TEXT

_TEXT = frozenset(column.name for column in SUMMARY if column.type == TEXT)
_WHOLE = frozenset(column.name for column in SUMMARY if column.type == INTEGER)


def read_summary(path: Path) -> list[dict[str, str | int | float | None]]:
    """Read the rows of `summary.csv`.

    Raises
    ------
    ResultsError
        When a cell that should be a number is none.
    """
    with path.open(newline="", encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    try:
        return [{key: _value(key, text) for key, text in row.items()} for row in rows]
    except ValueError as error:
        raise ResultsError(f"{path}: {error}") from None


def _value(key: str, text: str) -> str | int | float | None:
    if key in _TEXT:
        return text
    if text == "":
        return None
    return int(text) if key in _WHOLE else float(text)
