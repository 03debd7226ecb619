"""What a scenario says of assessment."""

from __future__ import annotations

from pydantic import Field

from rules.reading import Days, Record, Share
from sim.world.parameters import RankShares


class AssessmentParameters(Record):
    """How often needs are assessed, and how well.

    ``error`` holds, by scheme and true rank, the shares of the ranks that an assessment finds. ``unnoticed_today``: of the
    residents of day 0 whose need is no longer that of their home, the share of whom this has not been found yet.
    """

    every: Days = 0.0
    error: dict[str, dict[int, RankShares]] = Field(default_factory=dict)
    unnoticed_today: Share = 0.0
