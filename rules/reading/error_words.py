"""Pydantic's errors in words for analysts."""

from typing import Any, NamedTuple

from rules.reading.findings import Finding
from rules.reading.nodes import Entry, Node, Scalar, kind
from rules.reading.suggest import closest
from rules.reading.units import QUANTITY_ERROR

_NUMBER = "a number"
_WHOLE = "a whole number"
_DATE = "a date such as 2027-01-31"
_MAP = "a map (keys with values)"
_LIST = "a list such as [a, b]"
_TRUE_FALSE = "true or false"

#: What was expected, for pydantic's error types that only say so.
_EXPECTED = {
    "int_type": _WHOLE, "int_parsing": _WHOLE, "int_from_float": _WHOLE, "int_parsing_size": _WHOLE,
    "float_type": _NUMBER, "float_parsing": _NUMBER, "finite_number": _NUMBER,
    "decimal_type": _NUMBER, "decimal_parsing": _NUMBER, "fraction_type": _NUMBER, "fraction_parsing": _NUMBER,
    "bool_type": _TRUE_FALSE, "bool_parsing": _TRUE_FALSE,
    "string_type": "text",
    "date_type": _DATE, "date_parsing": _DATE, "date_from_datetime_parsing": _DATE,
    "date_from_datetime_inexact": _DATE,
    "list_type": _LIST, "tuple_type": _LIST, "set_type": _LIST, "frozen_set_type": _LIST, "iterable_type": _LIST,
    "dict_type": _MAP, "mapping_type": _MAP, "model_type": _MAP, "model_attributes_type": _MAP,
    "dataclass_type": _MAP, "none_required": "empty",
}  # fmt: skip

#: A clause for pydantic's error types that name a bound, filled from the error's context.
_BOUND = {
    "greater_than": "should be over {gt}",
    "greater_than_equal": "should be {ge} or more",
    "less_than": "should be under {lt}",
    "less_than_equal": "should be {le} or less",
    "multiple_of": "should be a multiple of {multiple_of}",
    "too_short": "should hold {min_length} or more, but holds {actual_length}",
    "too_long": "should hold {max_length} or fewer, but holds {actual_length}",
    "string_too_short": "should have {min_length} or more characters",
    "string_too_long": "should have {max_length} or fewer characters",
    "string_pattern_mismatch": "should have the form {pattern}",
}
_SHOWN_KEYS = 12


class Words(NamedTuple):
    """An error in words.

    Parameters
    ----------
    code : str
        As in `Finding`; ``wrong-type`` when another kind of value is expected.
    clause : str
        What is wrong, to follow the path of the value; a whole sentence when `whole` is true.
    hint : str or None
        As in `Finding`.
    expected : str
        What was expected, when that is all there is to say.
    whole : bool
        Whether `clause` needs no path before it.
    """

    code: str
    clause: str
    hint: str | None = None
    expected: str = ""
    whole: bool = False


def words(detail: Any, node: Node) -> Words:
    """Put one of pydantic's errors into words.

    Parameters
    ----------
    detail : mapping
        An item of `ValidationError.errors()`.
    node : Node
        What stands at the place of the error.
    """
    error: str = detail["type"]
    context: dict[str, Any] = detail.get("ctx", {})
    if error == QUANTITY_ERROR:
        if context["expected"]:
            return Words("wrong-type", "", expected=context["expected"])
        return Words("quantity", context["says"], context["hint"], whole=True)
    if error in _EXPECTED:
        return Words("wrong-type", "", _quotes(error, node), expected=_EXPECTED[error])
    if error in _BOUND:
        holds = error.startswith("too_")
        clause = _BOUND[error].format(**context)
        return Words("out-of-bounds", clause if holds else f"{clause}, but is {kind(node)}")
    if error in ("literal_error", "enum"):
        return _choice(context["expected"], node)
    if error == "union_tag_invalid":
        tag, name = context["tag"], context["discriminator"].strip("'")
        known = context["expected_tags"]
        near = closest(tag, _listed(known))
        hint = near or f"known are {', '.join(_listed(known))}"
        return Words("unknown-word", f"has the unknown {name} {tag!r}", hint)
    if error == "union_tag_not_found":
        if not isinstance(node, Scalar):
            return Words("missing-key", f"does not say its {context['discriminator'].strip(chr(39))}")
        return Words("wrong-type", "", expected=_MAP)
    if error in ("value_error", "assertion_error"):
        return Words("not-allowed", f"is not allowed: {context.get('error', detail['msg'])}")
    # Errors of the models' own (PydanticCustomError), and those of pydantic that YAML hardly reaches.
    said: str = detail["msg"].removeprefix("Input ")
    return Words(error.replace("_", "-"), said, context.get("hint"), whole=said == detail["msg"])


def unknown_key(entry: Entry, known: list[str]) -> Finding:
    """Say that a key is not known, and which may be meant."""
    near = closest(entry.key, known)
    hint = near
    if near is None and 0 < len(known) <= _SHOWN_KEYS:
        hint = f"known keys are {', '.join(known)}"
    return Finding("unknown-key", f"the key {entry.key!r} is not known here", entry.key_place, hint)


def _quotes(error: str, node: Node) -> str | None:
    if error == "string_type" and isinstance(node, Scalar) and node.value is not None:
        return f'write it in quotes: "{node.text}"'
    return None


def _choice(expected: str, node: Node) -> Words:
    choices = _listed(expected.replace(" or ", ", "))
    near = closest(node.text, choices) if isinstance(node, Scalar) else None
    several = "one of " if len(choices) > 1 else ""
    return Words("unknown-word", f"should be {several}{', '.join(choices)}, but is {kind(node)}", near)


def _listed(quoted: str) -> list[str]:
    """Take pydantic's ``'a', 'b'`` apart."""
    return [word.strip().strip("'") for word in quoted.split(",")]
