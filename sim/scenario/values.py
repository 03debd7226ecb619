"""Values of fields as written in a scenario, read by the declarations of the rules."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pydantic import TypeAdapter, ValidationError
from pydantic_core import PydanticCustomError

from rules.language.fields import Domain, Field
from rules.reading import Finding, InputError, Node, Place, Share, closest, plain
from rules.reading import Mapping as MappingNode
from rules.reading.nodes import Scalar, kind
from sim.kernel import Discrete
from sim.world.blueprint import ByField, ByNeed, FieldDraw, Fixed, NeedState, OneOf, Value
from sim.world.parameters import discrete, read_shares

_share: TypeAdapter[float] = TypeAdapter(Share)
_YES_NO = {"yes": True, "no": False, "true": True, "false": False}


def as_written(value: object) -> str:
    """Write a value as `value_of` reads it."""
    return {True: "yes", False: "no"}[value] if isinstance(value, bool) else str(value)


def value_of(text: str, field: Field, place: Place) -> Value:
    """Read the text of a value by a field's domain.

    Raises
    ------
    InputError
        When it is no value of the field, or out of its range.
    """
    domain = field.domain
    found: Value = text
    if domain.kind == "yes/no":
        found = _YES_NO.get(text, text)
    elif domain.kind == "int":
        try:
            found = int(text)
        except ValueError:
            found = text
    if domain.holds(found):
        return found
    raise InputError(_no_value(field.name, domain, text, place))


def scalar_value(node: Node, field: Field) -> Value:
    """Read one value. Raises `InputError` as `value_of`, and for what is no single value."""
    if not isinstance(node, Scalar):
        raise InputError(
            Finding("wrong-type", f"{field.name} is one value ({field.domain}), but this is {kind(node)}", node.place)
        )
    return value_of(node.text, field, node.place)


def read_draw(node: Node, field: Field, fields: Mapping[str, Field], schemes: Mapping[str, object]) -> FieldDraw:
    """Read how a field of a household comes about.

    One value, shares (``{1: 40 %, 2: 60 %}``), shares by need (``{by_need: {SCHEME: {RANK: shares}}}``), or a
    choice by a field drawn before (``{by: FIELD, of: {VALUE: any of these}}``).

    Raises
    ------
    InputError
        For every value that the field does not have, and for shares that are no shares.
    """
    if not isinstance(node, MappingNode):
        return Fixed(scalar_value(node, field))
    keys = set(node.entries)
    if "by_need" in keys:
        _alone(node, {"by_need"})
        return ByNeed(_by_need(node.entries["by_need"].node, field, schemes))
    if keys & {"by", "of"}:
        _alone(node, {"by", "of"})
        return _by_field(node, field, fields, schemes)
    return _shares(node, field)


def depends_on(node: Node) -> set[str]:
    """Give the names of the fields that a draw is conditional on."""
    found: set[str] = set()
    if isinstance(node, MappingNode):
        by, of = node.entries.get("by"), node.entries.get("of")
        if by is not None and of is not None and isinstance(by.node, Scalar):
            found.add(by.node.text)
            if isinstance(of.node, MappingNode):
                for entry in of.node.entries.values():
                    found |= depends_on(entry.node)
    return found


def _shares(node: MappingNode, field: Field) -> FieldDraw:
    findings: list[Finding] = []
    values = {}
    for key, entry in node.entries.items():
        try:
            values[key] = value_of(key, field, entry.key_place)
        except InputError as error:
            findings += error.findings
    if findings:
        raise InputError(*findings)
    shares = share_map(node)
    ordered = {values[key]: share for key, share in shares.items()}
    if field.domain.kind == "int":  # ascending, so that a mark rises with its uniform
        ordered = dict(sorted(ordered.items(), key=lambda pair: int(pair[0])))
    return OneOf(discrete(ordered))


def share_map(node: Node) -> dict[str, float]:
    """Read shares that add up to 100 %. Raises `InputError` at the place."""
    try:
        return read_shares(plain(node))
    except PydanticCustomError as error:
        raise InputError(Finding("shares", f"this {error.message()}", node.place)) from None
    except ValidationError:
        findings = []
        assert isinstance(node, MappingNode)
        for key, entry in node.entries.items():
            try:
                _share.validate_python(plain(entry.node))
            except ValidationError as error:
                says = error.errors()[0]
                context = says.get("ctx", {})
                message = str(context.get("says") or f"the share of {key} is no share")
                findings.append(Finding("quantity", message, entry.node.place, context.get("hint")))
        raise InputError(*findings) from None


def _by_need(node: Node, field: Field, schemes: Mapping[str, object]) -> dict[NeedState, Discrete[Any]]:
    if not isinstance(node, MappingNode):
        raise InputError(Finding("wrong-type", f"`by_need` holds shares by scheme and rank, but is {kind(node)}", node.place))
    found: dict[NeedState, Discrete[Any]] = {}
    findings: list[Finding] = []
    for scheme, entry in node.entries.items():
        if scheme not in schemes:
            findings.append(Finding("dangling-reference", f"there is no scheme {scheme!r}", entry.key_place,
                                    closest(scheme, schemes)))  # fmt: skip
            continue
        if not isinstance(entry.node, MappingNode):
            findings.append(Finding("wrong-type", f"{scheme} holds shares by rank, but is {kind(entry.node)}", entry.node.place))
            continue
        for rank, inner in entry.node.entries.items():
            if rank not in ("1", "2", "3", "4", "5"):
                findings.append(Finding("out-of-bounds", f"ranks of need are 1 to 5, but this is {rank!r}", inner.key_place))
                continue
            try:
                draw = read_draw(inner.node, field, {}, {})
            except InputError as error:
                findings += error.findings
                continue
            if isinstance(draw, Fixed):
                found[scheme, int(rank)] = discrete({draw.value: 1.0})
            elif isinstance(draw, OneOf):
                found[scheme, int(rank)] = draw.shares
    if findings:
        raise InputError(*findings)
    return found


def _by_field(node: MappingNode, field: Field, fields: Mapping[str, Field], schemes: Mapping[str, object]) -> FieldDraw:
    by, of = node.entries["by"].node, node.entries["of"].node
    if not isinstance(by, Scalar) or by.text not in fields:
        name = by.text if isinstance(by, Scalar) else ""
        raise InputError(Finding("unknown-field", f"there is no field {name!r} to depend on", by.place, closest(name, fields)))
    if not isinstance(of, MappingNode):
        raise InputError(Finding("wrong-type", f"`of` holds a draw for each value of {by.text}", of.place))
    other = fields[by.text]
    found: dict[Value, FieldDraw] = {}
    findings: list[Finding] = []
    for key, entry in of.entries.items():
        try:
            found[value_of(key, other, entry.key_place)] = read_draw(entry.node, field, fields, schemes)
        except InputError as error:
            findings += error.findings
    if findings:
        raise InputError(*findings)
    return ByField(by.text, found)


def _alone(node: MappingNode, keys: set[str]) -> None:
    findings = [Finding("unknown-key", f"the key {key!r} is not known here", node.entries[key].key_place)
                for key in node.entries if key not in keys]  # fmt: skip
    findings += [Finding("missing-key", f"the key {key!r} is missing", node.place) for key in sorted(keys - set(node.entries))]
    if findings:
        raise InputError(*findings)


def _no_value(name: str, domain: Domain, text: str, place: Place) -> Finding:
    near = closest(text, domain.values) if domain.kind == "one of" else None
    return Finding("not-a-value", f"{text!r} is no value of {name} ({domain})", place, near)
