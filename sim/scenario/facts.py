"""The facts that a scenario keeps: those of the rules, and those its conditions read of what the world offers."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from rules import ConditionsSource, Field, Layout, Scope, compile_conditions
from rules.reading import Mapping as MappingNode
from rules.reading import Place
from rules.reading.nodes import Scalar
from sim.scenario.factors import Factor
from sim.scenario.model import ScenarioRecord
from sim.scenario.references import nodes_at

Conditions = dict[str, tuple[str, Place]]


@dataclass(frozen=True, slots=True)
class Facts:
    """The layout of facts and the compiled conditions of risk factors; ``reads_home`` names those that read a home or a site."""

    layout: Layout
    conditions: ConditionsSource
    reads_home: frozenset[str]


def facts_of(
    record: ScenarioRecord,
    tree: MappingNode,
    factors: Iterable[Factor],
    seen: Mapping[str, Field],
    fields_with: Callable[[list[str]], dict[str, Field]],
) -> Facts:
    """Compile the conditions, and lay out the facts they and the rules need.

    A factor that is neutral has its condition checked and its fields kept, but costs nothing when the world runs.

    Parameters
    ----------
    seen : mapping of str to Field
        Every field that a condition may read.
    fields_with : callable
        Gives the fields to keep, for a list of fields that conditions read.

    Raises
    ------
    InputError
        With every mistake in the conditions.
    """
    needed: Conditions = {name: (node.text, node.place) for factor in factors for name, node, _ in factor.conditions}
    for path, node in nodes_at(tree, "replies.accept_if.*.when"):
        if isinstance(node, Scalar):
            needed[f"replies.accept_if.{path[2]}"] = (node.text, node.place)
    every = dict(needed)
    for path, node in nodes_at(tree, "risk_factors.*.when"):
        if isinstance(node, Scalar):
            every.setdefault(path[1], (node.text, node.place))
    checked = compile_conditions(Layout(seen.values(), record.start), every, Scope(fields=seen))
    read = {name for names in checked.reads.values() for name in names}
    read |= {factor.of for factor in record.risk_factors.values() if factor.of}
    fields = fields_with(sorted(read))
    layout = Layout(fields.values(), record.start)
    conditions = compile_conditions(layout, needed, Scope(fields=fields))
    reads_home = frozenset(
        name
        for name, names in conditions.reads.items()
        if any(fields[field].of in ("dwelling", "site") for field in names if field in fields)
    )
    return Facts(layout, conditions, reads_home)
