"""The place of one character of an expression in its file."""

import re

from rules.reading import Place


def caret(place: Place, text: str, index: int) -> Place:
    """Give the place of a character of a text that was written as a scalar.

    Parameters
    ----------
    place : Place
        Where the scalar begins: its first character or its opening quote.
    text : str
        The scalar as read.
    index : int
        The character, from 0.

    Returns
    -------
    Place
        The beginning of the scalar when the character stands on another line, or is written otherwise in
        the file than it is read (escapes, blocks).
    """
    start = place.column - 1
    for begin in (start, start + 1):
        written = re.split(r"\s+#", place.text[begin:])[0].rstrip()
        if place.text.startswith(text, begin) or (index < len(written) and written and text.startswith(written)):
            return Place(place.file, place.line, begin + index + 1, place.text)
    return place
