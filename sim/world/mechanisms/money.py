"""Money: running costs, staff, hours, rent, turnarounds, and the capital of what a policy adds.

Computed at the end, from what was recorded.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any, ClassVar

from pydantic import Field

from rules.reading import Days, Nok, NokPerHour, NokPerYear, Record, Share
from sim.kernel import Cells
from sim.measures.records import Amount, Asset
from sim.world.mechanisms.mechanism import Mechanism

if TYPE_CHECKING:
    from sim.measures.records import Records
    from sim.world.state import Dwelling, Handler, Site
    from sim.world.world import World

DEFAULT = "default"
YEAR = 365.25
ABSENT = ("planned", "closed")


class CapitalPrice(Record):
    """What one new home of a type costs, and how many years the building lasts."""

    building: Nok = 0.0
    land: Nok = 0.0
    life: Days = Field(default="40 years", validate_default=True)


class MoneyParameters(Record):
    """Prices of one year. The entry ``default`` of a list by type is for every type without its own."""

    price_year: int | None = None
    discount_rate: Share = 0.04
    annuity_rate: Share = 0.04
    running_per_dwelling: dict[str, NokPerYear] = Field(default_factory=dict)
    staff_per_site: dict[str, NokPerYear] = Field(default_factory=dict)
    staff_per_dwelling: dict[str, NokPerYear] = Field(default_factory=dict)
    rent: dict[str, NokPerYear] = Field(default_factory=dict)
    hour_cost: NokPerHour = 0.0
    incident_cost: Nok = 0.0
    turnaround_cost: Nok = 0.0
    capital: dict[str, CapitalPrice] = Field(default_factory=dict)


class Money(Mechanism):
    """Amounts by bin, account, payer and type of home; assets for the sites that a policy adds.

    Temporary nights, damage and projects are priced where they happen, by their own mechanisms.
    """

    name = "money"
    Parameters = MoneyParameters
    neutral: ClassVar[Any] = {}

    def __init__(self, parameters: MoneyParameters, world: World) -> None:
        super().__init__(parameters, world)
        self.parameters = parameters
        self.sites: Cells[str] = Cells(world.bins)
        self.standing: set[Site] = set()

    def handlers(self) -> Mapping[str, Handler]:
        """A site is staffed from its first opening to its last closing."""
        return {"dwelling_changed": self.dwelling_changed} if self.parameters.staff_per_site else {}

    def start(self) -> None:
        """Count the sites that stand on day 0."""
        for site in self.world.sites.values():
            self._count(site)

    def dwelling_changed(self, world: World, dwelling: Dwelling, old: str) -> None:
        """A home has come into being or closed."""
        if old in ABSENT or dwelling.state in ABSENT:
            self._count(dwelling.site)

    def _count(self, site: Site) -> None:
        stands = any(dwelling.state not in ABSENT for dwelling in site.dwellings)
        if stands != (site in self.standing):
            self.sites.add(self.world.now, site.type.id, 1 if stands else -1)
            self.standing.symmetric_difference_update((site,))

    def finish(self, records: Records) -> None:
        """Write every amount and asset."""
        parameters = self.parameters
        ledger = _Ledger(records)
        for cell, days in records.dwelling_days.items():
            if cell.state not in ABSENT:
                ledger.add("running", cell.place, days, _of(parameters.running_per_dwelling, cell.place) / YEAR)
                ledger.add("staff", cell.place, days, _of(parameters.staff_per_dwelling, cell.place) / YEAR)
            if cell.state in ("let", "held"):
                ledger.add("rent", cell.place, days, -_of(parameters.rent, cell.place) / YEAR)
        self.sites.close(self.world.now)
        for place, areas in self.sites.table().items():
            ledger.add("staff", place, areas, _of(parameters.staff_per_site, place) / YEAR)
        for key, counts in records.counts.items():
            if key.kind == "incident":
                ledger.add("incident", key.place, counts, parameters.incident_cost)
        for move in records.moves:
            if move.origin in records.types:
                number = self.world.bins.index(move.day)
                ledger.add_one("turnaround", move.origin, number, parameters.turnaround_cost)
        for of_team, hours in records.hours.items():
            if of_team.what == "capacity":
                ledger.add("follow_up_hours", "", hours, parameters.hour_cost)
        ledger.write()
        self._write_added(records)

    def _write_added(self, records: Records) -> None:
        """Capital of the sites that a policy adds, paid when they open."""
        blueprint = self.world.blueprint
        for site in blueprint.sites:
            price = self.parameters.capital.get(site.type, self.parameters.capital.get(DEFAULT))
            if not site.added or price is None or site.opens >= blueprint.days:
                continue
            opens = max(site.opens, 0.0)
            number = self.world.bins.index(opens)
            for account, each, land in (("building", price.building, False), ("land", price.land, True)):
                if each:
                    nok = each * site.dwellings
                    records.assets.append(Asset(opens, account, nok, price.life / YEAR, land, place=site.type))
                    records.amounts.append(Amount(number, "capital", "municipality", nok, place=site.type))


class _Ledger:
    """Sums by (account, type of home) and bin, written in the order of first use."""

    def __init__(self, records: Records) -> None:
        self.records = records
        self.size = len(records.bins) - 1
        self.sums: dict[tuple[str, str], list[float]] = defaultdict(lambda: [0.0] * self.size)

    def add(self, account: str, place: str, quantities: Iterable[float], price: float) -> None:
        if price:
            sums = self.sums[account, place]
            for number, quantity in enumerate(quantities):
                sums[number] += quantity * price

    def add_one(self, account: str, place: str, number: int, price: float) -> None:
        if price:
            self.sums[account, place][number] += price

    def write(self) -> None:
        self.records.amounts.extend(
            Amount(number, account, "municipality", nok, place=place)
            for (account, place), sums in self.sums.items()
            for number, nok in enumerate(sums)
            if nok
        )


def _of(prices: Mapping[str, float], place: str) -> float:
    """Return the price of a type: its own, or the default."""
    return prices.get(place, prices.get(DEFAULT, 0.0))
