"""Why a rule was met or not: recomputed by the plain interpreter, never stored."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from rules.language import Expr, Layout, Situation, Value, attempt, evaluate, fill, read_values
from rules.language.form import Amount, AmountRef, DefinitionRef, TableRef, children, walk
from rules.ruleset.model import Rule, RuleSet, Stage, Version

#: The stages that a case in progress may meet in an earlier version.
ELIGIBILITY = frozenset({"scope", "eligibility", "exclusion"})


@dataclass(frozen=True, slots=True)
class Ground:
    """What one rule says of one case.

    Parameters
    ----------
    rule : str
        Its id.
    stage : str
        The section of the rule set it stands in.
    label : dict of str to str
        What the rule is called, in ``nb`` and ``en``.
    met : bool
        Whether its condition holds, by itself or by an exception.
    reads : mapping of str to value
        The fields that decided, with their values; None = missing.
    amounts : dict of str to Amount
        The amounts and limits that decided, by name.
    derived : tuple of (Expr, value)
        The definitions and tables that it names, with what they gave; None = could not be judged.
    text : dict of str to str
        In ``nb`` and ``en``: the rule's ground when it is not met, its label when it is.
    legal : tuple of str
        Its legal bases; of the exception when one applies.
    exception : str or None
        Id of the exception that applies.
    status : str or None
        ``illustrative`` or ``legally_disputed`` where the rule says so.
    """

    rule: str
    stage: Stage
    label: Mapping[str, str]
    met: bool
    reads: Mapping[str, Value | None]
    amounts: Mapping[str, Amount]
    derived: tuple[tuple[Expr, Value | None], ...]
    text: Mapping[str, str]
    legal: tuple[str, ...]
    exception: str | None = None
    status: str | None = None


def version_on(ruleset: RuleSet, layout: Layout, day: int) -> Version:
    """Give the rules in force on a day of the layout's calendar."""
    return ruleset.on(layout.start + timedelta(days=day))


def grounds(
    ruleset: RuleSet,
    layout: Layout,
    stage: Stage,
    a: Any,
    d: Any = None,
    s: Any = None,
    day: int = 0,
    applied: int | None = None,
    rules_of: int | None = None,
) -> tuple[Ground, ...]:
    """Judge every rule of a stage whose scope holds.

    Parameters
    ----------
    ruleset : RuleSet
    layout : Layout
        The layout that made the facts.
    stage : str
        ``scope eligibility exclusion matching living_environment renewal moves temporary``.
    a, d, s : facts
        Of the applicant, of a dwelling and its site (where the stage reads them).
    day : int
    applied : int, optional
        The day of the application, where it decides by which rules eligibility is judged (`RuleSet.for_case`).
    rules_of : int, optional
        The day whose rules judge, where it is not that of the decision.

    Returns
    -------
    tuple of Ground
        In the order of the rules.
    """
    at = Situation(layout.calendar, day, a, d, s)
    version = version_on(ruleset, layout, day if rules_of is None else rules_of)
    if applied is not None and stage in ELIGIBILITY:
        version = ruleset.for_case(layout.start + timedelta(days=applied), layout.start + timedelta(days=day))
    rules = version.rules(stage)
    return tuple(ground_of(rule, at) for rule in rules if rule.when is None or evaluate(rule.when, at))


def ground_of(rule: Rule, at: Situation) -> Ground:
    """Judge one rule, whose scope holds."""
    label = {"nb": rule.label.nb, "en": rule.label.en}
    judged = [rule.requires]
    text, basis, exception = label, rule.basis, None
    met = bool(evaluate(rule.requires, at))
    for waiver in () if met else rule.waivers:
        judged.append(waiver.when)
        if evaluate(waiver.when, at):
            met, exception, basis = True, waiver.id, waiver.basis
            text = {"nb": waiver.label.nb, "en": waiver.label.en}
            break
    if not met:
        text = not_met_text(rule, at)
    values: dict[str, Value | None] = {}
    amounts: dict[str, Amount] = {}
    derived: list[tuple[Expr, Value | None]] = []
    for expr in judged:
        values |= read_values(expr, at)
        amounts |= {part.amount.name: part.amount for part in walk(expr) if isinstance(part, AmountRef)}
        derived += [pair for part in _named(expr) if (pair := (part, attempt(part, at))) not in derived]
    return Ground(rule.id, rule.stage, label, met, values, amounts, tuple(derived), text, basis.legal, exception, basis.status)


def _named(expr: Expr) -> Iterator[Expr]:
    """Give the definitions and tables that an expression names itself; not those that these use in turn."""
    if isinstance(expr, DefinitionRef | TableRef):
        yield expr
        return
    for part in children(expr):
        yield from _named(part)


def not_met_text(rule: Rule, at: Situation) -> dict[str, str]:
    """Say in both languages why a rule is not met."""
    if rule.ground is None:
        return {"nb": f"Ikke oppfylt: {rule.label.nb}", "en": f"Not met: {rule.label.en}"}
    return {"nb": fill(rule.ground.nb, at, "nb"), "en": fill(rule.ground.en, at, "en")}
