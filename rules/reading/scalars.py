"""What a plain scalar means: the core schema of YAML 1.2, and ISO dates."""

import math
import re
from datetime import date

from rules.reading.findings import Place, fail

_NULL = frozenset({"", "~", "null", "Null", "NULL"})
_TRUE = frozenset({"true", "True", "TRUE"})
_FALSE = frozenset({"false", "False", "FALSE"})
_INT = re.compile(r"[-+]?[0-9]+", re.ASCII)
_OTHER_BASE = re.compile(r"0o[0-7]+|0x[0-9a-fA-F]+", re.ASCII)
_FLOAT = re.compile(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?", re.ASCII)
_NOT_FINITE = re.compile(r"[-+]?\.(inf|Inf|INF)|\.(nan|NaN|NAN)")
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", re.ASCII)
_LONGEST_NUMBER = 40

#: Words that YAML 1.1 or 1.2 takes for booleans or null: as keys they surprise, so they are refused.
SURPRISING_KEYS = frozenset({"yes", "no", "on", "off", "true", "false", "null", "~"})


def resolve(text: str, place: Place) -> str | int | float | bool | date | None:
    """Give the value of a plain scalar.

    Parameters
    ----------
    text : str
        The scalar as written.
    place : Place
        Where, for the error.

    Returns
    -------
    str, int, float, bool, date or None
        By the core schema of YAML 1.2 (yaml.org/spec/1.2.2, section 10.3.2), and ISO dates. Only `true` and
        `false` are booleans; `yes`, `no`, `on`, `off` and `22:30` are text.

    Raises
    ------
    InputError
        For a date that is not in the calendar, and a number that is not finite or has absurdly many digits.
    """
    if text in _NULL:
        return None
    if text in _TRUE:
        return True
    if text in _FALSE:
        return False
    first = text[0]
    if not (first in "+-." or "0" <= first <= "9"):
        return text
    if _DATE.fullmatch(text):
        try:
            return date.fromisoformat(text)
        except ValueError:
            fail("no-such-date", f"there is no date {text}", place)
    if _NOT_FINITE.fullmatch(text):
        fail("not-finite", f"{text} is not a finite number", place)
    for form, read in ((_INT, int), (_OTHER_BASE, _from_base), (_FLOAT, float)):
        if form.fullmatch(text):
            if len(text) > _LONGEST_NUMBER:
                fail("long-number", f"a number of {len(text)} characters", place, "put text in quotes")
            number: int | float = read(text)
            if isinstance(number, float) and not math.isfinite(number):
                fail("not-finite", f"{text} is too large a number", place)
            return number
    return text


def _from_base(text: str) -> int:
    return int(text, 0)
