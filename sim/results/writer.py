"""Writing a results folder: rows as they come, the folder itself in one stroke at the end."""

import csv
import errno
import json
import os
import shutil
import tempfile
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import Any

from sim.results.errors import ResultsError
from sim.results.parquet import Spool, write_parquet
from sim.results.schema import SCHEMA_VERSION, TABLES
from sim.results.seal import SEAL, file_hash, seal

_TRIES = 20
Rows = Iterable[Sequence[object]]
Pages = Mapping[str, str | bytes]


class ResultsWriter:
    """A results folder in the making; it appears under its name only when `finish` is called.

    Until then everything stands in a hidden folder beside it, which is removed if the work fails: nobody ever
    meets half a results folder. A folder of earlier results under the name is replaced; any other folder that
    is not empty is left alone, and the work refused before it begins.

    Parameters
    ----------
    folder : path
        Where the results shall stand.
    policies : sequence of str
        Names in the order in which their rows shall stand in every table.
    tables : collection of str, optional
        Which tables the folder shall hold; all of them unless said otherwise.

    Raises
    ------
    ResultsError
        When the folder cannot be written.
    """

    def __init__(self, folder: str | Path, policies: Sequence[str], tables: Collection[str] = tuple(TABLES)) -> None:
        self.folder = Path(folder)
        try:
            _refuse(self.folder)
            self.folder.parent.mkdir(parents=True, exist_ok=True)
            made = tempfile.mkdtemp(prefix=f".{self.folder.name}-", dir=self.folder.parent)
        except OSError as error:
            raise ResultsError(f"{self.folder}: cannot be written ({error.strerror})") from None
        self._work = Path(made)
        self._spool = self._work / "spool"
        self._spool.mkdir()
        self._spools = {
            (policy, table): Spool(self._spool / f"{table}-{number}.csv", columns)
            for number, policy in enumerate(policies or [""])  # a table of no rows has columns too
            for table, columns in TABLES.items()
            if table in tables
        }
        self._tables = [table for table in TABLES if table in tables]

    def __enter__(self) -> "ResultsWriter":
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.discard()

    def add(self, policy: str, replication: int, tables: Mapping[str, Rows]) -> None:
        """Take the rows of one replication, without the columns `policy` and `replication`.

        Raises
        ------
        KeyError
            For a policy or a table that was not announced.
        ResultsError
            When the disk is full.
        """
        try:
            for table, rows in tables.items():
                self._spools[policy, table].add((policy, replication), rows)
        except OSError as error:
            raise ResultsError(f"{self.folder}: cannot be written ({error.strerror})") from None

    def finish(
        self,
        run: Mapping[str, Any],
        texts: Mapping[str, Any],
        summary: Sequence[Mapping[str, object]],
        pages: Pages | None = None,
        render: Callable[[Path], Pages] | None = None,
    ) -> None:
        """Write everything and give the folder its name.

        Parameters
        ----------
        run : mapping
            What `run.json` shall say (the schema version, the list of files and the seal are added here).
        texts : mapping
            What `texts.json` shall say.
        summary : sequence of mapping
            The rows of `summary.csv`; all have the same keys.
        pages : mapping, optional
            File name -> contents of files beside the results; they are not sealed, so that they can be renewed.
        render : callable, optional
            Given the finished folder (under its hidden name), it makes more of them from what stands there: the report and
            the workbook are made in the same way now and a year later.

        Raises
        ------
        ResultsError
            When the disk is full.
        """
        try:
            self._write(run, texts, summary)
            write_pages(self._work, pages or {})
            if render is not None:
                write_pages(self._work, render(self._work))
            _put(self._work, self.folder)
        except OSError as error:
            raise ResultsError(f"{self.folder}: cannot be written ({error.strerror})") from None

    def discard(self) -> None:
        """Remove what is unfinished. After `finish` this does nothing."""
        for spool in self._spools.values():
            with suppress(OSError):  # what a full disk has no room for goes away with the rest
                spool.close()
        shutil.rmtree(self._work, ignore_errors=True)

    def _write(
        self,
        run: Mapping[str, Any],
        texts: Mapping[str, Any],
        summary: Sequence[Mapping[str, object]],
    ) -> None:
        for spool in self._spools.values():
            spool.close()
        rows: dict[str, int] = {}
        for table in self._tables:
            parts = [spool for (_, name), spool in self._spools.items() if name == table]
            rows[f"{table}.parquet"] = sum(part.rows for part in parts)
            write_parquet([part.path for part in parts], TABLES[table], self._work / f"{table}.parquet")
        shutil.rmtree(self._spool)
        _write_json(self._work / "texts.json", texts)
        _write_csv(self._work / "summary.csv", summary)
        files = {
            name: {"sha256": file_hash(self._work / name)} | ({"rows": rows[name]} if name in rows else {})
            for name in (*rows, "texts.json", "summary.csv")
        }
        whole = {"schema_version": SCHEMA_VERSION, **run, "files": files}
        _write_json(self._work / "run.json", {**whole, SEAL: seal(whole)})


def write_pages(folder: Path, pages: Pages) -> None:
    """Write, or renew, the files of a folder that are made from its results. Raises `OSError`."""
    for name, contents in pages.items():
        (folder / name).write_bytes(contents if isinstance(contents, bytes) else contents.encode("utf-8"))


def _refuse(folder: Path) -> None:
    """Refuse what is no folder for results. Raises `OSError` for a folder that cannot be read."""
    if folder.exists() and not folder.is_dir():
        raise ResultsError(f"{folder}: this is a file; name a folder for the results")
    if folder.is_dir() and any(folder.iterdir()) and not (folder / "run.json").is_file():
        raise ResultsError(f"{folder}: this folder holds something else than results; name another")


def _put(work: Path, folder: Path) -> None:
    """Give a finished folder its name; of two runs that write the same one at once, the last stands."""
    for _ in range(_TRIES):
        try:
            return _replace(work, folder)
        except OSError as error:
            if error.errno not in (errno.ENOENT, errno.ENOTEMPTY, errno.EEXIST):
                raise
            # Another run has moved or placed the folder since we looked.
    return _replace(work, folder)


def _replace(work: Path, folder: Path) -> None:
    """Give a finished folder its name; earlier results stand until the new ones are in place."""
    work.chmod(0o777 & ~_umask())  # mkdtemp makes folders that nobody else may read
    if not folder.exists():
        work.rename(folder)
        return
    aside = Path(tempfile.mkdtemp(prefix=f".{folder.name}-", dir=folder.parent))
    try:
        folder.rename(aside / "old")
        try:
            work.rename(folder)
        except OSError:
            with suppress(OSError):  # another run's results may stand there by now
                (aside / "old").rename(folder)
            raise
    finally:
        shutil.rmtree(aside, ignore_errors=True)


def _umask() -> int:
    mask = os.umask(0o022)
    os.umask(mask)
    return mask


def _write_json(path: Path, content: Mapping[str, Any]) -> None:
    text = json.dumps(content, ensure_ascii=False, indent=2, allow_nan=False)
    path.write_text(text + "\n", encoding="utf-8", newline="\n")


def _write_csv(path: Path, rows: Sequence[Mapping[str, object]]) -> None:
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, list(rows[0]) if rows else [], lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
