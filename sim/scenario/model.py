"""The sections of a scenario file as they stand in YAML, and how mechanisms add theirs."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import lru_cache
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field, create_model, model_validator

from rules.reading import Count, Days, GrowthPerYear, Label, PerDay, Record, Share
from sim.scenario.parameters import ParameterRecord
from sim.world.mechanisms import MECHANISMS
from sim.world.parameters import Duration, Names, NeedShares, Shares, YesNo, check_sum

#: Where a household lives when it has no municipal home; the list is closed.
Situation = Literal["no_roof", "temporary", "leaving_institution", "notice_to_quit", "with_others", "unsuitable", "ordinary"]

#: What a transition of residents does, as total effects are told by.
EffectKind = Literal["recovery", "worsening", "change_of_scheme", "own_incidents", "exits", "crisis", "deaths"]


def _listed(written: Any) -> Any:
    return [written] if isinstance(written, str) else written


class SchemeRecord(Record):
    """A ladder, or a programme beside the ladders: what its steps offer in support."""

    label: Label | None = None
    stock_name: str | None = None
    ladder: YesNo = True
    ranks: tuple[Annotated[int, Field(ge=1, le=5)], ...] = (1, 2, 3, 4, 5)


class PlainRecord(Record):
    """Something with a name and nothing else."""

    label: Label | None = None


class TypeRecord(Record):
    """A type of dwelling.

    ``attributes`` are stored facts of its dwellings, ``site_attributes`` of its sites; a site may override both.
    """

    label: Label | None = None
    scheme: str
    step: Annotated[int, Field(ge=1)] = 1
    attributes: Mapping[str, Any] = Field(default_factory=dict)
    site_attributes: Mapping[str, Any] = Field(default_factory=dict)


class SiteRecord(Record):
    """A site, or several alike (``sites``), with so many dwellings each."""

    id: str
    label: Label | None = None
    type: str
    sites: Count = 1
    dwellings: Count = 1
    district: str = ""
    opens: date | None = None
    closes: date | None = None
    closing: Literal["when_vacated", "relocate"] | None = None
    attributes: Mapping[str, Any] = Field(default_factory=dict)
    dwelling_attributes: Mapping[str, Any] = Field(default_factory=dict)
    each: tuple[Mapping[str, Any], ...] = ()

    @model_validator(mode="after")
    def _known_one_by_one(self) -> SiteRecord:
        if self.each and (self.sites != 1 or len(self.each) > self.dwellings):
            raise ValueError("`each` is about the dwellings of one site, at most one entry for each of them")
        return self


class Batches(Record):
    """So many applications on one day of each year."""

    each_year: Annotated[str, Field(pattern=r"^(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$")]
    size: Count

    @model_validator(mode="after")
    def _in_the_calendar(self) -> Batches:
        month, day = map(int, self.each_year.split("-"))
        date(2024, month, day)  # a leap year; raises ValueError for a day that no year has
        return self


class ArrivalsRecord(Record):
    """Applications of a group: a rate, rates by date, or yearly batches."""

    rate: PerDay | None = None
    trend: GrowthPerYear = 0.0
    season: Mapping[int, Annotated[float, Field(ge=0)]] = Field(default_factory=dict)
    from_: date | None = Field(None, alias="from")
    until: date | None = None
    rates: Mapping[date, PerDay] = Field(default_factory=dict)
    batches: Batches | None = None

    @model_validator(mode="after")
    def _one_form(self) -> ArrivalsRecord:
        if self.rate is not None and self.rates:
            raise ValueError("write either rate or rates, not both")
        if self.rate is None and (self.trend or self.season or self.from_ or self.until):
            raise ValueError("trend, season, from and until belong to a rate")
        if any(not 1 <= month <= 12 for month in self.season):
            raise ValueError("the months of a season are 1 to 12")
        return self


class GroupRecord(Record):
    """A group of applicants; ``fields`` are read with the rules' declarations in hand."""

    label: Label | None = None
    arrivals: ArrivalsRecord = ArrivalsRecord.model_validate({})
    need: NeedShares
    fields: Mapping[str, Any] = Field(default_factory=dict)
    since: Mapping[str, Duration] = Field(default_factory=dict)
    situation: Shares | None = None


class FactorRecord(Record):
    """A risk factor: a number under a condition, or a curve over bands of a fact."""

    label: Label | None = None
    when: Any = None
    factor: Annotated[float, Field(ge=0)] | None = None
    of: str | None = None
    bands: Mapping[int, Annotated[float, Field(ge=0)]] | None = None
    exp: float | None = None
    power: float | None = None

    @model_validator(mode="after")
    def _one_form(self) -> FactorRecord:
        curve = [name for name in ("exp", "power") if getattr(self, name) is not None]
        if self.factor is not None:
            if self.of is not None or self.bands is not None or curve:
                raise ValueError("a factor has either `factor` (with `when`), or `of`, `bands` and `exp` or `power`")
        elif self.when is not None or self.of is None or not self.bands or len(curve) != 1:
            raise ValueError("write `when` and `factor`, or `of`, `bands` and one of `exp` and `power`")
        if self.power is not None and self.power < 0 and 0 in (self.bands or {}).values():
            raise ValueError("a representative of 0 cannot be raised to a power below zero")
        return self


