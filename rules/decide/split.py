"""Hard matching, found by itself: the part of matching that stays true or false as long as neither side changes.

Of every rule of matching the conjuncts are looked at one by one. One that reads nothing but the applicant's
fields that time alone does not change, and the dwelling's, is *hard*; all else is *soft*. What hard matching
reads of each side is cut down to the largest expressions that read that side alone: of ``conflict < 3 or
robust`` the applicant's part is one yes or no, so that people are kept in few pools.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from rules.decide.conditions import asked
from rules.language.form import AmountRef, And, Const, Expr, Or, TableRef, children, conjuncts, fields_of, reads_time
from rules.ruleset.model import Rule


@dataclass(frozen=True, slots=True)
class Matching:
    """Matching in parts.

    Parameters
    ----------
    hard, soft : tuple of Expr
        Conditions that must all hold.
    cell : tuple of Expr
        What `hard` reads of the applicant.
    dwelling_class : tuple of Expr
        What `hard` reads of the dwelling.
    """

    hard: tuple[Expr, ...]
    soft: tuple[Expr, ...]
    cell: tuple[Expr, ...]
    dwelling_class: tuple[Expr, ...]


def split_matching(matching: Iterable[Rule], living_environment: Iterable[Rule]) -> Matching:
    """Divide matching into its hard and its soft part."""
    hard: list[Expr] = []
    soft: list[Expr] = []
    for rule in matching:
        for part in (asked(rule, one) for one in _parts(rule)):
            (hard if _is_hard(part) else soft).append(part)
    soft += [asked(rule) for rule in living_environment]
    cell: dict[Expr, None] = {}
    dwelling_class: dict[Expr, None] = {}
    for part in hard:
        _collect(part, cell, dwelling_class)
    return Matching(tuple(hard), tuple(soft), _needed(cell), _needed(dwelling_class))


def _parts(rule: Rule) -> tuple[Expr, ...]:
    """Split what a rule requires; in one piece when a test for a missing value may guard the rest."""
    guarded = any(field.may_be for field in fields_of(rule.requires).values())
    return (rule.requires,) if guarded else conjuncts(rule.requires)


def _is_hard(expr: Expr) -> bool:
    fields = fields_of(expr).values()
    if reads_time(expr) or any(field.of not in ("applicant", "dwelling") for field in fields):
        return False
    # A value that may be missing is guarded by the order of judging, which the two sides taken apart do not keep.
    return len({field.of for field in fields}) < 2 or not any(field.may_be for field in fields)


def _collect(expr: Expr, cell: dict[Expr, None], dwelling_class: dict[Expr, None]) -> None:
    sides = {field.of for field in fields_of(expr).values()}
    if sides == {"applicant"}:
        cell[expr] = None
    elif sides == {"dwelling"}:
        dwelling_class[expr] = None
    elif isinstance(expr, And | Or):
        for part in _grouped(expr):
            _collect(part, cell, dwelling_class)
    elif sides:
        parts = expr.table.inputs if isinstance(expr, TableRef) else ()
        for part in dict.fromkeys((*parts, *children(expr))):
            _collect(part, cell, dwelling_class)


def _needed(exprs: Iterable[Expr]) -> tuple[Expr, ...]:
    """Leave out what follows from the other expressions."""
    kept = list(exprs)
    for expr in list(kept):
        others = [other for other in kept if other != expr]
        if _follows(expr, others):
            kept = others
    return tuple(kept)


def _follows(expr: Expr, known: list[Expr]) -> bool:
    if expr in known or isinstance(expr, Const | AmountRef):
        return True
    parts = children(expr)
    return bool(parts) and all(_follows(part, known) for part in parts)


def _grouped(expr: And | Or) -> tuple[Expr, ...]:
    """Join the parts of a condition that read the same side alone into one."""
    groups: dict[str, list[Expr]] = {}
    mixed: list[Expr] = []
    for item in expr.items:
        sides = {field.of for field in fields_of(item).values()}
        if len(sides) == 1:
            groups.setdefault(next(iter(sides)), []).append(item)
        else:
            mixed.append(item)
    joined = [items[0] if len(items) == 1 else type(expr)(tuple(items), expr.place) for items in groups.values()]
    return (*joined, *mixed)
