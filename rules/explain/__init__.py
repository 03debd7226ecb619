"""Decisions in words, for those they concern and those who answer for them."""

from rules.explain.choice import Considered, consider, explain_choice, ground_line

__all__ = ["Considered", "consider", "explain_choice", "ground_line"]
