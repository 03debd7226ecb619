"""Grounds for everyone: the verdict of every condition at once by generated code, the words when they are read."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, overload

from rules.decide.grounds import Ground, ground_of, not_met_text
from rules.language import Layout, Situation
from rules.library.compiled import FAILED, OUTSIDE
from rules.library.words import Words
from rules.ruleset import Rule


class Grounds(Sequence[Ground]):
    """What each rule says of one case, in the order of the rules; rules out of whose scope the case lies are left out.

    The verdicts are there; texts and values are worked out when a ground is read.

    Parameters
    ----------
    rules : tuple of Rule
    verdicts : tuple of int
        One for each rule: 0 = it asks for nothing here, 1 = met, 2 = not met, 3 + i = met by its i-th exception.
    layout : Layout
    facts : tuple
        Of the applicant, a dwelling and its site.
    words : Words, optional
        The grounds of the same rules, ready to be filled in: they are told sooner.
    """

    __slots__ = ("facts", "layout", "rules", "verdicts", "words")

    def __init__(
        self,
        rules: tuple[Rule, ...],
        verdicts: tuple[int, ...],
        layout: Layout,
        facts: tuple[Any, Any, Any],
        words: Words | None = None,
    ) -> None:
        self.rules = rules
        self.verdicts = verdicts
        self.layout = layout
        self.facts = facts
        self.words = words

    @property
    def met(self) -> bool:
        """Whether nothing fails."""
        return FAILED not in self.verdicts

    @property
    def failed(self) -> tuple[str, ...]:
        """Ids of the rules that are not met."""
        return tuple(rule.id for rule, verdict in zip(self.rules, self.verdicts, strict=True) if verdict == FAILED)

    def texts(self, lang: str = "nb") -> list[str]:
        """Say why: the ground of each rule that is not met."""
        failed = [number for number, verdict in enumerate(self.verdicts) if verdict == FAILED]
        words = self.words
        if words is not None:
            return [words.of(number, lang, self.facts) for number in failed]
        at = self._situation()
        return [not_met_text(self.rules[number], at)[lang] for number in failed]

    def __len__(self) -> int:
        return sum(verdict != OUTSIDE for verdict in self.verdicts)

    @overload
    def __getitem__(self, index: int) -> Ground: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[Ground]: ...
    def __getitem__(self, index: int | slice) -> Ground | Sequence[Ground]:
        rules = [rule for rule, verdict in zip(self.rules, self.verdicts, strict=True) if verdict != OUTSIDE]
        at = self._situation()
        if isinstance(index, slice):
            return [ground_of(rule, at) for rule in rules[index]]
        return ground_of(rules[index], at)

    def __iter__(self) -> Iterator[Ground]:
        return iter(self[:])

    def _situation(self) -> Situation:
        return Situation(self.layout.calendar, 0, *self.facts)


@dataclass(frozen=True, slots=True)
class Eligibility:
    """Whether somebody is eligible, and why.

    Parameters
    ----------
    name : str
    eligible : bool
    refused : tuple of str
        Ids of the rules that are not met; outside the scope of the rules, those of the scope alone.
    grounds : Grounds
        Of every rule that was asked.
    """

    name: str
    eligible: bool
    refused: tuple[str, ...]
    grounds: Grounds

    def __bool__(self) -> bool:
        return self.eligible
