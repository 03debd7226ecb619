"""Cut points: the values of a field at which a condition may change its answer."""

from collections.abc import Iterable, Mapping
from typing import Any, TypeAlias

from rules.language.combine import swapped
from rules.language.fields import Field
from rules.language.form import (
    AmountRef,
    Arith,
    Compare,
    CompareOp,
    Const,
    DefinitionRef,
    Expr,
    FieldRef,
    In,
    IsMissing,
    Table,
    TableRef,
    children,
    fields_of,
    walk,
)
from rules.language.interpret import Situation, evaluate

#: For each field sorted integers c: values on the same side of every c are alike. None = every value matters.
CutPoints: TypeAlias = dict[str, tuple[int, ...] | None]

#: A comparison of one field by arithmetic is tried for each of its values up to this many.
MOST_VALUES = 20_000

_NUMBERS = (FieldRef, Const, AmountRef, Arith, DefinitionRef)


def cut_points(*exprs: Expr) -> CutPoints:
    """Give the cut points of some expressions together.

    Two profiles that agree in the fields marked None, and lie in the same cells of the other fields, give
    every condition the same value; a value that is missing is a cell of its own. Enums and yes/no are marked None,
    and so is a number that is itself asked for.
    """
    found: CutPoints = {}
    for expr in exprs:
        merge_cuts(found, _exposed(expr))
    return dict(sorted(found.items()))


def merge_cuts(into: CutPoints, other: Mapping[str, tuple[int, ...] | None]) -> None:
    """Add cut points to others, in place."""
    for name, cuts in other.items():
        known = into.get(name, ())
        into[name] = None if cuts is None or known is None else tuple(sorted({*known, *cuts}))


def _exposed(expr: Expr) -> CutPoints:
    """Give the cuts of an expression whose exact value matters."""
    found: CutPoints = {}
    match expr:
        case FieldRef(field=field):
            return {field.name: None}
        case IsMissing(field=field):
            return {field.name: () if field.type == "int" else None}
        case Compare():
            return _compared(expr)
        case In(item=FieldRef(field=field), options=options) if field.type == "int":
            return {field.name: _inside(field, [cut for value in options for cut in (int(value), int(value) + 1)])}
        case TableRef(table=table, column=column):
            for cuts in table_cuts(table):
                merge_cuts(found, cuts)
            for row in table.rows:
                merge_cuts(found, _exposed(row.outputs[column]))
            return found
    for part in children(expr):
        merge_cuts(found, _exposed(part))
    return found


def table_cuts(table: Table) -> list[CutPoints]:
    """Give the cuts of each input of a table, from the edges of its cells."""
    found: list[CutPoints] = []
    for index, part in enumerate(table.inputs):
        if isinstance(part, FieldRef) and part.domain.kind == "int":
            found.append({part.field.name: _inside(part.field, input_cuts(table, index))})
        else:
            found.append(_exposed(part))
    return found


def input_cuts(table: Table, index: int) -> tuple[int, ...]:
    """Give the edges of the cells of one input of a table of integers."""
    edges = {edge for row in table.rows for option in row.cells[index] or ()
             if isinstance(option, tuple) for edge in (option[0], option[1] + 1)}  # fmt: skip
    return tuple(sorted(edges))


def constant_cuts(op: CompareOp, value: int) -> tuple[int, ...]:
    """Give the cuts of ``x op value``."""
    if op in (">=", "<"):
        return (value,)
    return (value + 1,) if op in (">", "<=") else (value, value + 1)


def _compared(expr: Compare) -> CutPoints:
    for op, side, other in ((expr.op, expr.left, expr.right), (swapped(expr.op), expr.right, expr.left)):
        if isinstance(side, FieldRef) and side.domain.kind == "int" and (value := constant(other)) is not None:
            return {side.field.name: _inside(side.field, constant_cuts(op, value))}
        if isinstance(side, FieldRef) and side.domain.kind == "int" and (values := _results(other)):
            assert isinstance(other, TableRef)
            found: CutPoints = {side.field.name: _inside(side.field, [c for value in values for c in constant_cuts(op, value)])}
            for cuts in table_cuts(other.table):
                merge_cuts(found, cuts)
            return found
    fields = fields_of(expr)
    if len(fields) == 1 and all(isinstance(part, _NUMBERS) for side in (expr.left, expr.right) for part in walk(side)):
        [field] = fields.values()
        if field.type == "int" and field.domain.hi - field.domain.lo < MOST_VALUES:
            return {field.name: _flips(expr, field)}
    found = _exposed(expr.left)
    merge_cuts(found, _exposed(expr.right))
    return found


def _results(expr: Expr) -> list[int]:
    """Give the numbers that a table of unique rows may answer when all of them are constants; otherwise none."""
    if not isinstance(expr, TableRef) or expr.table.hit != "unique":
        return []
    found = [constant(row.outputs[expr.column]) for row in expr.table.rows]
    values = [value for value in found if value is not None]
    return values if len(values) == len(found) else []


def constant(expr: Expr) -> int | None:
    """Give the number that an expression without fields always is, or None."""
    if expr.domain.kind == "int" and not fields_of(expr) and not isinstance(expr, TableRef):
        return int(evaluate(expr, Situation(None, 0)))  # type: ignore[arg-type]
    return None


def _flips(expr: Compare, field: Field) -> tuple[int, ...]:
    """Try every value of the one field of a comparison, and give those where the answer changes."""
    answers = [evaluate(_with(expr, value), Situation(None, 0))  # type: ignore[arg-type]
               for value in range(field.domain.lo, field.domain.hi + 1)]  # fmt: skip
    return tuple(field.domain.lo + i for i in range(1, len(answers)) if answers[i] != answers[i - 1])


def _with(expr: Any, value: int) -> Any:
    """Give an expression of one field with a value in the field's place."""
    if isinstance(expr, FieldRef):
        return Const(value, expr.domain, expr.place)
    if isinstance(expr, DefinitionRef):
        return _with(expr.definition.body, value)
    if isinstance(expr, Compare):
        return Compare(expr.op, _with(expr.left, value), _with(expr.right, value), expr.place)
    if children(expr):
        return type(expr)(expr.op, _with(expr.left, value), _with(expr.right, value), expr.domain, expr.place)
    return expr


def _inside(field: Field, cuts: Iterable[int]) -> tuple[int, ...]:
    return tuple(sorted({cut for cut in cuts if field.domain.lo < cut <= field.domain.hi}))
