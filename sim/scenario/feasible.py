"""When the projects of a scenario can open: given its plots and places in planning, without simulating anybody.

How many projects a policy adds decides when each of them can stand: the tenth waits for a place that the ninth has left. The
schedule here is computed project by project; the world keeps it event by event, and a test holds the two together. Two things
are not foreseen here, so dates may be later: conditions on plots (``planning.plot_when``), and how long an old site takes to be
emptied before it is rebuilt.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from heapq import heappop, heappush
from math import ceil, floor
from statistics import median_low
from typing import TYPE_CHECKING, Any

from sim.kernel import entity_key
from sim.scenario.dates import date_of
from sim.world.mechanisms.planning import PlanningParameters, Step, drawn, leaves_planning, shortest, steps
from sim.world.mechanisms.project_specs import ANY_PLOT, ProjectSpec

if TYPE_CHECKING:
    from sim.world.blueprint import Blueprint

NEVER = float("inf")
DRAWS = 401
Draw = Callable[[ProjectSpec, tuple[Step, ...], float], list[Any]]


@dataclass(frozen=True, slots=True)
class FeasibleOpening:
    """When one project can open.

    Attributes
    ----------
    project : str
    added : bool
        Whether a policy adds it.
    earliest : date or None
        Every phase as short as it can be, appeals skipped, for all projects; None: it finds no plot.
    median : date or None
        In the middle one of `DRAWS` draws; None: in most of them it finds no plot.
    """

    project: str
    added: bool
    earliest: date | None
    median: date | None


def feasible_openings(blueprint: Blueprint) -> tuple[FeasibleOpening, ...]:
    """Give for each project of a scenario when it can open, in the order in which they start: the same for the same scenario."""
    projects = blueprint.mechanisms.get("projects")
    if projects is None:
        return ()
    planning = blueprint.mechanisms.get("planning", PlanningParameters())
    begins = {spec.id: float((_begins(spec) - blueprint.start).days) for spec in projects.root}
    specs = sorted(projects.root, key=lambda spec: (begins[spec.id], spec.id))
    plots = {plot.id: 0.0 if plot.from_ is None else float((plot.from_ - blueprint.start).days) for plot in planning.plots}
    soonest = schedule(specs, begins, planning, plots, shortest)
    many = [schedule(specs, begins, planning, plots, _draw(number)) for number in range(DRAWS)]
    return tuple(
        FeasibleOpening(
            spec.id,
            spec.id in blueprint.added_projects,
            _day(blueprint.start, soonest[spec.id], floor),
            _day(blueprint.start, median_low(one[spec.id] for one in many), ceil),
        )
        for spec in specs
    )


def schedule(
    specs: Sequence[ProjectSpec],
    begins: dict[str, float],
    planning: PlanningParameters,
    plots: dict[str, float],
    draw: Draw,
) -> dict[str, float]:
    """Give the day on which each project opens, in days from the start of the scenario; `NEVER` where it finds no plot.

    Parameters
    ----------
    specs : sequence of ProjectSpec
        In the order of their start, then of their ids.
    begins, plots : dict of str to float
        The day on which each project starts (or opens), and from which each plot can be had.
    draw : callable
        Gives the phases of a project that begins on a day.
    """
    opens: dict[str, float] = {}
    named = {spec.plot for spec in specs}
    taken: set[str] = set()
    busy: list[float] = []  # a heap of the days on which those in planning leave it
    ahead = {spec.id: steps(spec, planning) for spec in specs}

    def plot_of(spec: ProjectSpec, day: float) -> str | None:
        if spec.plot is None:
            return ""
        mine = (name for name in plots if name == spec.plot or (spec.plot == ANY_PLOT and name not in named))
        return next((name for name in mine if name not in taken and plots[name] <= day), None)

    def begin(spec: ProjectSpec, day: float, plot: str) -> None:
        taken.add(plot)
        found = draw(spec, ahead[spec.id], day)
        leaves = leaves_planning(ahead[spec.id], found, day)
        if leaves > max(day, 0.0):
            heappush(busy, leaves)
            heappush(days, leaves)
        opens[spec.id] = day if not found or found[-1].end is None else found[-1].end

    days = sorted({*plots.values(), *(max(day, 0.0) for day in begins.values())})
    for spec in specs:
        if spec.opens is not None:
            opens[spec.id] = begins[spec.id]
        elif begins[spec.id] < 0.0:
            begin(spec, begins[spec.id], plot_of(spec, NEVER) or "")
    waiting = [spec for spec in specs if spec.id not in opens]
    while waiting and days:
        now = heappop(days)
        while busy and busy[0] <= now:
            heappop(busy)
        for spec in list(waiting):
            if planning.at_once is not None and len(busy) >= planning.at_once:
                break
            plot = plot_of(spec, now) if begins[spec.id] <= now else None
            if plot is not None:
                waiting.remove(spec)
                begin(spec, now, plot)
    return {spec.id: max(opens.get(spec.id, NEVER), 0.0) for spec in specs}


def _begins(spec: ProjectSpec) -> date:
    begins = spec.opens or spec.start
    assert begins is not None
    return begins


def _draw(number: int) -> Draw:
    def draw(spec: ProjectSpec, ahead: tuple[Step, ...], begins: float) -> list[Any]:
        return drawn(spec, entity_key(0, number, "project:" + spec.id), ahead, begins)

    return draw


def _day(start: date, day: float, rounded: Callable[[float], int]) -> date | None:
    if day == NEVER:
        return None
    try:
        return date_of(start, rounded(day))
    except OverflowError:
        return None
