"""Decision tables as they are written in YAML."""

import re
from itertools import pairwise
from typing import Any, cast

from rules.language.field_reading import read_domain, read_unit
from rules.language.fields import YES_NO, Domain, Field, TableSource, name_fault
from rules.language.form import Cell, Const, Expr, FieldRef, Output, Row, Table
from rules.language.parse import parse_expression
from rules.language.scope import Scope
from rules.language.table_proof import table_findings
from rules.reading import Finding, InputError, Label, Mapping, Node, Place, Scalar, Sequence, closest, fail, validate

HITS = ("unique", "collect")

_KEYS = ("label", "hit", "inputs", "outputs", "rows")
#: Keys that are left to whoever judges rules.
BASIS_KEYS = ("legal", "status", "note", "valid")
_OUTPUT_KEYS = ("type", "range", "values", "unit", "label")
_RANGE = re.compile(r"(-?\d{1,12})\s*\.\.\s*(-?\d{1,12})", re.ASCII)
_BOUND = re.compile(r"(>=|<=|>|<)\s*(-?\d{1,12})", re.ASCII)
_NUMBER = re.compile(r"-?\d{1,12}", re.ASCII)


def declare_table(scope: Scope, name: str, node: Node) -> dict[str, Node]:
    """Add a decision table to a scope under the names of its output columns (or its own).

    It is read and proved when it is first used, or by `scope.declared(name, place)`.

    Returns
    -------
    dict of str to Node
        What stands under `BASIS_KEYS`, unread.
    """
    if fault := name_fault(name):
        fail("bad-name", fault, node.place)
    if not isinstance(node, Mapping):
        fail("wrong-type", f"the table {name!r} needs a map with {', '.join(_KEYS)}", node.place)
    for key, entry in node.entries.items():
        if key not in _KEYS + BASIS_KEYS:
            fail("unknown-key", f"the table {name!r} has no key {key!r}", entry.key_place, closest(key, _KEYS + BASIS_KEYS))
    scope.declare(name, lambda whole: read_table(name, node, whole), node.place)
    for column in _columns(name, node):
        if column != name:
            scope.declare(column, lambda whole: whole.declared(name, node.place), node.place)
    return {key: node.entries[key].node for key in BASIS_KEYS if key in node.entries}


def read_table(name: str, node: Node, scope: Scope) -> Table:
    """Read a decision table.

    Raises
    ------
    InputError
        For a table that is not well formed, and for one with hit policy ``unique`` where some case has no row, or
        several.
    """
    assert isinstance(node, Mapping)
    keys = {key: entry.node for key, entry in node.entries.items()}
    for key in ("hit", "inputs", "rows"):
        if key not in keys:
            fail("missing-key", f"the table {name!r} has no {key!r}", node.place)
    hit = keys["hit"].text if isinstance(keys["hit"], Scalar) else ""
    if hit not in HITS:
        fail("unknown-hit", f"there is no hit policy {hit!r}", keys["hit"].place, closest(hit, HITS) or "unique or collect")
    inputs = tuple(
        parse_expression(_scalar(item, "an input").text, item.place, scope) for item in _items(keys["inputs"], "inputs")
    )
    columns = _columns(name, node)
    rows = [_split(item, len(inputs), columns) for item in _items(keys["rows"], "rows")]
    domains = [_declared(column, name, node, scope) for column in columns]
    findings: list[Finding] = []
    made: list[Row] = []
    for written, place in rows:
        try:
            cells = tuple(_cell(item, part.domain) for item, part in zip(written, inputs, strict=False))
            outputs = [_result(item, known, scope) for item, known in zip(written[len(inputs) :], domains, strict=True)]
            _refuse_outside(outputs, domains, inputs, cells)
            made.append(Row(cells, tuple(outputs), place))
        except InputError as error:
            findings.extend(error.findings)
    if findings:
        raise InputError(*findings)
    label = validate(Label, keys["label"]) if "label" in keys else _named(name)
    found = tuple(_output(column, index, made, domains[index], node, scope, hit) for index, column in enumerate(columns))
    rows_made = tuple(_typed(row, found) for row in made)
    table = Table(name, hit, inputs, found, rows_made, label, node.place)  # type: ignore[arg-type]
    if hit == "unique" and (proof := table_findings(table)):
        raise InputError(*proof)
    return table


