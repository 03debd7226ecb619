"""Findings where the first that holds decides: classes of priority, moves, holds, what follows a declined offer."""

from collections.abc import Iterator, Sequence
from typing import Any

from rules.decide.conditions import granted
from rules.decide.priority import reads_home
from rules.language import Expr
from rules.language.form import Const, Not
from rules.ruleset import Criterion
from rules.verify.asking import Asking, firsts
from rules.verify.cells import UndecidedError
from rules.verify.remark import Remark, remark


def order_findings(asking: Asking) -> Iterator[Remark]:
    """Find what can never be the first that holds, people in no class, and orders that depend on the home."""
    version = asking.version
    yield from _dead(asking, [(rule.id, granted(rule), rule) for rule in version.moves])
    yield from _dead(asking, [(hold.id, hold.when, hold) for hold in version.holds])
    yield from _dead(asking, [(trigger.id, trigger.when, trigger) for trigger in version.declined])
    for criterion in version.priority:
        if reads_home(criterion):
            yield remark(
                "full-scan",
                criterion.kind,
                criterion.place,
                "dette leddet avhenger av boligen, så alle sammenlignes på nytt for hver bolig (tregere)",
                "this criterion reads the home, so everybody is compared anew for each home (slower)",
            )
        yield from _classes(asking, criterion)


def _dead(asking: Asking, parts: Sequence[tuple[str, Expr, Any]]) -> Iterator[Remark]:
    for (name, when, part), (_, conditions) in zip(parts, firsts([(name, when) for name, when, _ in parts]), strict=True):
        alone = asking.nobody(name, part, when)
        if not alone and asking.nobody(name, part, *conditions):
            yield remark(
                "dead-rule",
                name,
                part.place,
                f"{name} kommer aldri i bruk: en tidligere regel går alltid foran",
                f"{name} is never used: an earlier one always goes first",
            )


def _classes(asking: Asking, criterion: Criterion) -> Iterator[Remark]:
    eligible = [*asking.eligible(), *([] if criterion.within is None else [criterion.within])]
    for name, conditions in firsts(list(criterion.classes)):
        place = next(when.place for other, when in criterion.classes if other == name)
        if asking.nobody(name, criterion, *conditions):
            yield remark(
                "unreachable-class", name, place, f"ingen kommer i klassen {name}", f"nobody comes into the class {name}"
            )
        elif eligible and asking.nobody(name, criterion, *conditions, *eligible):
            yield remark(
                "unreachable-class",
                name,
                place,
                f"ingen som oppfyller vilkårene, kommer i klassen {name}",
                f"nobody who is eligible comes into the class {name}",
                case=_case(asking, name, *conditions),
            )
    if criterion.classes and not any(isinstance(when, Const) for _, when in criterion.classes):
        left = [Not(when, when.place) for _, when in criterion.classes]
        if not asking.nobody("priority", criterion, *left, *eligible):
            yield remark(
                "class-gap",
                "priority",
                criterion.place,
                "noen kommer ikke i noen klasse og stilles sist uten at det er sagt",
                "somebody is in no class, and comes last without anybody having said so",
                hint=("legg til en siste klasse med `otherwise`", "add a last class `otherwise`"),
                case=_case(asking, "NO_CLASS", *left, *eligible),
            )


def _case(asking: Asking, name: str, *conditions: Expr) -> str | None:
    try:
        profile = asking.some(*conditions)
    except UndecidedError:
        return None
    return None if profile is None else asking.case(name, profile, "refused")
