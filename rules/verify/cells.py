"""Conditions judged for all profiles at once: one value of every cell that the cut points make, as arrays.

Cells are told apart by the cut points of the conditions in question, so what holds for the values tried holds for all.
Where profiles are asked for, the fields are eliminated one by one (bucket elimination, Dechter 1999): only conditions
that share fields are ever joined, and what must be held at once is the largest of these joints, not the product of
all fields.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import reduce
from math import prod
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

from rules.language import CutPoints, Expr, Field, conjuncts, cut_points, fields_of
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
    TableRef,
)

Value: TypeAlias = int | bool | str
Profile: TypeAlias = dict[str, Value | None]
Array: TypeAlias = NDArray[Any]

#: No more profiles than this are held at once; beyond, a question is not decided.
MOST_PROFILES = 5_000_000

_COMPARED = {"==": np.equal, "!=": np.not_equal, "<": np.less, "<=": np.less_equal, ">": np.greater, ">=": np.greater_equal}
_COUNTED = {"+": np.add, "-": np.subtract, "*": np.multiply, "//": np.floor_divide}


class UndecidedError(Exception):
    """There are more relevant profiles than are tried, or a kind of condition that is not known here."""


@dataclass(frozen=True, slots=True)
class Factor:
    """The answers of one condition (or of several joined) for all values of the fields it reads.

    Parameters
    ----------
    names : tuple of str
        The fields, sorted: the axes of the array.
    answers : array of bool
    """

    names: tuple[str, ...]
    answers: Array


class Cells:
    """The profiles that matter for some conditions.

    Parameters
    ----------
    exprs : iterable of Expr
        Every condition that will be asked about.
    fixed : mapping of str to value, optional
        Fields that have one value here.
    most : int
        Of profiles held at once.

    Raises
    ------
    UndecidedError
        When a single field has more values that matter than `most`.
    """

    def __init__(self, exprs: Iterable[Expr], fixed: Profile | None = None, most: int = MOST_PROFILES) -> None:
        known = list(exprs)
        self.most, self.fixed = most, dict(fixed or {})
        self.fields: dict[str, Field] = {}
        for expr in known:
            self.fields |= fields_of(expr)
        cuts = cut_points(*known)
        self.values: dict[str, tuple[Value | None, ...]] = {
            name: (self.fixed[name],) if name in self.fixed else cell_values(field, cuts, most)
            for name, field in self.fields.items()
        }
        self._codes: dict[str, int] = {}
        self._factors: dict[int, tuple[Expr, Factor]] = {}

    def factor(self, expr: Expr) -> Factor:
        """Give the answers of a condition. Raises `UndecidedError` when there are too many profiles."""
        kept = self._factors.get(id(expr))
        if kept is not None:
            return kept[1]
        names = tuple(name for name in fields_of(expr) if len(self.values[name]) > 1)
        shape = self._shape(names)
        answers = np.broadcast_to(_Judge(self, names).value(expr), shape)
        made = Factor(names, answers)
        self._factors[id(expr)] = (expr, made)
        return made

    def some(self, conditions: Iterable[Expr], factors: Iterable[Factor] = ()) -> Profile | None:
        """Find a profile for which all conditions hold.

        Parameters
        ----------
        conditions : iterable of Expr
        factors : iterable of Factor
            More conditions, already judged.

        Returns
        -------
        dict of str to value, or None
            A value for each field of the conditions (None = missing); None when there is no such profile.

        Raises
        ------
        UndecidedError
        """
        parts = [self.factor(part) for expr in conditions for part in conjuncts(expr)]
        found = self._eliminate([*parts, *factors])
        if found is None:
            return None
        return {name: self.values[name][found.get(name, 0)] for name in self.fields}

    def count(self, conditions: Iterable[Expr]) -> int:
        """Count the profiles for which all conditions hold, over every field that is known here.

        As in `some` fields are eliminated one by one; here what is carried on is how many, in place of whether any.

        Raises
        ------
        UndecidedError
        """
        sizes = {name: len(values) for name, values in self.values.items()}
        if prod(sizes.values()) >= 2**62:
            raise UndecidedError
        factors = [self.factor(part) for expr in conditions for part in conjuncts(expr)]
        left = [Factor(factor.names, factor.answers.astype(np.int64)) for factor in factors]
        free = sizes.keys() - {name for factor in factors for name in factor.names}
        while names := sorted({name for factor in left for name in factor.names}):
            name = min(names, key=lambda one: (self._joint_size(one, left), one))
            met = [factor for factor in left if name in factor.names]
            joint = tuple(sorted({other for factor in met for other in factor.names}))
            self._shape(joint)
            product = reduce(np.multiply, (self._spread(factor, joint) for factor in met))
            axis = joint.index(name)
            summed = np.broadcast_to(product, self._shape(joint)).sum(axis=axis)
            rest = [factor for factor in left if name not in factor.names]
            left = [*rest, Factor(joint[:axis] + joint[axis + 1 :], summed)]
        return prod(int(factor.answers) for factor in left) * prod(sizes[name] for name in free)

    def join(self, factors: Sequence[Factor]) -> Factor:
        """Give where several conditions hold together."""
        names = tuple(sorted({name for factor in factors for name in factor.names}))
        shape = self._shape(names)
        joined = np.ones(shape, dtype=bool)
        for factor in factors:
            joined &= self._spread(factor, names)
        return Factor(names, joined)

    def without(self, names: Iterable[str], factors: Iterable[Factor]) -> list[Factor]:
        """Give for which values of the other fields some value of these fields exists."""
        left = list(factors)
        for name in names:
            met = [factor for factor in left if name in factor.names]
            if met:
                left = [factor for factor in left if name not in factor.names] + [_summed(self.join(met), name)]
        return left

    def _spread(self, factor: Factor, names: tuple[str, ...]) -> Array:
        shape = tuple(len(self.values[name]) if name in factor.names else 1 for name in names)
        return factor.answers.reshape(shape)

    def _shape(self, names: tuple[str, ...]) -> tuple[int, ...]:
        shape = tuple(len(self.values[name]) for name in names)
        if prod(shape) > self.most or len(shape) > 30:
            raise UndecidedError
        return shape

    def _eliminate(self, factors: list[Factor]) -> dict[str, int] | None:
        buckets: list[tuple[str, Factor]] = []
        while True:
            if any(not factor.answers.any() for factor in factors):
                return None
            names = sorted({name for factor in factors for name in factor.names})
            if not names:
                break
            name = min(names, key=lambda one: (self._joint_size(one, factors), one))
            joined = self.join([factor for factor in factors if name in factor.names])
            buckets.append((name, joined))
            factors = [*(factor for factor in factors if name not in factor.names), _summed(joined, name)]
        chosen: dict[str, int] = {}
        for name, joined in reversed(buckets):
            line = joined.answers[tuple(slice(None) if n == name else chosen[n] for n in joined.names)]
            chosen[name] = int(np.argmax(line))
        return chosen

    def _joint_size(self, name: str, factors: list[Factor]) -> int:
        met = {other for factor in factors if name in factor.names for other in factor.names}
        return prod(len(self.values[other]) for other in met)

    def code(self, value: Value) -> int | bool:
        """Give a value as a number: those of enums are numbered as they come."""
        return self._codes.setdefault(value, len(self._codes)) if isinstance(value, str) else value


def _summed(factor: Factor, name: str) -> Factor:
    """Give for which values of the other fields some value of a field exists."""
    axis = factor.names.index(name)
    return Factor(factor.names[:axis] + factor.names[axis + 1 :], np.asarray(factor.answers.any(axis=axis)))


def cell_values(field: Field, cuts: CutPoints, most: int = MOST_PROFILES) -> tuple[Value | None, ...]:
    """Give one value of every cell that the cut points make of a field's domain; None first, where it may be missing."""
    missing: tuple[None, ...] = () if field.may_be is None else (None,)
    if field.type == "yes/no":
        return (*missing, False, True)
    if field.type == "one of":
        return (*missing, *field.values)
    lo, hi, edges = field.domain.lo, field.domain.hi, cuts.get(field.name, ())
    if edges is not None:
        return (*missing, lo, *(cut for cut in edges if lo < cut <= hi))
    if hi - lo >= most:
        raise UndecidedError
    return (*missing, *range(lo, hi + 1))


