"""What is dated outside the horizon, and so would make no difference without anybody being told."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from rules.reading import Finding, Place
from rules.reading import Mapping as MappingNode
from rules.reading.nodes import Sequence as SequenceNode
from sim.scenario.model import ArrivalsRecord, ScenarioRecord
from sim.scenario.openings import earliest, last_day, latest
from sim.scenario.stock import section
from sim.world.blueprint import GroupSpec

_HINT = "nothing of it would be simulated: choose another date or another horizon"


@dataclass(frozen=True, slots=True)
class Horizon:
    """When the simulated time begins and ends.

    What lies after the horizon that the file itself gives is a mistake of the file; what only a shorter horizon, asked for
    from outside, leaves out is worth a warning.

    Parameters
    ----------
    start : date
    written, days : float
        The horizon of the file, and the one simulated.
    """

    start: date
    written: float
    days: float

    @property
    def end(self) -> date | None:
        """The day on which it ends; what begins then has no whole day left."""
        return last_day(self.start, self.days)

    def excludes(self, day: date | None) -> bool:
        """Say whether a date comes too late to have any effect."""
        return self.end is not None and (day is None or day >= self.end)

    def severity(self, day: date | None) -> Literal["error", "warning"]:
        """Say how bad it is that a date comes too late."""
        end = last_day(self.start, max(self.written, self.days))
        return "error" if end is not None and (day is None or day >= end) else "warning"


def beyond_horizon(
    record: ScenarioRecord,
    tree: MappingNode,
    groups: Mapping[str, GroupSpec],
    projects: Any,
    horizon: Horizon,
    policy_places: Mapping[str, Place],
) -> Iterator[Finding]:
    """Find sites, projects and arrivals that lie outside the horizon.

    Parameters
    ----------
    projects : ProjectsParameters or None
        As the mechanism reads them.
    policy_places : mapping of str to Place
        Sites whose closing a policy dates, with where it says so: a closing after the end is no mistake of a
        scenario, but a policy that does nothing else makes no difference.
    """
    for site, node in zip(record.sites, _items(tree, "sites"), strict=True):
        if site.opens is not None and horizon.excludes(site.opens):
            yield _late(f"the site {site.id!r} opens", site.opens, horizon, node.entries["opens"].node.place)
        if site.closes is not None and site.id in policy_places and horizon.excludes(site.closes):
            yield _late(f"the site {site.id!r} closes", site.closes, horizon, policy_places[site.id])
    if projects is not None:
        for project, node in zip(projects.root, _items(tree, "projects"), strict=True):
            yield from _project(project, node, horizon)
    for name, group in record.groups.items():
        yield from _arrivals(name, group.arrivals, groups[name], section(tree, "groups", name, "arrivals"), horizon)


def _late(what: str, day: date | None, horizon: Horizon, place: Place) -> Finding:
    when = "after the last date there is" if day is None else str(day)
    message = f"{what} {when}, and the horizon ends {horizon.end}"
    return Finding("outside-horizon", message, place, _HINT, horizon.severity(day))


def _project(project: Any, node: MappingNode, horizon: Horizon) -> Iterator[Finding]:
    entry = node.entries["opens" if project.opens is not None else "start"]
    first, last = earliest(project), latest(project)
    if horizon.excludes(first):
        says = "opens" if project.opens is not None else "opens at the earliest"
        yield _late(f"the project {project.id!r} {says}", first, horizon, entry.node.place)
    elif horizon.excludes(last):
        message = (
            f"the project {project.id!r} may open after the horizon ends: at the earliest {first}, and as late as "
            f"{last or 'after the last date there is'}, while the horizon ends {horizon.end}"
        )
        hint = "in replications where it does, nothing of it is simulated"
        yield Finding("may-open-outside-horizon", message, entry.node.place, hint, "warning")


def _arrivals(name: str, written: ArrivalsRecord, group: GroupSpec, node: MappingNode, horizon: Horizon) -> Iterator[Finding]:
    start, end = horizon.start, horizon.end
    if written.rates and min(written.rates) > start and horizon.excludes(first := min(written.rates)):
        yield _late(f"the rates of the group {name!r} begin", first, horizon, node.entries["rates"].node.place)
    if written.rate:
        begins, ends = written.from_ or start, written.until
        if written.from_ is not None and horizon.excludes(written.from_):
            yield _late(f"the group {name!r} applies from", written.from_, horizon, node.entries["from"].node.place)
        elif ends is not None and ends <= max(begins, start):
            message = f"the group {name!r} applies until {ends}, which is not after {max(begins, start)}, when it begins"
            yield Finding("no-arrivals", message, node.entries["until"].node.place, "nobody of it would apply")
    if written.batches is not None and written.batches.size and not group.arrivals.batches:
        message = f"no {written.batches.each_year} lies between {start} and {end}: the group {name!r} never applies"
        yield Finding("outside-horizon", message, node.entries["batches"].node.place, None, "warning")


def policy_closings(before: MappingNode, after: MappingNode) -> dict[str, Place]:
    """Give the sites whose closing the second of two trees dates otherwise than the first, each with its place there."""
    old = {site: entry.node for site, entry in _closings(before)}
    return {
        site: entry.node.place
        for site, entry in _closings(after)
        if site not in old or getattr(old[site], "value", None) != getattr(entry.node, "value", None)
    }


def _closings(tree: MappingNode) -> Iterator[tuple[str, Any]]:
    for item in _items(tree, "sites"):
        if "closes" in item.entries and "id" in item.entries:
            yield str(getattr(item.entries["id"].node, "value", "")), item.entries["closes"]


def _items(tree: MappingNode, name: str) -> list[MappingNode]:
    entry = tree.entries.get(name)
    items = entry.node.items if entry is not None and isinstance(entry.node, SequenceNode) else ()
    return [item for item in items if isinstance(item, MappingNode)]
