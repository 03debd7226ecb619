"""The sections of a rule set as they stand in YAML.

Expressions stand here as they were written; `rules.ruleset.build` reads them with the language.
"""

import re
from datetime import date
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BeforeValidator, Field, WithJsonSchema, model_validator

from rules.reading import Label, Record, Share
from rules.ruleset.indexed import MULTIPLE, amount_value
from rules.ruleset.quotas import SIZE, quota_size

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


#: A number, or a multiple of the basic amount (G).
Value = Annotated[
    int | str,
    BeforeValidator(amount_value),
    WithJsonSchema({"anyOf": [{"type": "integer"}, {"type": "string", "pattern": MULTIPLE, "examples": ["2.5 G"]}]}),
]
#: A share or a number of homes, read by `rules.ruleset.quotas`.
Size = Annotated[
    str,
    BeforeValidator(quota_size),
    WithJsonSchema({"type": "string", "pattern": SIZE, "examples": ["20 %", "10 homes"]}),
]
Transition = Literal["application_date", "decision_date"]
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


class DiscretionRecord(Record):
    """Who decides in the single case, and in simulation how often: ``taken``, or for a length the share of each."""

    authority: Label
    taken: Share | None = None
    set: dict[str, Share] | None = None


class ExceptionRecord(Based):
    """An exception to a rule; at somebody's discretion it may stand without a condition of its own."""

    when: Expression | None = None
    discretion: DiscretionRecord | None = None

    @model_validator(mode="after")
    def _some_ground(self) -> "ExceptionRecord":
        if self.when is None and self.discretion is None:
            raise ValueError("'when' is missing: an exception needs a condition, or the discretion of an authority")
        return self


class RuleRecord(Based):
    """A rule that states a condition."""

    when: Expression | None = None
    requires: Expression
    unless: dict[RuleId, ExceptionRecord] = Field(default_factory=dict)
    discretion: DiscretionRecord | None = None
    ground: Label | None = None


class ExclusionRecord(RuleRecord):
    """A rule that keeps people out: by a condition, or for a time after an event, until it is cured."""

    requires: Expression | None = None  # type: ignore[assignment]
    after: str | None = None
    period: str | None = None
    cured_by: dict[RuleId, ExceptionRecord] = Field(default_factory=dict)

    @model_validator(mode="after")
    def _one_form(self) -> "ExclusionRecord":
        if (self.after is None) != (self.period is None):
            raise ValueError("an exclusion after an event needs both 'after' and 'period'")
        if (self.requires is None) == (self.after is None):
            missing = "'requires' is missing" if self.requires is None else "'requires' and 'after' exclude each other"
            raise ValueError(f"{missing}: an exclusion has a condition, or follows an event for a period")
        if self.cured_by and self.after is None:
            raise ValueError("'cured_by' ends an exclusion that follows an event; write `unless` beside `requires`")
        return self


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


class QuotaRecord(Based):
    """How many homes may (``at_most``), or must first (``at_least``), be let to some people: "20 %" or "10 homes"."""

    who: Expression
    homes: Expression | None = None
    per: Literal["site", "district", "stock"] = "stock"
    at_most: Size | None = None
    at_least: Size | None = None
    unless: dict[RuleId, ExceptionRecord] = Field(default_factory=dict)
    ground: Label | None = None

    @model_validator(mode="after")
    def _one_size(self) -> "QuotaRecord":
        if (self.at_most is None) == (self.at_least is None):
            raise ValueError("either 'at_most' or 'at_least' is needed")
        return self


class ClaimRecord(Based):
    """Who goes before everybody else to the next vacancy that suits, whatever the order and the quotas say."""

    when: Expression


class CriterionRecord(Based):
    """One criterion of the order of priority: exactly one of ``class points longest highest lowest lottery``."""

    class_: dict[RuleId, Expression] | None = Field(None, alias="class")
    points: Expression | None = None
    longest: Name | None = None
    highest: Expression | None = None
    lowest: Expression | None = None
    lottery: Literal["per application"] | None = None
    at_most: Expression | None = None

    @property
    def kinds(self) -> list[str]:
        """The keys that say by what people are ordered."""
        return [name for name in CRITERIA if getattr(self, "class_" if name == "class" else name) is not None]

    @model_validator(mode="after")
    def _one_kind(self) -> "CriterionRecord":
        if len(self.kinds) != 1:
            raise ValueError(f"one of {', '.join(CRITERIA)} is needed in each criterion")
        if self.at_most is not None and self.longest is None:
            raise ValueError("'at_most' caps a time, and stands beside 'longest' alone")
        return self


