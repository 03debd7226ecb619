"""An explanation on a terminal: verdicts in colour, long lines broken under where they begin. Plain lines when piped."""

import sys
from collections.abc import Sequence
from typing import TextIO

#: How a line begins that tells of a condition, with the colour of its verdict.
_COLOURS = {
    "oppfylt:": "green", "oppfylt ved unntak:": "cyan", "ikke oppfylt:": "red",
    "met:": "green", "met by an exception:": "cyan", "not met:": "red",
}  # fmt: skip


def show_lines(lines: Sequence[str], stream: TextIO | None = None) -> None:
    """Print the lines of an explanation."""
    stream = stream or sys.stdout
    if not stream.isatty():
        stream.write("\n".join(lines) + "\n")
        return
    from rich.console import Console
    from rich.padding import Padding
    from rich.text import Text

    console = Console(file=stream, highlight=False)
    for line in lines:
        told = line.lstrip()
        begin = next((words for words in _COLOURS if told.startswith(words)), "")
        text = Text(told)
        text.stylize(f"bold {_COLOURS[begin]}" if begin else "" if line.startswith(" ") else "bold", 0, len(begin) or None)
        console.print(Padding(text, (0, 0, 0, len(line) - len(told))))
