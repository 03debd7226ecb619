"""Projects: homes that are planned, built and opened, phase by phase; or simply opened on a date.

Every phase is drawn by (project, phase): two policies that share a project share its luck. A project under way
on day 0 starts before it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Annotated, Any, ClassVar

from pydantic import BeforeValidator, Field, RootModel, model_validator
from pydantic_core import PydanticCustomError

from rules.reading import Count, Days, Nok, Record, Share
from sim.kernel import CALENDAR, purpose, uniform
from sim.measures.records import Amount, Asset, ProjectPhase
from sim.world.blueprint import SiteSpec
from sim.world.building import add_site
from sim.world.mechanisms.mechanism import Mechanism
from sim.world.parameters import Duration
from sim.world.state import INF
from sim.world.verbs.dwellings import open_dwelling

if TYPE_CHECKING:
    from sim.measures.records import Records
    from sim.world.state import Site
    from sim.world.world import World

BASE = purpose("projects:base")
GRANT = purpose("projects:grant")


class _PhaseForms(Record):
    share: Share = 1.0
    lasts: Duration


def _read_phase(written: Any) -> Any:
    return written if isinstance(written, dict) and "lasts" in written else {"lasts": written}


Phase = Annotated[_PhaseForms, BeforeValidator(_read_phase, json_schema_input_type=Duration | _PhaseForms)]


class BaseSpec(Record):
    """Units used as a staff base at first, and let as homes ``until`` a while after the opening."""

    units: Count
    until: Duration


class GrantSpec(Record):
    """A grant from the state: a share of the cost of building, got with a probability."""

    share_of_building: Share = 0.0
    probability: Share = 1.0


class CapitalSpec(Record):
    """What the whole project costs, paid when it opens."""

    land: Nok = 0.0
    building: Nok = 0.0
    life: Days = Field(default="40 years", validate_default=True)
    grant: GrantSpec = GrantSpec()


class ProjectSpec(Record):
    """One project: what it gives, and either the phases from ``start`` on, or the date on which it ``opens``."""

    id: str
    type: str
    dwellings: Count
    district: str = ""
    start: date | None = None
    opens: date | None = None
    phases: dict[str, Phase] = Field(default_factory=dict)
    base: BaseSpec | None = None
    capital: CapitalSpec = CapitalSpec()
    attributes: dict[str, Any] = Field(default_factory=dict)
    dwelling_attributes: dict[str, Any] = Field(default_factory=dict)

    @model_validator(mode="after")
    def _one_beginning(self) -> ProjectSpec:
        if (self.start is None) == (self.opens is None):
            raise PydanticCustomError("project", "a project needs either `start` (with phases) or `opens`, and not both")
        if self.opens is not None and self.phases:
            raise PydanticCustomError(
                "project", "a project that opens on a date has no phases: write `start` in place of `opens`"
            )
        if self.base is not None and self.base.units > self.dwellings:
            raise PydanticCustomError("project", "a project has more units in its base than dwellings")
        return self


class ProjectsParameters(RootModel[tuple[ProjectSpec, ...]]):
    """All projects, whether they are under way or decided by a policy."""

    model_config = {"frozen": True}


@dataclass(slots=True)
class _Project:
    spec: ProjectSpec
    site: Site
    key: int
    phases: list[ProjectPhase]
    opens: float
    base_until: float


class Projects(Mechanism):
    """Sites that come into being."""

    name = "projects"
    Parameters = ProjectsParameters
    neutral: ClassVar[Any] = []

    def __init__(self, parameters: ProjectsParameters, world: World) -> None:
        super().__init__(parameters, world)
        self.projects = [_plan(spec, world) for spec in parameters.root]

    def start(self) -> None:
        """Schedule the openings."""
        for project in self.projects:
            self._at(project.opens, project, self.opens)

    def opens(self, project: _Project) -> None:
        """Open the homes, some of them as a staff base at first."""
        base = 0 if project.spec.base is None else project.spec.base.units
        for number, dwelling in enumerate(project.site.dwellings):
            open_dwelling(self.world, dwelling, "base" if number < base else "vacant")
        if base:
            self._at(project.base_until, project, self.base_ends)

    def base_ends(self, project: _Project) -> None:
        """Let the units of the base as homes."""
        for dwelling in project.site.dwellings:
            if dwelling.state == "base":
                open_dwelling(self.world, dwelling)

    def _at(self, day: float, project: _Project, change: Any) -> None:
        if day <= self.world.now:
            change(project)
        elif day < self.world.blueprint.days:
            self.world.at(day, CALENDAR, lambda: change(project))

    def invariants(self) -> Iterator[str]:
        """No home of a project exists before it opens."""
        for project in self.projects:
            if project.opens > self.world.now and any(d.state != "planned" for d in project.site.dwellings):
                yield f"project {project.spec.id} has homes before it opens on day {project.opens:g}"

    def finish(self, records: Records) -> None:
        """Write the phases, what was built, and what was paid for it."""
        for project in self.projects:
            records.projects.extend(_until(self.world.now, project.phases))
            if project.opens < self.world.blueprint.days:
                _write_capital(project, self.world, records)


def _plan(spec: ProjectSpec, world: World) -> _Project:
    key = world.key_of("project:" + spec.id)
    first = world.blueprint.start
    phases: list[ProjectPhase] = []
    if spec.opens is not None:
        opens = float((spec.opens - first).days)
    else:
        assert spec.start is not None
        opens = float((spec.start - first).days)
        for name, phase in spec.phases.items():
            if uniform(key, purpose(f"projects:{name}:share"), 0) < phase.share:
                end = opens + phase.lasts.quantile(uniform(key, purpose(f"projects:{name}"), 0))
                phases.append(ProjectPhase(spec.id, name, opens, end))
                opens = end
    opens = max(opens, 0.0)
    base_until = INF
    if spec.base is not None and spec.base.units:
        base_until = opens + spec.base.until.quantile(uniform(key, BASE, 0))
        phases.append(ProjectPhase(spec.id, "base", opens, base_until))
    site = add_site(
        world,
        SiteSpec(
            spec.id,
            spec.type,
            spec.dwellings,
            spec.district,
            opens=INF,
            attributes=spec.attributes,
            dwelling_attributes=spec.dwelling_attributes,
            added=True,
        ),
    )
    return _Project(spec, site, key, phases, opens, base_until)


def _until(now: float, phases: list[ProjectPhase]) -> Iterator[ProjectPhase]:
    for phase in phases:
        if phase.start < now:
            yield phase._replace(end=phase.end if phase.end is not None and phase.end < now else None)


def _write_capital(project: _Project, world: World, records: Records) -> None:
    spec, opens, capital = project.spec, project.opens, project.spec.capital
    grant = 0.0
    if uniform(project.key, GRANT, 0) < capital.grant.probability:
        grant = capital.building * capital.grant.share_of_building
    number = world.bins.index(opens)
    years = capital.life / 365.25
    for account, nok, land in (("building", capital.building, False), ("land", capital.land, True)):
        if nok:
            given = 0.0 if land else grant
            records.assets.append(Asset(opens, account, nok, years, land, place=spec.type, grant=given))
            records.amounts.append(Amount(number, "capital", "municipality", nok, place=spec.type))
    if grant:
        records.amounts.append(Amount(number, "grant", "municipality", -grant, place=spec.type))
        records.amounts.append(Amount(number, "grant", "state", grant, place=spec.type))