class AmountRecord(Based):
    """A named number: one value, or dated values, each in force from its date.

    A value is a whole number or a multiple of the basic amount ("2.5 G"); with ``by`` one for each value of a field.
    ``sources`` says for each date where its value was read.
    """

    unit: str | None = None
    by: Name | None = None
    value: Value | dict[str, Value] | None = None
    values: dict[date, Value | dict[str, Value]] | None = None
    sources: dict[date, str] = Field(default_factory=dict)

    @model_validator(mode="after")
    def _one_kind(self) -> "AmountRecord":
        if (self.value is None) == (not self.values):
            raise ValueError("either value or values is needed")
        for day in self.sources:
            if day not in (self.values or {}):
                raise ValueError(f"'sources' has the date {day}, and 'values' has not")
        for value in (self.value, *(self.values or {}).values()):
            if value is not None and isinstance(value, dict) != (self.by is not None):
                raise ValueError("a map of values goes with 'by', which names the field it is looked up by")
        return self

    @property
    def written(self) -> list[int | str]:
        """Every value written, of any date and row."""
        found: list[int | str] = []
        for value in (self.value, *(self.values or {}).values()):
            found += value.values() if isinstance(value, dict) else () if value is None else (value,)
        return found


class DefinitionRecord(Based):
    """A named expression."""

    is_: Expression = Field(alias="is")
    unit: str | None = None


class TrackRecord(Based):
    """A track with rules of its own for those it concerns, beside the rules that all tracks share.

    They stand here, or in a rule set of their own that ``rules`` names, relative to this file. Temporary accommodation is
    no part of a track: the entitlement does not depend on which home is applied for.
    """

    who: Expression
    rules: str | None = None
    scope: dict[RuleId, RuleRecord] = Field(default_factory=dict)
    eligibility: dict[RuleId, RuleRecord] = Field(default_factory=dict)
    exclusion: dict[RuleId, ExclusionRecord] = Field(default_factory=dict)
    matching: dict[RuleId, RuleRecord] = Field(default_factory=dict)
    living_environment: dict[RuleId, RuleRecord] = Field(default_factory=dict)
    priority: list[CriterionRecord] = Field(default_factory=list)
    offers: OffersRecord = OffersRecord()
    tenancy: TenancyRecord = TenancyRecord()
    moves: dict[RuleId, MoveRecord] = Field(default_factory=dict)
    holds: dict[RuleId, HoldRecord] = Field(default_factory=dict)


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
    transition: Transition | dict[date, Transition] = "decision_date"
    legal_sources: dict[str, LegalSource] = Field(default_factory=dict)
    fields: dict[str, Any] = Field(default_factory=dict)
    amounts: dict[Name, AmountRecord] = Field(default_factory=dict)
    definitions: dict[Name, Expression | DefinitionRecord] = Field(default_factory=dict)
    tables: dict[str, Any] = Field(default_factory=dict)
    scope: dict[RuleId, RuleRecord] = Field(default_factory=dict)
    eligibility: dict[RuleId, RuleRecord] = Field(default_factory=dict)
    exclusion: dict[RuleId, ExclusionRecord] = Field(default_factory=dict)
    matching: dict[RuleId, RuleRecord] = Field(default_factory=dict)
    living_environment: dict[RuleId, RuleRecord] = Field(default_factory=dict)
    quotas: dict[RuleId, QuotaRecord] = Field(default_factory=dict)
    claims: dict[RuleId, ClaimRecord] = Field(default_factory=dict)
    priority: list[CriterionRecord] = Field(default_factory=list)
    tracks: dict[RuleId, TrackRecord] = Field(default_factory=dict)
    offers: OffersRecord = OffersRecord()
    tenancy: TenancyRecord = TenancyRecord()
    moves: dict[RuleId, MoveRecord] = Field(default_factory=dict)
    holds: dict[RuleId, HoldRecord] = Field(default_factory=dict)
    temporary: dict[RuleId, RuleRecord] = Field(default_factory=dict)
