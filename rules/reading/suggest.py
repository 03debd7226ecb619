"""The nearest known word to one that is not known."""

from collections.abc import Iterable
from difflib import get_close_matches


def closest(word: str, choices: Iterable[str]) -> str | None:
    """Give the choice most like `word`, or None when none is near enough to be meant.

    Parameters
    ----------
    word : str
        What the user wrote.
    choices : iterable of str
        What could have been written.

    Returns
    -------
    str or None
        Letter case and the difference between ``-``, ``_`` and space count for nothing.
    """
    folded: dict[str, str] = {}
    for choice in choices:
        folded.setdefault(_fold(choice), choice)
    found = get_close_matches(_fold(word[:200]), folded, n=1, cutoff=0.6)
    return folded[found[0]] if found else None


def _fold(word: str) -> str:
    return word.casefold().replace("-", "_").replace(" ", "_")
