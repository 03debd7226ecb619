"""Fields as they are written in YAML."""

import re
from typing import Any, NoReturn, get_args

from rules.language.fields import (
    DATES,
    ENTITIES,
    EVENTS,
    KINDS,
    STATES,
    TIME_UNITS,
    YES_NO,
    Aggregate,
    Count,
    DefinitionSource,
    Domain,
    Elapsed,
    Entity,
    Field,
    Missing,
    Period,
    Remaining,
    Source,
    Stored,
    Supplied,
    TableSource,
    Within,
    name_fault,
)
from rules.language.parse import parse_expression
from rules.language.scope import Scope
from rules.language.units import UNITS
from rules.reading import Finding, InputError, Label, Mapping, Node, Place, Scalar, Sequence, closest, fail, validate

_KEYS = ("of", "type", "values", "unit", "range", "label", "negated", "may_be", "source")
_RANGE = re.compile(r"(-?\d{1,12})\s*\.\.\s*(-?\d{1,12})", re.ASCII)
_PERIOD = re.compile(r"(\d{1,5}) (day|week|month|year)s?", re.ASCII)
_SOURCES = ("stored", "elapsed", "remaining", "count", "within", "sum", "max", "table", "definition", "supplied", "forecast")
_SOURCE_KEYS = {
    "elapsed": ("since", "pauses"), "remaining": ("until",), "within": ("event", "period"), "count": ("event", "period"),
    "sum": ("of", "field", "where"), "max": ("of", "field", "where"), "supplied": ("by", "refresh"), "forecast": ("within",),
}  # fmt: skip
#: Who supplies the homes that are expected to fall vacant.
FORECAST = "forecast"

_VALUE = re.compile(r"[a-z0-9][a-z0-9_-]{0,59}", re.ASCII)


def read_fields(node: Node) -> dict[str, Field]:
    """Read the map under `fields`.

    Returns
    -------
    dict of str to Field
        In the order written.

    Raises
    ------
    InputError
        With every mistake found, each at its place.
    """
    if not isinstance(node, Mapping):
        fail("wrong-type", "a map of fields is needed here", node.place)
    fields: dict[str, Field] = {}
    findings: list[Finding] = []
    later: list[tuple[str, Mapping, Place]] = []
    for name, entry in node.entries.items():
        try:
            if fault := name_fault(name):
                fail("bad-name", fault, entry.key_place)
            if not isinstance(entry.node, Mapping):
                fail("wrong-type", f"the field {name!r} needs a map of its type, source and label", entry.node.place)
            if _aggregates(entry.node):
                later.append((name, entry.node, entry.key_place))
            else:
                fields[name] = _field(name, entry.node, entry.key_place, {})
        except InputError as error:
            findings.extend(error.findings)
    for name, written, place in later:  # they name fields of members, which may stand below them
        try:
            fields[name] = _field(name, written, place, fields)
        except InputError as error:
            findings.extend(error.findings)
    if findings:
        raise InputError(*findings)
    return {name: fields[name] for name in node.entries}


def read_period(node: Node) -> Period:
    """Read a period in whole calendar units, such as "3 months"."""
    text = _text(node, "a period")
    found = _PERIOD.fullmatch(text)
    if not found or int(found[1]) == 0:
        fail("bad-period", f"{text!r} is no period", node.place, "write for example 3 months, 1 year or 90 days")
    return Period(int(found[1]), found[2] + "s")  # type: ignore[arg-type]


def read_range(node: Node) -> tuple[int, int]:
    """Read a range of integers, such as "0..3", both ends included."""
    text = node.text if isinstance(node, Scalar) else ""
    found = _RANGE.fullmatch(text.strip())
    if not found:
        fail("bad-range", "a range is needed here", node.place, "write for example 0..3")
    lo, hi = int(found[1]), int(found[2])
    if lo > hi:
        fail("bad-range", f"the range begins at {lo} and ends at {hi}", node.place, f"write {hi}..{lo}")
    return lo, hi


