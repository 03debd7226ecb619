"""JSON Schema of what the language reads by itself: fields, tables, legal bases; for completion and hover texts in editors.

The rest of a rule set's schema comes from its records. What follows from names, types or sums no schema can see: the loader does.
"""

from collections.abc import Mapping
from copy import deepcopy
from keyword import kwlist
from typing import Any

from rules.language import DATES, ENTITIES, EVENTS, STATES, UNITS
from rules.language.fields import KINDS, WORDS

_NAME = r"^[a-z][a-z0-9_]{0,59}$"
#: A name that is no word of the language.
_FREE = {"pattern": _NAME, "not": {"anyOf": [{"enum": sorted({*WORDS, *kwlist})}, {"pattern": "__"}]}}
_RANGE = r"^-?\d{1,12}\s*\.\.\s*-?\d{1,12}$"
_PERIOD = r"^[1-9]\d{0,4} (day|week|month|year)s?$"
_LEGAL = r"^[a-zæøå0-9][a-zæøå0-9/_-]*?(#[A-Za-z0-9._-]+|/§ \d+(-\d+)?( [a-z])?( \d+\. ledd)?( (nr\.|bokstav) \w+)?)$"
_LABEL = {"$ref": "#/$defs/Label"}
_TIMES = ["days", "weeks", "months", "years"]
#: Keys of which a record has exactly one.
_ONE_OF: Mapping[str, tuple[str, ...]] = {
    "CriterionRecord": ("class", "points", "longest", "highest", "lowest", "lottery"),
    "AmountRecord": ("value", "values"),
    "QuotaRecord": ("at_most", "at_least"),
    "ExclusionRecord": ("requires", "after"),
}
#: Keys that need another beside them.
_WITH: Mapping[str, Mapping[str, list[str]]] = {
    "CriterionRecord": {"at_most": ["longest"]},
    "ExclusionRecord": {"after": ["period"], "period": ["after"], "cured_by": ["after"]},
}


def with_language(schema: Mapping[str, Any]) -> dict[str, Any]:
    """Complete the schema of a rule set.

    Parameters
    ----------
    schema : mapping
        As pydantic writes it of the records.

    Returns
    -------
    dict
        The same with fields, tables and legal bases described, and with what excludes each other.
    """
    found: dict[str, Any] = deepcopy(dict(schema))
    properties = found["properties"]
    properties["fields"] |= {"propertyNames": _FREE, "additionalProperties": {"$ref": "#/$defs/WrittenField"}}
    properties["tables"] |= {"propertyNames": _FREE, "additionalProperties": {"$ref": "#/$defs/WrittenTable"}}
    parts: dict[str, Any] = found["$defs"]
    parts["WrittenField"] = _field()
    parts["WrittenTable"] = _table(parts["RuleRecord"]["properties"])
    for part in parts.values():
        own = part.get("properties", {})
        if "legal" in own:
            own["legal"] = {**own["legal"], "anyOf": [_LEGAL_BASE, {"type": "array", "items": _LEGAL_BASE}, {"type": "null"}]}
    for name, keys in _ONE_OF.items():
        if name in parts:
            parts[name]["oneOf"] = [{"required": [key]} for key in keys]
    for name, needs in _WITH.items():
        if name in parts:
            parts[name]["dependentRequired"] = dict(needs)
    if "ExceptionRecord" in parts:
        parts["ExceptionRecord"]["anyOf"] = [{"required": ["when"]}, {"required": ["discretion"]}]
    return found


_LEGAL_BASE = {
    "type": "string",
    "pattern": _LEGAL,
    "description": "A legal source declared under legal_sources, with the place in it: `source#point` or `source/§ 6`.",
}


def _field() -> dict[str, Any]:
    return {
        "type": "object",
        "description": "One thing the rules may know of an applicant, a dwelling, a site or a member of the household.",
        "additionalProperties": False,
        "required": ["of", "type", "label", "source"],
        "properties": {
            "of": {"enum": list(ENTITIES), "description": "Whose fact it is."},
            "type": {"enum": list(KINDS), "description": "A whole number with a range, yes or no, or one of some values."},
            "values": {
                "description": "Of `one of`: the values, with what they are called in both languages.",
                "anyOf": [
                    {"type": "array", "minItems": 1, "uniqueItems": True, "items": {"type": "string"}},
                    {"type": "object", "minProperties": 1, "additionalProperties": _LABEL},
                ],
            },
            "unit": {"enum": list(UNITS), "description": "What the number counts."},
            "range": {"type": "string", "pattern": _RANGE, "description": "Of `int`: least and largest value, such as 0..110."},
            "label": {**_LABEL, "description": "What it is called."},
            "negated": {**_LABEL, "description": "Of `yes/no`: how it is said that it is not so."},
            "may_be": {"enum": ["absent", "unknown"], "description": "How the value may be missing; conditions must test it."},
            "source": _source(),
        },
        "allOf": [
            _when("int", required=["range"], without=["values", "negated"]),
            _when("one of", required=["values"], without=["range", "negated"]),
            _when("yes/no", required=[], without=["range", "values"]),
            _from("elapsed", {"unit": {"enum": _TIMES}, "type": {"const": "int"}}, required=["unit"]),
            _from("remaining", {"unit": {"enum": _TIMES}, "type": {"const": "int"}}, required=["unit"]),
            _from("within", {"type": {"const": "yes/no"}}),
            *(_from(kind, {"type": {"const": "int"}}) for kind in ("count", "sum", "max", "forecast")),
            *(_from(kind, {"may_be": False}) for kind in ("count", "within", "sum", "max", "table", "definition")),
            {"if": {"properties": {"source": {"enum": ["table", "definition"]}}}, "then": {"properties": {"may_be": False}}},
        ],
    }


