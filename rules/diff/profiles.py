"""For whom the verdict changes between two rule sets: exact, by cases over the cut points of both."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date

from rules.diff.examples import Example, examples_of
from rules.diff.models import Space, TooManyError
from rules.diff.questions import Outcome, Question, differs, questions, words
from rules.language import Domain, Expr, Field, fields_of
from rules.language.form import And, CompareOp, Not
from rules.reading import Label
from rules.ruleset import RuleSet, Version


@dataclass(frozen=True, slots=True)
class Flip:
    """A verdict before and another after.

    Parameters
    ----------
    before, after : Label
    count : int
        How many profiles.
    examples : tuple of Example
        The shortest found.
    """

    before: Label
    after: Label
    count: int
    examples: tuple[Example, ...]


@dataclass(frozen=True, slots=True)
class Verdicts:
    """What becomes of one decision.

    Parameters
    ----------
    stage : str
        A key of `rules.show.wording.STAGES`.
    key : str
    label : Label
    profiles : int
        Combinations of values that the rules before and after tell apart in this decision.
    changed : int or None
        How many of them get another verdict; 0 = the same for everybody, though it is written differently. None = not decided.
    why : str
        Of what is not decided: ``cases`` (too many), or the name of a field that the two declare differently.
    flips : tuple of Flip
    since, until : date or None
        From which date, and before which date, it is so; None = no limit.
    fields : dict of str to Field
    """

    stage: str
    key: str
    label: Label
    profiles: int
    changed: int | None
    why: str
    flips: tuple[Flip, ...]
    since: date | None
    until: date | None
    fields: dict[str, Field]


def changed_profiles(a: RuleSet, b: RuleSet, examples: int = 3) -> tuple[Verdicts, ...]:
    """Find the profiles whose verdict changes, decision by decision, on every date on which either rule set changes.

    Parameters
    ----------
    a, b : RuleSet
        Before and after.
    examples : int
        How many are given of each flip.

    Returns
    -------
    tuple of Verdicts
        Only decisions whose rules differ. Two rule sets that decide alike, word for word, give none.

    Notes
    -----
    Fields are taken as independent of each other, so that no profile is forgotten; some profiles cannot occur. An
    aggregate over members of the household is taken as a field of its own.
    """
    dates = sorted({v.since for v in (*a.versions, *b.versions) if v.since is not None})
    starts: list[date | None] = [None, *dates]
    found: list[Verdicts] = []
    for start, until in zip(starts, [*dates, None], strict=True):
        day = start or date.min
        for verdicts in _between(a.on(day), b.on(day), examples):
            same = next((n for n, old in enumerate(found) if old.until == start and _alike(old, verdicts)), None)
            if same is None or start is None:
                found.append(replace(verdicts, since=start, until=until))
            else:
                found[same] = replace(found[same], until=until)
    return tuple(found)


def _alike(old: Verdicts, new: Verdicts) -> bool:
    return replace(old, since=None, until=None) == new


def _between(one: Version, other: Version, examples: int) -> Iterator[Verdicts]:
    before = {(q.stage, q.key): q for q in questions(one)}
    after = {(q.stage, q.key): q for q in questions(other)}
    for place, old in before.items():
        new = after.get(place)
        if new is not None and (old.exprs, _keys(old)) != (new.exprs, _keys(new)):
            yield _judged(old, new, examples)


def _keys(question: Question) -> list[object]:
    return [outcome.key for outcome in question.outcomes]


def _judged(old: Question, new: Question, examples: int) -> Verdicts:
    made = Verdicts(new.stage, new.key, new.label, 0, None, "", (), None, None, {})
    fields, clash = _fields((*old.exprs, *new.exprs))
    if clash or (old.number is None) != (new.number is None):
        return replace(made, why=clash or new.key)
    space = Space(fields, (*old.exprs, *new.exprs))
    made = replace(made, profiles=space.size(), fields=fields)
    try:
        flips = tuple(_flips(space, old, new, examples))
    except TooManyError:
        return replace(made, why="cases")
    return replace(made, changed=sum(flip.count for flip in flips), flips=flips)


def _fields(exprs: Iterable[Expr]) -> tuple[dict[str, Field], str]:
    """Give the fields of both, and the name of one whose values mean different things before and after."""
    found: dict[str, Field] = {}
    for expr in exprs:
        for name, field in fields_of(expr).items():
            known = found.setdefault(name, field)
            if known != field:
                if replace(known, domain=field.domain) != field or known.type != field.type:
                    return found, name
                found[name] = replace(field, domain=_wider(known, field))
    return found, ""


def _wider(one: Field, other: Field) -> Domain:
    a, b = one.domain, other.domain
    values = tuple(dict.fromkeys((*a.values, *b.values)))
    return replace(a, lo=min(a.lo, b.lo), hi=max(a.hi, b.hi), values=values)


def _flips(space: Space, old: Question, new: Question, examples: int) -> Iterator[Flip]:
    if old.number is not None and new.number is not None:
        ways: tuple[tuple[str, CompareOp], ...] = (("lower", ">"), ("higher", "<"))
        for key, op in ways:
            difference = (differs(op, old.number, new.number),)
            yield from _flip(space, old, new, (words("as before"), words(key)), difference, difference, examples)
        return
    for was in old.outcomes:
        for now in new.outcomes:
            if was.key != now.key:
                conditions, deciding = _apart(was, now)
                yield from _flip(space, old, new, (was.label, now.label), conditions, deciding, examples)


def _flip(
    space: Space,
    old: Question,
    new: Question,
    labels: tuple[Label, Label],
    conditions: tuple[Expr, ...],
    deciding: tuple[Expr, ...],
    examples: int,
) -> Iterator[Flip]:
    count = space.count(conditions)
    if count:
        rest = tuple(condition for condition in conditions if condition not in deciding)
        shown = tuple(examples_of(space, old, new, deciding, rest, examples))
        yield Flip(labels[0], labels[1], count, shown)


def _apart(was: Outcome, now: Outcome) -> tuple[tuple[Expr, ...], tuple[Expr, ...]]:
    """Give what must hold for one verdict before and another after, and the part of it that makes the difference."""
    one, other = _parts(was.conditions), _parts(now.conditions)
    shared = _said(one) & _said(other)
    flat = dict.fromkeys((*one, *other))
    conditions = tuple(_without(condition, flat) for condition in flat)
    return conditions, tuple(condition for condition in conditions if condition not in shared) or conditions


def _parts(conditions: Iterable[Expr]) -> list[Expr]:
    return [part for c in conditions for part in (_parts(c.items) if isinstance(c, And) else [c])]


def _said(parts: list[Expr]) -> set[Expr]:
    """Give the conditions, and those of which it is said that not all hold."""
    denied = [item for part in parts if isinstance(part, Not) and isinstance(part.item, And) for item in _parts(part.item.items)]
    return {*parts, *denied}


def _without(condition: Expr, certain: dict[Expr, None]) -> Expr:
    """Where not all of several may hold and some do hold, one of the others must fail."""
    if not (isinstance(condition, Not) and isinstance(condition.item, And)):
        return condition
    left = tuple(item for item in _parts(condition.item.items) if item not in certain)
    if not left:
        return condition
    return Not(left[0] if len(left) == 1 else And(left, condition.place), condition.place)
