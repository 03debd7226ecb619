"""Where projects stand and caretakers work: plots that are shared or too few, and sites that are not there."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any

from rules.reading import Finding, Place, closest
from rules.reading import Mapping as MappingNode
from sim.scenario.references import find, nodes_at
from sim.world.blueprint import SiteSpec
from sim.world.mechanisms.caretakers import sites_of
from sim.world.mechanisms.project_specs import ANY_PLOT, ProjectSpec, one_by_one


def misplaced_projects(tree: MappingNode, sites: Sequence[SiteSpec], projects: Any, planning: Any) -> Iterator[Finding]:
    """Find projects that stand twice, share a plot, find none, contradict their plot's district, or rebuild what is not there."""
    if projects is None:
        return
    nodes = [node for _, node in nodes_at(tree, "projects.*") if isinstance(node, MappingNode)]
    written = list(zip(projects.root, nodes, strict=True))
    plots = {} if planning is None else {plot.id: plot for plot in planning.plots}
    yield from _phases_without_use(tree, projects, planning)
    yield from _on_plots(written, plots)
    standing = {site.id: site for site in sites}
    rebuilt: set[str] = set()
    for spec, node in written:
        if spec.id in standing:
            yield Finding("duplicate-id", f"the project {spec.id!r} has the id of a site", _at(node, "id"))
        if spec.rebuilds is not None:
            below = node.entries["rebuilds"].node
            assert isinstance(below, MappingNode)
            yield from _rebuilds(spec, _at(below, "site"), standing, rebuilt)
            rebuilt.add(spec.rebuilds.site)


def caretakers_of_nothing(tree: MappingNode, sites: Sequence[SiteSpec], projects: Any) -> Iterator[Finding]:
    """Find posts of caretakers at sites that are not there, or that another entry gives a caretaker already."""
    every: list[Any] = [*sites, *(() if projects is None else one_by_one(projects).root)]
    filled: dict[str, str] = {}
    for _, name, place in find(tree, "caretakers.posts.@"):
        found = sites_of(name, every)
        if not found:
            known = {re.sub(r"-\d+$", "", site.id) for site in every} | {site.id for site in every}
            yield Finding("dangling-reference", f"there is no site {name!r}", place, closest(name, known))
        for site in found:
            other = filled.setdefault(site.id, name)
            if other != name:
                yield Finding("two-caretakers", f"the site {site.id!r} has a caretaker by {other!r} and by {name!r}", place)


def _on_plots(written: Sequence[tuple[ProjectSpec, MappingNode]], plots: dict[str, Any]) -> Iterator[Finding]:
    taken: dict[str, str] = {}
    anywhere = Counter[str]()
    for spec, node in written:
        if spec.plot is None:
            continue
        place = _at(node, "plot")
        alike = 1 if spec.number is None else spec.number
        if spec.plot == ANY_PLOT:
            anywhere[spec.id] = alike
            continue
        other = taken.get(spec.plot)
        if other is not None or alike > 1:
            which = f"{alike} projects {spec.id!r}" if other is None else f"projects {other!r} and {spec.id!r}"
            message = f"the {which} stand on one plot, {spec.plot!r}"
            yield Finding("plot-taken", message, place, "write another plot, or `plot: any`")
        taken[spec.plot] = spec.id
        if spec.district and spec.district != plots[spec.plot].district:
            where = plots[spec.plot].district
            message = f"the plot {spec.plot!r} is in the district {where!r}, and the project {spec.id!r} in {spec.district!r}"
            yield Finding("plot-elsewhere", message, _at(node, "district"), "leave out `district`: it is the plot's")
    free = len(plots) - len(taken)
    for spec, node in written:
        if spec.plot == ANY_PLOT:
            free -= anywhere[spec.id]
            if free < 0:
                message = f"there are too few plots: {min(-free, anywhere[spec.id])} of the project {spec.id!r} never begin"
                yield Finding("too-few-plots", message, _at(node, "plot"), "add plots under `planning.plots`", "warning")


def _rebuilds(spec: ProjectSpec, place: Place, standing: dict[str, SiteSpec], rebuilt: set[str]) -> Iterator[Finding]:
    assert spec.rebuilds is not None
    name = spec.rebuilds.site
    site = standing.get(name)
    if site is None:
        hint = closest(name, standing) or "sites alike are called `id-1`, `id-2` and so on"
        yield Finding("dangling-reference", f"the project {spec.id!r} rebuilds the site {name!r}, and there is none", place, hint)
    elif name in rebuilt:
        yield Finding("rebuilt-twice", f"the site {name!r} is rebuilt by two projects", place)
    elif spec.rebuilds.closing == "when_vacated" and spec.dwellings > site.dwellings:
        message = f"the project {spec.id!r} rebuilds {site.dwellings} homes one by one, and has {spec.dwellings}"
        yield Finding("more-homes-than-rebuilt", message, place, "write `closing: relocate` to rebuild the site as a whole")


def _phases_without_use(tree: MappingNode, projects: Any, planning: Any) -> Iterator[Finding]:
    if planning is None or planning.phases is None:
        return
    known = {name for spec in projects.root for name in spec.phases}
    for _, node in nodes_at(tree, "planning.phases.*"):
        name = getattr(node, "text", "")
        if name not in known:
            yield Finding("unknown-phase", f"no project has the phase {name!r}", node.place, closest(name, known))


def _at(node: MappingNode, key: str) -> Place:
    return node.entries[key].node.place
