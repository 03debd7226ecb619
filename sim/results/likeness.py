"""How two results folders of one command differ: what went in, what made them, and what came out."""

import math
from collections.abc import Mapping, Sequence
from itertools import zip_longest
from typing import Any, NamedTuple

from sim.results.folder import ResultsData

#: Figures of another platform may differ in the last digits: they agree to nine.
_DIGITS = 1e-9


class Change(NamedTuple):
    """Something that is not what it was; None = it was or is not there."""

    what: str
    before: str | None
    after: str | None


class TableChange(NamedTuple):
    """A table that differs: rows before and after, and how many of them are not the same in the same place."""

    table: str
    before: int
    after: int
    differing: int


class FigureChange(NamedTuple):
    """A mean that differs; None = it was or is not there, or there is nothing to measure."""

    policy: str
    year: int
    dimension: str
    value: str
    kpi: str
    before: float | None
    after: float | None


class Likeness(NamedTuple):
    """What differs between two results folders.

    Attributes
    ----------
    inputs : list of Change
        Files that went in, with their SHA-256.
    made_by : list of Change
        Versions of programs, and the platform.
    tables : list of TableChange
    figures : list of FigureChange
        Of the summary; every window and breakdown in it.
    rounding : bool
        Whether all that differs are numbers, and none by more than a part of 10⁻⁹.
    """

    inputs: list[Change]
    made_by: list[Change]
    tables: list[TableChange]
    figures: list[FigureChange]
    rounding: bool

    @property
    def equal(self) -> bool:
        """Whether what came out is the same, to the last digit."""
        return not self.tables and not self.figures

    @property
    def same_to_nine_digits(self) -> bool:
        """Whether all that differs is rounding."""
        return self.rounding and all(close(of.before, of.after) for of in self.figures)


def likeness(before: ResultsData, after: ResultsData) -> Likeness:
    """Compare two results folders.

    A table whose file has the same SHA-256 is not read; one that another version of DuckDB packed differently is compared row
    by row.
    """
    tables, rounding = [], True
    for table in dict.fromkeys([*before.tables, *after.tables]):
        file = f"{table}.parquet"
        if _hash(before, file) == _hash(after, file) is not None:
            continue
        old, new = before.tables.get(table, ()), after.tables.get(table, ())
        pairs = [pair for pair in zip_longest(old, new) if pair[0] != pair[1]]
        if pairs or (table in before.tables) != (table in after.tables):
            tables.append(TableChange(table, len(old), len(new), len(pairs)))
            rounding = rounding and bool(pairs) and all(_rounded(one, other) for one, other in pairs)
    made_by = _changes(
        {**before.run["versions"], "platform": before.run["platform"]},
        {**after.run["versions"], "platform": after.run["platform"]},
    )
    return Likeness(_changes(_inputs(before), _inputs(after)), made_by, tables, _figures(before, after), rounding)


def _hash(data: ResultsData, file: str) -> str | None:
    found: str | None = data.run["files"].get(file, {}).get("sha256")
    return found


def _inputs(data: ResultsData) -> dict[str, str]:
    return {name: hash_ for policy in data.run["policies"] for name, hash_ in policy["inputs"].items()}


def _changes(before: Mapping[str, str], after: Mapping[str, str]) -> list[Change]:
    return [
        Change(name, before.get(name), after.get(name))
        for name in dict.fromkeys([*before, *after])
        if before.get(name) != after.get(name)
    ]


def _figures(before: ResultsData, after: ResultsData) -> list[FigureChange]:
    old, new = _means(before.summary), _means(after.summary)
    return [FigureChange(*key, old.get(key), new.get(key)) for key in dict.fromkeys([*old, *new]) if old.get(key) != new.get(key)]


def _means(summary: Sequence[Mapping[str, Any]]) -> dict[tuple[str, int, str, str, str], float | None]:
    return {(row["policy"], row["year"], row["dimension"], row["value"], row["kpi"]): row["mean"] for row in summary}


def _rounded(one: Sequence[Any] | None, other: Sequence[Any] | None) -> bool:
    if one is None or other is None or len(one) != len(other):
        return False
    return all(a == b or close(a, b) for a, b in zip(one, other, strict=True))


def close(one: Any, other: Any) -> bool:
    """Say whether two numbers agree to nine digits."""
    if not (isinstance(one, float) and isinstance(other, float)):
        return False
    return math.isclose(one, other, rel_tol=_DIGITS, abs_tol=_DIGITS)
