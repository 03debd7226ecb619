"""Why a worked case did not come out as expected: a name that is near, or the condition that made the difference."""

from collections.abc import Sequence
from typing import Any

from rules.language import Expr, MissingFact, Situation, conjuncts, evaluate, expression_text, read_values
from rules.reading import InputError, closest
from rules.ruleset import Rule
from rules.verify.judge import Disagreement, Judgement

_FAILING = {"eligible": "refused", "suits": "unsuitable"}
_LISTS = ("refused", "unsuitable", "renewal_refused")
_PEOPLE = ("order", "chosen")


def hint_for(judgement: Judgement, key: str, expected: Any) -> str | None:
    """Say what made the difference between what a case expects and what the rules say.

    Parameters
    ----------
    judgement : Judgement
    key : str
        The expectation, such as ``refused``.
    expected : object
        What the case says; the rules say something else.

    Returns
    -------
    str or None
        About the first rule that differs, with the condition that decided as it is written, and the values read.
    """
    if not _stages(key) and key not in _PEOPLE:
        return None
    rules = {rule.id: rule for stage in _stages(key) for rule in judgement.version(stage).rules(stage)}
    if key in _PEOPLE:
        return _near(list(judgement.case.applicants), expected if isinstance(expected, list) else [expected])
    try:
        found = judgement.answer(key)
        if key in _FAILING:
            names = list(judgement.answer(_FAILING[key]))
        elif key in _LISTS:
            names = [name for name in (*expected, *found) if (name in expected) != (name in found)]
        else:
            names = [expected if expected != "none" else found]
        unknown = [name for name in names if name not in rules]
        if unknown:
            return _near(list(rules), unknown)
        return _about(rules[names[0]], judgement) if names else None
    except (MissingFact, InputError, Disagreement):
        return None


def _stages(key: str) -> tuple[Any, ...]:
    key = _FAILING.get(key, key)
    return {
        "refused": ("scope", "eligibility", "exclusion"),
        "unsuitable": ("matching", "living_environment", "quotas"),
        "renewal_refused": ("renewal",),
        "move": ("moves",),
    }.get(key, ())


def _near(known: Sequence[str], written: Sequence[str]) -> str | None:
    strange = next((name for name in written if name not in known and name != "none"), None)
    if strange is None:
        return None
    near = closest(strange, known)
    return near or f"there is no {strange}"


def _about(rule: Rule, judgement: Judgement) -> str:
    at = Situation(judgement.layout.calendar, 0, judgement.applicant, *judgement.home)
    if rule.when is not None and not evaluate(rule.when, at):
        return f"{rule.id} does not apply: {_failed(rule.when, at)}"
    if evaluate(rule.requires, at):
        return f"{rule.id} is met: {_with_values(rule.requires, at)}"
    for waiver in rule.waivers:
        if evaluate(waiver.when, at):
            return f"{rule.id} is waived by {waiver.id}: {_with_values(waiver.when, at)}"
    return f"{rule.id} is not met: {_failed(rule.requires, at)}"


def _failed(expr: Expr, at: Situation) -> str:
    return " and ".join(_with_values(part, at) for part in conjuncts(expr) if not evaluate(part, at))


def _with_values(expr: Expr, at: Situation) -> str:
    values = ", ".join(f"{name} = {_said(value)}" for name, value in read_values(expr, at).items())
    return f"{expression_text(expr)} ({values})" if values else expression_text(expr)


def _said(value: Any) -> str:
    if value is None:
        return "missing"
    return ("yes" if value else "no") if isinstance(value, bool) else str(value)
