"""Which changes of the rules are tried alone."""

from collections.abc import Sequence
from typing import NamedTuple

#: More parts than this are not tried alone: they are taken together, file by file.
MOST = 6


class Changed(NamedTuple):
    """One rule, definition, table or other part of a rule set that is not as it was.

    Attributes
    ----------
    path : tuple of str
        Its keys in the rule set, such as ``("eligibility", "ADULT")``.
    kind : {'added', 'removed', 'changed'}
    file : str
        In which it stands, or stood, from the top of the repository.
    line, column : int
    """

    path: tuple[str, ...]
    kind: str
    file: str
    line: int
    column: int

    @property
    def name(self) -> str:
        """Its keys as one word."""
        return ".".join(self.path)


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


def parts(changes: Sequence[Changed], most: int = MOST) -> tuple[Part, ...]:
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
