"""What differs between two rule sets: in words, by the stages of a decision, by parts, and for whom the verdict changes."""

from rules.diff.alike import decide_alike
from rules.diff.alone import Part, tried_alone
from rules.diff.changed_parts import Changed, changed_parts
from rules.diff.changes import Change, compare
from rules.diff.examples import Example
from rules.diff.profiles import Flip, Verdicts, changed_profiles
from rules.diff.recombined import ruleset_text, with_parts, write_ruleset
from rules.diff.told import sentences, tell
from rules.diff.told_profiles import diff_data, fact_text, with_profiles

__all__ = [
    "Change",
    "Changed",
    "Example",
    "Flip",
    "Part",
    "Verdicts",
    "changed_parts",
    "changed_profiles",
    "compare",
    "decide_alike",
    "diff_data",
    "fact_text",
    "ruleset_text",
    "sentences",
    "tell",
    "tried_alone",
    "with_parts",
    "with_profiles",
    "write_ruleset",
]
