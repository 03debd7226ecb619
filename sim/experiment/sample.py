"""The figures of one policy over its replications."""

from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple


class Key(NamedTuple):
    """Which figure: a measure, in a window, of a part of a breakdown.

    `year` is 0 for the horizon, -1 from the opening date on; `dimension` and `value` are `all` for the undivided figure.
    """

    year: int
    dimension: str
    value: str
    kpi: str


class Sample:
    """Numbers by figure, one for each replication, in the order in which the replications were added."""

    def __init__(self) -> None:
        self._columns: dict[Key, list[float | None]] = {}
        self.size = 0

    def add(self, figures: Iterable[tuple[int, str, str, str, float | None]]) -> None:
        """Add the figures of one replication: rows (year, dimension, value, kpi, number)."""
        for year, dimension, value, kpi, number in figures:
            column = self._columns.setdefault(Key(year, dimension, value, kpi), [])
            column.extend([None] * (self.size - len(column)))
            column.append(number)
        self.size += 1

    def numbers(self, key: Key) -> list[float | None]:
        """Give the numbers of a figure; None where a replication had nothing to measure."""
        column = self._columns.get(key, [])
        return [*column, *([None] * (self.size - len(column)))]

    def only(self, kept: Callable[[Key], bool]) -> "Sample":
        """Give a sample with some of the figures."""
        found = Sample()
        found._columns = {key: column for key, column in self._columns.items() if kept(key)}
        found.size = self.size
        return found

    def __iter__(self) -> Iterator[Key]:
        return iter(self._columns)

    def __contains__(self, key: object) -> bool:
        return key in self._columns