class ResidentsRecord(Record):
    """Who lives in the homes of a type on day 0."""

    count: Count | None = None
    occupied: Share | None = None
    groups: Shares
    need: NeedShares | None = None
    months_in_home: Duration | None = None

    @model_validator(mode="after")
    def _how_many(self) -> ResidentsRecord:
        if (self.count is None) == (self.occupied is None):
            raise ValueError("either count or occupied is needed")
        return self


class QueueRecord(Record):
    """How many households of a group are there on day 0: a number, or shares of numbers."""

    count: Count | None = None
    distribution: Shares | None = None
    waited: Duration | None = None

    @model_validator(mode="after")
    def _how_many(self) -> QueueRecord:
        if (self.count is None) == (self.distribution is None):
            raise ValueError("either count or distribution is needed")
        if self.distribution is not None and not all(key.isascii() and key.isdigit() for key in self.distribution):
            raise ValueError("a distribution has whole numbers of households as keys, as in {0: 10 %, 1: 90 %}")
        return self


class WaitingRecord(QueueRecord):
    """Who of a group is on the list on day 0, and how long they have waited.

    ``need``, ``situation`` and ``fields`` are those of whoever still waits, where that is not who applies: those who go first
    under the rules are housed first, and fewer of them are found on the list.
    """

    need: NeedShares | None = None
    situation: Shares | None = None
    fields: Mapping[str, Any] = Field(default_factory=dict)


class TransfersRecord(Record):
    """Residents who are to move on day 0: how long they have waited."""

    waited: Duration


class FormerRecord(Record):
    """Former residents, who moved to ordinary housing in the two years before day 0: how many, of which groups, and where to."""

    count: Count
    groups: Shares
    destinations: dict[Literal["private", "own_home"], Share] = Field(default={"private": 1.0}, validate_default=True)
    need: NeedShares | None = None

    @model_validator(mode="after")
    def _everybody(self) -> FormerRecord:
        check_sum(self.destinations)
        return self


class BeforeRecord(Record):
    """How often residents caused an incident in the year before day 0, by the value of a field."""

    by: str
    of: Mapping[str, PerDay]


class InitialRecord(Record):
    """The state on day 0.

    ``vacant_ready``: of the homes that stand empty, the share that is ready to be offered. ``need_changed``: how long ago the
    need changed of those whose home does not answer it. With ``ongoing: yes`` case handling, crises and absences are under way,
    as many and as far on as if it had been so for ever. ``people`` is a CSV file of households known one by one, as `import`
    writes it.
    """

    people: str | None = None

    households: Mapping[str, QueueRecord] = Field(default_factory=dict)
    residents: Mapping[str, ResidentsRecord] = Field(default_factory=dict)
    waiting: Mapping[str, WaitingRecord] = Field(default_factory=dict)
    vacant: Literal["turnaround", "vacant"] = "vacant"
    ongoing: YesNo = False
    vacant_ready: Share = 0.0
    transfers: TransfersRecord | None = None
    need_changed: Duration | None = None
    former: FormerRecord | None = None
    incidents_before: BeforeRecord | None = None


class MeasuresRecord(Record):
    """Limits of the figures."""

    tau: Days = 1825.0
    limit: Days = 180.0
    breakdown: YesNo = True


class GoalRecord(Record):
    """A goal of the municipality's own: a figure, and what it should be at least or at most."""

    label: Label
    kpi: str
    at_least: float | None = None
    at_most: float | None = None


class AcceptedEffectRecord(Record):
    """A total effect of moving between two types that may be larger than ``max_total_effect``, and why.

    ``from`` or ``to`` left out: any type; ``of`` left out: every kind of transition.
    """

    from_: str | None = Field(None, alias="from")
    to: str | None = None
    of: Annotated[tuple[EffectKind, ...], BeforeValidator(_listed, json_schema_input_type=EffectKind | list[EffectKind])] = ()
    reason: Annotated[str, Field(min_length=1)]


