"""The document of a study on many points: sealed when it is written, checked when it is read."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from sim.results.errors import ResultsError
from sim.results.json_file import read_json
from sim.results.seal import SEAL, seal

#: Of the documents' form; raised with it.
STUDY_VERSION = 4
KINDS = ("sweep", "sensitivity", "optimise", "calibrate")


def sealed(document: Mapping[str, Any]) -> dict[str, Any]:
    """Give a document with its version and its seal."""
    whole = {"version": STUDY_VERSION, **document}
    return {**whole, SEAL: seal(whole)}


def read_study(folder: Path) -> Mapping[str, Any] | None:
    """Read the document of a study.

    Parameters
    ----------
    folder : Path

    Returns
    -------
    mapping or None
        None where the folder is no study's.

    Raises
    ------
    ResultsError
        For a document that is cut off, edited, or of another version.
    """
    path = next((path for kind in KINDS if (path := folder / f"{kind}.json").is_file()), None)
    if path is None:
        return None
    document = read_json(path)
    version = document.get("version")
    if not isinstance(version, int) or isinstance(version, bool) or document.get("kind") != path.stem:
        raise ResultsError(f"{path}: this is no document of the command {path.stem}")
    if version > STUDY_VERSION:
        raise ResultsError(
            f"{path}: written by a newer version (form {version}; this program reads {STUDY_VERSION}); update the program"
        )
    if version < STUDY_VERSION:
        raise ResultsError(f"{path}: written by an earlier version; run the command again with --resume")
    if document.get(SEAL) != seal(document):
        raise ResultsError(f"{path}: has been changed since it was written; run the command again with --resume")
    return document
