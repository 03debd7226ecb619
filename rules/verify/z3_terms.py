"""The intermediate form as terms of the solver z3: the values of one imagined person and home.

z3 is an extra (``prove``): nothing but `rules.verify.prove` imports this module.
"""

from collections.abc import Mapping, Sequence
from typing import Any

import z3

from rules.language import Count, Expr, Field, fields_of
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
from rules.verify.answers import Answer, Elapsed, FirstOf, Part, Within
from rules.verify.cells import Profile, UndecidedError, Value


class Person:
    """Terms for what is known of one person and one home.

    Parameters
    ----------
    name : str
        To tell the variables of two people apart.
    codes : dict of str to int
        Numbers of the values of enums, shared by everybody in a question; filled as they come.
    """

    def __init__(self, name: str, codes: dict[str, int]) -> None:
        self.name, self.codes = name, codes
        self.fields: dict[str, Field] = {}
        self._terms: dict[int, tuple[Expr, Any]] = {}

    def code(self, value: str) -> int:
        """Give the number of a value of an enum."""
        return self.codes.setdefault(value, len(self.codes))

    def variable(self, field: Field) -> Any:
        """Give the variable for the value of a field."""
        self.fields[field.name] = field
        made = z3.Bool if field.type == "yes/no" else z3.Int
        return made(f"{field.name}@{self.name}")

    def missing(self, field: Field) -> Any:
        """Give the variable that says whether the value of a field is missing."""
        self.fields[field.name] = field
        return z3.Bool(f"{field.name}?{self.name}") if field.may_be else z3.BoolVal(False)

    def facts(self) -> list[Any]:
        """Give what must hold of every value: its range, and that a shorter window holds no more than a longer one."""
        found = []
        for field in self.fields.values():
            value = self.variable(field)
            if field.type == "int":
                found.append(z3.And(value >= field.domain.lo, value <= field.domain.hi))
            elif field.type == "one of":
                found.append(z3.Or([value == self.code(one) for one in field.values]))
        found += [self.variable(a) <= self.variable(b) for a, b in nested_windows(self.fields)]
        return found

    def answer(self, answer: Answer) -> list[Any]:
        """Give the terms of an answer, each a number or a yes or no; larger goes first."""
        return [self._part(part) for part in answer.parts]

    def _part(self, part: Any) -> Any:
        if isinstance(part, FirstOf):
            term: Any = z3.IntVal(-len(part.conditions))
            for number in reversed(range(len(part.conditions))):
                term = z3.If(self.term(part.conditions[number]), z3.IntVal(-number), term)
            return term
        if isinstance(part, Within):
            return z3.If(self.term(part.condition), _number(self._part(part.part)), z3.IntVal(0))
        if isinstance(part, Elapsed):
            domain = part.field.domain
            term = z3.If(self.missing(part.field), z3.IntVal(domain.lo - 1), self.variable(part.field))
            return term if part.capped is None else z3.If(self.term(part.capped), z3.IntVal(domain.hi + 1), term)
        return self.term(part)

    def term(self, expr: Expr) -> Any:
        """Give the term of an expression. Raises `UndecidedError` for a kind of expression that is not known here."""
        kept = self._terms.get(id(expr))
        if kept is None:
            kept = self._terms[id(expr)] = (expr, self._term(expr))
        return kept[1]

    def _term(self, expr: Expr) -> Any:
        match expr:
            case Const(value=value):
                return self._constant(value)
            case AmountRef(amount=amount):
                return z3.IntVal(amount.value)
            case FieldRef(field=field):
                return self.variable(field)
            case IsMissing(field=field):
                return self.missing(field)
            case DefinitionRef(definition=definition):
                return self.term(definition.body)
            case TableRef():
                return self._table(expr)
            case Arith(op=op, left=left, right=right):
                return _calculated(op, self.term(left), self.term(right))
            case Compare(op=sign, left=left, right=right):
                return _compared(sign, self.term(left), self.term(right))
            case In(item=item, options=options):
                value = self.term(item)
                return z3.Or([value == self._constant(option) for option in options])
            case Not(item=item):
                return z3.Not(self.term(item))
            case And(items=items):
                return z3.And([self.term(item) for item in items])
            case Or(items=items):
                return z3.Or([self.term(item) for item in items])
        raise UndecidedError

    def _constant(self, value: Value) -> Any:
        if isinstance(value, bool):
            return z3.BoolVal(value)
        return z3.IntVal(self.code(value) if isinstance(value, str) else value)

    def _table(self, expr: TableRef) -> Any:
        inputs = [self.term(part) for part in expr.table.inputs]
        rows = [(self._hit(row.cells, inputs), self.term(row.outputs[expr.column])) for row in expr.table.rows]
        if expr.table.hit == "collect":
            return z3.Sum([z3.If(hit, output, z3.IntVal(0)) for hit, output in rows])
        term = rows[-1][1]  # exactly one row answers, so that the last needs no test
        for hit, output in reversed(rows[:-1]):
            term = z3.If(hit, output, term)
        return term

    def _hit(self, cells: Sequence[Cell], inputs: Sequence[Any]) -> Any:
        return z3.And([self._matches(cell, value) for cell, value in zip(cells, inputs, strict=True) if cell is not None])

    def _matches(self, cell: Cell, value: Any) -> Any:
        return z3.Or([
            z3.And(value >= option[0], value <= option[1]) if isinstance(option, tuple) else value == self._constant(option)
            for option in cell or ()
        ])  # fmt: skip

    def profile(self, model: Any) -> Profile:
        """Read the values of the person from a model of the solver."""
        words = {code: word for word, code in self.codes.items()}
        found: Profile = {}
        for name, field in sorted(self.fields.items()):
            value = model.eval(self.variable(field), model_completion=True)
            if field.may_be and z3.is_true(model.eval(self.missing(field), model_completion=True)):
                found[name] = None
            elif field.type == "yes/no":
                found[name] = z3.is_true(value)
            else:
                found[name] = words[value.as_long()] if field.type == "one of" else value.as_long()
        return found


