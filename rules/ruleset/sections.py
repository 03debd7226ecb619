"""The sections of a rule set as they stand in YAML.

Expressions stand here as they were written; `rules.ruleset.build` reads them with the language.
"""

import re
from datetime import date
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, Field, model_validator

from rules.reading import Label, Record

Expression = bool | int | str
_ID, _NAME = r"^[A-Z][A-Z0-9_]*$", r"^[a-z][a-z0-9_]*$"


def _rule_id(text: str) -> str:
    if not re.fullmatch(_ID, text, re.ASCII):
        raise ValueError(f"{text!r} should be written in capital letters A to Z, digits and _, such as RESIDENCE")
    return text


def _name(text: str) -> str:
    if not re.fullmatch(_NAME, text, re.ASCII):
        raise ValueError(f"{text!r} should be written in small letters a to z, digits and _, such as need_rank")
    return text


RuleId = Annotated[str, AfterValidator(_rule_id), Field(json_schema_extra={"pattern": _ID})]
Name = Annotated[str, AfterValidator(_name), Field(json_schema_extra={"pattern": _NAME})]
Status = Literal["illustrative", "legally_disputed"]
Outcome = Literal["lapse", "keep"]
CRITERIA = ("class", "points", "longest", "highest", "lowest", "lottery")


class Window(Record):
    """From which date, and up to and including which date, something is in force."""

    from_: date | None = Field(None, alias="from")
    to: date | None = None


class Based(Record):
    """What every rule says of itself: its name, its legal base or status, and when it is in force."""

    label: Label | None = None
    legal: str | list[str] | None = None
    status: Status | None = None
    valid: Window | None = None
    note: str | None = None


class ExceptionRecord(Based):
    """An exception to a rule."""

    when: Expression


class RuleRecord(Based):
    """A rule that states a condition."""

    when: Expression | None = None
    requires: Expression
    unless: dict[RuleId, ExceptionRecord] = Field(default_factory=dict)
    ground: Label | None = None


class MoveRecord(RuleRecord):
    """A rule that lets a resident apply for another home."""

    kind: Literal["transfer"] = "transfer"


class HoldRecord(Based):
    """For how long a home is held in an absence."""

    when: Expression
    longest_days: Expression


class TriggerRecord(Based):
    """A consequence, and the condition for it."""

    when: Expression
    ground: Label | None = None


class DeclinedRecord(Based):
    """What follows when an offer is declined."""

    id: RuleId
    when: Expression
    outcome: Outcome


class OffersRecord(Record):
    """Offers and replies."""

    reply_days: Expression | None = None
    declined: list[DeclinedRecord] = Field(default_factory=list)


class TenancyRecord(Record):
    """The lease: term, renewal, warning and notice."""

    term_months: Expression | None = None
    renewal: dict[RuleId, RuleRecord] = Field(default_factory=dict)
    warning: TriggerRecord | None = None
    notice: TriggerRecord | None = None


class CriterionRecord(Based):
    """One criterion of the order of priority: exactly one of ``class points longest highest lowest lottery``."""

    class_: dict[RuleId, Expression] | None = Field(None, alias="class")
    points: Expression | None = None
    longest: Name | None = None
    highest: Expression | None = None
    lowest: Expression | None = None
    lottery: Literal["per application"] | None = None

    @property
    def kinds(self) -> list[str]:
        """The keys that say by what people are ordered."""
        return [name for name in CRITERIA if getattr(self, "class_" if name == "class" else name) is not None]

    @model_validator(mode="after")
    def _one_kind(self) -> "CriterionRecord":
        if len(self.kinds) != 1:
            raise ValueError(f"one of {', '.join(CRITERIA)} is needed in each criterion")
        return self


class AmountRecord(Based):
    """A named number: one value, or dated values, each in force from its date."""

    unit: str | None = None
    value: int | None = None
    values: dict[date, int] | None = None

    @model_validator(mode="after")
    def _one_kind(self) -> "AmountRecord":
        if (self.value is None) == (not self.values):
            raise ValueError("either value or values is needed")
        return self


class DefinitionRecord(Based):
    """A named expression."""

    is_: Expression = Field(alias="is")
    unit: str | None = None


class TableBasis(Based):
    """What stands beside a table for those who judge rules."""


class LegalSource(Record):
    """A law, a regulation or a municipality's own criteria that rules may cite."""

    label: Label
    address: str | None = None


class RuleSetRecord(Record):
    """A whole rule set, all its files merged."""

    ruleset: str
    label: Label
    valid: Window = Field(default_factory=lambda: Window.model_validate({}))
    legal_sources: dict[str, LegalSource] = Field(default_factory=dict)
    fields: dict[str, Any] = Field(default_factory=dict)
    amounts: dict[Name, AmountRecord] = Field(default_factory=dict)
    definitions: dict[Name, Expression | DefinitionRecord] = Field(default_factory=dict)
    tables: dict[str, Any] = Field(default_factory=dict)
    scope: dict[RuleId, RuleRecord] = Field(default_factory=dict)
    eligibility: dict[RuleId, RuleRecord] = Field(default_factory=dict)
    exclusion: dict[RuleId, RuleRecord] = Field(default_factory=dict)
    matching: dict[RuleId, RuleRecord] = Field(default_factory=dict)
    living_environment: dict[RuleId, RuleRecord] = Field(default_factory=dict)
    priority: list[CriterionRecord] = Field(default_factory=list)
    offers: OffersRecord = OffersRecord()
    tenancy: TenancyRecord = TenancyRecord()
    moves: dict[RuleId, MoveRecord] = Field(default_factory=dict)
    holds: dict[RuleId, HoldRecord] = Field(default_factory=dict)
    temporary: dict[RuleId, RuleRecord] = Field(default_factory=dict)
