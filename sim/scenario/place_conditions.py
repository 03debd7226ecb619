"""Conditions on places: when a staff base becomes a home, and on which plots a project may stand."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from rules import ConditionsSource, Layout, Scope, compile_conditions
from rules.language.fields import Field
from rules.reading import Finding, InputError, Place, closest
from rules.reading import Mapping as MappingNode
from rules.reading.nodes import Scalar
from sim.scenario.offers import place_offers
from sim.scenario.references import nodes_at
from sim.world.blueprint import PlaceConditions
from sim.world.mechanisms.place_facts import DISTRICT_FACTS, SITE_FACTS
from sim.world.mechanisms.projects import PLOT


def place_conditions(tree: MappingNode, start: date) -> PlaceConditions | None:
    """Compile the conditions on places of a scenario; None where it has none.

    Raises
    ------
    InputError
        For every mistake in a condition, at its place; what can be read is listed in `sim.world.mechanisms.place_facts`.
    """
    of_bases = {node.text: (node.text, node.place) for node in _conditions(tree, "projects.*.base.when")}
    of_plots = _of_plots(tree)
    if not of_bases and not of_plots:
        return None
    base = _compiled(of_bases, place_offers(SITE_FACTS).values(), start)
    plot = _compiled(of_plots, place_offers(DISTRICT_FACTS).values(), start)
    return PlaceConditions(base, plot)


def _of_plots(tree: MappingNode) -> dict[str, tuple[str, Place]]:
    """The one condition on plots: what is written as one, and every limit."""
    written = [(f"({node.text})", node.place) for node in _conditions(tree, "planning.plot_when")]
    names = [fact.name for fact in DISTRICT_FACTS]
    for path, node in nodes_at(tree, "planning.plot_limits.*"):
        if path[-1] not in names:
            message = f"{path[-1]} is nothing that a plot can be judged by"
            hint = closest(path[-1], names) or f"write one of {', '.join(names)}"
            raise InputError(Finding("unknown-name", message, node.place, hint))
        if isinstance(node, Scalar):
            written.append((f"{path[-1]} <= {node.value}", node.place))
    return {PLOT: (" and ".join(text for text, _ in written), written[0][1])} if written else {}


def _conditions(tree: MappingNode, pattern: str) -> Iterable[Scalar]:
    return (node for _, node in nodes_at(tree, pattern) if isinstance(node, Scalar) and node.value is not None)


def _compiled(conditions: dict[str, tuple[str, Place]], fields: Iterable[Field], start: date) -> ConditionsSource | None:
    if not conditions:
        return None
    layout = Layout(fields, start)
    return compile_conditions(layout, conditions, Scope(fields=layout.fields))
