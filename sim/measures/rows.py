"""Many rows in little memory: kept column by column, given back row by row.

A row of Python objects takes some 150 bytes, and a large replication leaves millions of rows. New rows wait in a short list;
when there are enough of them they are turned, by columns, into arrays. Nothing of it shows: rows come out equal to what went in.
"""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import chain, islice
from math import nan
from typing import Any, Generic, TypeVar, overload

R = TypeVar("R", bound=tuple[Any, ...])
TOGETHER = 4096

#: Column -> how it is kept: a whole number, a yes or no, a time or amount, one that may be None, one of few texts, any object.
INT, BOOL, FLOAT, OPTIONAL, FEW, ANY = "i", "b", "d", "n", "c", "o"


class Rows(Sequence[R], Generic[R]):
    """A sequence of rows that can grow at its end.

    Parameters
    ----------
    kind : type
        ``tuple``, or a named tuple.
    columns : str
        One letter a column: `INT` (32 bits), `BOOL`, `FLOAT`, `OPTIONAL` (a float or None), `FEW` (a text, or None, that
        many rows share), `ANY`.
    """

    __slots__ = ("_columns", "_fresh", "_kept", "_kind", "_letters")

    def __init__(self, kind: type[R], columns: str, rows: Iterable[R] = ()) -> None:
        self._kind = kind
        self._letters = columns
        self._columns = tuple(_COLUMNS[letter]() for letter in columns)
        self._kept = 0
        self._fresh: list[R] = []
        self.extend(rows)

    def append(self, row: R) -> None:
        """Add one row."""
        self._fresh.append(row)
        if len(self._fresh) >= TOGETHER:
            self._keep()

    def extend(self, rows: Iterable[R]) -> None:
        """Add rows."""
        left = iter(rows)
        while more := list(islice(left, TOGETHER)):
            self._fresh += more
            if len(self._fresh) >= TOGETHER:
                self._keep()

    def __iadd__(self, rows: Iterable[R]) -> Rows[R]:
        self.extend(rows)
        return self

    def _keep(self) -> None:
        for column, values in zip(self._columns, zip(*self._fresh, strict=True), strict=True):
            column.extend(values)
        self._kept += len(self._fresh)
        self._fresh.clear()

    def __len__(self) -> int:
        return self._kept + len(self._fresh)

    def __iter__(self) -> Iterator[R]:
        make: Callable[[Any], R] = getattr(self._kind, "_make", self._kind)
        return chain(map(make, zip(*(column.read(0, self._kept) for column in self._columns), strict=True)), self._fresh)

    @overload
    def __getitem__(self, index: int) -> R: ...
    @overload
    def __getitem__(self, index: slice) -> list[R]: ...
    def __getitem__(self, index: int | slice) -> R | list[R]:
        if isinstance(index, slice):
            return list(self)[index]
        place = index + len(self) if index < 0 else index
        if not 0 <= place < len(self):
            raise IndexError(index)
        if place >= self._kept:
            return self._fresh[place - self._kept]
        make: Callable[[Any], R] = getattr(self._kind, "_make", self._kind)
        return make([next(iter(column.read(place, place + 1))) for column in self._columns])

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Sequence) and len(self) == len(other) and all(a == b for a, b in zip(self, other, strict=True))

    __hash__ = None  # type: ignore[assignment]

    def __repr__(self) -> str:
        return repr(list(self))

    def __reduce__(self) -> tuple[Any, ...]:
        """Travel between processes as columns; a compiled class cannot be made again in the way that Python does by itself."""
        stored = [column.stored() for column in self._columns]
        return restored, (self._kind, self._letters, stored, self._kept, self._fresh)


def restored(kind: type[R], columns: str, stored: list[Any], kept: int, fresh: list[R]) -> Rows[R]:
    """Return rows as they were before they travelled."""
    rows = Rows(kind, columns)
    for column, values in zip(rows._columns, stored, strict=True):
        column.restore(values)
    rows._kept = kept
    rows._fresh = fresh
    return rows


class _Numbers:
    """Numbers of one type."""

    __slots__ = ("values",)
    code = FLOAT

    def __init__(self) -> None:
        self.values: array[Any] = array(self.code)

    def extend(self, values: Iterable[Any]) -> None:
        self.values.extend(values)

    def read(self, start: int, end: int) -> Iterable[Any]:
        return self.values if end == len(self.values) and not start else self.values[start:end]

    def stored(self) -> Any:
        return self.values

    def restore(self, stored: Any) -> None:
        self.values = stored


class _Ints(_Numbers):
    __slots__ = ()
    code = INT


class _Bools(_Numbers):
    __slots__ = ()
    code = BOOL

    def read(self, start: int, end: int) -> Iterable[bool]:
        return map(bool, super().read(start, end))


class _Optional(_Numbers):
    """Numbers, some of which are missing: kept as NaN."""

    __slots__ = ()

    def extend(self, values: Iterable[float | None]) -> None:
        self.values.extend([nan if value is None else value for value in values])

    def read(self, start: int, end: int) -> Iterable[float | None]:
        return (value if value == value else None for value in super().read(start, end))


class _Few:
    """One of a few values: kept as their numbers."""

    __slots__ = ("codes", "numbers")

    def __init__(self) -> None:
        self.codes = array("H")
        self.numbers: dict[Any, int] = {}

    def extend(self, values: Iterable[Any]) -> None:
        numbers = self.numbers
        for value in dict.fromkeys(values):
            numbers.setdefault(value, len(numbers))
        self.codes.extend(map(numbers.__getitem__, values))

    def read(self, start: int, end: int) -> Iterable[Any]:
        return map(list(self.numbers).__getitem__, self.codes[start:end])

    def stored(self) -> Any:
        return self.codes, self.numbers

    def restore(self, stored: Any) -> None:
        self.codes, self.numbers = stored


class _Objects:
    __slots__ = ("values",)

    def __init__(self) -> None:
        self.values: list[Any] = []

    def extend(self, values: Iterable[Any]) -> None:
        self.values.extend(values)

    def read(self, start: int, end: int) -> Iterable[Any]:
        return islice(self.values, start, end)

    def stored(self) -> Any:
        return self.values

    def restore(self, stored: Any) -> None:
        self.values = stored


_COLUMNS: dict[str, Callable[[], Any]] = {
    INT: _Ints,
    BOOL: _Bools,
    FLOAT: _Numbers,
    OPTIONAL: _Optional,
    FEW: _Few,
    ANY: _Objects,
}
