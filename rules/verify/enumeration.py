"""Conditions that have the same answer whatever the values: enumeration over cut points, where that is cheap."""

from collections.abc import Iterator
from datetime import date
from itertools import product
from math import prod
from typing import Any

from rules.language import Aggregate, Expr, Field, Layout, MissingFact, Situation, cut_points, evaluate, fields_of
from rules.reading import InputError
from rules.verify.case_facts import make_facts

#: No more cases than this are tried for one condition.
MOST_CASES = 3_000

_DAY = date(2026, 6, 15)


def constant_answer(expr: Expr) -> bool | None:
    """Give the answer of a condition that is always or never met, or None.

    Parameters
    ----------
    expr : Expr
        A condition.

    Returns
    -------
    bool or None
        None too when there are more than `MOST_CASES` cases, or the condition reads members of the household.
        Fields are taken as independent, so that an answer given here is certain.
    """
    fields = fields_of(expr)
    if not fields or any(isinstance(field.source, Aggregate) for field in fields.values()):
        return None
    cuts = cut_points(expr)
    try:
        choices = {name: list(field_values(field, cuts.get(name, ()))) for name, field in fields.items()}
    except TooManyError:
        return None
    if prod(len(values) for values in choices.values()) > MOST_CASES:
        return None
    layout = Layout(fields.values(), _DAY)
    answers = set()
    for values in product(*choices.values()):
        answer = _answer(expr, layout, fields, dict(zip(choices, values, strict=True)))
        if answer is not None:
            answers.add(answer)
        if len(answers) > 1:
            return None
    return answers.pop() if answers else None


class TooManyError(Exception):
    """A number of which every value matters has more values than are tried."""


def field_values(field: Field, cuts: tuple[int, ...] | None) -> Iterator[Any]:
    """Give one value of every cell that the cut points make of a field's domain."""
    if field.may_be is not None:
        yield None
    if field.type == "yes/no":
        yield from (False, True)
    elif field.type == "one of":
        yield from field.values
    else:
        lo, hi = field.domain.lo, field.domain.hi
        if cuts is None and hi - lo > MOST_CASES:
            raise TooManyError
        yield from range(lo, hi + 1) if cuts is None else (lo, *(cut for cut in cuts if lo < cut <= hi))


def _answer(expr: Expr, layout: Layout, fields: dict[str, Field], values: dict[str, Any]) -> bool | None:
    made = {}
    for entity in ("applicant", "dwelling", "site"):
        own = {name: value for name, value in values.items() if fields[name].of == entity}
        try:
            made[entity] = make_facts(layout, entity, own, expr.place)
        except InputError:  # the calendar has no day that long ago
            return None
    try:
        return bool(evaluate(expr, Situation(layout.calendar, 0, made["applicant"], made["dwelling"], made["site"])))
    except MissingFact:
        return None