def _columns(name: str, node: Mapping) -> list[str]:
    entry = node.entries.get("outputs")
    if entry is None:
        return [name]
    if isinstance(entry.node, Mapping):
        columns = list(entry.node.entries)
    else:
        columns = [_scalar(item, "the name of a column").text for item in _items(entry.node, "outputs")]
    for column in columns:
        if fault := name_fault(column):
            fail("bad-name", fault, entry.node.place)
    return columns


def _items(node: Node, what: str) -> tuple[Node, ...]:
    if not isinstance(node, Sequence) or not node.items:
        fail("wrong-type", f"a list of {what} is needed here", node.place)
    return node.items


def _scalar(node: Node, what: str) -> Scalar:
    if not isinstance(node, Scalar) or node.value is None:
        fail("wrong-type", f"{what} is needed here", node.place)
    return node


def _split(node: Node, inputs: int, columns: list[str]) -> tuple[tuple[Node, ...], Place]:
    items = _items(node, "cells")
    wanted = inputs + len(columns)
    if len(items) != wanted:
        fail("wrong-width", f"the row has {len(items)} cells; {wanted} are needed ({inputs} inputs, then "
             f"{', '.join(columns)})", node.place)  # fmt: skip
    return items, node.place


def _cell(node: Node, domain: Domain) -> Cell:
    if isinstance(node, Sequence):
        parts = [_cell(item, domain) for item in _items(node, "values")]
        if any(part is None for part in parts):
            return None
        return cast(Cell, tuple(option for part in parts for option in part or ()))
    text = _scalar(node, "a cell").text.strip()
    if text == "*":
        return None
    if domain.kind == "yes/no":
        if text not in ("yes", "no", "true", "false"):
            fail("bad-cell", f"{text!r} is neither yes nor no", node.place, 'write yes, no or "*"')
        return (text in ("yes", "true"),)
    if domain.kind == "one of":
        if text not in domain.values:
            fail("unknown-value", f"{text!r} is none of its values: {', '.join(domain.values)}", node.place,
                 closest(text, domain.values))  # fmt: skip
        return (text,)
    return (_interval(text, domain, node.place),)


def _interval(text: str, domain: Domain, place: Place) -> tuple[int, int]:
    if found := _RANGE.fullmatch(text):
        lo, hi = int(found[1]), int(found[2])
    elif found := _BOUND.fullmatch(text):
        sign, edge = found[1], int(found[2])
        lo = edge + (sign == ">") if sign in (">", ">=") else domain.lo
        hi = edge - (sign == "<") if sign in ("<", "<=") else domain.hi
    elif _NUMBER.fullmatch(text):
        lo = hi = int(text)
    else:
        fail("bad-cell", f"{text!r} is no number or range", place, 'write for example 3, "0..1", ">= 2" or "*"')
    if lo > hi or lo < domain.lo or hi > domain.hi:
        fail("out-of-range", f"{text} is outside {domain}, or empty", place)
    return lo, hi


def _declared(column: str, table: str, node: Mapping, scope: Scope) -> Domain | None:
    field = _field_of(column, table, scope)
    entry = node.entries.get("outputs")
    if entry is None or not isinstance(entry.node, Mapping):
        return field.domain if field else None
    details = entry.node.entries[column].node
    if not isinstance(details, Mapping):
        fail("wrong-type", f"the column {column!r} needs a map with {', '.join(_OUTPUT_KEYS)}", details.place)
    for key, found in details.entries.items():
        if key not in _OUTPUT_KEYS:
            fail("unknown-key", f"a column has no key {key!r}", found.key_place, closest(key, _OUTPUT_KEYS))
    keys = {key: found.node for key, found in details.entries.items()}
    if "type" not in keys:
        return field.domain if field else None
    kind = _scalar(keys["type"], "a type").text
    if kind not in ("int", "yes/no", "one of"):
        fail("unknown-type", f"there is no type {kind!r}", keys["type"].place, closest(kind, ("int", "yes/no", "one of")))
    return read_domain(kind, keys, details.place)[0]


def _field_of(column: str, table: str, scope: Scope) -> Field | None:
    field = scope.fields.get(column)
    return field if field and isinstance(field.source, TableSource) and field.source.name in (column, table) else None


