"""Planning: what projects share. Places in planning, plots, what early dialogue and a contact person do.

The mechanism of projects reads these parameters; by themselves they move nothing, and without them every project is planned as
soon as it starts. ``steps`` is the one place that says which phases a project goes through, in which order and for how long.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Annotated, Any, ClassVar, NamedTuple

from pydantic import Field

from rules.reading import Days, Record, Share
from sim.kernel import purpose, uniform
from sim.measures.records import ProjectPhase
from sim.world.mechanisms.mechanism import Mechanism
from sim.world.mechanisms.project_specs import APPEAL, BUILDING, FIRST_MEETING, NOTICE, ProjectSpec

if TYPE_CHECKING:
    from sim.kernel import Distribution

MONTH = 30.4375
#: Durations have no shorter value than this quantile of them, but once in a thousand million times.
SHORTEST = 1e-9


class PlotSpec(Record):
    """A piece of land on which one project can stand, and from when."""

    id: str
    district: str = ""
    from_: date | None = Field(None, alias="from")


class EarlyDialogue(Record):
    """What a first meeting before the neighbour notice does to an appeal: odds and length, each times a number (1 = nothing)."""

    odds: Annotated[float, Field(ge=0)] = 1.0
    length: Annotated[float, Field(ge=0)] = 1.0


class PlanningParameters(Record):
    """What projects share.

    ``at_once``: so many projects can be in planning at a time; the others wait, in the order of their start, then of their ids.
    ``phases``: those that take a place in planning; left out: all before ``building``. ``plot_when``: a condition, in the rule
    language, on the district of a plot on the day it is taken; it is asked again every ``asked``. ``plot_limits``: how much of a
    fact of the district there may be at most on that day.
    """

    at_once: Annotated[int, Field(ge=1)] | None = None
    phases: tuple[str, ...] | None = None
    plots: tuple[PlotSpec, ...] = ()
    plot_when: str | None = None
    plot_limits: dict[str, Annotated[int, Field(ge=0)]] = Field(default_factory=dict)
    asked: Annotated[Days, Field(gt=0)] = MONTH
    early_dialogue: EarlyDialogue = EarlyDialogue()
    contact_lowers_complaints: Share = 0.0


class Planning(Mechanism):
    """Parameters alone: see `sim.world.mechanisms.projects`."""

    name = "planning"
    Parameters = PlanningParameters
    neutral: ClassVar[Any] = {}


class Step(NamedTuple):
    """One phase as it will be drawn: with which probability, how long, and whether it takes a place in planning."""

    name: str
    share: float
    lasts: Distribution
    length: float
    in_planning: bool


def steps(spec: ProjectSpec, planning: PlanningParameters) -> tuple[Step, ...]:
    """Give the phases of a project in their order, with what its dialogue does to an appeal."""
    names = list(spec.phases)
    early = spec.dialogue == "before_notice"
    if spec.dialogue is not None:
        names.remove(FIRST_MEETING)
        names.insert(names.index(NOTICE) + (not early), FIRST_MEETING)
    before_building = names[: names.index(BUILDING)] if BUILDING in names else names
    planned = frozenset(before_building if planning.phases is None else planning.phases)
    found = []
    for name in names:
        phase = spec.phases[name]
        eased = early and name == APPEAL
        share = with_odds(phase.share, planning.early_dialogue.odds) if eased else phase.share
        found.append(Step(name, share, phase.lasts, planning.early_dialogue.length if eased else 1.0, name in planned))
    return tuple(found)


def with_odds(share: float, ratio: float) -> float:
    """Give a probability whose odds are those of another times a ratio."""
    return ratio * share / (1.0 - share + ratio * share)


def drawn(spec: ProjectSpec, key: int, phases: tuple[Step, ...], begins: float) -> list[ProjectPhase]:
    """Draw phases that follow each other from a day on, each keyed by (project, phase); those that are skipped are left out."""
    found = []
    for step in phases:
        if uniform(key, purpose(f"projects:{step.name}:share"), 0) < step.share:
            ends = begins + step.length * step.lasts.quantile(uniform(key, purpose(f"projects:{step.name}"), 0))
            found.append(ProjectPhase(spec.id, step.name, begins, ends))
            begins = ends
    return found


def shortest(spec: ProjectSpec, phases: tuple[Step, ...], begins: float) -> list[ProjectPhase]:
    """Give phases that follow each other, each as short as it can be, without those that can be skipped."""
    found = []
    for step in phases:
        if step.share >= 1.0:
            ends = begins + step.length * step.lasts.quantile(SHORTEST)
            found.append(ProjectPhase(spec.id, step.name, begins, ends))
            begins = ends
    return found


def leaves_planning(phases: tuple[Step, ...], found: list[ProjectPhase], begins: float) -> float:
    """Give the day from which a project takes no place in planning any more: the end of its last phase that does."""
    planned = {step.name for step in phases if step.in_planning}
    return max((phase.end for phase in found if phase.phase in planned and phase.end is not None), default=begins)
