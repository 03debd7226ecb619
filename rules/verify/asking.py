"""Questions about the conditions of a version: does anybody meet them, and who."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from rules.decide.conditions import asked
from rules.language import Expr
from rules.language.form import Not
from rules.ruleset import Rule, RuleSet, Version
from rules.verify.cells import MOST_PROFILES, Cells, Profile, UndecidedError
from rules.verify.ready_case import case_name, ready_case

#: What a case expects, by the stage of the rule it is about.
_KEYS = {
    "scope": "refused", "eligibility": "refused", "exclusion": "refused",
    "matching": "unsuitable", "living_environment": "unsuitable", "quotas": "unsuitable",
    "renewal": "renewal_refused", "moves": "move", "temporary": "temporary",
}  # fmt: skip


@dataclass
class Asking:
    """Answers questions about one version of the rules, exactly, and notes what it could not answer.

    Parameters
    ----------
    ruleset, version : RuleSet, Version
    most : int
        Of relevant profiles; beyond, a question is noted as not decided.
    undecided : dict of str to Rule, Trigger or another part with a place
        By the name of what was asked about.
    """

    ruleset: RuleSet
    version: Version
    most: int = MOST_PROFILES
    undecided: dict[str, object] = field(default_factory=dict)

    def some(self, *conditions: Expr) -> Profile | None:
        """Find a profile for which all conditions hold. Raises `UndecidedError`."""
        return Cells(conditions, most=self.most).some(conditions)

    def nobody(self, about: str, part: object, *conditions: Expr) -> bool:
        """Say whether it is sure that nobody meets all conditions; what cannot be decided is noted, and is not sure."""
        try:
            return self.some(*conditions) is None
        except UndecidedError:
            self.undecided.setdefault(about, part)
            return False

    def eligible(self) -> list[Expr]:
        """Give what must hold for somebody to be eligible."""
        return [asked(rule) for rule in (*self.version.scope, *self.version.eligibility, *self.version.exclusion)]

    def case(self, about: str, profile: Profile, *keys: str) -> str | None:
        """Write a profile as a ready case."""
        return ready_case(self.ruleset, self.version, case_name(about, "SHOWN"), profile, keys)

    def case_of(self, rule: Rule, profile: Profile) -> str | None:
        """Write a profile as a ready case about a rule."""
        return self.case(rule.id, profile, _KEYS[rule.stage])


def firsts(conditions: Sequence[tuple[str, Expr]]) -> Iterator[tuple[str, tuple[Expr, ...]]]:
    """Give for each condition, where the first that holds decides, what must hold for it to decide."""
    for number, (name, when) in enumerate(conditions):
        yield name, (when, *(Not(earlier, earlier.place) for _, earlier in conditions[:number]))
