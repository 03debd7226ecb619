"""Sums of money by account, payer and type of home, bin by bin: what money writes into the records at the end."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import TYPE_CHECKING

from sim.measures.records import Amount

if TYPE_CHECKING:
    from sim.measures.records import Records

MUNICIPALITY, STATE, TENANT = "municipality", "state", "tenant"
#: What is counted when a rented home is left, and nobody makes it ready for the next.
GIVEN_UP = "given_up"


class Ledger:
    """Sums by (account, payer, type of home) and bin, written in the order of first use."""

    def __init__(self, records: Records) -> None:
        self.records = records
        self.size = len(records.bins) - 1
        self.sums: dict[tuple[str, str, str], list[float]] = defaultdict(lambda: [0.0] * self.size)

    def add(self, account: str, place: str, quantities: Iterable[float], price: float, payer: str = MUNICIPALITY) -> None:
        """Book a quantity in each bin at one price; a price of 0 books nothing."""
        if price:
            sums = self.sums[account, payer, place]
            for number, quantity in enumerate(quantities):
                sums[number] += quantity * price

    def add_one(self, account: str, place: str, number: int, nok: float, payer: str = MUNICIPALITY) -> None:
        """Book one amount in one bin."""
        if nok:
            self.sums[account, payer, place][number] += nok

    def write(self) -> None:
        """Write what is not 0."""
        self.records.amounts.extend(
            Amount(number, account, payer, nok, place=place)
            for (account, payer, place), sums in self.sums.items()
            for number, nok in enumerate(sums)
            if nok
        )
