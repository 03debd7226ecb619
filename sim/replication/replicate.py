"""Run one replication and take its figures."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from sim.measures import Figure, Records, measure
from sim.replication.building import built_for
from sim.replication.collector import collector_at_rest
from sim.replication.tables import result_tables
from sim.replication.typical import typical_rows
from sim.world.assembly import assemble
from sim.world.closing import check_records
from sim.world.invariants import check_world
from sim.world.recording import records_of

if TYPE_CHECKING:
    from sim.scenario import Scenario
    from sim.world.world import World


@dataclass(frozen=True, slots=True)
class ReplicationResult:
    """What one replication gives: plain data that can be sent between processes.

    Attributes
    ----------
    k : int
        Number of the replication.
    figures : list of Figure
        Every KPI by window and breakdown (see ``sim.measures``).
    tables : dict of str to sequence of tuple
        Rows of the tables of the results folder, without policy and replication.
    events : dict of str to int
        The engine's own counters.
    records : Records or None
        The full records, where asked for.
    """

    k: int
    figures: list[Figure]
    tables: dict[str, Sequence[tuple[object, ...]]]
    events: dict[str, int] = field(default_factory=dict)
    records: Records | None = None


def replicate(
    scenario: Scenario,
    seed: int,
    k: int,
    *,
    check_invariants: bool = False,
    keep_records: bool = False,
) -> ReplicationResult:
    """Run replication ``k`` of a scenario.

    The result depends on the arguments alone: not on other replications, nor on the process that runs it.

    Raises
    ------
    sim.world.invariants.InvariantError
        If the world gets into a state that cannot be.
    """
    records = simulate(scenario, seed, k, check_invariants=check_invariants)
    return ReplicationResult(
        k,
        measure(records, scenario.settings),
        {**result_tables(records, scenario.settings), "typical": typical_rows(records, scenario.typical)},
        records.events,
        records if keep_records else None,
    )


def simulate(scenario: Scenario, seed: int, k: int, *, check_invariants: bool = False, observer: Any = None) -> Records:
    """Run replication ``k`` and return its records; ``observer`` is told of every decision (see ``explanation``)."""
    with collector_at_rest():
        # In a function of its own: when the collector goes on, the world is waste, and not walked through as if it lived.
        return _run(scenario, seed, k, check_invariants, observer)


def _run(scenario: Scenario, seed: int, k: int, check_invariants: bool, observer: Any) -> Records:
    world = world_of(scenario, seed, k, observer)
    world.check_every_settle = check_invariants
    world.clock.run(scenario.blueprint.days)
    check_world(world)
    records = records_of(world)
    check_records(world, records)
    return records


def world_of(scenario: Scenario, seed: int, k: int, observer: Any = None) -> World:
    """Assemble the world of a replication, with the rules built once a process."""
    built = built_for(scenario)
    return assemble(scenario.blueprint, built.layout, built.programs, built.conditions, seed, k, observer)