def read_values(node: Node) -> tuple[tuple[str, ...], tuple[tuple[str, Label], ...]]:
    """Read the values of an enum: a list of names, or a map of names with their labels."""
    labels: list[tuple[str, Label]] = []
    if isinstance(node, Mapping):
        labels = [(key, validate(Label, entry.node)) for key, entry in node.entries.items()]
        names = list(node.entries)
    elif isinstance(node, Sequence):
        names = [_text(item, "the name of a value") for item in node.items]
    else:
        fail("wrong-type", "a list of values is needed here", node.place, "write for example [low, high]")
    for name in names:
        if not _VALUE.fullmatch(name):
            fail("bad-value", f"{name[:60]!r} is no name of a value: small letters a to z, digits, _ and -", node.place)
    if not names or len(set(names)) < len(names):
        fail("bad-values", "the list of values is empty" if not names else "a value stands here twice", node.place)
    return tuple(names), tuple(labels)


def read_domain(kind: str, keys: dict[str, Node], place: Place) -> tuple[Domain, tuple[tuple[str, Label], ...]]:
    """Read type, range and values of a field or of a column of a table."""
    for key, needed in (("range", "int"), ("values", "one of")):
        if (key in keys) != (kind == needed):
            word = "needs" if kind == needed else "cannot have"
            fail("missing-key" if kind == needed else "needless-key", f"a field of type {kind} {word} {key!r}",
                 keys[key].place if key in keys else place)  # fmt: skip
    if kind == "int":
        lo, hi = read_range(keys["range"])
        return Domain("int", lo, hi), ()
    if kind == "one of":
        values, labels = read_values(keys["values"])
        return Domain("one of", values=values), labels
    return YES_NO, ()


def read_unit(node: Node) -> str:
    """Read a unit that the language can name in Norwegian and English."""
    return str(_choice(node, tuple(UNITS), "unit"))


def _field(name: str, node: Mapping, place: Place, members: dict[str, Field]) -> Field:
    keys = _closed(node, _KEYS, f"the field {name!r}")
    for key in ("of", "type", "label", "source"):
        if key not in keys:
            fail("missing-key", f"the field {name!r} has no {key!r}", place)
    of: Entity = _choice(keys["of"], ENTITIES, "kind of thing")
    kind = _choice(keys["type"], KINDS, "type")
    domain, value_labels = read_domain(kind, keys, place)
    unit = read_unit(keys["unit"]) if "unit" in keys else None
    may_be: Missing | None = None
    if "may_be" in keys:
        may_be = _choice(keys["may_be"], get_args(Missing), "way of missing")
    source = _source(name, keys["source"], unit, members)
    if may_be and not isinstance(source, Stored | Supplied | Elapsed | Remaining):
        fail("never-missing", f"the field {name!r} is computed and is never {may_be}", keys["may_be"].place)
    _fit(name, of, domain, source, keys["source"])
    label, negated = validate(Label, keys["label"]), None
    if "negated" in keys:
        if kind != "yes/no":
            fail("needless-key", f"a field of type {kind} cannot have 'negated'", keys["negated"].place)
        negated = validate(Label, keys["negated"])
    return Field(name, of, domain, source, label, place, unit, may_be, value_labels, negated)


def _fit(name: str, of: Entity, domain: Domain, source: Source, node: Node) -> None:
    numbers = Elapsed | Remaining | Count | Aggregate
    needed = "yes/no" if isinstance(source, Within) else "int" if isinstance(source, numbers) else None
    if needed and domain.kind != needed:
        fail("wrong-type", f"the source of {name!r} gives {needed}, and its type is {domain.kind}", node.place)
    if isinstance(source, Supplied) and source.by == FORECAST and (domain.kind != "int" or of != "applicant"):
        fail("wrong-type", f"a forecast is a number of homes for an applicant, and {name!r} is none", node.place)
    if isinstance(source, Aggregate):
        if of != "applicant":
            fail("wrong-of", f"only an applicant has members, and {name!r} belongs to the {of}", node.place)
        if not domain.lo <= 0 <= domain.hi:
            fail("bad-range", f"the range of {name!r} must hold 0, the result when nobody counts", node.place)


def _aggregates(node: Mapping) -> bool:
    source = node.entries.get("source")
    if source is None or not isinstance(source.node, Mapping):
        return False
    keys = source.node.entries
    return "sum" in keys or "max" in keys or ("count" in keys and _over_members(keys["count"].node))


def _over_members(node: Node) -> bool:
    return isinstance(node, Mapping) and ("of" in node.entries or "where" in node.entries)


