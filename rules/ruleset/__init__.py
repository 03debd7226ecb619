"""Rule sets: YAML sections read into typed rules with their legal bases."""

from rules.ruleset.load import load_ruleset, ruleset_of
from rules.ruleset.model import STAGES, Basis, Criterion, Hold, Rule, RuleSet, Stage, Template, Trigger, Version, Waiver

__all__ = [
    "STAGES",
    "Basis",
    "Criterion",
    "Hold",
    "Rule",
    "RuleSet",
    "Stage",
    "Template",
    "Trigger",
    "Version",
    "Waiver",
    "load_ruleset",
    "ruleset_of",
]
