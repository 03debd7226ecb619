"""Covariates of others: when a new value of a supplied fact can matter to somebody."""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sim.world.world import World


def matters(world: World, name: str, old: int, new: int) -> bool:
    """Return whether a fact crosses a cut point that some condition of a risk factor, or some rule, names.

    Values on the same side of every cut point are alike to all who read them: nobody need be looked at again.
    """
    return old != new and any(
        _crosses(source, name, old, new) for source in (world.conditions, world.program) if source is not None
    )


def _crosses(source: object, name: str, old: int, new: int) -> bool:
    cuts = getattr(source, "cut_points", {}).get(name, ())
    return cuts is None or bisect_right(cuts, old) != bisect_right(cuts, new)