def _when(kind: str, *, required: list[str], without: list[str]) -> dict[str, Any]:
    then: dict[str, Any] = {"not": {"anyOf": [{"required": [key]} for key in without]}}
    return {
        "if": {"properties": {"type": {"const": kind}}, "required": ["type"]},
        "then": {**then, **({"required": required} if required else {})},
    }


def _from(source: str, then: dict[str, Any], required: list[str] | None = None) -> dict[str, Any]:
    return {
        "if": {"properties": {"source": {"type": "object", "required": [source]}}, "required": ["source"]},
        "then": {"properties": then, **({"required": required} if required else {})},
    }


def _source() -> dict[str, Any]:
    event = {"enum": list(EVENTS), "description": "An event in the applicant's life that the world marks."}
    period = {"type": "string", "pattern": _PERIOD, "description": "A period in whole calendar units, such as 12 months."}
    members = {"const": "members"}
    kinds: dict[str, tuple[str, dict[str, Any], list[str]]] = {
        "elapsed": (
            "Completed units of time since an event; the clock stands still during the states in `pauses`.",
            {"since": event, "pauses": {"type": "array", "items": {"enum": list(STATES)}}},
            ["since"],
        ),
        "remaining": ("Whole units of time left until a date.", {"until": {"enum": list(DATES)}}, ["until"]),
        "within": ("Whether an event has happened in a period.", {"event": event, "period": period}, ["event", "period"]),
        "sum": (
            "The sum of a field over the members of the household.",
            {"of": members, "field": {"type": "string"}, "where": {"type": "string"}},
            ["of", "field"],
        ),
        "max": (
            "The largest value of a field among the members of the household.",
            {"of": members, "field": {"type": "string"}, "where": {"type": "string"}},
            ["of", "field"],
        ),
        "supplied": ("A value that the simulated world keeps up to date.", {"by": {"type": "string"}, "refresh": period}, ["by"]),
        "forecast": ("Homes expected to fall vacant within a period.", {"within": period}, ["within"]),
    }
    ways = [_details(kind, *of) for kind, of in kinds.items()]
    ways.append(
        {
            "type": "object",
            "additionalProperties": False,
            "required": ["count"],
            "properties": {
                "count": {
                    "description": "How many events in a period, or how many members of the household.",
                    "anyOf": [
                        _closed({"event": event, "period": period}, ["event", "period"]),
                        _closed({"of": members, "where": {"type": "string"}}, ["of"]),
                    ],
                }
            },
        }
    )
    for kind in ("table", "definition"):
        ways.append(_closed({kind: {"type": "string", "pattern": _NAME}}, [kind]))
    return {
        "description": "Where the value comes from: exactly one source.",
        "anyOf": [{"enum": ["stored", "table", "definition"]}, *ways],
    }


def _details(kind: str, says: str, properties: dict[str, Any], required: list[str]) -> dict[str, Any]:
    return _closed({kind: {**_closed(properties, required), "description": says}}, [kind])


def _closed(properties: dict[str, Any], required: list[str]) -> dict[str, Any]:
    return {"type": "object", "additionalProperties": False, "required": required, "properties": properties}


def _table(basis: Mapping[str, Any]) -> dict[str, Any]:
    cell = {"type": ["string", "integer", "boolean", "array"]}
    return {
        "type": "object",
        "description": "A decision table: inputs, then one row for each case, the results last.",
        "additionalProperties": False,
        "required": ["hit", "inputs", "rows"],
        "properties": {
            "label": {**_LABEL, "description": "What it is called."},
            "hit": {
                "enum": ["unique", "collect"],
                "description": "unique: exactly one row answers, proved at load. collect: those that answer are added.",
            },
            "inputs": {"type": "array", "minItems": 1, "items": {"type": ["string", "integer"]}, "description": "Expressions."},
            "outputs": {
                "description": "Columns of results; one of the table's own name when left out.",
                "anyOf": [
                    {"type": "array", "minItems": 1, "items": {"type": "string", "pattern": _NAME}},
                    {"type": "object", "minProperties": 1, "propertyNames": {"pattern": _NAME}},
                ],
            },
            "rows": {
                "type": "array",
                "minItems": 1,
                "items": {"type": "array", "minItems": 2, "items": cell},
                "description": 'A cell is a value, a list of values, a range "1..3", a bound ">= 2", or "*" for anything.',
            },
            **{key: basis[key] for key in ("legal", "status", "note", "valid") if key in basis},
        },
    }
