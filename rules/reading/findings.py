"""What is wrong in an input file, where it stands, and what may have been meant."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal, NoReturn, TypeAlias

_SHOWN = 110  # characters of a source line shown around the caret

#: From a message in English, in which findings are made, to the language of whoever reads it.
Say: TypeAlias = Callable[[str], str]


def in_english(text: str) -> str:
    """Give a message as it was made."""
    return text


@dataclass(frozen=True, slots=True)
class Place:
    """A position in a file.

    Parameters
    ----------
    file : str
        The file as the user named it, or the name of another source (``--set``).
    line, column : int
        Counted from 1; the column counts characters, not bytes.
    text : str
        The whole source line, without its line break; empty when there is no line to show.
    """

    file: str
    line: int
    column: int
    text: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing to tell the author of an input file.

    Parameters
    ----------
    code : str
        Short stable name of the kind of finding, such as ``duplicate-key``.
    message : str
        What is wrong, as one clause without a final full stop.
    place : Place, optional
        Where it stands.
    hint : str, optional
        What may help: either one word, shown as "did you mean WORD?", or a clause of several words,
        shown as it is.
    severity : {'error', 'warning', 'note'}
        Only an error stops the work.
    """

    code: str
    message: str
    place: Place | None = None
    hint: str | None = None
    severity: Literal["error", "warning", "note"] = "error"

    def render(self, say: Say = in_english) -> str:
        """Give the finding as text: ``file:line:column: message; hint``, the source line and a caret."""
        head = "" if self.place is None else f"{self.place}: "
        if self.severity != "error":
            head += f"{say(self.severity)}: "
        head += say(self.message)
        if self.hint:
            head += "; " + say(self.hint if " " in self.hint else f"did you mean {self.hint}?")
        if self.place is None or not self.place.text.strip():
            return head
        return f"{head}\n{_excerpt(self.place)}"


class InputError(Exception):
    """The user's input cannot be used. Carries every finding; its text renders them all.

    Parameters
    ----------
    *findings : Finding
        At least one.
    """

    def __init__(self, *findings: Finding) -> None:
        super().__init__(*findings)

    @property
    def findings(self) -> tuple[Finding, ...]:
        """All findings, in the order they were made."""
        return tuple(self.args)

    def render(self, say: Say = in_english) -> str:
        """Give all findings as text, in the language of `say`."""
        return "\n".join(finding.render(say) for finding in self.findings)

    def __str__(self) -> str:
        return self.render()


def fail(code: str, message: str, place: Place | None, hint: str | None = None) -> NoReturn:
    """Raise an `InputError` with one finding."""
    raise InputError(Finding(code, message, place, hint))


def _excerpt(place: Place) -> str:
    """Give the source line and a caret under the column, cut to a width that fits a terminal."""
    text = "".join(char if char.isprintable() or char == "\t" else "\N{REPLACEMENT CHARACTER}"
                   for char in place.text[: place.column + _SHOWN])  # fmt: skip
    column = min(place.column, len(text) + 1) - 1
    start = max(0, column - _SHOWN * 2 // 3) if len(place.text) > _SHOWN else 0
    before, line = ("…" if start else ""), text[start : start + _SHOWN]
    after = "…" if len(place.text) > start + _SHOWN else ""
    # A tab is kept as a tab, so that the caret stands under its character whatever the tab width.
    under = "".join("\t" if char == "\t" else " " for char in before + text[start:column])
    return f"  {before}{line}{after}\n  {under}^"
