"""Replies: how long an applicant thinks about an offer, whether it is accepted, and when the lease then starts."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from rules.reading import Record, Share
from sim.kernel import Fixed, purpose, uniform
from sim.world.mechanisms.mechanism import Mechanism
from sim.world.parameters import Duration

if TYPE_CHECKING:
    from sim.world.state import Application, Dwelling

THINKS = purpose("replies:after")
ACCEPTS = purpose("replies:accept")
MOVES_IN = purpose("replies:moves_in")


class Replies(Mechanism):
    """Offers are answered in their own time."""

    name = "replies"
    neutral: Mapping[str, Any] = {"after": "0 days", "accept": "100 %", "moves_in_after": "0 days"}

    class Parameters(Record):
        """Days to an answer (never more than the rules allow), the share accepted, and days to the start of the lease."""

        after: Duration = Fixed(0.0)
        accept: Share = 1.0
        moves_in_after: Duration = Fixed(0.0)

    def __init__(self, parameters: Parameters, world: Any) -> None:
        super().__init__(parameters, world)
        world.customs.reply_days = self.reply_days
        world.customs.accepts = self.accepts
        world.customs.move_in_days = self.move_in_days

    def reply_days(self, application: Application, dwelling: Dwelling) -> float:
        """Days to the answer, keyed (household, k-th offer), at most what the rules give."""
        days = float(self.parameters.after.quantile(_draw(application, THINKS)))
        limit = self.world.program.reply_days(
            application.household.facts, dwelling.facts, dwelling.site.facts, self.world.day
        )
        return min(days, float(limit)) if limit > 0 else days

    def accepts(self, application: Application, dwelling: Dwelling) -> bool:
        """Whether the offer is accepted, keyed (household, k-th offer)."""
        return _draw(application, ACCEPTS) < self.parameters.accept

    def move_in_days(self, application: Application, dwelling: Dwelling) -> float:
        """Days from acceptance to the start of the lease, keyed (household, k-th offer)."""
        return float(self.parameters.moves_in_after.quantile(_draw(application, MOVES_IN)))


def _draw(application: Application, key: int) -> float:
    # Offers are numbered within an application, and applications within a household.
    k = application.number * 1024 + application.offers
    return uniform(application.household.key, key, k)
