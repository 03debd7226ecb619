"""Who was in temporary accommodation from when to when, whatever brought them there and away."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.measures.records import HouseholdCell, Stay

if TYPE_CHECKING:
    from sim.world.world import World

TEMPORARY = "temporary"


def in_temporary(cell: HouseholdCell | None) -> bool:
    """Return whether a household in this cell is in temporary accommodation; one that is away in a bed or a hospital is not."""
    return cell is not None and cell.situation == TEMPORARY and cell.status != "housed" and not cell.away


def follow_stay(world: World, household: str, inside: bool) -> None:
    """Begin or end a stay, when a household that is or was in temporary accommodation changes."""
    if inside:
        world.staying.setdefault(household, world.now)
    else:
        world.stays.append(Stay(household, world.staying.pop(household), world.now))


def close_stays(world: World) -> None:
    """Write the stays that still last when the run has ended, without an end."""
    world.stays.extend(Stay(household, start, None) for household, start in world.staying.items())
