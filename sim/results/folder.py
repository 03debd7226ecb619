"""A results folder as data, and the checks it must pass before anything is read out of it."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from sim.results.errors import ResultsError
from sim.results.json_file import read_json
from sim.results.parquet import parquet_columns, read_parquet
from sim.results.schema import SCHEMA_VERSION, TABLES
from sim.results.seal import SEAL, file_hash, seal
from sim.results.summary import read_summary
from sim.results.writer import Pages, ResultsWriter

Row = tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class ResultsData:
    """The contents of a results folder.

    Parameters
    ----------
    run : mapping
        What `run.json` says: scenario, hashes of every input, versions, seed, command, times.
    texts : mapping
        What `texts.json` says: labels, questions, assumptions, in nb and en.
    tables : mapping
        Table -> rows with all columns of `TABLES`, `policy` and `replication` first. A table that the folder lacks has no rows.
    summary : sequence of mapping
        The rows of `summary.csv`: the figures over all replications, with their uncertainty.
    """

    run: Mapping[str, Any]
    texts: Mapping[str, Any]
    tables: Mapping[str, Sequence[Row]]
    summary: Sequence[Mapping[str, Any]] = field(default_factory=tuple)

    def horizon(self, dimensions: Collection[str]) -> Sequence[Row]:
        """Give the rows of ``kpis`` of the whole horizon in some dimensions: few of all that there are."""
        only = {"year": (0,), "dimension": tuple(dimensions)}
        if isinstance(self.tables, _StoredTables):
            return self.tables.rows("kpis", only)
        return [row for row in self.tables.get("kpis", ()) if row[2] in only["year"] and row[3] in only["dimension"]]


def write_results(folder: str | Path, data: ResultsData, pages: Pages | None = None) -> None:
    """Write a results folder, whole or not at all.

    Rows are ordered by policy (in order of first appearance in the tables); within a policy as they are given.

    Raises
    ------
    ResultsError
        When the folder cannot be written, or holds something else than results.
    """
    policies = list(dict.fromkeys(row[0] for rows in data.tables.values() for row in rows))
    with ResultsWriter(folder, policies) as writer:
        for table, rows in data.tables.items():
            for row in rows:
                writer.add(row[0], row[1], {table: [row[2:]]})
        writer.finish(data.run, data.texts, data.summary, pages)


def read_results(folder: str | Path) -> ResultsData:
    """Read a results folder, after checking that it is whole, unchanged and of a version we know.

    Tables are read from disk when they are first asked for.

    Raises
    ------
    ResultsError
        For a folder that is missing, empty, cut off, edited, or written by a newer version.
    """
    folder = Path(folder)
    run = _read_run(folder)
    files = run.get("files")
    if not isinstance(files, dict) or not {"kpis.parquet", "texts.json", "summary.csv"} <= files.keys():
        raise ResultsError(f"{folder / 'run.json'}: the list of files is not complete")
    for name, about in files.items():
        _check_file(folder / name, about)
    tables = {table: columns for table, columns in TABLES.items() if f"{table}.parquet" in files}
    for table, columns in tables.items():
        path = folder / f"{table}.parquet"
        if parquet_columns(path) != [(column.name, column.type) for column in columns]:
            raise ResultsError(f"{path}: the columns are not those of schema version {SCHEMA_VERSION}")
    texts = read_json(folder / "texts.json")
    return ResultsData(run, texts, _StoredTables(folder, tuple(tables)), read_summary(folder / "summary.csv"))


class _StoredTables(Mapping[str, Sequence[Row]]):
    """The tables of a folder, each read when it is first asked for."""

    def __init__(self, folder: Path, tables: Sequence[str]) -> None:
        self._folder, self._tables = folder, tables
        self._read: dict[str, list[Row]] = {}

    def __getitem__(self, table: str) -> list[Row]:
        if table not in TABLES:
            raise KeyError(table)
        if table not in self._tables:
            return []
        if table not in self._read:
            self._read[table] = read_parquet(self._folder / f"{table}.parquet")
        return self._read[table]

    def rows(self, table: str, only: Mapping[str, Collection[Any]]) -> list[Row]:
        """Read some rows of a table."""
        return read_parquet(self._folder / f"{table}.parquet", only) if table in self._tables else []

    def __contains__(self, table: object) -> bool:
        return table in self._tables

    def __iter__(self) -> Iterator[str]:
        return iter(self._tables)

    def __len__(self) -> int:
        return len(self._tables)


def _read_run(folder: Path) -> dict[str, Any]:
    if not folder.is_dir():
        raise ResultsError(f"{folder}: there is no such folder")
    path = folder / "run.json"
    if not path.is_file():
        what = "has no run.json" if any(folder.iterdir()) else "is empty"
        raise ResultsError(f"{folder}: this is no results folder (it {what})")
    run = read_json(path)
    version = run.get("schema_version")
    if not isinstance(version, int) or isinstance(version, bool):
        raise ResultsError(f"{path}: schema_version is missing; this is not a run.json of Boligtrapp")
    if version > SCHEMA_VERSION:
        raise ResultsError(
            f"{path}: written by a newer version (schema {version}; this program reads up to {SCHEMA_VERSION}); "
            "update the program"
        )
    if run.get(SEAL) != seal(run):
        raise ResultsError(f"{path}: has been changed since it was written; run the command in it again")
    return run


def _check_file(path: Path, about: Mapping[str, Any]) -> None:
    if not path.is_file():
        raise ResultsError(f"{path}: is missing; the folder is not whole")
    if file_hash(path) != about.get("sha256"):
        raise ResultsError(f"{path}: has been changed or cut off since it was written")
