"""Small mistakes in how rules are put together: one forgotten, its scope or an exception, two in the other order."""

import dataclasses
from collections.abc import Iterator
from typing import Any

from rules.language.fields import YES_NO
from rules.language.form import Const
from rules.reading import Label
from rules.ruleset import Criterion, Rule, Version
from rules.ruleset.model import STAGES
from rules.verify.mutate_expressions import GONE, Change, instead, updated

_DECIDED_BY_ONE = ("moves",)
_FLIPPED = {"highest": "lowest", "points": "lowest", "lowest": "highest"}


def rule_changes(version: Version) -> Iterator[Change]:
    """Give the changes of a version that stand between expressions."""
    for stage in STAGES:
        rules = version.rules(stage)
        for rule in rules:
            yield from _rule(rule)
        if stage in _DECIDED_BY_ONE:
            yield from _swapped_items(version, stage, rules)
    for trigger in version.triggers():
        yield _never(trigger)
    for hold in version.holds:
        yield _never(hold)
    yield from _swapped_items(version, "holds", version.holds)
    for criterion in version.priority:
        yield from _criterion(criterion)
    yield from _order(version)


def _rule(rule: Rule) -> Iterator[Change]:
    # A condition that is forgotten is met by all; a rule that grants something and is forgotten grants nothing.
    grants = rule.stage in ("moves", "temporary")
    answer = Const(not grants, YES_NO, rule.place)
    without = dataclasses.replace(rule, requires=answer, waivers=(), when=None)
    yield Change(rule.id, "drop-rule", rule, instead(without), _said(rule.label), GONE, rule.place)
    if rule.when is not None:
        wide = dataclasses.replace(rule, when=None)
        before = {"nb": "gjelder bare noen", "en": "concerns only some"}
        after = {"nb": "gjelder alle", "en": "concerns everybody"}
        yield Change(rule.id, "drop-scope", rule, instead(wide), before, after, rule.place)
    for waiver in rule.waivers:
        fewer = dataclasses.replace(rule, waivers=tuple(w for w in rule.waivers if w is not waiver))
        yield Change(f"{rule.id}.{waiver.id}", "drop-exception", rule, instead(fewer), _said(waiver.label), GONE,
                     waiver.place)  # fmt: skip


def _never(item: Any) -> Change:
    off = Const(False, YES_NO, item.place)
    return Change(item.id, "drop-rule", item, updated(when=off), _said(item.label), GONE, item.place)


def _criterion(criterion: Criterion) -> Iterator[Change]:
    place = criterion.place
    classes = criterion.classes
    for number in range(len(classes) - 1):
        (first, _), (second, _) = pair = classes[number : number + 2]
        other = (*classes[:number], pair[1], pair[0], *classes[number + 2 :])
        yield Change(first, "swap-classes", criterion, updated(classes=other),
                     *_swap(first, second), place)  # fmt: skip
    # Who is in no class comes after the last class, so without an `otherwise` at the end nothing changes.
    kept = classes[:-1] if classes and isinstance(classes[-1][1], Const) else classes
    for name, when in kept:
        rest = tuple((n, w) for n, w in classes if n != name)
        yield Change(name, "drop-class", criterion, updated(classes=rest),
                     {"nb": f"klassen {name}", "en": f"the class {name}"}, GONE, when.place)  # fmt: skip
    turned = _FLIPPED.get(criterion.kind)
    if turned is not None:
        yield Change(criterion.kind, "turn-around", criterion, updated(kind=turned),
                     _said(criterion.label), {"nb": "motsatt rekkefølge", "en": "the opposite order"}, place)  # fmt: skip


def _order(version: Version) -> Iterator[Change]:
    criteria = version.priority
    for number, criterion in enumerate(criteria):
        rest = (*criteria[:number], *criteria[number + 1 :])
        yield Change(f"priority {number + 1}", "drop-criterion", version, updated(priority=rest),
                     _said(criterion.label), GONE, criterion.place)  # fmt: skip
        if number:
            above = criteria[number - 1]
            other = (*criteria[: number - 1], criterion, above, *criteria[number + 1 :])
            yield Change(f"priority {number}", "swap-criteria", version,
                         updated(priority=other),
                         *_swap(above.label, criterion.label), criterion.place)  # fmt: skip


def _swapped_items(version: Version, name: str, items: tuple[Any, ...]) -> Iterator[Change]:
    """Give the swaps of neighbours where the first that holds decides."""
    for number in range(1, len(items)):
        above, below = items[number - 1], items[number]
        other = (*items[: number - 1], below, above, *items[number + 1 :])
        yield Change(above.id, "swap-rules", version, updated(**{name: other}),
                     *_swap(above.id, below.id), below.place)  # fmt: skip


def _swap(first: str | Label, second: str | Label) -> tuple[dict[str, str], dict[str, str]]:
    a, b = (_said(x) if isinstance(x, Label) else {"nb": x, "en": x} for x in (first, second))
    words = {"nb": "går foran", "en": "goes before"}
    return ({lang: f"{a[lang]} {words[lang]} {b[lang]}" for lang in words},
            {lang: f"{b[lang]} {words[lang]} {a[lang]}" for lang in words})  # fmt: skip


def _said(label: Label) -> dict[str, str]:
    return {"nb": label.nb, "en": label.en}
