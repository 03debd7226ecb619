"""What a scenario says of the strain of neighbourhoods."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from rules.reading import Days, Record, Share


class StrainParameters(Record):
    """By how many points an incident strains its site, how long until half of it is gone, and who complains.

    ``complaint_per_point``: the probability, for every whole point of strain after an incident, that it makes ordinary neighbours
    complain, each point on its own.
    """

    rises: Annotated[float, Field(ge=0)] = 1.0
    half_life: Annotated[Days, Field(gt=0)]
    complaint_per_point: Share = 0.0
