"""Small mistakes in an expression: another comparison, a bound beside, a part forgotten, an opposite."""

import dataclasses
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from rules.language import Expr, describe
from rules.language.fields import YES_NO, Domain
from rules.language.form import (
    AmountRef,
    And,
    Arith,
    Compare,
    CompareOp,
    Const,
    DefinitionRef,
    FieldRef,
    In,
    IsMissing,
    Not,
    Or,
    TableRef,
    children,
)
from rules.reading import Place
from rules.verify.parts import Root

_BESIDE: dict[CompareOp, tuple[CompareOp, ...]] = {
    "<": ("<=",), "<=": ("<",), ">": (">=",), ">=": (">",), "==": (">=", "<="), "!=": (),
}  # fmt: skip
_OPPOSITE: dict[CompareOp, CompareOp] = {"==": "!=", "!=": "==", "<": ">=", "<=": ">", ">": "<=", ">=": "<"}

#: What is said in place of what was left out.
GONE = {"nb": "utelatt", "en": "left out"}


@dataclass(frozen=True)
class Change:
    """One change of one part of the rules.

    Parameters
    ----------
    owner, kind : str
    part : object
        What is replaced.
    made : callable (part) -> object
        By what.
    before, after : dict of str to str
        Wording by language.
    place : Place
    """

    owner: str
    kind: str
    part: Any
    made: Callable[[Any], Any]
    before: dict[str, str]
    after: dict[str, str]
    place: Place


def expression_changes(root: Root) -> Iterator[Change]:
    """Give the changes of an expression; those of definitions and tables belong to these."""
    for part, parent in _with_parents(root.expr, None):
        if isinstance(part, And | Or):
            yield from _without(part, root)
        for kind, new in _changed(part, parent, root):
            yield Change(root.owner, kind, part, instead(new), both(part), both(new), part.place)


def both(expr: Expr) -> dict[str, str]:
    """Tell an expression in both languages."""
    return {"nb": describe(expr, "nb"), "en": describe(expr, "en")}


def shifted(expr: Expr, step: int) -> Expr:
    """Give a number that is larger by a step."""
    if isinstance(expr, Const):
        value = int(expr.value) + step
        return Const(value, Domain("int", value, value), expr.place)
    one = Const(abs(step), Domain("int", abs(step), abs(step)), expr.place)
    lo, hi = expr.domain.lo + step, expr.domain.hi + step
    return Arith("+" if step > 0 else "-", expr, one, Domain("int", lo, hi), expr.place)


def instead(new: Any) -> Callable[[Any], Any]:
    """Put something else in place of a part."""
    return lambda _: new


def updated(**values: Any) -> Callable[[Any], Any]:
    """Give a part other values of some of its fields."""
    return lambda part: dataclasses.replace(part, **values)


def _with_parents(expr: Expr, parent: Expr | None) -> Iterator[tuple[Expr, Expr | None]]:
    yield expr, parent
    if not isinstance(expr, DefinitionRef | TableRef):
        for part in children(expr):
            yield from _with_parents(part, expr)


def _changed(part: Expr, parent: Expr | None, root: Root) -> Iterator[tuple[str, Expr]]:
    match part:
        case Compare():
            yield from _compared(part, parent)
        case In():
            yield from _in(part, parent)
        case And(items=items, place=place) | Or(items=items, place=place):
            yield "and-or", (Or if isinstance(part, And) else And)(items, place)
        case Not(item=item):
            yield "negate", item
        case Arith(op="+" | "-"):
            yield "arithmetic", dataclasses.replace(part, op="-" if part.op == "+" else "+")
        case Const() | AmountRef() if part.domain.kind == "int" and root.part != "output" and not isinstance(parent, Compare):
            yield "bound", shifted(part, 1)
            if part.domain.lo > 0:
                yield "bound", shifted(part, -1)
        case FieldRef() | DefinitionRef() | TableRef() | IsMissing():
            if part.domain == YES_NO and not isinstance(parent, Not | Compare) and root.part != "output":
                yield "negate", Not(part, part.place)


def _without(part: And | Or, root: Root) -> Iterator[Change]:
    for number, item in enumerate(part.items):
        rest = part.items[:number] + part.items[number + 1 :]
        new: Expr = rest[0] if len(rest) == 1 else type(part)(rest, part.place)
        yield Change(root.owner, "drop-part", part, instead(new), both(item), GONE, item.place)


def _compared(part: Compare, parent: Expr | None) -> Iterator[tuple[str, Expr]]:
    if not isinstance(parent, Not):
        yield "negate", dataclasses.replace(part, op=_OPPOSITE[part.op])
    if part.left.domain.kind != "int":
        return
    for op in _BESIDE[part.op]:
        yield "operator", dataclasses.replace(part, op=op)
    for side in ("left", "right"):
        bound = getattr(part, side)
        if isinstance(bound, Const | AmountRef):
            for step in _steps(part.op, side):
                new = shifted(bound, step)
                yield "bound", dataclasses.replace(part, left=new) if side == "left" else dataclasses.replace(part, right=new)


def _steps(op: CompareOp, side: str) -> tuple[int, ...]:
    """Give the shifts of a bound that another operator does not make already: ``x > 3`` is ``x >= 4``."""
    right = {"<": (-1,), ">=": (-1,), "<=": (1,), ">": (1,)}.get(op, (1, -1))
    return right if side == "right" else tuple(-step for step in right)


def _in(part: In, parent: Expr | None) -> Iterator[tuple[str, Expr]]:
    if not isinstance(parent, Not):
        yield "negate", Not(part, part.place)
    for number in range(len(part.options) if len(part.options) > 1 else 0):
        yield "drop-value", dataclasses.replace(part, options=part.options[:number] + part.options[number + 1 :])
