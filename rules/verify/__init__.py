"""Checking rules: worked cases, and what can be said of rules without running them."""

from rules.verify.cases import CaseReport, CaseResult, load_cases, run_cases
from rules.verify.findings import check_ruleset

__all__ = ["CaseReport", "CaseResult", "check_ruleset", "load_cases", "run_cases"]