class SystemRecord(Record):
    """A system that the municipality describes: how it is counted here, and who says how large it is.

    Counted from the stock (``scheme``, ``step``, ``types``, ``where``; ``projects`` counts decided homes too), from the hours of
    ``teams``, the places of ``programmes``, the number of acute ``beds``, from the private ``lettings`` a year that residents can
    leave for, or given as ``size``. It is on unless it says
    ``simulated: no`` or one of its ``mechanisms`` is off.
    """

    label: Label | None = None
    unit: Annotated[str, Field(min_length=1)]
    source: Annotated[str, Field(min_length=1)]
    simulated: YesNo = True
    size: Annotated[float, Field(ge=0)] | None = None
    scheme: str | None = None
    step: Annotated[int, Field(ge=1)] | None = None
    types: Names = ()
    where: Mapping[str, Any] = Field(default_factory=dict)
    projects: YesNo = False
    count: Literal["homes", "sites"] = "homes"
    teams: Names = ()
    programmes: Names = ()
    beds: Names = ()
    lettings: YesNo = False
    mechanisms: Names = ()
    note: str = ""

    @model_validator(mode="after")
    def _one_size(self) -> SystemRecord:
        counted = self.scheme is not None or bool(self.types) or bool(self.where)
        others = (self.size is not None, bool(self.teams), bool(self.programmes), bool(self.beds), self.lettings)
        if sum(others) + counted > 1:
            raise ValueError("a system has either a size, or teams, programmes, beds or lettings, or homes that are counted")
        return self


class RealDataRecord(Record):
    """Why and by what right real data are used; stands in every results folder."""

    purpose: Annotated[str, Field(min_length=1)]
    legal_basis: Annotated[str, Field(min_length=1)]
    dpia: Annotated[str, Field(min_length=1)]


class KostraRecord(Record):
    """Which group of applicants is which group of KOSTRA's form 13."""

    groups: Mapping[str, Literal["refugee", "adapted", "mental", "substance", "both", "other", "no_means_test"]] = Field(
        default_factory=dict
    )


class TypicalRecord(Record):
    """A typical person to follow: the first of a group, with a need, that applies from a date on."""

    label: Label
    group: str
    scheme: str | None = None
    need: Annotated[int, Field(ge=1, le=5)] | None = None
    applies_from: date | None = None


class BurnInRecord(Record):
    """By how much the first year may differ from what later years make of it (`check --burn-in`)."""

    tolerance: Share = 0.1


class SaidRecord(Record):
    """What a scenario says of itself that changes no result."""

    max_total_effect: Annotated[float, Field(gt=1)] = 5.0
    accepted_effects: tuple[AcceptedEffectRecord, ...] = ()
    systems: Mapping[str, SystemRecord] = Field(default_factory=dict)
    typical: Mapping[str, TypicalRecord] = Field(default_factory=dict)
    burn_in: BurnInRecord = BurnInRecord()


class ScenarioRecord(SaidRecord):
    """The sections that every scenario may have; mechanisms add one key each (see `scenario_model`).

    ``parameters`` and ``rules`` are read before the model (see `sim.scenario.source`); they stand here for its schema.
    """

    scenario: Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9_-]*$")]
    label: Label | None = None
    question: Label | None = None
    start: date = date(2026, 1, 1)
    horizon: Days = 3652.5
    warm_up: Days | None = None
    measure_from: date | None = None
    long_run: YesNo = False
    data: Literal["assumed", "real"] = "assumed"
    real_data: RealDataRecord | None = None
    rules: Annotated[tuple[str, ...], BeforeValidator(_listed, json_schema_input_type=str | list[str])] = ()
    parameters: str | tuple[str, ...] | Mapping[str, ParameterRecord] = ()
    sources: str | None = None
    schemes: Mapping[str, SchemeRecord] = Field(min_length=1)
    districts: Mapping[str, PlainRecord] = Field(default_factory=dict)
    types: Mapping[str, TypeRecord] = Field(default_factory=dict)
    sites: tuple[SiteRecord, ...] = ()
    groups: Mapping[str, GroupRecord] = Field(default_factory=dict)
    marks: Mapping[str, Any] = Field(default_factory=dict)
    risk_factors: Mapping[str, FactorRecord] = Field(default_factory=dict)
    initial: InitialRecord = InitialRecord()
    measures: MeasuresRecord = MeasuresRecord()
    goals: Mapping[str, GoalRecord] = Field(default_factory=dict)
    kostra: KostraRecord = KostraRecord()
    precision: Mapping[str, int | float | str] = Field(default_factory=dict)


class PolicyRecord(Record):
    """A policy: the few lines in which it differs from what it extends.

    ``kind: register`` is no policy: it says who and what there is on day 0, from a register, and lies beneath all policies.
    """

    extends: str
    name: Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9_-]*$")]
    label: Label | None = None
    question: Label
    policy_from: date | None = None
    kind: Literal["decision", "what_if", "register"] = "decision"
    changes: Any = None
    equal_cost: tuple[str, ...] = ()


@lru_cache(maxsize=1)
def scenario_model() -> type[ScenarioRecord]:
    """Give the model of a whole scenario file: the common sections, and one key for each mechanism (absent = off)."""
    keys: dict[str, Any] = {kind.name: (kind.Parameters | None, None) for kind in mechanisms()}
    return create_model("Scenario", __base__=ScenarioRecord, __module__=__name__, **keys)


def mechanisms() -> tuple[Any, ...]:
    """Give the mechanisms in the order of assembly."""
    return tuple(MECHANISMS)
