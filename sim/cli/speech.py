"""Messages in Norwegian: everything that is made in English, said in the language of whoever reads it.

Findings, errors and help texts are written in English where they are made. ``norwegian/*.yaml`` holds, for each, the
English form and the Norwegian. A form has gaps: ``{NAME}`` in capitals is a value, kept as it is; ``{found}`` in small
letters is a phrase, itself said in Norwegian: by ``phrases.yaml``, whose forms stand in gaps only, or by any other form;
``{message}`` and ``{why}`` are whole messages. What has no form stays English.
"""

import functools
import re
from collections.abc import Mapping
from pathlib import Path

from rules.reading import Say, in_english, plain, read_yaml

_FOLDER = Path(__file__).parent / "norwegian"
_PHRASES = _FOLDER / "phrases.yaml"
_GAP = re.compile(r"\{([A-Za-z]+)\}")
#: Gaps in which a whole message stands.
_WHOLE = frozenset({"message", "why"})
_DEEPEST = 6


class Forms:
    """Texts in English, and what they are in another language.

    Parameters
    ----------
    forms : mapping of str to str
        English form -> form in the other language, with the same gaps.
    """

    def __init__(self, forms: Mapping[str, str]) -> None:
        self._whole = {form: said for form, said in forms.items() if not _GAP.search(form)}
        with_gaps = [form for form in forms if form not in self._whole]
        # A form that begins with words of its own is surest; then that with most of them.
        with_gaps.sort(key=lambda form: (_GAP.match(form) is not None, -len(_GAP.sub("", form))))
        self._with_gaps = [(_pattern(form), forms[form]) for form in with_gaps]

    def match(self, text: str) -> tuple[str, dict[str, str]] | None:
        """Give the form in the other language that fits a text, and what stands in its gaps."""
        if text in self._whole:
            return self._whole[text], {}
        return next(((form, found.groupdict()) for of, form in self._with_gaps if (found := of.fullmatch(text))), None)


class Catalogue:
    """Says messages in another language.

    Parameters
    ----------
    messages, phrases : mapping of str to str
        Forms of whole messages, and forms that stand only in the gaps of others.
    """

    def __init__(self, messages: Mapping[str, str], phrases: Mapping[str, str]) -> None:
        self._messages, self._phrases = Forms(messages), Forms(phrases)

    def say(self, text: str) -> str:
        """Give a message in the other language, or as it is when no form fits it."""
        return self._filled(self._messages.match(text), text, _DEEPEST)

    def _in_gap(self, name: str, text: str, depth: int) -> str:
        if name.isupper() or depth == 0:
            return text
        whole = self._messages.match(text)
        return self._filled(whole if name in _WHOLE else self._phrases.match(text) or whole, text, depth)

    def _filled(self, found: tuple[str, dict[str, str]] | None, text: str, depth: int) -> str:
        if found is None:
            return text
        form, parts = found
        said = {name: self._in_gap(name, part, depth - 1) for name, part in parts.items()}
        return _GAP.sub(lambda gap: said[gap[1]], form)


def speaker(lang: str) -> Say:
    """Give the function that says a message in a language: ``nb`` or ``en``."""
    return _norwegian().say if lang == "nb" else in_english


def forms(file: Path) -> dict[str, str]:
    """Read a file of forms."""
    found: dict[str, str] = plain(read_yaml(file))
    return found


def files() -> list[Path]:
    """Give the files of forms."""
    return sorted(_FOLDER.glob("*.yaml"))


@functools.cache
def _norwegian() -> Catalogue:
    messages = {form: said for file in files() if file != _PHRASES for form, said in forms(file).items()}
    return Catalogue(messages, forms(_PHRASES))


def _pattern(form: str) -> re.Pattern[str]:
    parts = _GAP.split(form)  # text, name, text, name ... text
    pieces = [re.escape(part) if number % 2 == 0 else f"(?P<{part}>.+?)" for number, part in enumerate(parts)]
    return re.compile("".join(pieces), re.DOTALL)
