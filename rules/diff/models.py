"""Counting the profiles that meet conditions: exact, by cases over the cut points, part by part.

A *profile* is one combination of the cells that the cut points make of the fields. Conditions that share no field
are counted apart and multiplied (as in exact model counters, Gomes, Sabharwal and Selman 2009), and a part met
before is not counted again; so a number of profiles far beyond what could be listed is still exact.
"""

from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import prod
from typing import TypeVar

from rules.diff.reduce import FALSE, NOTHING, TRUE, reduced
from rules.language import CutPoints, Expr, Field, Value, cut_points, fields_of
from rules.language.form import And, Const
from rules.verify.cells import Cells, UndecidedError

T = TypeVar("T")

#: No more cases than this are looked at one by one for one decision; past it profiles are counted as arrays, up to
#: `rules.verify.cells.MOST_PROFILES` of them at once, and past that the answer is "not decided".
MOST_CASES = 50_000


class TooManyError(Exception):
    """More cases than are tried."""


@dataclass(frozen=True, slots=True)
class Span:
    """Cells of one field that lie side by side and are alike.

    Parameters
    ----------
    value : value
        One of them; None = missing.
    low, high : int
        First and last value, of a number.
    cells : int
        How many cells of the field it holds.
    """

    value: Value | None
    low: int = 0
    high: int = 0
    cells: int = 1


class Space:
    """The fields that a decision reads, each in the cells that all its conditions together make.

    Parameters
    ----------
    fields : mapping of str to Field
    exprs : sequence of Expr
        Every expression of the decision, before and after.
    """

    def __init__(self, fields: Mapping[str, Field], exprs: Sequence[Expr]) -> None:
        self.fields = dict(sorted(fields.items()))
        self.exprs = tuple(exprs)
        cuts = cut_points(*exprs)
        self._starts = {name: _starts(field, cuts.get(name, ())) for name, field in self.fields.items()}
        self.sizes = {name: _size(field, self._starts[name]) for name, field in self.fields.items()}
        self.cases = 0
        self._cells: Cells | None = None
        self._known: dict[frozenset[Expr], int] = {}

    @property
    def exhausted(self) -> bool:
        """Whether so many cases have been looked at that the rest is asked of arrays."""
        return self._cells is not None

    def size(self, names: Iterable[str] | None = None) -> int:
        """Give the number of profiles over some fields, or over all."""
        return prod(self.sizes[name] for name in (self.fields if names is None else names))

    def cell(self, name: str, value: Value | None) -> Span:
        """Give the cell that a value lies in."""
        starts = self._starts[name]
        if value is None or starts is None or isinstance(value, bool | str):
            return Span(value)
        at = bisect_right(starts, value) - 1
        return Span(value, starts[at], self._end(name, at))

    def count(self, conditions: Iterable[Expr]) -> int:
        """Count the profiles over all fields that meet every condition.

        Raises
        ------
        TooManyError
            When more than `MOST_CASES` cases would have to be looked at, and too many profiles held at once.
        """
        parts = put(conditions, "", None)
        if parts is None:
            return 0
        try:
            return self._count(parts) * self.size(self.fields.keys() - _fields(parts))
        except TooManyError:
            return self._as_arrays(lambda cells: cells.count(parts))

    def some(self, conditions: Iterable[Expr]) -> dict[str, Value | None]:
        """Find a profile, of those counted as arrays. Raises `TooManyError` as `count` does."""
        parts = put(conditions, "", None)
        assert parts is not None
        found = self._as_arrays(lambda cells: cells.some(parts))
        assert found is not None
        return {name: value for name, value in found.items() if name in _fields(parts)}

    def _as_arrays(self, ask: Callable[[Cells], T]) -> T:
        try:
            if self._cells is None:
                self._cells = Cells(self.exprs)
            if any(len(self._cells.values[name]) != size for name, size in self.sizes.items()):
                raise TooManyError  # a field whose range differs between the two: the cells are not the same
            return ask(self._cells)
        except UndecidedError:
            raise TooManyError from None

    def spans(self, name: str, cuts: tuple[int, ...] | None) -> Iterator[Span]:
        """Divide a field at some of its cut points; None = into single cells."""
        field, starts = self.fields[name], self._starts[name]
        if field.may_be is not None:
            yield Span(None)
        if starts is None:
            yield from (Span(value) for value in ((False, True) if field.type == "yes/no" else field.values))
            return
        edges = range(len(starts)) if cuts is None else sorted({0, *(bisect_right(starts, cut) - 1 for cut in cuts)})
        for at, until in zip(edges, [*list(edges)[1:], len(starts)], strict=True):
            yield Span(starts[at], starts[at], self._end(name, until - 1), until - at)

    def branch(self, conditions: Sequence[Expr], others: Sequence[Expr] = ()) -> tuple[str, list[Span]]:
        """Choose the field of the conditions with the fewest cases to look at, and give them, alike for the others too."""
        cuts = cut_points(*conditions, *others)
        cuts = {name: cuts[name] for name in _fields(conditions)}
        name = min(cuts, key=lambda name: (self._cases(name, cuts), -sum(name in fields_of(c) for c in conditions), name))
        if self.cases + self._cases(name, cuts) > MOST_CASES:
            raise TooManyError
        return name, list(self.spans(name, cuts[name]))

    def step(self) -> None:
        """Note that one more case is looked at."""
        self.cases += 1
        if self.cases > MOST_CASES:
            raise TooManyError

    def _count(self, conditions: tuple[Expr, ...]) -> int:
        return prod(self._part(part) for part in _apart(conditions))

    def _part(self, conditions: tuple[Expr, ...]) -> int:
        key = frozenset(conditions)
        if key not in self._known:
            names = _fields(conditions)
            name, spans = self.branch(conditions)
            total = 0
            for span in spans:
                self.step()
                left = put(conditions, name, span.value)
                if left is not None:
                    total += span.cells * self._count(left) * self.size(names - {name} - _fields(left))
            self._known[key] = total
        return self._known[key]

    def _cases(self, name: str, cuts: CutPoints) -> int:
        own = cuts[name]
        return self.sizes[name] if own is None else len(own) + 1

    def _end(self, name: str, at: int) -> int:
        starts = self._starts[name]
        assert starts is not None
        return starts[at + 1] - 1 if at + 1 < len(starts) else self.fields[name].domain.hi