def _source(name: str, node: Node, unit: str | None, members: dict[str, Field]) -> Source:
    if isinstance(node, Scalar):
        match _choice(node, _SOURCES, "source"):
            case "stored":
                return Stored()
            case "table":
                return TableSource(name)
            case "definition":
                return DefinitionSource(name)
            case other:
                fail("bad-source", f"the source {other!r} needs its details", node.place, f"write {{{other}: …}}")
    if not isinstance(node, Mapping) or len(node.entries) != 1:
        fail("bad-source", f"the field {name!r} needs exactly one source", node.place, "one of: " + ", ".join(_SOURCES))
    [(kind, entry)] = node.entries.items()
    if kind not in _SOURCES or kind == "stored":
        fail("unknown-source", f"there is no source {kind!r}", entry.key_place, closest(kind, _SOURCES))
    if kind in ("table", "definition"):
        target = _text(entry.node, "a name")
        return TableSource(target) if kind == "table" else DefinitionSource(target)
    allowed = ("of", "where") if kind == "count" and _over_members(entry.node) else _SOURCE_KEYS[kind]
    keys = _closed(entry.node, allowed, f"the source {kind!r}")
    return _detailed(kind, keys, entry.key_place, unit, members)


def _detailed(kind: str, keys: dict[str, Node], place: Place, unit: str | None, members: dict[str, Field]) -> Source:
    def need(key: str) -> Node:
        return keys[key] if key in keys else fail("missing-key", f"the source {kind!r} has no {key!r}", place)

    if kind in ("elapsed", "remaining"):
        if unit not in TIME_UNITS:
            what = "an elapsed time" if kind == "elapsed" else "a remaining time"
            fail("bad-unit", f"{what} needs the unit days, weeks, months or years", place)
        if kind == "remaining":
            return Remaining(_choice(need("until"), DATES, "date"), unit)
        since, pauses = _choice(need("since"), EVENTS, "event"), keys.get("pauses")
        if pauses is not None and not isinstance(pauses, Sequence):
            fail("wrong-type", "a list of states is needed here", pauses.place)
        states = tuple(_choice(item, STATES, "state") for item in pauses.items) if pauses is not None else ()
        return Elapsed(since, states, unit)
    if kind == "supplied":
        return Supplied(_text(need("by"), "a mechanism"), read_period(keys["refresh"]) if "refresh" in keys else None)
    if kind == "forecast":
        return Supplied(FORECAST, read_period(need("within")))
    if kind == "within":
        return Within(_choice(need("event"), EVENTS, "event"), read_period(need("period")))
    if kind == "count" and "of" not in keys and "where" not in keys:
        return Count(_choice(need("event"), EVENTS, "event"), read_period(need("period")))
    _choice(need("of"), ("members",), "group")
    scope = Scope(members).seeing("member")
    where = None
    if "where" in keys:
        where = parse_expression(_text(keys["where"], "a condition"), keys["where"].place, scope, "yes/no")
    inner = None
    if kind != "count":
        inner_name = _text(need("field"), "a field of the members")
        inner = members.get(inner_name)
        if inner is None or inner.of != "member" or inner.type != "int" or inner.may_be:
            known = [key for key, found in members.items() if found.of == "member" and found.type == "int"]
            fail("unknown-field", f"members have no field {inner_name!r} of type int that is never missing",
                 need("field").place, closest(inner_name, known))  # fmt: skip
    return Aggregate(kind, inner, where)  # type: ignore[arg-type]


def _closed(node: Node, allowed: tuple[str, ...], what: str) -> dict[str, Node]:
    if not isinstance(node, Mapping):
        fail("wrong-type", f"{what} needs a map with the keys {', '.join(allowed)}", node.place)
    for key, entry in node.entries.items():
        if key not in allowed:
            fail("unknown-key", f"{what} has no key {key!r}", entry.key_place, closest(key, allowed))
    return {key: entry.node for key, entry in node.entries.items()}


def _text(node: Node, what: str) -> str:
    if not isinstance(node, Scalar) or not isinstance(node.value, str | int) or isinstance(node.value, bool):
        _wrong(node, what)
    return node.text


def _choice(node: Node, choices: tuple[str, ...], what: str) -> Any:
    text = _text(node, f"the name of a {what}")
    if text not in choices:
        fail(f"unknown-{what.replace(' ', '-')}", f"there is no {what} {text!r}", node.place,
             closest(text, choices) or "one of: " + ", ".join(choices))  # fmt: skip
    return text


def _wrong(node: Node, what: str) -> NoReturn:
    fail("wrong-type", f"{what} is needed here", node.place)
