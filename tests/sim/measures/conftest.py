"""Hand-made records: two bins of 100 and 300 days, five types of home."""

from __future__ import annotations

import pytest

from sim.measures import HouseholdCell, Records, TypeInfo


@pytest.fixture
def records() -> Records:
    made = Records((0.0, 100.0, 400.0))
    made.types.update(
        flat=TypeInfo("velferd", 1, 1, True),
        house=TypeInfo("velferd", 3, 3, True),
        quarter=TypeInfo("velferd", 4, 3, True),
        care=TypeInfo("omsorg", 2, 2, True),
        programme=TypeInfo("housing_first", 1, 0, False),
    )
    return made


@pytest.fixture
def resident() -> HouseholdCell:
    """A resident of a flat whose need is velferd 1."""
    return HouseholdCell("young", "housed", "housed", "", "flat", "velferd", 1, "", False, False)
