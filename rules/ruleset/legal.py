"""Legal bases: a closed form, against the sources a rule set declares."""

import re
from collections.abc import Iterable

from rules.reading import Finding, Place, closest

#: ``source#point`` or ``source/§ 6``, the latter with an optional subsection, letter or number.
_FORM = re.compile(
    r"(?P<source>[a-zæøå0-9][a-zæøå0-9/_-]*?)"
    r"(?:#[A-Za-z0-9._-]+|/§ \d+(?:-\d+)?(?: [a-z])?(?: \d+\. ledd)?(?: (?:nr\.|bokstav) \w+)?)"
)
FORM_IN_WORDS = "write `source#point` or `source/§ 6` (also `/§ 11-1`, `/§ 6 4. ledd`)"


def check_legal(base: str, sources: Iterable[str], place: Place) -> Finding | None:
    """Say what is wrong with a legal base, or None."""
    found = _FORM.fullmatch(base)
    if found is None:
        return Finding("bad-legal-base", f"{base!r} is not a legal base", place, FORM_IN_WORDS)
    source = found["source"]
    known = list(sources)
    if source not in known:
        hint = closest(source, known) or "declare it under legal_sources"
        return Finding("unknown-legal-source", f"there is no legal source {source!r}", place, hint)
    return None
