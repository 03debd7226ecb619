"""Deciding by a rule set without a simulation: eligibility, levels, ranking and grounds of dicts and tables."""

from rules.library.decisions import Decisions
from rules.library.facts import FactError
from rules.library.grounds import Eligibility, Grounds
from rules.library.ranking import Ranked

__all__ = ["Decisions", "Eligibility", "FactError", "Grounds", "Ranked"]
