"""Refund of resource-intensive services: the state pays a share of what a user costs above a threshold in a calendar year.

The cost of a user is the follow-up that it received times the cost of an hour. A calendar year that the run covers in part has
its threshold in proportion. Nobody is left out for an age that the rules do not read.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING

from rules.reading import Count, Nok, NokPerHour, Record, Share
from sim.world.mechanisms.ledger import MUNICIPALITY, STATE

if TYPE_CHECKING:
    from sim.measures.records import Received
    from sim.world.mechanisms.ledger import Ledger
    from sim.world.world import World

#: A refund is booked so many days before its year ends: months of the model and of the calendar differ by a day or two.
_BEFORE_THE_END = 15.0


class RefundSpec(Record):
    """The share that is refunded of a user's cost above the threshold, to and including the year of the highest age."""

    threshold: Nok
    share: Share
    highest_age: Count | None = None
    cost_per_hour: NokPerHour | None = None

    def amount(self, received: Received, hour_cost: float, covered: float) -> float:
        """Return what is refunded for one user and calendar year, of which the run covers a part."""
        if self.highest_age is not None and received.turns is not None and received.turns > self.highest_age:
            return 0.0
        price = hour_cost if self.cost_per_hour is None else self.cost_per_hour
        return self.share * max(0.0, received.hours * price - self.threshold * covered)


def calendar_years(start: date, days: float) -> Iterator[tuple[int, float, float]]:
    """Give every calendar year of a run: (year, its first day, the day after its last), in days since the start."""
    year = start.year
    while (begins := float((date(year, 1, 1) - start).days)) < days:
        yield year, begins, float((date(year + 1, 1, 1) - start).days)
        year += 1


def book_refunds(ledger: Ledger, spec: RefundSpec, hour_cost: float, world: World) -> None:
    """Book the refunds of every user and calendar year, at the end of the year, with the municipality and the state."""
    days = world.blueprint.days
    covered, booked = {}, {}
    for year, begins, ends in calendar_years(world.blueprint.start, days):
        first, last = max(begins, 0.0), min(ends, days)
        covered[year] = (last - first) / (ends - begins)
        booked[year] = world.bins.index(max(last - _BEFORE_THE_END, first))
    for received in ledger.records.received:
        nok = spec.amount(received, hour_cost, covered[received.year])
        ledger.add_one("refund", received.place, booked[received.year], -nok, MUNICIPALITY)
        ledger.add_one("refund", received.place, booked[received.year], nok, STATE)
