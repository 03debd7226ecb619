"""The measure cell of a household: what its present day counts as. A pure function of its state."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from sim.measures.records import HouseholdCell

if TYPE_CHECKING:
    from sim.world.state import Household

# There are few cells, and a named tuple takes several times as long to make as to look up.
_cell = cache(HouseholdCell)


def household_cell(household: Household) -> HouseholdCell:
    """Return the cell in which the household's days are counted from now on."""
    home = household.home
    application = household.application
    return _cell(
        household.group,
        household.status,
        household.situation,
        household.away,
        "" if home is None else home.type.id,
        household.scheme,
        household.need,
        "" if application is None else application.kind,
        household.former,
        household.crisis,
    )
