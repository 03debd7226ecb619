"""An append-only log of what happened, in rows of plain values."""

from collections.abc import Iterable, Mapping

Row = tuple[object, ...]


class Log:
    """Rows per kind of event.

    Parameters
    ----------
    kinds : mapping of str to iterable of str, or iterable of str
        The kinds that may be written, with the names of their columns after the first, which is ``time``.
        Kinds given without columns take any values.

    Attributes
    ----------
    on : bool
        Whether rows are kept: ask it before computing values only the log needs.
    """

    __slots__ = ("_rows", "columns", "on")

    def __init__(self, kinds: Mapping[str, Iterable[str]] | Iterable[str]) -> None:
        self.on = True
        self.columns: dict[str, tuple[str, ...]] = (
            {kind: ("time", *names) for kind, names in kinds.items()} if isinstance(kinds, Mapping) else {}
        )
        self._rows: dict[str, list[Row]] = {kind: [] for kind in kinds}

    @property
    def kinds(self) -> tuple[str, ...]:
        """The kinds that may be written."""
        return tuple(self._rows)

    def write(self, time: float, kind: str, *values: object) -> None:
        """Append one row.

        Raises
        ------
        KeyError
            If the log has no such kind.
        ValueError
            If the number of values is not that of the declared columns.
        """
        if kind in self.columns and len(values) != len(self.columns[kind]) - 1:
            raise ValueError(f"{kind} has the columns {self.columns[kind]}, not {(time, *values)}")
        self._rows[kind].append((time, *values))

    def rows(self, kind: str) -> list[Row]:
        """Return the rows of one kind, each (time, *values), in the order of writing."""
        return list(self._rows[kind])

    def __len__(self) -> int:
        return sum(map(len, self._rows.values()))


class NullLog(Log):
    """A log that keeps nothing: what a run without an observer writes to."""

    __slots__ = ()

    def __init__(self) -> None:
        super().__init__(())
        self.on = False

    def write(self, time: float, kind: str, *values: object) -> None:
        """Do nothing."""
