"""Decisions in words, for those they concern and those who answer for them."""

from rules.explain.choice import Considered, consider, explain_choice, told_choice
from rules.explain.condition import condition_line, condition_record, ground_line

__all__ = ["Considered", "condition_line", "condition_record", "consider", "explain_choice", "ground_line", "told_choice"]
