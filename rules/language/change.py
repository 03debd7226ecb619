"""When a value may change if nothing happens but that time passes: the interpreter's answer.

Exact for a comparison of an elapsed time, a number in a window or a window with something that stands still;
otherwise early at worst, never late. A condition joined by `and` waits for its first failing part, one
joined by `or` for its first that holds.
"""

from collections.abc import Iterable
from dataclasses import replace

from rules.language.calendar_days import NEVER, next_count
from rules.language.combine import swapped
from rules.language.cuts import constant_cuts, input_cuts
from rules.language.fields import Aggregate, Count, Elapsed, Field, Remaining, Within
from rules.language.form import And, Compare, CompareOp, Expr, FieldRef, In, Or, TableRef, children, reads_time
from rules.language.interpret import Situation, evaluate


def next_change(expr: Expr, at: Situation) -> int:
    """Give the first day after `at.day` on which the value of an expression may differ.

    Returns
    -------
    int
        A day after `at.day`, or `NEVER`.

    Raises
    ------
    MissingFact
        When a field needed to judge the expression has no value.
    """
    if not reads_time(expr):
        return NEVER
    match expr:
        case FieldRef(field=field):
            return _field(field, at, None)
        case And(items=items) | Or(items=items):
            soonest = NEVER
            for item in items:
                change = next_change(item, at)
                if evaluate(item, at) is isinstance(expr, Or):
                    return change
                soonest = min(soonest, change)
            return soonest
        case Compare(op=op, left=left, right=right):
            bare = bare_clock(op, left, right)
            if bare is not None:
                field, sign, still = bare
                if field.type == "yes/no":
                    return _field(field, at, None)
                return _field(field, at, constant_cuts(sign, int(evaluate(still, at))))
        case In(item=FieldRef(field=field), options=options) if field.type == "int":
            return _field(field, at, option_cuts(options))
        case TableRef(table=table):
            found = [
                _field(part.field, at, input_cuts(table, index))
                if isinstance(part, FieldRef) and part.domain.kind == "int"
                else next_change(part, at)
                for index, part in enumerate(table.inputs)
            ]
            outputs = [row.outputs[expr.column] for row in table.rows]
            return min([*found, *(next_change(output, at) for output in outputs)])
    return min((next_change(part, at) for part in children(expr)), default=NEVER)


def bare_clock(op: CompareOp, left: Expr, right: Expr) -> tuple[Field, CompareOp, Expr] | None:
    """Give (clock, comparison, other side) when one side is a field that moves with time and the other stands still."""
    for sign, side, other in ((op, left, right), (swapped(op), right, left)):
        if isinstance(side, FieldRef) and side.field.moves_with_time and not reads_time(other):
            return side.field, sign, other
    return None


def option_cuts(options: Iterable[object]) -> tuple[int, ...]:
    """Give the cuts of ``x in [options]``."""
    return tuple(sorted({cut for value in options if isinstance(value, int) for cut in (value, value + 1)}))


def _field(field: Field, at: Situation, cuts: Iterable[int] | None) -> int:
    if not field.moves_with_time:
        return NEVER
    facts = getattr(at, field.of)
    ends = (field.domain.lo, field.domain.hi)
    match field.source:
        case Elapsed(unit=unit, pauses=pauses):
            held = getattr(facts, f"{field.name}__held") if pauses else NEVER
            since = getattr(facts, f"{field.name}__since")
            return at.calendar.next_elapsed(since, held, at.day, unit, ends, cuts)
        case Remaining(unit=unit):
            return at.calendar.next_remaining(getattr(facts, f"{field.name}__end"), at.day, unit, ends, cuts)
        case Count():
            return next_count(getattr(facts, f"{field.name}__ends"), at.day, ends, cuts)
        case Within():
            until: int = getattr(facts, f"{field.name}__until")
            return until if until > at.day else NEVER
        case Aggregate() as source:
            return min((_member(source, replace(at, member=member)) for member in facts.members), default=NEVER)
    return NEVER


def _member(source: Aggregate, at: Situation) -> int:
    change = NEVER
    if source.where is not None:
        change = next_change(source.where, at)
        if not evaluate(source.where, at):
            return change
    return change if source.field is None else min(change, _field(source.field, at, None))
