"""Somebody whose verdict changes: the fewest facts that make it so, and a whole profile to try."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TypeAlias

from rules.decide.conditions import asked
from rules.diff.models import Space, Span, TooManyError, put
from rules.diff.questions import Question
from rules.diff.reduce import NOTHING, negated, reduced
from rules.language import Expr, Value
from rules.language.form import And, Const
from rules.ruleset import Rule

Path: TypeAlias = tuple[tuple[str, Span], ...]

#: No more paths to a change than this are followed to find the shortest examples.
MOST_PATHS = 60


@dataclass(frozen=True, slots=True)
class Example:
    """Somebody whose verdict changes.

    Parameters
    ----------
    deciding : tuple of (str, Span)
        The fields that make the difference, each with the values for which it is so.
    profile : dict of str to value
        Every field the decision reads, so that the whole can be tried as a worked case.
    before, after : tuple of str
        Ids of the rules that refuse.
    numbers : tuple of int
        Of a decision that is a number: it before and after.
    """

    deciding: tuple[tuple[str, Span], ...]
    profile: dict[str, Value | None]
    before: tuple[str, ...] = ()
    after: tuple[str, ...] = ()
    numbers: tuple[int, ...] = ()


def examples_of(
    space: Space, old: Question, new: Question, deciding: tuple[Expr, ...], rest: tuple[Expr, ...], most: int
) -> Iterator[Example]:
    """Give the shortest examples found, such as rest on different fields first.

    Parameters
    ----------
    space : Space
    old, new : Question
        The decision before and after.
    deciding, rest : tuple of Expr
        What makes the difference, and what else must hold for it to show.
    most : int
    """
    seen: list[Path] = []
    left, others = put(deciding, "", None), put(rest, "", None)
    if left is None or others is None:
        return
    try:
        for path in _paths(space, left, others):
            seen.append(_shortest(space, deciding, rest, path))
            if len(seen) >= MOST_PATHS:
                break
    except TooManyError:
        seen = seen or [_from_arrays(space, deciding, rest)]
    for found in _various(seen)[:most]:
        profile = _completed(space, (*deciding, *rest), {name: span.value for name, span in found})
        if old.number is not None and new.number is not None:
            yield Example(found, profile, numbers=tuple(int(_value(e, profile) or 0) for e in (old.number, new.number)))
        else:
            yield Example(found, profile, _refused(old, profile), _refused(new, profile))


def _from_arrays(space: Space, deciding: tuple[Expr, ...], rest: tuple[Expr, ...]) -> Path:
    """Give one path where there are too many cases to follow: somebody who is found, with what makes no difference left out."""
    profile = space.some((*deciding, *rest))
    return _shortest(space, deciding, rest, tuple((name, space.cell(name, value)) for name, value in profile.items()))


def _various(paths: list[Path]) -> list[Path]:
    """Put the shortest first, and among them those that rest on other fields than the ones before."""
    seen: set[tuple[str, ...]] = set()
    first: list[Path] = []
    again: list[Path] = []
    for path in sorted(dict.fromkeys(paths), key=len):
        names = tuple(name for name, _ in path)
        (again if names in seen else first).append(path)
        seen.add(names)
    return [*first, *again]


def _paths(space: Space, deciding: tuple[Expr, ...], rest: tuple[Expr, ...], path: Path = ()) -> Iterator[Path]:
    """Follow the cases of what makes the difference, as far as somebody meets the rest too."""
    if not deciding:
        if space.count(rest):
            yield path
        return
    name, spans = space.branch(deciding, rest)
    for span in spans:
        space.step()
        left, others = put(deciding, name, span.value), put(rest, name, span.value)
        if left is not None and others is not None:
            yield from _paths(space, left, others, (*path, (name, span)))


def _shortest(space: Space, deciding: tuple[Expr, ...], rest: tuple[Expr, ...], path: Path) -> Path:
    """Leave out the fields without which the difference is just as certain."""
    kept = list(path)
    for step in path:
        fewer = [(name, space.cell(name, span.value)) for name, span in kept if name != step[0]]
        if _certain(space, deciding, fewer) and _possible(space, rest, fewer):
            kept = fewer
    return tuple(kept)


def _certain(space: Space, conditions: tuple[Expr, ...], path: list[tuple[str, Span]]) -> bool:
    left = _put_all(conditions, path)
    if left is None:
        return False
    whole = And(left, left[0].place) if len(left) > 1 else left[0] if left else None
    return whole is None or space.count((negated(whole),)) == 0


def _possible(space: Space, conditions: tuple[Expr, ...], path: list[tuple[str, Span]]) -> bool:
    left = _put_all(conditions, path)
    return left is not None and space.count(left) > 0


def _put_all(conditions: tuple[Expr, ...], path: Iterable[tuple[str, Span]]) -> tuple[Expr, ...] | None:
    left = put(conditions, "", None)
    for name, span in path:
        left = None if left is None else put(left, name, span.value)
    return left


def _completed(space: Space, conditions: tuple[Expr, ...], known: dict[str, Value | None]) -> dict[str, Value | None]:
    """Choose the other fields so that every condition is met."""
    left = put(conditions, "", None)
    for name, value in known.items():
        left = None if left is None else put(left, name, value)
    assert left is not None
    if left and space.exhausted:
        known |= {name: value for name, value in space.some(left).items() if name not in known}
        left = ()
    while left:
        name, spans = space.branch(left)
        for span in spans:
            space.step()
            tried = put(left, name, span.value)
            if tried is not None and space.count(tried):
                known[name], left = span.value, tried
                break
        else:
            raise AssertionError("somebody was counted who is not there")
    for name in space.fields.keys() - known.keys():
        known[name] = next(span.value for span in space.spans(name, ()) if span.value is not None)
    return dict(sorted(known.items()))


def _refused(question: Question, profile: dict[str, Value | None]) -> tuple[str, ...]:
    return tuple(rule.id for rule in question.rules if _fails(rule, profile))


def _fails(rule: Rule, profile: dict[str, Value | None]) -> bool:
    return _value(asked(rule), profile) is False


def _value(expr: Expr, profile: dict[str, Value | None]) -> Value | None:
    for name, value in profile.items():
        expr = reduced(expr, (name, value))
    return expr.value if isinstance(expr, Const) and expr is not NOTHING else None
