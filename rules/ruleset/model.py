"""A rule set after reading: its rules as typed expressions, frozen and picklable."""

import dataclasses
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal, TypeAlias

from rules.language import Amount, Definition, Expr, Field, Table
from rules.reading import Finding, Label, Place
from rules.ruleset.discretion import Discretion
from rules.ruleset.quotas import Quota

Status: TypeAlias = Literal["illustrative", "legally_disputed"]
#: Which version a case in progress meets when the rules change: that of its application, or that of the decision.
Transition: TypeAlias = Literal["application_date", "decision_date"]
CriterionKind: TypeAlias = Literal["class", "points", "longest", "highest", "lowest", "lottery"]
Stage: TypeAlias = Literal[
    "scope", "eligibility", "exclusion", "matching", "living_environment", "quotas", "renewal", "moves", "temporary",
]  # fmt: skip
STAGES: tuple[Stage, ...] = (
    "scope", "eligibility", "exclusion", "matching", "living_environment", "quotas", "renewal", "moves", "temporary",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Template:
    """A text with expressions in it: pieces of text and expressions in the order they are said."""

    nb: "tuple[str | Expr, ...]"
    en: "tuple[str | Expr, ...]"


@dataclass(frozen=True, slots=True)
class Basis:
    """Why a rule may be applied: legal bases in closed form, or the status of a rule that has none."""

    legal: tuple[str, ...] = ()
    status: Status | None = None

    @property
    def missing(self) -> bool:
        """Whether neither is stated."""
        return not self.legal and self.status is None


@dataclass(frozen=True, slots=True)
class Waiver:
    """A named exception to a rule, with its own legal base."""

    id: str
    label: Label
    when: Expr
    basis: Basis
    place: Place = dataclasses.field(compare=False)


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule that states a condition.

    Parameters
    ----------
    id : str
    stage : str
        The section it stands in.
    when : Expr or None
        Its scope; outside it the rule asks for nothing. None = everybody.
    requires : Expr
    waivers : tuple of Waiver
        Any of them is as good as `requires`.
    ground : Template or None
        What is said to somebody who does not meet it.
    """

    id: str
    stage: Stage
    label: Label
    when: Expr | None
    requires: Expr
    waivers: tuple[Waiver, ...]
    basis: Basis
    ground: Template | None
    place: Place = dataclasses.field(compare=False)


@dataclass(frozen=True, slots=True)
class Criterion:
    """One criterion of the order of priority; the first that tells two people apart decides.

    Parameters
    ----------
    kind : str
        ``class``: the first class whose condition holds, in order. ``points``, ``highest``: the largest number
        first. ``lowest``: the smallest first. ``longest``: whose time began first (pauses taken off).
        ``lottery``: one number drawn for each application.
    classes : tuple of (str, Expr)
        Of ``class`` only.
    expr : Expr or None
        Of ``points``, ``highest``, ``lowest``.
    field : Field or None
        Of ``longest``: an elapsed time.
    capped : Expr or None
        Of ``longest``: whether the time has come to the most that counts; all for whom it has are equal, and go first.
    within : Expr or None
        Whom it orders: those of one track. Others are told from them by an earlier criterion.
    """

    kind: CriterionKind
    label: Label
    classes: tuple[tuple[str, Expr], ...]
    expr: Expr | None
    field: Field | None
    basis: Basis
    place: Place = dataclasses.field(compare=False)
    capped: Expr | None = None
    within: Expr | None = None

    @property
    def exprs(self) -> tuple[Expr, ...]:
        """The expressions it uses."""
        own = (self.expr, self.capped, self.within)
        return tuple(when for _, when in self.classes) + tuple(expr for expr in own if expr is not None)


@dataclass(frozen=True, slots=True)
class Trigger:
    """A condition with a consequence: a warning, notice to quit, a declined offer."""

    id: str
    label: Label
    when: Expr
    outcome: str
    basis: Basis
    place: Place = dataclasses.field(compare=False)


@dataclass(frozen=True, slots=True)
class Hold:
    """For how many days a home is held in an absence."""

    id: str
    label: Label
    when: Expr
    longest_days: Expr
    basis: Basis
    place: Place = dataclasses.field(compare=False)


@dataclass(frozen=True, slots=True)
class Version:
    """The rules in force from a date until the next version.

    Parameters
    ----------
    since : date or None
        None = always.
    named : mapping of str to Definition or Table
        Every definition and table, by the name it is used by.
    scope : tuple of Rule
        Whom these rules concern. Who is outside is told so, and is not judged by the others.
    transition : {'decision_date', 'application_date'}
        Whether these rules also meet the cases that were applied for before `since`.
    discretions : tuple of Discretion
        What authorities decide in the single case.
    quotas : tuple of Rule
    counted : tuple of Quota
        What the world counts for them.
    """

    since: date | None
    amounts: Mapping[str, Amount]
    named: Mapping[str, Definition | Table]
    named_basis: Mapping[str, Basis]
    scope: tuple[Rule, ...]
    eligibility: tuple[Rule, ...]
    exclusion: tuple[Rule, ...]
    matching: tuple[Rule, ...]
    living_environment: tuple[Rule, ...]
    priority: tuple[Criterion, ...]
    reply_days: Expr | None
    declined: tuple[Trigger, ...]
    term_months: Expr | None
    renewal: tuple[Rule, ...]
    warning: Trigger | None
    notice: Trigger | None
    moves: tuple[Rule, ...]
    holds: tuple[Hold, ...]
    temporary: tuple[Rule, ...]
    transition: Transition = "decision_date"
    discretions: tuple[Discretion, ...] = ()
    quotas: tuple[Rule, ...] = ()
    counted: tuple[Quota, ...] = ()

    def rules(self, stage: Stage) -> tuple[Rule, ...]:
        """Give the rules of a stage, in order."""
        found: tuple[Rule, ...] = getattr(self, stage)
        return found

    def all_rules(self) -> Iterator[Rule]:
        """Give every rule that states a condition, stage by stage."""
        for stage in STAGES:
            yield from self.rules(stage)

    def triggers(self) -> Iterator[Trigger]:
        """Give every condition with a consequence."""
        yield from self.declined
        yield from (trigger for trigger in (self.warning, self.notice) if trigger is not None)

    def exprs(self) -> Iterator[Expr]:
        """Give every expression that decides something; definitions only where they are used."""
        for rule in self.all_rules():
            yield from (rule.requires, *(() if rule.when is None else (rule.when,)))
            yield from (waiver.when for waiver in rule.waivers)
        for criterion in self.priority:
            yield from criterion.exprs
        yield from (expr for expr in (self.reply_days, self.term_months) if expr is not None)
        yield from (trigger.when for trigger in self.triggers())
        for hold in self.holds:
            yield from (hold.when, hold.longest_days)


@dataclass(frozen=True, slots=True)
class RuleSet:
    """A rule set.

    Parameters
    ----------
    id : str
    label : Label
    since, to : date or None
        From which date, and up to which, it is meant to be used.
    hash : str
        SHA-256 of the content: of what is written, not of comments or the division into files.
    fields : dict of str to Field
    sources : dict of str to Label
        Legal sources.
    versions : tuple of Version
        In the order of their dates, at least one.
    findings : tuple of Finding
        Warnings made while reading.
    """

    id: str
    label: Label
    since: date | None
    to: date | None
    hash: str
    fields: dict[str, Field]
    sources: dict[str, Label]
    versions: tuple[Version, ...]
    findings: tuple[Finding, ...] = dataclasses.field(compare=False, default=())

    def on(self, day: date) -> Version:
        """Give the rules in force on a date; before the first version, the first."""
        return next((v for v in reversed(self.versions) if v.since is None or v.since <= day), self.versions[0])

    def for_case(self, applied: date, decided: date) -> Version:
        """Give the rules by which an application is judged eligible or not.

        They are those in force on the day of decision; but from changes with ``transition: application_date`` that came
        after the application, the case goes back to what was in force before, one change after the other.
        """
        index = self.versions.index(self.on(decided))
        while index > 0:
            version = self.versions[index]
            if version.transition == "decision_date" or version.since is None or version.since <= applied:
                break
            index -= 1
        return self.versions[index]
