"""The plain interpreter with a notebook: which parts of the rules were judged, and what came out."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Any, TypeAlias

from rules.language import Aggregate, Field, MissingFact, Situation, Value, evaluate
from rules.language.combine import calculate, compare
from rules.language.form import (
    AmountRef,
    And,
    Arith,
    Compare,
    DefinitionRef,
    Expr,
    FieldRef,
    In,
    Not,
    Or,
    TableRef,
)
from rules.language.interpret import rows_hit

Evaluator: TypeAlias = Callable[[Expr, Situation], Value]


@dataclass
class Observer:
    """Evaluate expressions as the interpreter does, and note the value of every part that was judged.

    Parameters
    ----------
    seen : dict of int to set
        By `id` of the part: values of expressions; True for rows, tables, amounts and whatever else was met.
        The parts must outlive the observer.
    """

    seen: dict[int, set[Value]] = field(default_factory=dict)

    def note(self, part: Any, value: Value = True) -> None:
        """Note that a part was met."""
        self.seen.setdefault(id(part), set()).add(value)

    def __call__(self, expr: Expr, at: Situation) -> Value:
        """Give the value of an expression; errors are those of `evaluate`."""
        self.seen.setdefault(id(expr), set())  # begun, even when a missing fact ends it
        value = self._value(expr, at)
        self.note(expr, value)
        return value

    def _value(self, expr: Expr, at: Situation) -> Value:
        match expr:
            case FieldRef(field=Field(source=Aggregate(where=where))) if where is not None:
                for member in at.applicant.members:
                    self(where, replace(at, member=member))
            case AmountRef(amount=amount):
                self.note(amount)
                return amount.value
            case DefinitionRef(definition=definition):
                return self(definition.body, at)
            case TableRef():
                return self._table(expr, at)
            case Arith(op=op, left=left, right=right):
                return calculate(op, int(self(left, at)), int(self(right, at)))
            case Compare(op=sign, left=left, right=right):
                return compare(sign, self(left, at), self(right, at))
            case In(item=item, options=options):
                return self(item, at) in options
            case Not(item=item):
                return not self(item, at)
            case And(items=items):
                return all(self(item, at) for item in items)
            case Or(items=items):
                return any(self(item, at) for item in items)
        return evaluate(expr, at)

    def _table(self, expr: TableRef, at: Situation) -> Value:
        table = expr.table
        self.note(table)
        for part in table.inputs:
            self(part, at)
        hit = rows_hit(expr, at)
        for row in hit:
            self.note(row)
        if table.hit == "collect":
            return sum(int(self(row.outputs[expr.column], at)) for row in hit)
        if len(hit) != 1:
            raise MissingFact(f"the table {table.name!r} has no row for these values")
        return self(hit[0].outputs[expr.column], at)
