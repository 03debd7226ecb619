"""Why a rule was met or not: recomputed by the plain interpreter, never stored."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from rules.language import Layout, Situation, Value, evaluate, fill, read_values
from rules.ruleset.model import Basis, Rule, RuleSet, Stage, Version

#: The stages that a case in progress may meet in an earlier version.
ELIGIBILITY = frozenset({"scope", "eligibility", "exclusion"})


@dataclass(frozen=True, slots=True)
class Ground:
    """What one rule says of one case.

    Parameters
    ----------
    rule : str
        Its id.
    met : bool
        Whether its condition holds, by itself or by an exception.
    reads : mapping of str to value
        The fields that decided, with their values; None = missing.
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
    met: bool
    reads: Mapping[str, Value | None]
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

    Returns
    -------
    tuple of Ground
        In the order of the rules.
    """
    at = Situation(layout.calendar, day, a, d, s)
    version = version_on(ruleset, layout, day)
    if applied is not None and stage in ELIGIBILITY:
        version = ruleset.for_case(layout.start + timedelta(days=applied), layout.start + timedelta(days=day))
    rules = version.rules(stage)
    return tuple(ground_of(rule, at) for rule in rules if rule.when is None or evaluate(rule.when, at))


def ground_of(rule: Rule, at: Situation) -> Ground:
    """Judge one rule, whose scope holds."""
    values = read_values(rule.requires, at)
    if evaluate(rule.requires, at):
        return _ground(rule, True, values, {"nb": rule.label.nb, "en": rule.label.en}, rule.basis)
    for waiver in rule.waivers:
        values |= read_values(waiver.when, at)
        if evaluate(waiver.when, at):
            text = {"nb": waiver.label.nb, "en": waiver.label.en}
            return _ground(rule, True, values, text, waiver.basis, waiver.id)
    return _ground(rule, False, values, not_met_text(rule, at), rule.basis)


def not_met_text(rule: Rule, at: Situation) -> dict[str, str]:
    """Say in both languages why a rule is not met."""
    if rule.ground is None:
        return {"nb": f"Ikke oppfylt: {rule.label.nb}", "en": f"Not met: {rule.label.en}"}
    return {"nb": fill(rule.ground.nb, at, "nb"), "en": fill(rule.ground.en, at, "en")}


def _ground(
    rule: Rule,
    met: bool,
    values: Mapping[str, Value | None],
    text: Mapping[str, str],
    basis: Basis,
    exception: str | None = None,
) -> Ground:
    return Ground(rule.id, met, values, text, basis.legal, exception, basis.status)