class _Judge:
    """Evaluates expressions over the cells of some fields; each array broadcasts over the axes of these.

    A missing value stands as the first of the domain: a condition tests whether a value is missing before it uses it
    (`rules.language.presence` proves this), so that what stands there never decides.
    """

    def __init__(self, cells: Cells, names: tuple[str, ...]) -> None:
        self.cells, self.names = cells, names
        self.known: dict[int, Any] = {}

    def value(self, expr: Expr) -> Any:
        found = self.known.get(id(expr))
        if found is None:
            found = self.known[id(expr)] = self._value(expr)
        return found

    def _value(self, expr: Expr) -> Any:
        match expr:
            case Const(value=value):
                return np.asarray(self.cells.code(value))
            case AmountRef(amount=amount):
                return np.asarray(amount.value)
            case FieldRef(field=field):
                first = field.values[0] if field.values else field.domain.lo if field.type == "int" else False
                return self._axis(field, [self.cells.code(first if v is None else v) for v in self.cells.values[field.name]])
            case IsMissing(field=field):
                return self._axis(field, [v is None for v in self.cells.values[field.name]])
            case DefinitionRef(definition=definition):
                return self.value(definition.body)
            case TableRef():
                return self._table(expr)
            case Arith(op=op, left=left, right=right):
                return self._sized(_COUNTED[op], self.value(left), self.value(right))
            case Compare(op=sign, left=left, right=right):
                return self._sized(_COMPARED[sign], self.value(left), self.value(right))
            case In(item=item, options=options):
                value = self.value(item)
                return reduce(np.logical_or, [np.equal(value, self.cells.code(option)) for option in options])
            case Not(item=item):
                return np.logical_not(self.value(item))
            case And(items=items):
                return reduce(lambda a, b: self._sized(np.logical_and, a, b), [self.value(item) for item in items])
            case Or(items=items):
                return reduce(lambda a, b: self._sized(np.logical_or, a, b), [self.value(item) for item in items])
        raise UndecidedError  # a kind of expression that is newer than this list

    def _table(self, expr: TableRef) -> Any:
        inputs = [self.value(part) for part in expr.table.inputs]
        total: Any = np.asarray(0)
        for row in expr.table.rows:
            hit = self.hit(row.cells, inputs)
            output = self.value(row.outputs[expr.column])
            total = np.where(hit, total + output if expr.table.hit == "collect" else output, total)
        return total

    def hit(self, cells: Sequence[Cell], inputs: Sequence[Any]) -> Any:
        found: Any = np.asarray(True)
        for cell, value in zip(cells, inputs, strict=True):
            if cell is not None:
                found = self._sized(np.logical_and, found, self._matches(cell, value))
        return found

    def _matches(self, cell: Cell, value: Any) -> Any:
        options = [
            np.logical_and(value >= option[0], value <= option[1]) if isinstance(option, tuple)
            else np.equal(value, self.cells.code(option)) for option in cell or ()
        ]  # fmt: skip
        return reduce(np.logical_or, options)

    def _axis(self, field: Field, values: list[Any]) -> Array:
        if field.name not in self.names:
            return np.asarray(values[0])
        axis = self.names.index(field.name)
        return np.asarray(values).reshape(tuple(-1 if i == axis else 1 for i in range(len(self.names))))

    def _sized(self, operation: Any, left: Any, right: Any) -> Any:
        if prod(np.broadcast_shapes(left.shape, right.shape)) > self.cells.most:
            raise UndecidedError
        return operation(left, right)


def row_factor(cells: Cells, ref: TableRef, row: int) -> Factor:
    """Give for which profiles a row of a table answers. Raises `UndecidedError`."""
    names = tuple(sorted({n for part in ref.table.inputs for n in fields_of(part) if len(cells.values[n]) > 1}))
    judge = _Judge(cells, names)
    hit = judge.hit(ref.table.rows[row].cells, [judge.value(part) for part in ref.table.inputs])
    return Factor(names, np.broadcast_to(hit, cells._shape(names)))
