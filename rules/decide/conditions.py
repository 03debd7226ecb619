"""Rules as conditions: what a rule asks for, and what it grants."""

from rules.language import Expr
from rules.language.form import And, Not, Or
from rules.ruleset.model import Rule


def asked(rule: Rule, requires: Expr | None = None) -> Expr:
    """Give what a rule asks for: out of its scope nothing; else what it requires, or an exception.

    Parameters
    ----------
    rule : Rule
    requires : Expr, optional
        A part of what the rule requires, in place of the whole.
    """
    outside = () if rule.when is None else (Not(rule.when, rule.place),)
    return _any((*outside, requires or rule.requires, *(waiver.when for waiver in rule.waivers)), rule)


def granted(rule: Rule) -> Expr:
    """Give when a rule grants something: in its scope, and what it requires or an exception holds."""
    met = _any((rule.requires, *(waiver.when for waiver in rule.waivers)), rule)
    return met if rule.when is None else And((rule.when, met), rule.place)


def _any(items: tuple[Expr, ...], rule: Rule) -> Expr:
    return items[0] if len(items) == 1 else Or(items, rule.place)
