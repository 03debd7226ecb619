"""Projects: homes that are planned, built and opened, phase by phase; or simply opened on a date.

A project waits for a place in planning and for a plot, where these are limited; then it goes through its phases. Every phase
is drawn by (project, phase): two policies that share a project share its luck. A project under way on day 0 starts before it;
it has its place and its plot, whatever the limits. A project that rebuilds an old site empties it first, then builds.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING, Any, ClassVar

from sim.kernel import CALENDAR, purpose, uniform
from sim.measures.records import ProjectPhase
from sim.world.blueprint import SiteSpec
from sim.world.building import add_site, close_site
from sim.world.mechanisms.capital import write_capital
from sim.world.mechanisms.mechanism import Mechanism
from sim.world.mechanisms.place_facts import district_facts, holds, site_facts
from sim.world.mechanisms.planning import PlanningParameters, PlotSpec, Step, drawn, leaves_planning, steps
from sim.world.mechanisms.project_specs import ANY_PLOT, BUILDING, ProjectsParameters, ProjectSpec
from sim.world.state import INF
from sim.world.verbs.dwellings import open_dwelling

if TYPE_CHECKING:
    from sim.measures.records import Records
    from sim.world.state import Dwelling, Handler, Household, Site
    from sim.world.world import World

BASE = purpose("projects:base")
REBUILD = purpose(f"projects:{BUILDING}")
PLOT = "plot"


@dataclass(slots=True)
class _Project:
    spec: ProjectSpec
    site: Site
    key: int
    starts: float
    steps: tuple[Step, ...] = ()
    phases: list[ProjectPhase] = field(default_factory=list)
    plot: str = ""
    begun: bool = False
    opens: float = INF
    incidents: list[float] = field(default_factory=list)
    emptying: bool = False
    rebuilt: int = 0

    def open_phase(self, name: str, day: float) -> None:
        """A phase begins whose end nobody knows yet."""
        self.phases.append(ProjectPhase(self.spec.id, name, day, None))

    def end_phase(self, name: str, day: float) -> None:
        """Such a phase ends, or its end comes into sight."""
        self.phases = [phase._replace(end=day) if phase.phase == name else phase for phase in self.phases]

    def has(self, name: str) -> bool:
        """Say whether a phase has begun."""
        return any(phase.phase == name for phase in self.phases)


class Projects(Mechanism):
    """Sites that come into being."""

    name = "projects"
    Parameters = ProjectsParameters
    neutral: ClassVar[Any] = []

    def __init__(self, parameters: ProjectsParameters, world: World) -> None:
        super().__init__(parameters, world)
        blueprint = world.blueprint
        self.planning: PlanningParameters = blueprint.mechanisms.get("planning", PlanningParameters())
        self.plots = {plot.id: plot for plot in self.planning.plots}
        self.taken: set[str] = set()
        places = blueprint.place_conditions
        self.base_conditions: Any = None if places is None or places.base is None else places.base.build()
        self.plot_conditions: Any = None if places is None or places.plot is None else places.plot.build()
        self.projects = [self._planned(spec) for spec in parameters.root]
        self.by_site = {project.site: project for project in self.projects}
        self.rebuilds = {
            world.sites[project.spec.rebuilds.site]: project for project in self.projects if project.spec.rebuilds is not None
        }
        self.waiting: list[_Project] = []
        self.in_planning: set[str] = set()
        self.asks_again = False
        if self.planning.contact_lowers_complaints and any(project.spec.contact_person for project in self.projects):
            world.customs.complaint_factor = self.complaint_factor

    def _planned(self, spec: ProjectSpec) -> _Project:
        begins = spec.opens or spec.start
        assert begins is not None
        world = self.world
        plot = self.plots.get(spec.plot or "")
        district = spec.district if plot is None else plot.district
        if spec.rebuilds is not None:
            district = world.sites[spec.rebuilds.site].district
        planned = SiteSpec(
            spec.id,
            spec.type,
            spec.dwellings,
            district,
            opens=INF,
            attributes=spec.attributes,
            dwelling_attributes=spec.dwelling_attributes,
        )
        site = add_site(world, planned)
        starts = float((begins - world.blueprint.start).days)
        return _Project(spec, site, world.key_of("project:" + spec.id), starts, steps(spec, self.planning))

    def handlers(self) -> Mapping[str, Handler]:
        """Incidents where a base waits for calm, and homes that close to be rebuilt."""
        handlers: dict[str, Handler] = {}
        if self.base_conditions is not None:
            handlers["incident"] = self.incident
        if self.rebuilds:
            handlers["dwelling_changed"] = self.dwelling_changed
        return handlers

    def start(self) -> None:
        """Let projects start, each on its day; those under way have started."""
        for project in sorted(self.projects, key=lambda project: (project.starts, project.spec.id)):
            if project.spec.opens is not None:
                project.opens = max(project.starts, 0.0)
                self._at(project.opens, partial(self.open, project))
            elif project.starts < 0.0:
                project.plot = self._plot_under_way(project)
                self._begin(project, project.starts)
            else:
                self._at(project.starts, partial(self._start, project))
        for plot in self.planning.plots:
            day = self._from(plot)
            if day > 0.0:
                self._at(day, self._let_in)

    # --- planning ---------------------------------------------------------------------------------------------

    def _start(self, project: _Project) -> None:
        self.waiting.append(project)
        self.waiting.sort(key=lambda project: (project.starts, project.spec.id))
        self._let_in()

    def _let_in(self) -> None:
        """Let projects begin, in their order, as long as there are places; who waits for a plot lets others pass."""
        refused = False
        for project in list(self.waiting):
            if self.planning.at_once is not None and len(self.in_planning) >= self.planning.at_once:
                break
            plot, on_condition = self._plot_for(project)
            refused = refused or on_condition
            if plot is None:
                continue
            self.waiting.remove(project)
            project.plot = plot
            self._begin(project, self.world.now)
        if refused and not self.asks_again:
            self.asks_again = True
            self._at(self.world.now + self.planning.asked, self._ask_again)

    def _ask_again(self) -> None:
        self.asks_again = False
        self._let_in()

    def _begin(self, project: _Project, day: float) -> None:
        spec = project.spec
        project.begun = True
        if project.plot:
            self.taken.add(project.plot)
            _stands_in(self.world, project.site, self.plots[project.plot].district)
        if day > project.starts:
            project.phases.append(ProjectPhase(spec.id, "waiting", project.starts, day))
        ahead = project.steps if spec.rebuilds is None else project.steps[:-1]
        found = drawn(spec, project.key, ahead, day)
        project.phases += found
        done = day if not found or found[-1].end is None else found[-1].end
        leaves = leaves_planning(ahead, found, day)
        if leaves > self.world.now:
            self.in_planning.add(spec.id)
            self._at(leaves, partial(self._leave_planning, project))
        if spec.rebuilds is None:
            project.opens = max(done, 0.0)
            self._at(project.opens, partial(self.open, project))
        else:
            self._at(max(done, 0.0), partial(self._empty, project))

    def _leave_planning(self, project: _Project) -> None:
        self.in_planning.remove(project.spec.id)
        self._let_in()

    # --- plots ------------------------------------------------------------------------------------------------

    def _plot_for(self, project: _Project) -> tuple[str | None, bool]:
        """Give the plot that a project can have now (empty: it needs none; None: there is none), and whether one was refused."""
        wanted = project.spec.plot
        if wanted is None:
            return "", False
        refused = False
        for plot in self._candidates(wanted):
            if self._from(plot) > self.world.now:
                continue
            if self._suits(project, plot):
                return plot.id, refused
            refused = True
        return None, refused

    def _plot_under_way(self, project: _Project) -> str:
        wanted = project.spec.plot
        return "" if wanted is None else next((plot.id for plot in self._candidates(wanted)), "")

    def _candidates(self, wanted: str) -> Iterator[PlotSpec]:
        named = {project.spec.plot for project in self.projects}
        for plot in self.planning.plots:
            if plot.id not in self.taken and (plot.id == wanted or (wanted == ANY_PLOT and plot.id not in named)):
                yield plot

    def _suits(self, project: _Project, plot: PlotSpec) -> bool:
        if self.plot_conditions is None:
            return True
        kind = project.spec.type
        under_way = sum(
            other.begun and other.site.district == plot.district and other.spec.type == kind and other.opens > self.world.now
            for other in self.projects
        )
        facts = district_facts(self.world, plot.district, kind, under_way)
        return holds(self.plot_conditions, PLOT, facts, self.world.day)

    def _from(self, plot: PlotSpec) -> float:
        return 0.0 if plot.from_ is None else float((plot.from_ - self.world.blueprint.start).days)

    # --- rebuilding -------------------------------------------------------------------------------------------

    def _empty(self, project: _Project) -> None:
        """Planning is over: the old site begins to be emptied."""
        rebuilds = project.spec.rebuilds
        assert rebuilds is not None
        old = self.world.sites[rebuilds.site]
        project.emptying = True
        project.open_phase("emptying", self.world.now)
        close_site(self.world, old, rebuilds.closing == "relocate")
        self._emptied(project, old)

    def dwelling_changed(self, world: World, dwelling: Dwelling, old: str) -> None:
        """A home has closed: it is rebuilt by itself, or the site when it was the last."""
        project = self.rebuilds.get(dwelling.site)
        if project is None or not project.emptying or dwelling.state != "closed":
            return
        assert project.spec.rebuilds is not None
        if project.spec.rebuilds.closing == "when_vacated" and project.rebuilt < len(project.site.dwellings):
            home = project.site.dwellings[project.rebuilt]
            self._build(project, project.rebuilt, partial(self._reopen, project, home))
            project.rebuilt += 1
        self._emptied(project, dwelling.site)

    def _emptied(self, project: _Project, old: Site) -> None:
        assert project.spec.rebuilds is not None
        if not project.emptying or any(dwelling.state != "closed" for dwelling in old.dwellings):
            return
        project.emptying = False
        project.end_phase("emptying", self.world.now)
        if all(home.state != "planned" for home in project.site.dwellings[: project.rebuilt]):
            project.end_phase(BUILDING, self.world.now)
        if project.spec.rebuilds.closing == "relocate":
            project.opens = self._build(project, 0, partial(self.open, project))
            project.end_phase(BUILDING, project.opens)

    def _build(self, project: _Project, number: int, then: Callable[[], None]) -> float:
        """Begin to rebuild a home, or a whole site; give the day on which it is done."""
        now = self.world.now
        if not project.has(BUILDING):
            project.open_phase(BUILDING, now)
        done = now + project.steps[-1].lasts.quantile(uniform(project.key, REBUILD, number))
        self._at(done, then)
        return done

    def _reopen(self, project: _Project, home: Dwelling) -> None:
        project.opens = min(project.opens, self.world.now)
        open_dwelling(self.world, home)
        if not project.emptying and all(dwelling.state != "planned" for dwelling in project.site.dwellings[: project.rebuilt]):
            project.end_phase(BUILDING, self.world.now)

    # --- opening ----------------------------------------------------------------------------------------------

    def open(self, project: _Project) -> None:
        """Open the homes, some of them as a staff base at first."""
        spec, now = project.spec, project.opens
        base = spec.base
        units = 0 if base is None else base.units
        for number, dwelling in enumerate(project.site.dwellings):
            open_dwelling(self.world, dwelling, "base" if number < units else "vacant")
        if spec.contact_person:
            project.phases.append(ProjectPhase(spec.id, "contact_person", now, now + spec.contact_person))
        if base is None or not units:
            return
        if base.until is not None:
            ends = now + base.until.quantile(uniform(project.key, BASE, 0))
            project.phases.append(ProjectPhase(spec.id, "base", now, ends))
            self._at(ends, partial(self.base_ends, project))
        else:
            project.open_phase("base", now)
            self._at(now + base.at_least, partial(self._ask_of_base, project))

    def _ask_of_base(self, project: _Project) -> None:
        """Ask whether the living environment lets the base become a home; in the end it does in any case."""
        world, base = self.world, project.spec.base
        assert base is not None and base.at_most is not None
        latest = project.opens + base.at_most
        facts = site_facts(world, project.site, project.opens, project.incidents)
        if world.now >= latest or holds(self.base_conditions, base_condition(project.spec), facts, world.day):
            project.end_phase("base", world.now)
            self.base_ends(project)
        else:
            self._at(min(world.now + base.asked, latest), partial(self._ask_of_base, project))

    def base_ends(self, project: _Project) -> None:
        """Let the units of the base as homes."""
        for dwelling in project.site.dwellings:
            if dwelling.state == "base":
                open_dwelling(self.world, dwelling)

    def incident(self, world: World, household: Household, site: Site) -> None:
        """Remember incidents where a base waits for calm."""
        project = self.by_site.get(site)
        if project is not None and project.spec.base is not None and project.spec.base.when is not None:
            project.incidents.append(world.now)

    def complaint_factor(self, site: Site) -> float:
        """Give what is left of the probability of a complaint at a site: less as long as neighbours have somebody to call."""
        project = self.by_site.get(site)
        if project is None or not project.opens <= self.world.now < project.opens + project.spec.contact_person:
            return 1.0
        return 1.0 - self.planning.contact_lowers_complaints

    def _at(self, day: float, happens: Callable[[], None]) -> None:
        if day <= self.world.now:
            happens()
        elif day < self.world.blueprint.days:
            self.world.at(day, CALENDAR, happens)

    def invariants(self) -> Iterator[str]:
        """No home of a project exists before it opens; places and plots are never taken twice."""
        now = self.world.now
        for project in self.projects:
            if project.opens > now and any(d.state != "planned" for d in project.site.dwellings):
                yield f"project {project.spec.id} has homes before it opens on day {project.opens:g}"
        plots = [project.plot for project in self.projects if project.plot]
        if len(plots) != len(set(plots)):
            yield f"two projects stand on one plot: {', '.join(sorted(plots))}"
        most = self.planning.at_once
        begun = sum(project.starts >= 0.0 for project in self.projects if project.spec.id in self.in_planning)
        if most is not None and begun > most:
            yield f"{begun} projects are in planning, and there are {most} places"

    def finish(self, records: Records) -> None:
        """Write the phases, what was built, and what was paid for it."""
        for project in self.projects:
            if project in self.waiting:
                project.open_phase("waiting", project.starts)
            records.projects.extend(_until(self.world.now, project.phases))
            if project.opens < self.world.blueprint.days:
                spec = project.spec
                write_capital(records, self.world, spec.capital, spec.id, spec.type, project.opens, spec.dwellings)


def base_condition(spec: ProjectSpec) -> str:
    """Give the name of the condition that ends a project's base: its text, since projects alike share it."""
    assert spec.base is not None and spec.base.when is not None
    return spec.base.when


def _stands_in(world: World, site: Site, district: str) -> None:
    """A site that was planned anywhere has found its plot."""
    site.district = district
    if "district" in world.layout.fields:
        site.facts.district = district


def _until(now: float, phases: list[ProjectPhase]) -> Iterator[ProjectPhase]:
    for phase in phases:
        if phase.start < now:
            yield phase._replace(end=phase.end if phase.end is not None and phase.end < now else None)
