"""From a world at the end of its run to the records of the replication: plain data, closed at the end."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from sim.measures.records import Records, TypeInfo, Wait, new_households
from sim.world.stays import close_stays

if TYPE_CHECKING:
    from sim.world.world import World


def records_of(world: World) -> Records:
    """Close every integral at the present time and return what the replication leaves behind."""
    now = world.tick()
    world.household_days.close(now)
    world.dwelling_days.close(now)
    blueprint = world.blueprint
    households = new_households()
    households.extend(_households(world))
    world.waits.extend(_still_waiting(world))
    close_stays(world)
    records = Records(
        bins=blueprint.bins,
        household_days={cell: list(areas) for cell, areas in world.household_days.table().items()},
        dwelling_days={cell: list(areas) for cell, areas in world.dwelling_days.table().items()},
        counts={key: [int(n) for n in counts] for key, counts in world.tallies.table().items()},
        waits=world.waits,
        moves=world.moves,
        applied=world.applied,
        applicants=world.applicants,
        returns=world.returns,
        stays=world.stays,
        decisions=world.decisions,
        households=households,
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


def _households(world: World) -> Iterator[tuple[object, ...]]:
    """One row a household: id, group, days waited (first application as newcomer), censored, need, step, how it left."""
    for h in world.households.values():
        application, days = h.application, h.waited
        censored = days is None and application is not None and application.kind == "newcomer"
        if censored and application is not None:
            days = world.now - application.decided
        step = None if h.home is None else f"{h.home.type.scheme}_{h.home.type.step}"
        yield h.id, h.group, days, censored, h.need, step, "" if h.status != "outside" else h.destination
    for household, group, need, _, days, cause in world.left_model:
        yield household, group, days, False, need, None, cause
