"""An expression with one field put in: what is left to be asked of the others."""

from dataclasses import replace
from typing import Any, TypeAlias

from rules.language import Domain, Expr, Table, Value
from rules.language.combine import calculate, compare, swapped
from rules.language.fields import YES_NO
from rules.language.form import (
    AmountRef,
    And,
    Arith,
    Cell,
    Compare,
    Const,
    DefinitionRef,
    FieldRef,
    In,
    IsMissing,
    Not,
    Or,
    Output,
    Row,
    TableRef,
)
from rules.reading import Place

_NOWHERE = Place("profile", 1, 1, "")

#: What reading a value that is missing gives: neither met nor unmet, and no number.
NOTHING: Any = Const(None, YES_NO, _NOWHERE)  # type: ignore[arg-type]
TRUE = Const(True, YES_NO, _NOWHERE)
FALSE = Const(False, YES_NO, _NOWHERE)

Given: TypeAlias = tuple[str, Value | None]


def reduced(expr: Expr, given: Given) -> Expr:
    """Put the value of one field into an expression, and work out whatever follows.

    Parameters
    ----------
    expr : Expr
    given : (str, value)
        Name of the field and its value; None = missing.

    Returns
    -------
    Expr
        With the same value as `expr` whatever the other fields are. A constant when nothing more is needed;
        `NOTHING` where a missing value would be read.
    """
    match expr:
        case FieldRef(field=field):
            return expr if field.name != given[0] else _const(given[1])
        case IsMissing(field=field):
            return expr if field.name != given[0] else _truth(given[1] is None)
        case Const(value=value):
            return _const(value)
        case AmountRef(amount=amount):
            return _const(amount.value)
        case DefinitionRef(definition=definition):
            return reduced(definition.body, given)
        case TableRef():
            return _table(expr, given)
        case Arith(op=op, left=left, right=right):
            return _arith(expr, op, reduced(left, given), reduced(right, given))
        case Compare(op=op, left=left, right=right):
            return _compare(op, reduced(left, given), reduced(right, given))
        case In(item=item, options=options):
            inner = reduced(item, given)
            if inner is NOTHING:
                return NOTHING
            return _truth(inner.value in options) if isinstance(inner, Const) else In(inner, options, expr.place)
        case Not(item=item):
            return negated(reduced(item, given))
        case And(items=items):
            return joined(tuple(items), given, FALSE)
        case Or(items=items):
            return joined(tuple(items), given, TRUE)
    return expr


def negated(expr: Expr) -> Expr:
    """Give the opposite of a condition."""
    if isinstance(expr, Const):
        return expr if expr is NOTHING else _truth(not expr.value)
    return expr.item if isinstance(expr, Not) else Not(expr, _NOWHERE)


def joined(items: tuple[Expr, ...], given: Given, deciding: Const) -> Expr:
    """Reduce the parts of an `and` (decided by false) or an `or` (by true), from the left until one decides."""
    rest: dict[Expr, None] = {}
    for item in items:
        part = reduced(item, given)
        if part is NOTHING:
            rest[part] = None
            break
        if isinstance(part, Const):
            if part.value == deciding.value:
                return deciding
        else:
            rest[part] = None
    if not rest:
        return negated(deciding)
    if len(rest) == 1:
        return next(iter(rest))
    return And(tuple(rest), _NOWHERE) if deciding is FALSE else Or(tuple(rest), _NOWHERE)


def _const(value: Value | None) -> Expr:
    if value is None:
        return NOTHING  # type: ignore[no-any-return]
    if isinstance(value, bool):
        return TRUE if value else FALSE
    return Const(value, Domain("int", value, value) if isinstance(value, int) else Domain("one of", values=(value,)), _NOWHERE)


def _truth(value: bool) -> Const:
    return TRUE if value else FALSE


def _arith(expr: Arith, op: Any, left: Expr, right: Expr) -> Expr:
    if left is NOTHING or right is NOTHING:
        return NOTHING
    if isinstance(left, Const) and isinstance(right, Const):
        return _const(calculate(op, int(left.value), int(right.value)))
    return Arith(op, left, right, expr.domain, _NOWHERE)


def _compare(op: Any, left: Expr, right: Expr) -> Expr:
    if left is NOTHING or right is NOTHING:
        return NOTHING
    if isinstance(left, Const):
        if isinstance(right, Const):
            return _truth(compare(op, left.value, right.value))
        left, right, op = right, left, swapped(op)
    while isinstance(right, Const) and isinstance(left, Arith) and left.op in ("+", "-", "*"):
        moved = _divided(op, left, int(right.value)) if left.op == "*" else _moved(op, left, int(right.value))
        if isinstance(moved, Const):
            return moved
        if moved is None:
            break
        op, left, right = moved
    return _within_range(op, left, right) or Compare(op, left, right, _NOWHERE)


