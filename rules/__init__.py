"""The rules engine: allocation rules written in YAML, read strictly, and decided by.

Nothing in this package imports `sim`. For people given as dicts and tables, without a simulation: `Decisions`.
"""

from typing import TYPE_CHECKING, Any

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

if TYPE_CHECKING:
    from rules.library import Decisions, Eligibility, FactError, Grounds, Ranked

#: Says that this package is ours: PyPI's `rules` (Django) would overwrite this file silently.
BOLIGTRAPP = True

__all__ = [
    "BOLIGTRAPP",
    "EVENTS",
    "NEVER",
    "STATES",
    "Conditions",
    "ConditionsSource",
    "Decisions",
    "Eligibility",
    "FactError",
    "Field",
    "Ground",
    "Grounds",
    "Layout",
    "MissingFact",
    "Program",
    "ProgramSource",
    "Ranked",
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

#: Loaded when asked for: a simulation needs none of it, and its workers should stay small.
_LIBRARY = frozenset({"Decisions", "Eligibility", "FactError", "Grounds", "Ranked"})


def __getattr__(name: str) -> Any:
    if name in _LIBRARY:
        from rules import library

        return getattr(library, name)
    raise AttributeError(f"module 'rules' has no attribute {name!r}")
