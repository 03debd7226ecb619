"""The measure cell of a household: what its present day counts as. A pure function of its state."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.measures.records import HouseholdCell

if TYPE_CHECKING:
    from sim.world.state import Household


def household_cell(household: Household) -> HouseholdCell:
    """Return the cell in which the household's days are counted from now on."""
    home = household.home
    application = household.application
    return HouseholdCell(
        group=household.group,
        status=household.status,
        situation=household.situation,
        away=household.away,
        place="" if home is None else home.type.id,
        scheme=household.scheme,
        need=household.need,
        listed="" if application is None else application.kind,
        former=household.former,
        crisis=household.crisis,
    )
