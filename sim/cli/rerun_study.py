"""`rerun` of a folder of `sweep`, `sensitivity`, `optimise` or `calibrate`: the study once more, and what differs."""

import contextlib
import io
import sys
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import typer

from sim.cli.exits import Code
from sim.results import ResultsError, StudyLikeness, read_study, study_likeness

_AGAIN = {
    "nb": "Kommandoen kjøres på nytt; det tar like lang tid som sist.",
    "en": "The command is run again; it takes as long as it did then.",
}


def rerun_study(document: Mapping[str, Any], folder: Path, workers: int, lang: str, *, quiet: bool) -> StudyLikeness:
    """Do a study again in a folder of its own, and compare the documents.

    Raises
    ------
    ResultsError
        When the study was cut short, or is cut short now.
    """
    if document["partial"]:
        raise ResultsError(f"{folder}: the study is not finished; run the command again with --resume")
    with tempfile.TemporaryDirectory(prefix="boligtrapp-") as elsewhere:
        again = Path(elsewhere) / "rerun"
        line = [*_line(document), "--lang", lang, "--out", str(again), "--workers", str(workers), "--quiet"]
        if not quiet:
            # The command itself is quiet: it would name the report of a folder that is soon gone.
            sys.stderr.write(_AGAIN[lang] + "\n")
        code = _run(line)
        after = read_study(again)
    if after is None or after["partial"]:
        raise typer.Exit(code or Code.FAILED)
    return study_likeness(document, after)


def _line(document: Mapping[str, Any]) -> Iterator[str]:
    """Give the words of the command line that ask for a study."""
    from sim.cli.app import app

    kind = document["kind"]
    yield kind
    for parameter in typer.main.get_group(app).commands[kind].params:
        value = document["asked"].get(parameter.name)
        if value is None or value is False:
            continue
        for one in value if isinstance(value, list) else [value]:
            if parameter.param_type_name == "option":
                yield parameter.opts[0]
            if one is not True:
                yield str(one)


def _run(line: list[str]) -> int:
    """Run a command without its output, and give its exit code; what it says on stderr is heard."""
    from sim.cli.app import app

    with contextlib.redirect_stdout(io.StringIO()):
        try:
            app(line)
        except SystemExit as ending:
            return int(ending.code or 0)
    return 0
