"""From the schema of what a file means to the schema of what is written in it."""

from collections.abc import Mapping
from typing import Any

#: `$name` stands for the parameter of that name.
REFERENCE = {"type": "string", "pattern": r"^\$[A-Za-z_][A-Za-z0-9_.-]*$"}
#: YAML 1.2, which editors read too, takes yes and no for text.
YES_NO = {"enum": [True, False, "yes", "no"]}

_ONE = frozenset({"items", "additionalItems", "additionalProperties"})
_LISTS = frozenset({"allOf", "anyOf", "oneOf"})
_MAPS = frozenset({"properties", "patternProperties"})


def as_written(schema: Mapping[str, Any], *, references: bool) -> dict[str, Any]:
    """Let yes and no stand for true and false, and `$name` for any value below the top, where that is allowed."""
    found = _loosened(schema, references)
    found["definitions"] = {name: _loosened(part, references) for name, part in schema.get("definitions", {}).items()}
    return found


def _loosened(schema: Mapping[str, Any], references: bool) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for key, part in schema.items():
        if key in _MAPS:
            found[key] = {name: _value(of, references) for name, of in part.items()}
        elif key in _ONE:
            found[key] = [_value(of, references) for of in part] if isinstance(part, list) else _value(part, references)
        elif key in _LISTS:
            found[key] = [_loosened(of, references) for of in part]
        else:
            found[key] = part
    if found.get("type") == "boolean":
        del found["type"]
        found |= YES_NO
    return found


def _value(schema: Any, references: bool) -> Any:
    if not isinstance(schema, Mapping):
        return schema
    loosened = _loosened(schema, references)
    if not references or not schema or schema.get("type") == "string":
        return loosened
    beside = {key: loosened.pop(key) for key in ("title", "description", "default", "examples") if key in loosened}
    return {**beside, "anyOf": [loosened, REFERENCE]}
