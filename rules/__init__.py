"""The rules engine: allocation rules written in YAML, read strictly, and decided by.

Nothing in this package imports `sim`.
"""

from rules.decide import (
    Ground,
    Program,
    ProgramSource,
    compile_program,
    compile_programs,
    grounds,
    scan_key,
    scan_suits,
)
from rules.explain import explain_choice
from rules.language import (
    EVENTS,
    NEVER,
    STATES,
    Conditions,
    ConditionsSource,
    Field,
    Layout,
    MissingFact,
    Scope,
    compile_conditions,
)
from rules.ruleset import RuleSet, load_ruleset

#: Says that this package is ours: PyPI's `rules` (Django) would overwrite this file silently.
BOLIGTRAPP = True

__all__ = [
    "BOLIGTRAPP",
    "EVENTS",
    "NEVER",
    "STATES",
    "Conditions",
    "ConditionsSource",
    "Field",
    "Ground",
    "Layout",
    "MissingFact",
    "Program",
    "ProgramSource",
    "RuleSet",
    "Scope",
    "compile_conditions",
    "compile_program",
    "compile_programs",
    "explain_choice",
    "grounds",
    "load_ruleset",
    "scan_key",
    "scan_suits",
]
