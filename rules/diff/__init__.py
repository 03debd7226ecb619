"""What differs between two rule sets: in words, by the stages of a decision, and for whom the verdict changes."""

from rules.diff.changes import Change, compare
from rules.diff.examples import Example
from rules.diff.profiles import Flip, Verdicts, changed_profiles
from rules.diff.told import sentences, tell
from rules.diff.told_profiles import diff_data, fact_text, with_profiles

__all__ = [
    "Change",
    "Example",
    "Flip",
    "Verdicts",
    "changed_profiles",
    "compare",
    "diff_data",
    "fact_text",
    "sentences",
    "tell",
    "with_profiles",
]
