"""Replacing parts of a rule set: everything that holds a replaced part is made anew, the rest is shared."""

import dataclasses
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any, TypeVar

from rules.language import Aggregate, Amount, Definition, Field, Table
from rules.language.form import (
    AmountRef,
    And,
    Arith,
    Compare,
    Const,
    DefinitionRef,
    FieldRef,
    In,
    IsMissing,
    Not,
    Or,
    Row,
    TableRef,
)
from rules.ruleset import Criterion, Hold, Rule, RuleSet, Template, Trigger, Version, Waiver

_HOLDERS = frozenset({
    RuleSet, Version, Rule, Waiver, Criterion, Trigger, Hold, Template, Definition, Table, Row, Field, Aggregate, Amount,
    Const, AmountRef, FieldRef, DefinitionRef, TableRef, Arith, Compare, In, IsMissing, Not, And, Or,
})  # fmt: skip
_LEAVES = frozenset({"place", "label", "domain", "basis", "findings", "value_labels", "named_basis", "cells", "sources"})

T = TypeVar("T")


def rewritten(whole: T, changes: Mapping[int, Any]) -> T:
    """Replace parts wherever they are used.

    Parameters
    ----------
    whole : rule set, or any part of one
    changes : mapping of int to object
        By `id` of the part that is replaced.

    Returns
    -------
    The same kind of thing; the very same object when nothing in it was replaced.
    """
    made: dict[int, Any] = {}

    def renew(part: Any) -> Any:
        if id(part) in changes:
            return changes[id(part)]
        if id(part) not in made:
            made[id(part)] = again(part)
        return made[id(part)]

    def again(part: Any) -> Any:
        kind = part.__class__
        if kind in _HOLDERS:
            olds = {name: getattr(part, name) for name in _names(kind)}
            news = {name: renew(old) for name, old in olds.items()}
            same = all(news[name] is old for name, old in olds.items())
            return part if same else dataclasses.replace(part, **news)
        if kind is tuple:
            items = tuple(map(renew, part))
            return part if all(new is old for new, old in zip(items, part, strict=True)) else items
        if isinstance(part, Mapping):
            entries = {key: renew(old) for key, old in part.items()}
            return part if all(entries[key] is old for key, old in part.items()) else entries
        return part

    found: T = renew(whole)
    return found


def holders(whole: Any) -> Iterator[Any]:
    """Give every part of a rule set that can be replaced, each object once."""
    seen: set[int] = set()
    stack = [whole]
    while stack:
        part = stack.pop()
        if id(part) in seen:
            continue
        kind = part.__class__
        if kind in _HOLDERS:
            seen.add(id(part))
            yield part
            stack.extend(getattr(part, name) for name in _names(kind))
        elif kind is tuple:
            stack.extend(part)
        elif isinstance(part, Mapping):
            stack.extend(part.values())


@cache
def _names(kind: type) -> tuple[str, ...]:
    return tuple(f.name for f in dataclasses.fields(kind) if f.init and f.name not in _LEAVES)