def put(conditions: Iterable[Expr], name: str, value: Value | None) -> tuple[Expr, ...] | None:
    """Put a value into conditions that must all hold: what is left of them, or None when one fails."""
    return simple(reduced(condition, (name, value)) for condition in conditions)


def simple(conditions: Iterable[Expr]) -> tuple[Expr, ...] | None:
    """Leave out what always holds; None when something never does. A condition that reads what is missing is not met."""
    left: dict[Expr, None] = {}
    stack = list(conditions)[::-1]
    while stack:
        condition = stack.pop()
        if isinstance(condition, And):
            stack.extend(reversed(condition.items))
        elif condition is NOTHING or condition == FALSE:
            return None
        elif condition != TRUE:
            if isinstance(condition, Const):
                raise TypeError("a condition is a number")
            left[condition] = None
    return tuple(left)


def _apart(conditions: tuple[Expr, ...]) -> list[tuple[Expr, ...]]:
    """Divide conditions into parts that share no field."""
    parts: list[tuple[set[str], list[Expr]]] = []
    for condition in conditions:
        names, members = set(fields_of(condition)), [condition]
        apart = []
        for own, others in parts:
            if own & names:
                names |= own
                members = [*others, *members]
            else:
                apart.append((own, others))
        parts = [*apart, (names, members)]
    return [tuple(members) for _, members in parts]


def _fields(conditions: Iterable[Expr]) -> frozenset[str]:
    return frozenset[str]().union(*(fields_of(condition) for condition in conditions))


def _starts(field: Field, cuts: tuple[int, ...] | None) -> Sequence[int] | None:
    """Give the first value of every cell of a number; None for other fields."""
    if field.type != "int":
        return None
    low, high = field.domain.lo, field.domain.hi
    return range(low, high + 1) if cuts is None else (low, *(cut for cut in cuts if low < cut <= high))


def _size(field: Field, starts: Sequence[int] | None) -> int:
    own = (2 if field.type == "yes/no" else len(field.values)) if starts is None else len(starts)
    return own + (field.may_be is not None)
