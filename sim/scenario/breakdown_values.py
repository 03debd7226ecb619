"""What the dimensions of figures can be broken down into, whether or not a replication happens to meet it.

Without it a rare ending, cause or need would be left out of the replications that never met it, and its mean would be that of
those in which it happened.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, get_args

from rules.reading import Mapping as MappingNode
from rules.reading import plain
from rules.reading.nodes import Scalar
from sim.scenario.model import ScenarioRecord, Situation
from sim.scenario.references import find, nodes_at
from sim.scenario.source import Source
from sim.world.blueprint import NeedState

#: The team of those whom no team serves.
NO_TEAM = "none"


def breakdown_values(
    record: ScenarioRecord, tree: MappingNode, needs: Mapping[str, Sequence[NeedState]], switched_on: Iterable[str]
) -> dict[str, tuple[str, ...]]:
    """Give the values that each dimension can have, as the scenario is written.

    Parameters
    ----------
    needs : mapping of str to sequence of (str, int)
        The needs that a household of each group can come to have.
    switched_on : iterable of str
        Names of the mechanisms in use.
    """
    on = frozenset(switched_on)
    leaving = {name for _, name, _ in find(tree, "**.destination")}
    ends = {name for name, key in (("death", "deaths"), ("eviction", "tenancy")) if key in on}
    endings = {name for _, name, _ in find(tree, "patience.transitions.*.ending")}
    found = {
        "group": set(record.groups),
        "need": {f"{scheme}_{rank}" for states in needs.values() for scheme, rank in states},
        "team": {name for _, name, _ in find(tree, "services.teams.@")} | ({NO_TEAM} if "services" in on else set()),
        "cause": leaving | ends | ({"homeless"} if "programmes" in on else set()),
        "programme": {name for _, name, _ in find(tree, "programmes.@")},
        "programme_end": set(_programme_ends(record, tree, leaving)),
        "bed": {name for _, name, _ in find(tree, "acute_beds.kinds.@")},
        "ending": {"housed"} | endings | ({"died"} if "deaths" in on else set()),
        "lived": set(get_args(Situation)) if "deaths" in on else set(),
        "account": _shared_accounts(tree),
    }
    return {dimension: tuple(sorted(values)) for dimension, values in found.items()}


def _programme_ends(record: ScenarioRecord, tree: MappingNode, leaving: set[str]) -> Iterator[str]:
    """Give, for each programme, where somebody may go who leaves it."""
    ladders = {name for name, scheme in record.schemes.items() if scheme.ladder}
    for _, programme, _ in find(tree, "programmes.@"):
        own = {name for _, name, _ in find(tree, f"programmes.{programme}.ends.*.to.@")}
        next_steps = {name for _, name, _ in find(tree, f"programmes.{programme}.next_steps.@")}
        for destination in leaving | own | next_steps | ladders | {"dead", "institution", "homeless"}:
            yield f"{programme}/{destination}"


def anyone_else_pays(sources: Iterable[Source]) -> bool:
    """Say whether in any of several scenarios somebody but the municipality may pay for something."""
    return any(state_pays(source.tree) for source in sources)


def state_pays(tree: MappingNode) -> bool:
    """Say whether the state may pay for something: a grant for building, or refunds."""
    return bool(_shared_accounts(tree))


def _shared_accounts(tree: MappingNode) -> set[str]:
    """Give the accounts in which the state may pay."""
    grants = ("projects.*.capital.grant.share_of_building", "money.capital.*.grant.share_of_building")
    found = {"building", "grant"} if any(_some(node) for path in grants for _, node in nodes_at(tree, path)) else set()
    if any(_some(node) for _, node in nodes_at(tree, "money.refund.share")):
        found.add("refund")
    programmes = nodes_at(tree, "money.programmes.*.payer")
    return found | {path[-2] for path, node in programmes if isinstance(node, Scalar) and node.text == "state"}


def _some(node: Any) -> bool:
    return isinstance(node, Scalar) and plain(node) not in (0, 0.0, "0", "0 %")
