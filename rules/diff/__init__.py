"""What differs between two rule sets, in words, grouped by the stages of a decision."""

from rules.diff.changes import Change, compare
from rules.diff.told import tell

__all__ = ["Change", "compare", "tell"]
