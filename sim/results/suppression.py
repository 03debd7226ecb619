"""Real data: groups of fewer than five households are withheld from every figure, and nothing published gives them back.

One function decides over the summary of all replications and policies together (`decide`), others leave out what it names. A part
that is small under one policy is withheld under all: a difference between policies would tell as much.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sim.results.schema import NUMBER, PERSON_LEVEL, SUMMARY, TABLES
from sim.results.secondary import WHOLE, Part, Tree, withheld

#: Groups of fewer households than this are withheld.
LEAST = 5
#: What is never told of real people: single sites. Teams: no figure says how many people they serve. What fell away with the few
#: who died or were evicted.
_NEVER = frozenset({"site", "district", "team", "left_by"})
#: Tables that tell of few people in almost every row.
_LEFT_OUT = frozenset({"flows"})
_NUMBERS = frozenset(column.name for column in SUMMARY if column.type == NUMBER)

#: Shares of the table `kostra`: what they are of, and the figure that is the part itself.
_SHARE = "_share"
_OF_SHARE = {"rejected_new_share": "applications_new", "temporary_short_share": "temporary", "temporary_long_share": "temporary"}
_PART_OF_SHARE = {"rejected_new_share": "rejected_new"}

Cell = tuple[str, str, str]
Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Figures:
    """What must be known of the figures to tell how many people are behind them.

    Parameters
    ----------
    counts : mapping of str to float
        Measures that count households, persons or what happens to them -> by what they are divided to give households.
    states : frozenset of str
        Those of them that count who is there: they are withheld undivided too. What happens in a year in the whole municipality
        is told.
    shares : frozenset of str
        Measures between 0 and 1 of the people of their `bases`: few of many are few, and so are all but a few.
    bases : mapping of str to tuple of str
        Measure -> the counts of those it is about, or could be computed with; of those without an entry ``others``.
    others : tuple of str
    free : frozenset of str
        Measures that are not about people (homes).
    free_dimensions : frozenset of str
        Breakdowns whose parts are not people (accounts).
    parents : mapping
        (dimension, value) -> the larger part it lies in: a type of home in its step, a step in its scheme.
    """

    counts: Mapping[str, float]
    states: frozenset[str]
    shares: frozenset[str] = frozenset()
    bases: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    others: tuple[str, ...] = ()
    free: frozenset[str] = frozenset()
    free_dimensions: frozenset[str] = frozenset()
    parents: Mapping[Part, Part] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Withheld:
    """What may not be published.

    Parameters
    ----------
    cells : frozenset of (measure, dimension, value)
    """

    cells: frozenset[Cell]

    def hides(self, kpi: str, dimension: str, value: str) -> bool:
        """Tell if a figure is withheld."""
        return (kpi, dimension, value) in self.cells or dimension in _NEVER

    def summary(self, rows: Iterable[Row]) -> list[dict[str, Any]]:
        """Give the summary with a mark and without numbers where they are withheld; breakdowns never told have no rows."""
        return [self._row(row) for row in rows if row["dimension"] not in _NEVER]

    def _row(self, row: Row) -> dict[str, Any]:
        if not self.hides(row["kpi"], row["dimension"], row["value"]):
            return {**row, "suppressed": None}
        return {name: None if name in _NUMBERS else value for name, value in row.items()} | {"suppressed": 1}


def tables_kept(*, person_level: bool) -> tuple[str, ...]:
    """Give the tables that a results folder of real data holds."""
    left_out = _LEFT_OUT if person_level else _LEFT_OUT | PERSON_LEVEL
    return tuple(table for table in TABLES if table not in left_out)


def decide(summary: Sequence[Row], series: Sequence[Sequence[Any]], about: Figures) -> Withheld:
    """Decide what is withheld.

    Parameters
    ----------
    summary : sequence of mapping
        The rows of `summary.csv`, of all policies.
    series : sequence of sequence
        The rows of the table `series`: (policy, replication, month, measure, dimension, value, number).
    about : Figures

    Returns
    -------
    Withheld
    """
    sizes = _sizes(summary, series, about)
    means = {(row["kpi"], row["dimension"], row["value"]): row["mean"] for row in summary if row["year"] == 0}
    hidden: dict[str, frozenset[Part]] = {}
    kpis = dict.fromkeys(kpi for kpi, *_ in means)
    # The bases first: what is about few people is withheld wherever they are.
    for kpi in sorted(kpis, key=lambda of: (of not in about.states, of not in about.counts)):
        if kpi in about.free:
            continue
        parts = [(dimension, value) for of, dimension, value in means if of == kpi and _of_people(dimension, about)]
        tree = Tree({of: _size(kpi, of, sizes, about) for of in parts}, about.parents)
        small = frozenset(of for of in parts if _is_small(kpi, of, means, sizes, about))
        beneath = frozenset(of for base in _bases(kpi, about) for of in hidden.get(base, ()))
        hidden[kpi] = withheld(tree, small | beneath, LEAST)
    return Withheld(frozenset((kpi, *part) for kpi, parts in hidden.items() for part in parts))


def _of_people(dimension: str, about: Figures) -> bool:
    return dimension not in _NEVER and dimension not in about.free_dimensions


def _bases(kpi: str, about: Figures) -> tuple[str, ...]:
    return about.bases.get(kpi, () if kpi in about.states else about.others)


def _sizes(summary: Sequence[Row], series: Sequence[Sequence[Any]], about: Figures) -> dict[Cell, float]:
    """Give the least number of households that a count shows anywhere, zero only where there never is anybody."""
    found: dict[Cell, float] = {}

    def seen(cell: Cell, number: float | None) -> None:
        if cell[0] in about.counts and number is not None:
            households = number / about.counts[cell[0]]
            least = found.get(cell, 0.0)
            found[cell] = min(least, households) if least > 0 and households > 0 else max(least, households)

    for row in summary:
        seen((row["kpi"], row["dimension"], row["value"]), row["mean"])
    for _, _, _, kpi, dimension, value, number in series:
        seen((kpi, dimension, value), number)
    return found


def _size(kpi: str, part: Part, sizes: Mapping[Cell, float], about: Figures) -> float:
    """Give the households behind a figure: those it counts, or the fewest of those it is about."""
    counted = [kpi] if kpi in about.counts else list(_bases(kpi, about))
    found = [sizes[base, *part] for base in counted if (base, *part) in sizes]
    return min(found, default=0.0)


def _is_small(kpi: str, part: Part, means: Mapping[Cell, float | None], sizes: Mapping[Cell, float], about: Figures) -> bool:
    if part == WHOLE:
        return kpi in about.states and 0 < _size(kpi, part, sizes, about) < LEAST
    behind = _size(kpi, part, sizes, about)
    if 0 < behind < LEAST:
        return True
    share = means[kpi, *part]
    if kpi not in about.shares or share is None:
        return False
    return any(0 < some * behind < LEAST for some in (share, 1 - share))


def small_of_form(rows: Iterable[Sequence[Any]]) -> frozenset[str]:
    """Give the figures of the table `kostra` of which too few households are behind some year, under some policy.

    Parameters
    ----------
    rows : iterable of sequence
        With policy first, and last year, figure, group and number. Parts by group are never told, so none follows from the rest.

    Returns
    -------
    frozenset of str
        A share goes with the households that it is of.
    """
    sums: dict[tuple[str, int, str], list[float]] = {}
    for row in rows:
        if row[-2] == WHOLE[1] and row[-1] is not None:
            sums.setdefault((row[0], row[-4], row[-3]), []).append(row[-1])
    means = {key: sum(numbers) / len(numbers) for key, numbers in sums.items()}
    small = {figure for (_, _, figure), mean in means.items() if 0 < mean < LEAST and not figure.endswith(_SHARE)}
    for (policy, year, figure), share in means.items():
        if figure.endswith(_SHARE):
            whole = means.get((policy, year, _OF_SHARE[figure]), 0.0)
            part = whole * share / 100.0
            if _OF_SHARE[figure] in small or 0 < part < LEAST or 0 < whole - part < LEAST:
                small.add(figure)
    # The part that a share is of, where the form has it too, would tell the share.
    return frozenset(small | {figure for share, figure in _PART_OF_SHARE.items() if share in small})


def kept_rows(rows: Iterable[Sequence[Any]], table: str, hidden: Withheld, type_of: Callable[[str], str]) -> list[Sequence[Any]]:
    """Give the rows of a table that may be published.

    Parameters
    ----------
    rows : iterable of sequence
        With all columns, or without `policy` and `replication`: columns are counted from the end.
    table : str
    hidden : Withheld
    type_of : callable
        Dwelling -> its type, which stands in its place.
    """
    if table == "kpis":  # year, dimension, value, kpi, number: the parts of single replications are fewer than their means
        return [row for row in rows if row[-4] == WHOLE[0] and not hidden.hides(row[-2], row[-4], row[-3])]
    if table == "series":  # month, kpi, dimension, value, number
        return [row for row in rows if not hidden.hides(row[-4], row[-3], row[-2])]
    if table == "kostra":  # year, figure, group, number
        return [row for row in rows if row[-2] == WHOLE[1]]
    if table == "decisions":  # ..., dwelling, household, outcome, ground, counts
        return [(*row[:-5], type_of(row[-5]), *row[-4:]) for row in rows]
    return list(rows)
