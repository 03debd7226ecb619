"""Checking rules: worked cases, and what can be said of rules without running them."""

from rules.verify.cases import CaseReport, CaseResult, load_cases, run_cases
from rules.verify.coverage import CoverageReport, run_coverage
from rules.verify.findings import check_path, check_ruleset
from rules.verify.junit import junit_xml
from rules.verify.mutation import MutantResult, MutationReport, run_mutants

__all__ = [
    "CaseReport",
    "CaseResult",
    "CoverageReport",
    "MutantResult",
    "MutationReport",
    "check_path",
    "check_ruleset",
    "junit_xml",
    "load_cases",
    "run_cases",
    "run_coverage",
    "run_mutants",
]
