"""From a world at the end of its run to the records of the replication: plain data, closed at the end."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.measures.records import Records, TypeInfo, Wait

if TYPE_CHECKING:
    from sim.world.world import World


def records_of(world: World) -> Records:
    """Close every integral at the present time and return what the replication leaves behind."""
    now = world.tick()
    world.household_days.close(now)
    world.dwelling_days.close(now)
    blueprint = world.blueprint
    records = Records(
        bins=blueprint.bins,
        household_days={cell: list(areas) for cell, areas in world.household_days.table().items()},
        dwelling_days={cell: list(areas) for cell, areas in world.dwelling_days.table().items()},
        counts={key: [int(n) for n in counts] for key, counts in world.tallies.table().items()},
        waits=[*world.waits, *_still_waiting(world)],
        moves=world.moves,
        applied=world.applied,
        returns=world.returns,
        decisions=world.decisions,
        households=_households(world),
        types={spec.id: TypeInfo(spec.scheme, spec.step, spec.rank, spec.ladder) for spec in blueprint.types.values()},
    )
    for mechanism in world.mechanisms.values():
        mechanism.finish(records)
    records.events = {**world.counters, "events": world.clock.events, "stale_pops": world.clock.stale_pops}
    return records


def _still_waiting(world: World) -> list[Wait]:
    """Those on the list at the end are censored, never dropped."""
    return [
        Wait(h.id, h.group, a.scheme, a.need, a.decided, None, "")
        for h in world.households.values()
        if (a := h.application) is not None and a.kind == "newcomer"
    ]


def _households(world: World) -> list[tuple[object, ...]]:
    """One row a household: id, group, days waited (first application as newcomer), censored, need, step, how it left."""
    waited: dict[str, tuple[float, bool]] = {}
    for wait in (*world.waits, *_still_waiting(world)):
        end = world.now if wait.end is None else wait.end
        waited.setdefault(wait.household, (end - wait.decided, wait.end is None))
    rows: list[tuple[object, ...]] = []
    for h in world.households.values():
        days, censored = waited.get(h.id, (None, False))
        step = None if h.home is None else f"{h.home.type.scheme}_{h.home.type.step}"
        rows.append((h.id, h.group, days, censored, h.need, step, "" if h.status != "outside" else h.destination))
    for household, group, need, _, cause in world.left_model:
        days, censored = waited.get(household, (None, False))
        rows.append((household, group, days, censored, need, None, cause))
    return rows
