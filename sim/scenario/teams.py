"""Whom the teams of a scenario serve: a team that serves nobody is a mistake, told where it stands."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import product
from typing import Any

from rules.reading import Finding, closest
from rules.reading import Mapping as MappingNode
from sim.scenario.references import find, nodes_at
from sim.world.blueprint import TypeSpec

NO_PROGRAMME = "none"


def idle_teams(services: Any, tree: MappingNode, types: Mapping[str, TypeSpec]) -> Iterator[Finding]:
    """Find teams that name a programme that is not there, and teams before which others take everybody they fit.

    Parameters
    ----------
    services : ServicesParameters
    types : mapping of str to TypeSpec
        The types of homes there are.
    """
    programmes = {name for _, name, _ in find(tree, "programmes.@")} | {NO_PROGRAMME}
    unknown = False
    for _, name, place in find(tree, "services.teams.*.serves.programmes"):
        if name not in programmes:
            unknown = True
            hint = closest(name, programmes) or "the scenario has no such key under `programmes`"
            yield Finding("dangling-reference", f"no programme is called {name!r}", place, hint)
    if unknown:
        return
    places = {path[-1]: node.place for path, node in nodes_at(tree, "services.teams.*")}
    everybody = list(product(sorted({kind.scheme for kind in types.values()}), range(1, 6), types, sorted(programmes)))
    left = set(everybody)
    by: dict[Any, str] = {}
    for name, spec in services.teams.items():
        if spec.adds is not None:
            continue
        fits = {kind for kind in everybody if spec.serves.covers(*kind)}
        if fits and not fits & left:
            first = next(by[kind] for kind in sorted(fits))
            message = f"the team {name!r} serves nobody: whoever it fits is served by {first!r} first"
            hint = "teams are asked in their order: move it up, or narrow the other"
            yield Finding("serves-nobody", message, places[name], hint)
        if spec.caseload is None:  # whoever finds no place there goes on to the next
            by |= dict.fromkeys(fits & left, name)
            left -= fits