def _moved(op: Any, sum_: Arith, bound: int) -> tuple[Any, Expr, Const] | None:
    """Take a written number to the other side, so that one field stands alone against a number."""
    one, other = sum_.left, sum_.right
    if isinstance(other, Const):
        left, value = one, bound - int(other.value) if sum_.op == "+" else bound + int(other.value)
    elif isinstance(one, Const) and sum_.op == "+":
        left, value = other, bound - int(one.value)
    elif isinstance(one, Const):
        left, value, op = other, int(one.value) - bound, swapped(op)
    else:
        return None
    return op, left, Const(value, Domain("int", value, value), _NOWHERE)


def _divided(op: Any, product: Arith, bound: int) -> tuple[Any, Expr, Const] | Const | None:
    """Take a written factor to the other side; whole numbers are rounded to the side that means the same."""
    one, other = product.left, product.right
    if isinstance(one, Const):
        one, other = other, one
    if not isinstance(other, Const):
        return None
    factor = int(other.value)
    if factor == 0:
        return _truth(compare(op, 0, bound))
    if factor < 0:
        factor, bound, op = -factor, -bound, swapped(op)
    if op in ("==", "!=") and bound % factor:
        return _truth(op == "!=")
    value = -(-bound // factor) if op in (">=", "<") else bound // factor
    return op, one, Const(value, Domain("int", value, value), _NOWHERE)


def _within_range(op: str, left: Expr, right: Expr) -> Expr | None:
    """Give the answer of a comparison with a number that the range decides."""
    if not isinstance(right, Const) or left.domain.kind != "int" or isinstance(left, TableRef):
        return None
    low, high, bound = left.domain.lo, left.domain.hi, int(right.value)
    always = {"<": high < bound, "<=": high <= bound, ">": low > bound, ">=": low >= bound, "==": low == high == bound}
    never = {"<": low >= bound, "<=": low > bound, ">": high <= bound, ">=": high < bound, "==": not low <= bound <= high}
    if op == "!=":
        return FALSE if always["=="] else TRUE if never["=="] else None
    return TRUE if always[op] else FALSE if never[op] else None


def _table(ref: TableRef, given: Given) -> Expr:
    table = ref.table
    inputs = [reduced(part, given) for part in table.inputs]
    if any(part is NOTHING for part in inputs):
        return NOTHING  # type: ignore[no-any-return]
    kept = [index for index, part in enumerate(inputs) if not isinstance(part, Const)]
    rows: list[Row] = []
    for row in table.rows:
        met = all(_in_cell(part.value, row.cells[index]) for index, part in enumerate(inputs) if isinstance(part, Const))
        if met:
            rows.append(Row(tuple(row.cells[i] for i in kept), (reduced(row.outputs[ref.column], given),), _NOWHERE))
    return _collected(ref, kept, inputs, rows) if table.hit == "collect" else _unique(ref, kept, inputs, rows)


def _unique(ref: TableRef, kept: list[int], inputs: list[Expr], rows: list[Row]) -> Expr:
    """The rows were proved disjoint and complete at load: who meets no other row meets the last."""
    if not rows:
        return NOTHING  # type: ignore[no-any-return]
    if len({row.outputs[0] for row in rows}) == 1:
        return rows[0].outputs[0]
    return _smaller(ref, kept, inputs, rows)


def _collected(ref: TableRef, kept: list[int], inputs: list[Expr], rows: list[Row]) -> Expr:
    certain = [row for row in rows if all(cell is None for cell in row.cells)]
    if len(certain) < len(rows):
        return _smaller(ref, kept, inputs, rows)
    total: Expr = _const(0)
    for row in certain:
        output = row.outputs[0]
        if output is NOTHING:
            return NOTHING
        if isinstance(total, Const) and isinstance(output, Const):
            total = _const(int(total.value) + int(output.value))
        else:
            span = Domain("int", total.domain.lo + output.domain.lo, total.domain.hi + output.domain.hi)
            total = Arith("+", output, total, span, _NOWHERE)
    return total


def _smaller(ref: TableRef, kept: list[int], inputs: list[Expr], rows: list[Row]) -> TableRef:
    output: Output = ref.output
    table: Table = replace(ref.table, inputs=tuple(inputs[i] for i in kept), outputs=(output,), rows=tuple(rows))
    return TableRef(table, 0, _NOWHERE)


def _in_cell(value: Value, cell: Cell) -> bool:
    if cell is None:
        return True
    return any(part[0] <= value <= part[1] if isinstance(part, tuple) else part == value for part in cell)  # type: ignore[operator]