def _result(node: Node, known: Domain | None, scope: Scope) -> Expr:
    """Read the result in a row: a value, or an expression."""
    cell = _scalar(node, "a result")
    text = cell.text.strip()
    if _NUMBER.fullmatch(text):
        return Const(int(text), Domain("int", int(text), int(text)), cell.place)
    if text in ("yes", "no", "true", "false"):
        return Const(text in ("yes", "true"), YES_NO, cell.place)
    if known is not None and known.kind == "one of" and text in known.values:
        return Const(text, known, cell.place)
    is_word = known is None and re.fullmatch(r"[a-z][a-z0-9_-]*", text) and text not in scope.names()
    if is_word:
        return Const(text, Domain("one of", values=(text,)), cell.place)
    return parse_expression(text, cell.place, scope)


def _refuse_outside(outputs: list[Expr], domains: list[Domain | None], inputs: tuple[Expr, ...], cells: tuple[Cell, ...]) -> None:
    for output, known in zip(outputs, domains, strict=True):
        if known is None:
            continue
        domain = _narrowed(output, inputs, cells)
        if domain.kind != known.kind:
            fail("wrong-type", f"the result is {domain}, and the column is {known}", output.place)
        if domain.kind == "int" and not (known.lo <= domain.lo and domain.hi <= known.hi):
            fail("out-of-range", f"the result may be {domain}, and the column is {known}", output.place)
        if domain.kind == "one of" and not set(domain.values) <= set(known.values):
            fail("unknown-value", f"the result may be {domain}, and the column is {known}", output.place)


def _narrowed(output: Expr, inputs: tuple[Expr, ...], cells: tuple[Cell, ...]) -> Domain:
    """Give the values a result can have in its row: when it is one of the inputs, those of that input's cell."""
    for part, cell in zip(inputs, cells, strict=True):
        if isinstance(output, FieldRef) and part == output and cell is not None and part.domain.kind == "int":
            spans = cast(tuple[tuple[int, int], ...], cell)
            return Domain("int", min(span[0] for span in spans), max(span[1] for span in spans))
    return output.domain


def _output(column: str, index: int, rows: list[Row], known: Domain | None, node: Mapping, scope: Scope, hit: str) -> Output:
    domain = known or _inferred([row.outputs[index].domain for row in rows], rows[0].outputs[index].place)
    if hit == "collect":
        if domain.kind != "int":
            fail("wrong-type", "the hit policy collect adds numbers up, and these are none", node.place)
        if known is None:
            ends = [row.outputs[index].domain for row in rows]
            domain = Domain("int", sum(min(0, end.lo) for end in ends), sum(max(0, end.hi) for end in ends))
        else:
            _refuse_sum(rows, index, known, node.place)
    details = _details(column, node)
    field = scope.fields.get(column)
    label = validate(Label, details["label"]) if "label" in details else None
    unit = read_unit(details["unit"]) if "unit" in details else None
    own = node.entries.get("label")
    named = label or (field.label if field else None) or (validate(Label, own.node) if own else _named(column))
    return Output(column, domain, named, unit or (field.unit if field else None), field.value_labels if field else ())


def _refuse_sum(rows: list[Row], index: int, known: Domain, place: Place) -> None:
    lo = sum(min(0, row.outputs[index].domain.lo) for row in rows)
    hi = sum(max(0, row.outputs[index].domain.hi) for row in rows)
    if lo < known.lo or hi > known.hi:
        fail("out-of-range", f"the sum may be {lo}..{hi}, and the column is {known}", place)


def _details(column: str, node: Mapping) -> dict[str, Node]:
    entry = node.entries.get("outputs")
    if entry is None or not isinstance(entry.node, Mapping):
        return {}
    details: Any = entry.node.entries[column].node
    return {key: found.node for key, found in details.entries.items()}


def _inferred(domains: list[Domain], place: Place) -> Domain:
    for one, other in pairwise(domains):
        if one.kind != other.kind:
            fail("wrong-type", f"the results of one column are of two types: {one} and {other}", place)
    if domains[0].kind == "int":
        return Domain("int", min(found.lo for found in domains), max(found.hi for found in domains))
    if domains[0].kind == "one of":
        return Domain("one of", values=tuple(dict.fromkeys(value for found in domains for value in found.values)))
    return YES_NO


def _typed(row: Row, outputs: tuple[Output, ...]) -> Row:
    """Give the constants of an enum the whole domain of their column."""
    results = tuple(
        Const(part.value, output.domain, part.place) if isinstance(part, Const) and output.domain.kind == "one of" else part
        for part, output in zip(row.outputs, outputs, strict=True)
    )
    return Row(row.cells, results, row.place)


def _named(name: str) -> Label:
    return Label(nb=name.replace("_", " "), en=name.replace("_", " "))
