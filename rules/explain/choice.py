"""Why a home was offered to one person and not to the others, in words."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from rules.decide import Ground, grounds
from rules.decide.grounds import version_on
from rules.decide.scan import class_of, effective_since
from rules.explain.condition import Lang, condition_line, ground_line
from rules.language import NEVER, Field, Layout, Situation, describe, evaluate, number_text, unit_of
from rules.language.form import Const, DefinitionRef
from rules.ruleset import Criterion, RuleSet, Stage, Version

_STAGES: tuple[Stage, ...] = ("matching", "living_environment", "quotas")
_WORDS: dict[Lang, dict[str, str]] = {
    "nb": {
        "chosen": "{n}. {name}: får tilbudet",
        "passed": "{n}. {name}: ikke aktuell for boligen",
        "later": "{n}. {name}: står lenger ned på listen",
        "nobody": "Boligen passer ingen av søkerne.",
        "empty": "Det var ingen søkere.",
        "decided": "{label} avgjør: {own} mot {other} hos den som får tilbudet",
        "tie": "likt etter alle regler; den som ble satt på listen først, går først",
        "unlisted": "har ikke begynt å vente",
        "rest": "øvrige søkere",
    },
    "en": {
        "chosen": "{n}. {name}: gets the offer",
        "passed": "{n}. {name}: the home does not suit",
        "later": "{n}. {name}: further down the list",
        "nobody": "The home suits none of the applicants.",
        "empty": "There were no applicants.",
        "decided": "{label} decides: {own} against {other} for the one who gets the offer",
        "tie": "equal by every rule; the one listed first goes first",
        "unlisted": "has not begun to wait",
        "rest": "other applicants",
    },
}


@dataclass(frozen=True, slots=True)
class Considered:
    """How one applicant fared in one allocation.

    Parameters
    ----------
    name : str
    outcome : {'chosen', 'passed', 'later'}
        ``passed``: stood before the chosen one, but the home did not suit. ``later``: stood after.
    grounds : tuple of Ground
        What each rule of matching, living environment and quotas says, met or not; for ``later`` too.
    decided_by : tuple of (str, str, str) or None
        Of ``later``: the criterion of priority that put the chosen one first, with the value of this applicant and
        of the chosen one, in words; None when no rule tells them apart.
    """

    name: str
    outcome: Literal["chosen", "passed", "later"]
    grounds: tuple[Ground, ...]
    decided_by: tuple[str, str, str] | None

    @property
    def failed(self) -> tuple[Ground, ...]:
        """What was not met."""
        return tuple(ground for ground in self.grounds if not ground.met)


_AS_IT_IS: Mapping[str, Any] = {}


def consider(
    ruleset: RuleSet,
    layout: Layout,
    candidates: Sequence[tuple[str, Any]],
    d: Any,
    s: Any,
    day: int,
    lang: Lang,
    *,
    around: Mapping[str, Any] = _AS_IT_IS,
) -> tuple[Considered, ...]:
    """Go through the applicants for a home in their order.

    Parameters
    ----------
    ruleset : RuleSet
    layout : Layout
    candidates : sequence of (str, facts)
        Names and facts, first in priority first.
    d, s : facts
        Of the home and its site.
    day : int
    lang : {'nb', 'en'}
    around : mapping of str to facts
        For whom the site is judged otherwise than by ``s``, by name: whoever lives there already. Priority goes by ``s``.

    Returns
    -------
    tuple of Considered
        In the same order.
    """
    version = version_on(ruleset, layout, day)
    found: list[Considered] = []
    winner: Situation | None = None
    for name, facts in candidates:
        judged = tuple(g for stage in _STAGES for g in grounds(ruleset, layout, stage, facts, d, around.get(name, s), day))
        at = Situation(layout.calendar, day, facts, d, s)
        if winner is not None:
            found.append(Considered(name, "later", judged, _decided_by(version, at, winner, lang)))
        elif not all(ground.met for ground in judged):
            found.append(Considered(name, "passed", judged, None))
        else:
            winner = at
            found.append(Considered(name, "chosen", judged, None))
    return tuple(found)


def explain_choice(
    ruleset: RuleSet,
    layout: Layout,
    candidates: Sequence[tuple[str, Any]],
    d: Any,
    s: Any,
    day: int,
    lang: Lang = "nb",
    *,
    failed_alone: bool = False,
    around: Mapping[str, Any] = _AS_IT_IS,
) -> list[str]:
    """Tell who was considered for a home, in which order, and for each one every condition with its verdict.

    Parameters and order as for `consider`.

    Parameters
    ----------
    failed_alone : bool
        Leave out the conditions that are met.

    Returns
    -------
    list of str
        Lines of text.
    """
    considered = consider(ruleset, layout, candidates, d, s, day, lang, around=around)
    return told_choice(considered, ruleset.fields, lang, failed_alone=failed_alone)


def told_choice(
    considered: Sequence[Considered], fields: Mapping[str, Field], lang: Lang, *, failed_alone: bool = False
) -> list[str]:
    """Tell what `consider` found; ``fields`` are those of the rule set."""
    words = _WORDS[lang]
    if not considered:
        return [words["empty"]]
    lines = []
    for number, one in enumerate(considered, 1):
        lines.append(words[one.outcome].format(n=number, name=one.name))
        if failed_alone:
            lines += [f"   {ground_line(ground, lang)}" for ground in one.failed]
        else:
            lines += [f"   {condition_line(ground, fields, lang)}" for ground in one.grounds]
        if one.outcome == "later":
            by = one.decided_by
            text = words["tie"] if by is None else words["decided"].format(label=by[0], own=by[1], other=by[2])
            lines.append(f"   {text}")
    if all(one.outcome == "passed" for one in considered):
        lines.append(words["nobody"])
    return lines


def _decided_by(version: Version, own: Situation, other: Situation, lang: Lang) -> tuple[str, str, str] | None:
    for criterion in version.priority:
        mine, theirs = _shown(criterion, own, lang), _shown(criterion, other, lang)
        if mine[0] != theirs[0]:
            return (criterion.label.nb if lang == "nb" else criterion.label.en), mine[1], theirs[1]
    return None


def _shown(criterion: Criterion, at: Situation, lang: Lang) -> tuple[int, str]:
    """Give what orders by a criterion, and the same in words."""
    words = _WORDS[lang]
    if criterion.within is not None and not evaluate(criterion.within, at):
        return 0, ""
    if criterion.kind == "class":
        number = class_of(criterion, at)
        if number == len(criterion.classes) or isinstance(criterion.classes[number][1], Const):
            return number, words["rest"]
        name, when = criterion.classes[number]
        told = isinstance(when, DefinitionRef)
        return number, describe(when, lang) if told else name.replace("_", " ").capitalize()
    if criterion.kind == "longest":
        assert criterion.field is not None
        since = effective_since(criterion.field, at.applicant, at.calendar, at.day)
        if since == NEVER:
            return since, words["unlisted"]
        days = at.day - since
        if criterion.capped is not None and evaluate(criterion.capped, at):
            since = -NEVER
        return since, number_text(days, "days", lang)
    if criterion.kind == "lottery":
        return int(at.applicant.lottery), str(at.applicant.lottery)
    assert criterion.expr is not None
    value = int(evaluate(criterion.expr, at))
    return value, number_text(value, unit_of(criterion.expr), lang)
