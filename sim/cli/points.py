"""What the commands that run many points share: where finished ones are kept, progress, and how an ending is told."""

import csv
import io
import json
import os
import sys
import tempfile
from collections.abc import Callable, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from rules.reading import Finding, InputError, Place
from sim.cli.exits import Code
from sim.cli.options import Order
from sim.cli.signals import stop_on_signals
from sim.experiment import Ending, Progress
from sim.experiment.points import PointFigures, run_points
from sim.experiment.shelf import Shelf, ShelfError
from sim.results import ResultsError

REPORT = "report.html"
_KEPT = {
    "nb": "{why}: {finished} av {asked} punkter er ferdige. Alt som er kjørt, er beholdt i {folder}; fortsett med --resume.",
    "en": "{why}: {finished} of {asked} points are finished. All that has been run is kept in {folder}; go on with --resume.",
}
_WHY = {
    "nb": {Ending.INTERRUPTED: "Avbrutt", Ending.WORKER_DIED: "En arbeidsprosess ble avsluttet av systemet"},
    "en": {Ending.INTERRUPTED: "Interrupted", Ending.WORKER_DIED: "A worker process was ended by the system"},
}


def refuse(option: str, message: str, hint: str | None = None) -> InputError:
    """Give the error of an option that says what cannot be."""
    return InputError(Finding("option", message, Place(option, 1, 1, ""), hint))


class Bench:
    """A folder with finished points, and the means to run more.

    Parameters
    ----------
    order : Order
    folder : Path
        Where results go, unless the order says another.
    resume : bool
        Go on with what stands there.

    Raises
    ------
    ResultsError
        When the folder cannot be written, or holds something else.
    """

    def __init__(self, order: Order, folder: Path, *, resume: bool) -> None:
        self.order, self.folder = order, order.out or folder
        points = self.folder / "points"
        if self.folder.exists() and not self.folder.is_dir():
            raise ResultsError(f"{self.folder}: is a file, not a folder")
        if self.folder.is_dir() and any(self.folder.iterdir()) and not points.is_dir():
            raise ResultsError(f"{self.folder}: is not empty and holds no points of an earlier run; give another --out")
        try:
            self.shelf = Shelf(points, fresh=not resume)
        except ShelfError as error:
            raise ResultsError(str(error)) from None
        self.ending = Ending.COMPLETE
        self._stop: Callable[[], bool] | None = None

    def run(
        self,
        replicate: Callable[..., Any],
        load: Callable[[int], Mapping[str, Any]],
        points: Sequence[int],
        replications: int,
    ) -> list[PointFigures]:
        """Run points and give those that are finished; `ending` says if they are all."""
        progress = Progress(sys.stderr, quiet=self.order.quiet, lang=self.order.lang)
        found = []
        with stop_on_signals() as stop:
            try:
                for point in run_points(
                    replicate,
                    load,
                    points,
                    self.order.seed,
                    replications,
                    self.shelf,
                    workers=self.order.workers,
                    cluster=self.order.cluster,
                    progress=progress,
                    stop=stop,
                ):
                    if point.ending is Ending.COMPLETE:
                        found.append(point)
                    else:
                        self.ending = point.ending
            except ShelfError as error:
                raise ResultsError(str(error)) from None
            finally:
                progress.close()
        return found

    @property
    def code(self) -> Code:
        """The exit code that tells how the work ended."""
        return {Ending.COMPLETE: Code.FINE, Ending.INTERRUPTED: Code.INTERRUPTED, Ending.WORKER_DIED: Code.FAILED}[self.ending]

    def tell(self, finished: int, asked: int) -> None:
        """Say on stderr how an early ending left things, or where the results are."""
        lang = self.order.lang
        if self.ending is not Ending.COMPLETE:
            text = _KEPT[lang].format(why=_WHY[lang][self.ending], finished=finished, asked=asked, folder=self.folder)
            sys.stderr.write(text + "\n")
        elif not self.order.quiet:
            sys.stderr.write(f"{self.folder / REPORT}\n")

    def write(self, document: Mapping[str, Any], more: Mapping[str, str] | None = None) -> None:
        """Write the document of the study, what people read of it, and more files; each whole or not at all."""
        # Loaded here, after the work: nobody waits for the charts before.
        from sim.report.studies import study_page

        files = {
            f"{document['kind']}.json": document_text(document),
            **(more or {}),
            REPORT: study_page(document, self.order.lang),
        }
        for name, text in files.items():
            with _whole(self.folder / name) as target:
                target.write_text(text, encoding="utf-8")


@contextmanager
def _whole(path: Path) -> Any:
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}-")
    os.close(handle)
    try:
        yield Path(name)
        Path(name).replace(path)
    except OSError as error:
        raise ResultsError(f"{path}: cannot be written ({error.strerror})") from None
    finally:
        Path(name).unlink(missing_ok=True)


def document_text(document: Mapping[str, Any]) -> str:
    """Give a document as JSON text."""
    return json.dumps(document, ensure_ascii=False, indent=2, allow_nan=False) + "\n"


def csv_text(heads: Sequence[str], rows: Sequence[Sequence[object]]) -> str:
    """Give rows as CSV text; nothing is an empty cell."""
    text = io.StringIO()
    table = csv.writer(text, lineterminator="\n")
    table.writerow(heads)
    table.writerows([["" if value is None else value for value in row] for row in rows])
    return text.getvalue()
