"""Which changes of the rules are tried alone."""

from collections.abc import Sequence
from typing import NamedTuple

from rules.diff.changed_parts import Changed

#: More parts than this are not tried alone: they are taken together, file by file.
MOST = 6


class Part(NamedTuple):
    """Changes that are tried alone, without the others.

    Attributes
    ----------
    name : str
        That of the one change, or of the file they stand in.
    changes : tuple of Changed
    """

    name: str
    changes: tuple[Changed, ...]


def tried_alone(changes: Sequence[Changed], most: int = MOST) -> tuple[Part, ...]:
    """Choose what is tried alone: every change, or where they are many, those of every file.

    Returns
    -------
    tuple of Part
        Nothing for a single change, which alone is all there is, and nothing where even the files are too many.
    """
    if len(changes) < 2:
        return ()
    if len(changes) <= most:
        return tuple(Part(change.name, (change,)) for change in changes)
    files = dict.fromkeys(change.file for change in changes)
    if not 2 <= len(files) <= most:
        return ()
    return tuple(Part(file, tuple(change for change in changes if change.file == file)) for file in files)
