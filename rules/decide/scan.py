"""The order of priority by the plain interpreter: the oracle of the generated keys."""

from typing import Any

from rules.decide.conditions import asked
from rules.decide.grounds import version_on
from rules.language import NEVER, Calendar, Elapsed, Field, Layout, Situation, evaluate
from rules.ruleset.model import Criterion, RuleSet


def scan_key(ruleset: RuleSet, layout: Layout, a: Any, d: Any, s: Any, day: int) -> tuple[int, ...]:
    """Give the place of an applicant in the order of priority for a home; smaller goes first.

    Every criterion is judged for this home on this day, without pools, stored keys or generated code.
    """
    at = Situation(layout.calendar, day, a, d, s)
    return tuple(_number(criterion, at) for criterion in version_on(ruleset, layout, day).priority)


def scan_suits(ruleset: RuleSet, layout: Layout, a: Any, d: Any, s: Any, day: int) -> bool:
    """Say whether an applicant suits a home by every rule of matching, living environment and quotas."""
    at = Situation(layout.calendar, day, a, d, s)
    version = version_on(ruleset, layout, day)
    return all(bool(evaluate(asked(r), at)) for r in (*version.matching, *version.living_environment, *version.quotas))


def class_of(criterion: Criterion, at: Situation) -> int:
    """Give the number of the first class whose condition holds; of no class the number of classes."""
    for number, (_, when) in enumerate(criterion.classes):
        if evaluate(when, at):
            return number
    return len(criterion.classes)


def effective_since(field: Field, facts: Any, calendar: Calendar, day: int) -> int:
    """Give the day an elapsed time would have begun, had it never paused; `NEVER` when it has not begun."""
    assert isinstance(field.source, Elapsed)
    since: int | None = getattr(facts, f"{field.name}__since")
    if since is None:
        return NEVER
    held: int = getattr(facts, f"{field.name}__held") if field.source.pauses else NEVER
    return since if held > day else since + day - held


def _number(criterion: Criterion, at: Situation) -> int:
    if criterion.within is not None and not evaluate(criterion.within, at):
        return 0
    if criterion.kind == "class":
        return class_of(criterion, at)
    if criterion.kind == "longest":
        assert criterion.field is not None
        if criterion.capped is not None and evaluate(criterion.capped, at):
            return -NEVER
        return effective_since(criterion.field, at.applicant, at.calendar, at.day)
    if criterion.kind == "lottery":
        return int(at.applicant.lottery)
    assert criterion.expr is not None
    value = int(evaluate(criterion.expr, at))
    return value if criterion.kind == "lowest" else -value
