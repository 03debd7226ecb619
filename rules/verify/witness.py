"""Somebody of whom two rule sets say different things: found by enumeration over cut points, or shown not to be."""

from collections.abc import Iterator
from datetime import date
from itertools import product
from math import prod
from operator import itemgetter
from random import Random
from typing import Any

from rules.decide.conditions import asked, granted
from rules.language import Aggregate, Expr, Field, Layout, MissingFact, Situation, Table, cut_points, evaluate, fields_of
from rules.language.form import And, Not, TableRef
from rules.reading import InputError, Place
from rules.ruleset import RuleSet, Version
from rules.verify.case_facts import make_facts
from rules.verify.enumeration import TooManyError, field_values

#: No more profiles than this are tried for one decision.
MOST_PROFILES = 6_000

_DAY = date(2026, 6, 15)
Profile = dict[str, Any]


def witness(one: RuleSet, other: RuleSet) -> Profile | bool:
    """Find values of fields for which some decision differs.

    Parameters
    ----------
    one, other : RuleSet
        With the same decisions in the same order.

    Returns
    -------
    dict of str to value, or bool
        A profile that tells them apart; True when no profile can (exact: every cell that the cut points of both make
        was tried); False when it was not decided.
    """
    decided = True
    for left, right in zip(one.versions, other.versions, strict=True):
        lefts, rights = dict(_decisions(left)), dict(_decisions(right))
        if lefts.keys() != rights.keys() or _order(left) != _order(right):
            return False
        for key, one_expr in lefts.items():
            found = _apart(one_expr, rights[key]) if one_expr != rights[key] else True
            if isinstance(found, dict):
                return found
            decided = decided and found
    return decided


def same_everywhere(one: Expr, other: Expr) -> bool:
    """Say whether two expressions were shown to have the same value for every profile."""
    return _apart(one, other) is True


def _order(version: Version) -> list[object]:
    """Give what of the order of priority lies in no expression."""
    return [(c.kind, c.field) for c in version.priority]


def _decisions(version: Version) -> Iterator[tuple[tuple[str, object], Expr]]:
    """Give each decision as an expression; where the first that holds decides, without those above it."""
    for rule in version.all_rules():
        if rule.stage != "moves":
            yield (rule.stage, rule.id), granted(rule) if rule.stage == "temporary" else asked(rule)
    yield from _firsts("moves", [(rule.id, granted(rule)) for rule in version.moves])
    yield from _firsts("holds", [(hold.id, hold.when) for hold in version.holds])
    for number, criterion in enumerate(version.priority):
        yield from _firsts(f"priority {number}", list(criterion.classes))
        if criterion.expr is not None:
            yield ("priority", number), criterion.expr
    for key in ("reply_days", "term_months"):
        expr = getattr(version, key)
        if expr is not None:
            yield ("offer", key), expr
    for number, trigger in enumerate(version.triggers()):
        yield ("trigger", number), trigger.when
    yield from ((("longest_days", hold.id), hold.longest_days) for hold in version.holds)
    for name, made in version.named.items():
        if isinstance(made, Table):
            for column, output in enumerate(made.outputs):
                yield (f"table {name}", output.name), TableRef(made, column, made.place)
        else:
            yield ("named", name), made.body


def _firsts(section: str, conditions: list[tuple[str, Expr]]) -> Iterator[tuple[tuple[str, object], Expr]]:
    for number, (name, when) in enumerate(conditions):
        # Sorted: in which order those above are judged makes no difference to those below them.
        above = tuple(Not(earlier, earlier.place) for _, earlier in sorted(conditions[:number], key=itemgetter(0)))
        yield (section, name), And((*above, when), when.place) if above else when


def _apart(one: Expr, other: Expr) -> Profile | bool:
    fields = fields_of(one) | fields_of(other)
    if any(isinstance(field.source, Aggregate) for field in fields.values()):
        return False
    cuts = cut_points(one, other)
    choices: dict[str, list[Any]] = {}
    decided = True
    for name, field in fields.items():
        try:
            choices[name] = list(field_values(field, cuts.get(name, ())))
        except TooManyError:
            lo, hi = field.domain.lo, field.domain.hi
            choices[name] = sorted({lo, min(lo + 1, hi), (lo + hi) // 2, hi})
            decided = False
    decided = decided and prod(map(len, choices.values())) <= MOST_PROFILES
    layout = Layout(fields.values(), _DAY)
    for values in product(*choices.values()) if decided else _some(list(choices.values())):
        profile = dict(zip(choices, values, strict=True))
        answers = _answers((one, other), layout, fields, profile)
        if answers is None:
            decided = False
        elif answers[0] != answers[1]:
            return {name: value for name, value in profile.items() if value is not None}
    return decided


def _some(choices: list[list[Any]]) -> Iterator[tuple[Any, ...]]:
    """Draw profiles where there are too many to try them all; the same ones each time."""
    draw = Random(1)
    for _ in range(MOST_PROFILES):
        yield tuple(draw.choice(values) for values in choices)


def _answers(pair: tuple[Expr, Expr], layout: Layout, fields: dict[str, Field], profile: Profile) -> list[Any] | None:
    """Give the answers of both for one profile; None when there is no such profile on the day."""
    made = {}
    for entity in ("applicant", "dwelling", "site"):
        own = {name: value for name, value in profile.items() if fields[name].of == entity}
        try:
            made[entity] = make_facts(layout, entity, own, Place("profile", 1, 1, ""))
        except InputError:  # the calendar has no day that long ago
            return None
    at = Situation(layout.calendar, 0, made["applicant"], made["dwelling"], made["site"])
    return [_answer(expr, at) for expr in pair]


def _answer(expr: Expr, at: Situation) -> Any:
    try:
        return evaluate(expr, at)
    except MissingFact:
        return MissingFact
