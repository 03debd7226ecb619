"""What is written of a project: what it gives, its phases, its plot, its base, what it rebuilds and what it costs."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field, RootModel, model_validator
from pydantic_core import PydanticCustomError

from rules.reading import Count, Days, Record, Share
from sim.world.mechanisms.capital import CapitalSpec
from sim.world.parameters import Duration

#: Phases that mean something to the model; all others are names for a while.
FIRST_MEETING, NOTICE, APPEAL, BUILDING = "first_meeting", "notice", "appeal", "building"
ANY_PLOT = "any"


class _PhaseForms(Record):
    share: Share = 1.0
    lasts: Duration


def _read_phase(written: Any) -> Any:
    return written if isinstance(written, dict) and "lasts" in written else {"lasts": written}


Phase = Annotated[_PhaseForms, BeforeValidator(_read_phase, json_schema_input_type=Duration | _PhaseForms)]


class BaseSpec(Record):
    """Units used as a staff base at first, and let as homes later.

    Either ``until`` a while after the opening; or ``when`` a condition on the living environment holds, asked every ``asked``
    from ``at_least`` after the opening on, and ``at_most`` after it in any case.
    """

    units: Count
    until: Duration | None = None
    when: str | None = None
    at_least: Days = 0.0
    at_most: Days | None = None
    asked: Annotated[Days, Field(gt=0)] = 30.4375

    @model_validator(mode="after")
    def _one_end(self) -> BaseSpec:
        if (self.until is None) == (self.when is None):
            raise PydanticCustomError("base", "a base lasts `until` a while after the opening, or until `when` a condition holds")
        if self.when is not None and self.at_most is None:
            raise PydanticCustomError("base", "a base whose end is a condition says how long it lasts `at_most`")
        if self.at_most is not None and self.at_most < self.at_least:
            raise PydanticCustomError("base", "a base lasts `at_least` longer than `at_most`")
        return self


class RebuildSpec(Record):
    """An old site whose homes the project rebuilds.

    ``when_vacated``: each home is closed as it is left, rebuilt, and opens anew by itself. ``relocate``: whoever lives there
    must move and goes first in line; the site is rebuilt when the last has left, and opens as a whole.
    """

    site: str
    closing: Literal["when_vacated", "relocate"]


class ProjectSpec(Record):
    """One project, or ``number`` alike (``id-1``, ``id-2`` …): what it gives, its phases from ``start`` on, or when it ``opens``.

    ``plot`` names the plot it stands on, or is ``any``. ``dialogue`` says whether the phase ``first_meeting`` comes before or
    after ``notice``, whatever their order among ``phases``. ``contact_person``: so long after the opening, neighbours have
    somebody to call.
    """

    id: str
    type: str
    dwellings: Count
    number: Count | None = None
    district: str = ""
    plot: str | None = None
    start: date | None = None
    opens: date | None = None
    dialogue: Literal["before_notice", "after_notice"] | None = None
    phases: dict[str, Phase] = Field(default_factory=dict)
    rebuilds: RebuildSpec | None = None
    base: BaseSpec | None = None
    contact_person: Days = 0.0
    capital: CapitalSpec = CapitalSpec()
    attributes: dict[str, Any] = Field(default_factory=dict)
    dwelling_attributes: dict[str, Any] = Field(default_factory=dict)

    @model_validator(mode="after")
    def _one_beginning(self) -> ProjectSpec:
        if self.start is not None and self.opens is not None and self.opens < self.start:
            raise PydanticCustomError(
                "project",
                "the project opens {opens}, before it starts {start}",
                {"opens": str(self.opens), "start": str(self.start)},
            )
        if (self.start is None) == (self.opens is None):
            raise PydanticCustomError("project", "a project needs either `start` (with phases) or `opens`, and not both")
        if self.opens is not None and self.phases:
            raise PydanticCustomError(
                "project", "a project that opens on a date has no phases: write `start` in place of `opens`"
            )
        return self

    @model_validator(mode="after")
    def _parts_that_fit(self) -> ProjectSpec:
        if self.base is not None and self.base.units > self.dwellings:
            raise PydanticCustomError("project", "a project has more units in its base than dwellings")
        if self.dialogue is not None and not {FIRST_MEETING, NOTICE} <= set(self.phases):
            raise PydanticCustomError(
                "project", "a project with `dialogue` has the phases `first_meeting` and `notice`, which it puts in order"
            )
        if self.rebuilds is not None:
            if self.start is None or BUILDING not in self.phases or list(self.phases)[-1] != BUILDING:
                raise PydanticCustomError("project", "a project that rebuilds has a `start`, and `building` as its last phase")
            if self.plot is not None or self.district or self.base is not None or (self.number or 1) > 1:
                raise PydanticCustomError(
                    "project", "a project that rebuilds stands where the old site does: it has no plot, district, base or number"
                )
        return self


class ProjectsParameters(RootModel[tuple[ProjectSpec, ...]]):
    """All projects, whether they are under way or decided by a policy."""

    model_config = {"frozen": True}


def one_by_one(projects: ProjectsParameters) -> ProjectsParameters:
    """Give every project by itself: ``number`` alike become ``id-1``, ``id-2`` and so on."""
    return ProjectsParameters(
        tuple(
            spec if spec.number is None else spec.model_copy(update={"id": name, "number": None})
            for spec in projects.root
            for name in names_of(spec)
        )
    )


def names_of(spec: ProjectSpec) -> list[str]:
    """Give the ids of the projects that an entry stands for."""
    return [spec.id] if spec.number is None else [f"{spec.id}-{number}" for number in range(1, spec.number + 1)]
