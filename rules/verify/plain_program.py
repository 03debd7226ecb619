"""Every decision of a version of the rules by a plain evaluator, with the face of a compiled program."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from rules.decide.scan import effective_since
from rules.language import NEVER, Calendar, Expr, MissingFact, Situation
from rules.ruleset import Criterion, Rule, Version
from rules.verify.observe import Evaluator, Observer


@dataclass(frozen=True)
class PlainProgram:
    """The functions of `Program` that worked cases ask for. An `Observer` as evaluator learns which rules were met.

    Parameters
    ----------
    version : Version
    calendar : Calendar
    value : callable (expr, situation) -> value
    """

    version: Version
    calendar: Calendar
    value: Evaluator
    numbers: Mapping[str, Any] = field(default_factory=dict)

    def met(self, rule: Rule, at: Situation) -> bool:
        """Say whether a rule asks for nothing, is met, or is waived."""
        self._note(rule)
        if rule.when is not None and not self.value(rule.when, at):
            return True
        return self._answered(rule, at)

    def granted(self, rule: Rule, at: Situation) -> bool:
        """Say whether a rule that grants something does."""
        self._note(rule)
        if rule.when is not None and not self.value(rule.when, at):
            return False
        return self._answered(rule, at)

    def refusals(self, a: Any, day: int) -> tuple[str, ...]:
        """Give the ids of failed conditions of scope, or else of eligibility and exclusion."""
        at = self._at(a, None, None, day)
        outside = self._failed(self.version.scope, at)
        return outside or self._failed((*self.version.eligibility, *self.version.exclusion), at)

    def compatible(self, a: Any, d: Any, day: int) -> bool:
        """Leave the whole of matching to `suits`."""
        return True

    def suits(self, a: Any, d: Any, s: Any, day: int) -> bool:
        """Judge every rule of matching, living environment and quotas."""
        version = self.version
        return not self._failed((*version.matching, *version.living_environment, *version.quotas), self._at(a, d, s, day))

    def full_key(self, a: Any, d: Any, s: Any, day: int) -> tuple[int, ...]:
        """Give the place in the order of priority; smaller goes first."""
        at = self._at(a, d, s, day)
        return tuple(self._number(criterion, at) for criterion in self.version.priority)

    def move_wanted(self, a: Any, d: Any, s: Any, day: int) -> str | None:
        """Give the id of the first rule of moves that holds."""
        at = self._at(a, d, s, day)
        return next((rule.id for rule in self.version.moves if self.granted(rule, at)), None)

    def reply_days(self, a: Any, d: Any, s: Any, day: int) -> int:
        """Give the days to answer an offer."""
        return self._size(self.version.reply_days, self._at(a, d, s, day))

    def term_months(self, a: Any, d: Any, s: Any, day: int) -> int:
        """Give the term of the lease."""
        return self._size(self.version.term_months, self._at(a, d, s, day))

    def decline_outcome(self, a: Any, d: Any, s: Any, day: int) -> str:
        """Give what follows a declined offer."""
        at = self._at(a, d, s, day)
        return next((trigger.outcome for trigger in self.version.declined if self.value(trigger.when, at)), "keep")

    def renewal_refusals(self, a: Any, d: Any, s: Any, day: int) -> tuple[str, ...]:
        """Give the ids of failed conditions of renewal."""
        return self._failed(self.version.renewal, self._at(a, d, s, day))

    def warned(self, a: Any, d: Any, s: Any, day: int) -> bool:
        """Say whether a warning follows."""
        warning = self.version.warning
        return warning is not None and bool(self.value(warning.when, self._at(a, d, s, day)))

    def notice(self, a: Any, d: Any, s: Any, day: int) -> bool:
        """Say whether notice to quit follows."""
        notice = self.version.notice
        return notice is not None and bool(self.value(notice.when, self._at(a, d, s, day)))

    def hold_days(self, a: Any, d: Any, s: Any, day: int) -> int:
        """Give the days the home is held in this absence."""
        at = self._at(a, d, s, day)
        found = next((hold for hold in self.version.holds if self.value(hold.when, at)), None)
        return NEVER if found is None else self._size(found.longest_days, at)

    def temporary_entitled(self, a: Any, day: int) -> bool:
        """Say whether every condition of temporary accommodation holds; False when there is none."""
        at = self._at(a, None, None, day)
        answers = [self.granted(rule, at) for rule in self.version.temporary]
        return bool(answers) and all(answers)

    def ground_texts(self, rule: Rule, at: Situation) -> None:
        """Let the observer see what a rule and the text of its ground read."""
        self.met(rule, at)
        if rule.ground is None or not isinstance(self.value, Observer):
            return
        for piece in (*rule.ground.nb, *rule.ground.en):
            if not isinstance(piece, str):
                try:
                    self.value(piece, at)
                except MissingFact:
                    continue

    def _at(self, a: Any, d: Any, s: Any, day: int) -> Situation:
        return Situation(self.calendar, day, a, d, s)

    def _note(self, part: object, value: bool = True) -> None:
        if isinstance(self.value, Observer):
            self.value.note(part, value)

    def _answered(self, rule: Rule, at: Situation) -> bool:
        if self.value(rule.requires, at):
            return True
        return any(bool(self.value(waiver.when, at)) for waiver in rule.waivers)

    def _failed(self, rules: tuple[Rule, ...], at: Situation) -> tuple[str, ...]:
        failed = []
        for rule in rules:
            if not self.met(rule, at):
                self._note(rule, False)
                failed.append(rule.id)
        return tuple(failed)

    def _size(self, expr: Expr | None, at: Situation) -> int:
        return 0 if expr is None else max(0, int(self.value(expr, at)))

    def _number(self, criterion: Criterion, at: Situation) -> int:
        self._note(criterion)
        if criterion.within is not None and not self.value(criterion.within, at):
            return 0
        if criterion.kind == "class":
            held = (number for number, (_, when) in enumerate(criterion.classes) if self.value(when, at))
            return next(held, len(criterion.classes))
        if criterion.kind == "longest":
            assert criterion.field is not None
            if criterion.capped is not None and self.value(criterion.capped, at):
                return -NEVER
            return effective_since(criterion.field, at.applicant, at.calendar, at.day)
        if criterion.kind == "lottery":
            return int(at.applicant.lottery)
        assert criterion.expr is not None
        value = int(self.value(criterion.expr, at))
        return value if criterion.kind == "lowest" else -value