def nested_windows(fields: Mapping[str, Field]) -> list[tuple[Field, Field]]:
    """Give the pairs of counts of one event where the first counts over a part of the other's window."""
    counts = [field for field in fields.values() if isinstance(field.source, Count)]
    found = []
    for a in counts:
        for b in counts:
            assert isinstance(a.source, Count) and isinstance(b.source, Count)
            one, other = a.source.period, b.source.period
            shorter = (one.months and other.months and one.months < other.months) or (
                one.days and other.days and one.days < other.days
            )
            if a.of == b.of and a.source.event == b.source.event and shorter and a.domain.hi <= b.domain.hi:
                found.append((a, b))
    return found


def solve(conditions: Sequence[Any], milliseconds: int) -> tuple[str, Any]:
    """Ask the solver: ``sat`` with a model, ``unsat`` or ``unknown``, with a fixed seed."""
    solver = z3.Solver()
    solver.set("timeout", milliseconds)
    solver.set("random_seed", 1)
    solver.add(*conditions)
    answer = str(solver.check())
    return answer, solver.model() if answer == "sat" else None


def before(one: Sequence[Any], other: Sequence[Any]) -> Any:
    """Say that an answer is smaller than another, compared from the left."""
    term: Any = z3.BoolVal(False)
    for a, b in reversed(list(zip(map(_number, one), map(_number, other), strict=True))):
        term = z3.Or(a < b, z3.And(a == b, term))
    return term


def _number(term: Any) -> Any:
    return z3.If(term, z3.IntVal(1), z3.IntVal(0)) if z3.is_bool(term) else term


def differ(one: Sequence[Any], other: Sequence[Any]) -> Any:
    """Say that two answers are not the same."""
    return z3.Or([a != b for a, b in zip(one, other, strict=True)])


def fields_of_answer(answer: Answer) -> dict[str, Field]:
    """Give the fields an answer reads."""
    found: dict[str, Field] = {}
    for part in answer.parts:
        found |= _fields(part)
    return found


def _fields(part: Part) -> dict[str, Field]:
    if isinstance(part, Within):
        return _fields(part.part) | fields_of(part.condition)
    if isinstance(part, Elapsed):
        capped = {} if part.capped is None else fields_of(part.capped)
        return {part.field.name: part.field, **capped}
    if isinstance(part, FirstOf):
        return {name: field for condition in part.conditions for name, field in fields_of(condition).items()}
    return fields_of(part)


def _calculated(op: str, left: Any, right: Any) -> Any:
    match op:
        case "+":
            return left + right
        case "-":
            return left - right
        case "*":
            return left * right
    divisor = right.as_long()
    # z3 rounds so that the rest is not negative; dividing by what is positive rounds down, as the language does.
    return left / right if divisor > 0 else (-left) / z3.IntVal(-divisor)


def _compared(sign: str, left: Any, right: Any) -> Any:
    match sign:
        case "==":
            return left == right
        case "!=":
            return left != right
        case "<":
            return left < right
        case "<=":
            return left <= right
        case ">":
            return left > right
    return left >= right
