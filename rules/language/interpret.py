"""The plain interpreter: what an expression means, without generating anything. The oracle of the other backs."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from rules.language.calendar_days import Calendar, count_after
from rules.language.combine import calculate, compare
from rules.language.fields import YES_NO, Aggregate, Count, Domain, Elapsed, Field, Remaining, Within
from rules.language.form import (
    AmountRef,
    And,
    Arith,
    Cell,
    Compare,
    Const,
    DefinitionRef,
    Expr,
    FieldRef,
    In,
    IsMissing,
    Not,
    Or,
    Row,
    TableRef,
    Value,
    fields_of,
)
from rules.language.layout import MissingFact


@dataclass(frozen=True, slots=True)
class Situation:
    """What an expression is judged on.

    Parameters
    ----------
    calendar : Calendar
        Of the layout that made the facts.
    day : int
    applicant, dwelling, site, member : facts or None
    """

    calendar: Calendar
    day: int
    applicant: Any = None
    dwelling: Any = None
    site: Any = None
    member: Any = None


@dataclass(frozen=True, slots=True)
class Trace:
    """How a value came about.

    Parameters
    ----------
    expr : Expr
    value : int, str, bool or None
        None when it could not be judged, because a field that may be missing is missing.
    values : dict of str to (int, str, bool or None)
        The fields it reads and their values; None = missing.
    parts : tuple of Trace
        The parts of `and`, `or`, `not` and of a definition; empty for an atomic condition.
    """

    expr: Expr
    value: Value | None
    values: dict[str, Value | None]
    parts: "tuple[Trace, ...]" = ()

    def atoms(self) -> "Iterator[Trace]":
        """Give the atomic conditions, from the left."""
        if not self.parts:
            yield self
        for part in self.parts:
            yield from part.atoms()


def field_value(field: Field, at: Situation) -> Value | None:
    """Give the value of a field; None when it is missing and may be.

    Raises
    ------
    MissingFact
        When it has no value and may not be missing.
    """
    if field.source.__class__ is Aggregate:
        return _aggregate(field, field.source, at)
    facts = getattr(at, field.of)
    if facts is None:
        raise MissingFact(f"there is no {field.of} to read the field {field.name!r} from")
    match field.source:
        case Elapsed(unit=unit, pauses=pauses):
            since = getattr(facts, f"{field.name}__since")
            if since is None:
                return None
            now = min(at.day, getattr(facts, f"{field.name}__held")) if pauses else at.day
            return clamp(at.calendar.elapsed(since, now, unit), field.domain)
        case Remaining(unit=unit):
            end = getattr(facts, f"{field.name}__end")
            return None if end is None else clamp(at.calendar.remaining(end, at.day, unit), field.domain)
        case Count():
            return clamp(count_after(getattr(facts, f"{field.name}__ends"), at.day), field.domain)
        case Within():
            return bool(at.day < getattr(facts, f"{field.name}__until"))
    value: Value | None = getattr(facts, field.name)
    if value is None and field.may_be is None:
        raise MissingFact(f"the field {field.name!r} of the {field.of} has no value")
    return value


def clamp(value: int, domain: Domain) -> int:
    """Keep a number inside a range: beyond an end it stays at the end."""
    return min(max(value, domain.lo), domain.hi)


def _aggregate(field: Field, source: Aggregate, at: Situation) -> int:
    total = 0
    for member in at.applicant.members:
        here = replace(at, member=member)
        if source.where is not None and not evaluate(source.where, here):
            continue
        value = 1 if source.field is None else field_value(source.field, here)
        assert isinstance(value, int)
        total = max(total, value) if source.op == "max" else total + value
    return clamp(total, field.domain)


def evaluate(expr: Expr, at: Situation) -> Value:
    """Give the value of an expression.

    Raises
    ------
    MissingFact
        When a field it needs has no value.
    """
    match expr:
        case Const(value=value):
            return value
        case AmountRef(amount=amount):
            return amount.value
        case FieldRef(field=field):
            found = field_value(field, at)
            if found is None:
                raise MissingFact(f"the field {field.name!r} is {field.may_be} and was used")
            return found
        case DefinitionRef(definition=definition):
            return evaluate(definition.body, at)
        case TableRef():
            return _table(expr, at)
        case Arith(op=op, left=left, right=right):
            return calculate(op, _int(left, at), _int(right, at))
        case Compare(op=sign, left=left, right=right):
            return compare(sign, evaluate(left, at), evaluate(right, at))
        case In(item=item, options=options):
            return evaluate(item, at) in options
        case IsMissing(field=field):
            return field_value(field, at) is None
        case Not(item=item):
            return not evaluate(item, at)
        case And(items=items):
            return all(evaluate(item, at) for item in items)
        case Or(items=items):
            return any(evaluate(item, at) for item in items)


def _int(expr: Expr, at: Situation) -> int:
    value = evaluate(expr, at)
    assert isinstance(value, int)
    return value


def matches(cell: Cell, value: Value) -> bool:
    """Say whether a value satisfies a cell of a table."""
    if cell is None:
        return True
    return any(option[0] <= value <= option[1] if isinstance(option, tuple) and isinstance(value, int)
               else option == value for option in cell)  # fmt: skip


def rows_hit(expr: TableRef, at: Situation) -> tuple[Row, ...]:
    """Give the rows of a table that answer."""
    values = [evaluate(part, at) for part in expr.table.inputs]
    return tuple(row for row in expr.table.rows if all(map(matches, row.cells, values)))


def _table(expr: TableRef, at: Situation) -> Value:
    hit = rows_hit(expr, at)
    if expr.table.hit == "collect":
        return sum(_int(row.outputs[expr.column], at) for row in hit)
    if len(hit) != 1:
        values = [evaluate(part, at) for part in expr.table.inputs]
        raise MissingFact(f"the table {expr.table.name!r} has no row for {values}: a value is outside its range")
    return evaluate(hit[0].outputs[expr.column], at)


def trace(expr: Expr, at: Situation) -> Trace:
    """Give the value of an expression, and of every part with the values it read.

    Every part is judged, those too that did not matter for the whole; a part that uses a missing field has no
    value.
    """
    parts: tuple[Trace, ...] = ()
    match expr:
        case And(items=items) | Or(items=items):
            parts = tuple(trace(item, at) for item in items)
        case Not(item=item):
            parts = (trace(item, at),)
        case DefinitionRef(definition=definition) if definition.body.domain == YES_NO:
            parts = (trace(definition.body, at),)
    return Trace(expr, attempt(expr, at), read_values(expr, at), parts)


def attempt(expr: Expr, at: Situation) -> Value | None:
    """Give the value of an expression, or None when a field it needs is missing."""
    try:
        return evaluate(expr, at)
    except MissingFact:
        return None


def read_values(expr: Expr, at: Situation) -> dict[str, Value | None]:
    """Give the values of the fields an expression reads; None for those that are missing."""
    found: dict[str, Value | None] = {}
    for name, field in fields_of(expr).items():
        try:
            found[name] = field_value(field, at)
        except MissingFact:
            found[name] = None
    return found
