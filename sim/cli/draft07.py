"""JSON Schema of the dialect that pydantic writes (2020-12), said in draft-07, which editors read."""

from collections.abc import Mapping
from typing import Any

DIALECT = "http://json-schema.org/draft-07/schema#"

_SCHEMAS = frozenset(
    {"items", "additionalItems", "contains", "additionalProperties", "propertyNames", "not", "if", "then", "else"}
)
_LISTS = frozenset({"allOf", "anyOf", "oneOf"})
_MAPS = frozenset({"properties", "patternProperties", "definitions"})


def draft_07(schema: Mapping[str, Any]) -> dict[str, Any]:
    """Rewrite a whole schema."""
    return {"$schema": DIALECT, **_rewritten(schema)}


def _rewritten(schema: Any) -> Any:
    if not isinstance(schema, Mapping):  # true and false are schemas too
        return schema
    found: dict[str, Any] = {}
    for key, value in schema.items():
        if key == "$schema" or key == "discriminator":
            continue
        if key == "$defs":
            found["definitions"] = {name: _rewritten(part) for name, part in value.items()}
        elif key == "$ref":
            found["$ref"] = value.replace("#/$defs/", "#/definitions/")
        elif key == "prefixItems":
            found["items"] = [_rewritten(part) for part in value]
        elif key == "items" and "prefixItems" in schema:
            found["additionalItems"] = _rewritten(value)
        elif key == "dependentRequired":
            found["dependencies"] = value
        elif key in _SCHEMAS:
            found[key] = _rewritten(value)
        elif key in _LISTS:
            found[key] = [_rewritten(part) for part in value]
        elif key in _MAPS:
            found[key] = {name: _rewritten(part) for name, part in value.items()}
        else:
            found[key] = value
    if "patternProperties" in found:
        # Where pydantic gives the pattern of names, it refuses every other name, and does not say so.
        found.setdefault("additionalProperties", False)
    if "$ref" in found and len(found) > 1:
        # Draft-07 ignores whatever stands beside a reference.
        found["allOf"] = [*found.get("allOf", []), {"$ref": found.pop("$ref")}]
    return found
