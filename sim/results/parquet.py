"""Rows to Parquet and back, through DuckDB, which copies and never sums.

Sums of floats depend on the order of addition, and DuckDB's order on its threads: arithmetic stays in Python.
"""

import csv
from collections.abc import Collection, Iterable, Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import IO, TYPE_CHECKING, Any

from sim.results.errors import ResultsError
from sim.results.schema import Column

if TYPE_CHECKING:
    import duckdb

_NULL = "\\N"


class Spool:
    """Rows on their way to a Parquet file, kept in a CSV file so that memory does not grow with replications."""

    def __init__(self, path: Path, columns: Sequence[Column]) -> None:
        self.path, self.columns, self.rows = path, columns, 0
        self._file: IO[str] = path.open("w", newline="", encoding="utf-8")
        self._writer = csv.writer(self._file, lineterminator="\n", quoting=csv.QUOTE_NONNUMERIC)

    def __enter__(self) -> "Spool":
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()

    def add(self, first: tuple[object, ...], rows: Iterable[Sequence[object]]) -> None:
        """Append rows, each with the same values in front.

        Raises
        ------
        ValueError
            When a row has not as many values as the table has columns: a fault of the caller.
        """
        width = len(self.columns) - len(first)
        for row in rows:
            if len(row) != width:
                names = ", ".join(column.name for column in self.columns[len(first) :])
                raise ValueError(f"{self.path.stem}: the row {row!r} has not the {width} columns {names}")
            self._writer.writerow([*first, *(_NULL if value is None else value for value in row)])
            self.rows += 1

    def close(self) -> None:
        """Write what is left and close the file. Closing twice does no harm."""
        self._file.close()


def write_parquet(spools: Sequence[Path], columns: Sequence[Column], target: Path) -> None:
    """Copy CSV files, in their order and with the order of their rows, into one Parquet file.

    Raises
    ------
    ResultsError
        When the disk is full.
    """
    types = ", ".join(f"{_text(column.name)}: {_text(column.type)}" for column in columns)
    files = ", ".join(_text(str(path)) for path in spools)
    source = (
        f"read_csv([{files}], columns = {{{types}}}, auto_detect = false, header = false, delim = ',', "
        f"quote = '\"', escape = '\"', new_line = '\\n', nullstr = {_text(_NULL)})"
    )
    from duckdb import IOException

    with _connect() as connection:
        try:
            connection.execute(f"COPY (SELECT * FROM {source}) TO {_text(str(target))} (FORMAT parquet)")
        except IOException as error:
            raise ResultsError(f"{target}: cannot be written; {_first_line(error)}") from None


def read_parquet(path: Path, only: Mapping[str, Collection[Any]] | None = None) -> list[tuple[Any, ...]]:
    """Read the rows of a Parquet file, in their order.

    Parameters
    ----------
    path : Path
    only : mapping of str to collection, optional
        Column -> the values that are wanted: other rows are never made.

    Raises
    ------
    ResultsError
        When the file is damaged.
    """
    from duckdb import Error

    with _connect() as connection:
        try:
            wanted = dict(only or {})
            where = " AND ".join(f'"{column}" IN ({", ".join("?" * len(values))})' for column, values in wanted.items())
            asked = f"SELECT * FROM read_parquet({_text(str(path))})" + (f" WHERE {where}" if where else "")
            return connection.execute(asked, [value for values in wanted.values() for value in values]).fetchall()
        except Error as error:
            raise ResultsError(f"{path}: this is not a whole Parquet file; {_first_line(error)}") from None


def parquet_columns(path: Path) -> list[tuple[str, str]]:
    """Give the name and SQL type of each column of a Parquet file.

    Raises
    ------
    ResultsError
        When the file is damaged.
    """
    from duckdb import Error

    with _connect() as connection:
        try:
            rows = connection.execute(f"DESCRIBE SELECT * FROM read_parquet({_text(str(path))})").fetchall()
        except Error as error:
            raise ResultsError(f"{path}: this is not a whole Parquet file; {_first_line(error)}") from None
    return [(str(row[0]), str(row[1])) for row in rows]


def _connect() -> "duckdb.DuckDBPyConnection":
    # Loaded here: whoever only asks for --help should not wait for it.
    import duckdb

    # One thread: the layout of the file is then the same on every machine.
    return duckdb.connect(":memory:", config={"threads": 1})


def _text(value: str) -> str:
    return "'" + value.replace("'", "''") + "'"


def _first_line(error: Exception) -> str:
    return str(error).splitlines()[0] if str(error) else type(error).__name__
