"""Worked cases judged by the plain evaluator: observed, or by rules that were changed on purpose."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from rules.decide import Ground
from rules.language import Situation, Value, evaluate
from rules.reading import Place
from rules.ruleset import RuleSet, Stage, Version
from rules.verify.judge import Judgement
from rules.verify.observe import Observer
from rules.verify.plain_program import PlainProgram


@dataclass
class ObservedCase(Judgement):
    """A worked case that tells which parts of the rules it exercised."""

    @cached_property
    def observer(self) -> Observer:
        """The notebook of this case."""
        return Observer()

    def program_of(self, version: Version) -> Any:
        """Give a version of the rules, observed."""
        return PlainProgram(version, self.layout.calendar, self.observer)

    def value(self, name: str, place: Place) -> Value:
        """Value of a field, a definition or a table."""
        at = Situation(self.layout.calendar, 0, self.applicant, *self.home)
        return self.observer(self.named(name, place), at)

    def under(self, ruleset: RuleSet) -> Judgement:
        """Give the same case under changed rules, without observing; facts are made anew only for changed fields."""
        if ruleset.fields is not self.ruleset.fields:
            changed = Judgement(ruleset, self.case, self.defaults, self.day, self.tree, self.name)
        else:
            changed = Judgement.__new__(Judgement)
            changed.__dict__ |= self.__dict__ | {"ruleset": ruleset}
        for name, version in (("program", ruleset.on(self.day)), ("case_program", changed.version("eligibility"))):
            changed.__dict__[name] = PlainProgram(version, changed.layout.calendar, evaluate)
        return changed

    def _grounds(self, stage: Stage) -> tuple[Ground, ...]:
        at = Situation(self.layout.calendar, 0, self.applicant, *self.home)
        program: Any = self.program
        for rule in self.version(stage).rules(stage):
            program.ground_texts(rule, at)
        return super()._grounds(stage)
