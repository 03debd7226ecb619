"""Money: running costs, staff, hours, rent, programmes, refunds, and the capital of what a policy adds.

Computed at the end, from what was recorded. What one payer gives another (rent, grants, refunds) is booked with both, so that
the payers' sums are what it costs all of them together.
"""

from __future__ import annotations

from collections.abc import Mapping
from itertools import pairwise
from typing import TYPE_CHECKING, Any, ClassVar, Literal

from pydantic import Field

from rules.reading import Count, GrowthPerYear, Nok, NokPerHour, NokPerYear, Record, Share
from sim.kernel import Cells
from sim.world.mechanisms.capital import CapitalSpec, write_capital
from sim.world.mechanisms.ledger import GIVEN_UP, TENANT, Ledger
from sim.world.mechanisms.mechanism import Mechanism
from sim.world.mechanisms.nightly import NokPerNight
from sim.world.mechanisms.refund import RefundSpec, book_refunds

if TYPE_CHECKING:
    from sim.measures.records import Records
    from sim.world.state import Dwelling, Handler, Site
    from sim.world.world import World

DEFAULT = "default"
YEAR = 365.25
ABSENT = ("planned", "closed")
LET = ("let", "held")
VOID = ("vacant", "turnaround", "offered")


class ProgrammePrice(Record):
    """What a programme beside the ladders costs: a night in it, a place that stands ready, or both.

    A programme is named by a type of home, a kind of absence (``acute_bed``, or one kind of it: ``acute_bed:kad``) or a housing
    situation: nights are those that households spend there. Places are the homes of the type, or a number of ``places`` that
    stand ready all the time.
    """

    per_night: NokPerNight = 0.0
    per_place: NokPerYear = 0.0
    places: Count | None = None
    payer: Literal["municipality", "state"] = "municipality"


class MoneyParameters(Record):
    """Prices of one year. The entry ``default`` of a list by type is for every type without its own.

    ``capital`` is what one new home of a type costs. ``index`` is by how much the prices of an account (or ``default``) rise a
    year: it changes no figure, all of which are in prices of ``price_year``; the nominal amounts stand beside them.
    """

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
    capital: dict[str, CapitalSpec] = Field(default_factory=dict)
    programmes: dict[str, ProgrammePrice] = Field(default_factory=dict)
    refund: RefundSpec | None = None
    index: dict[str, GrowthPerYear] = Field(default_factory=dict)


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
        ledger = Ledger(records)
        for cell, days in records.dwelling_days.items():
            if cell.state not in ABSENT:
                ledger.add("running", cell.place, days, _of(parameters.running_per_dwelling, cell.place) / YEAR)
                ledger.add("staff", cell.place, days, _of(parameters.staff_per_dwelling, cell.place) / YEAR)
            _book_rent(ledger, cell.place, cell.state, days, _of(parameters.rent, cell.place) / YEAR)
        self.sites.close(self.world.now)
        for place, areas in self.sites.table().items():
            ledger.add("staff", place, areas, _of(parameters.staff_per_site, place) / YEAR)
        for key, counts in records.counts.items():
            if key.kind == "incident":
                ledger.add("incident", key.place, counts, parameters.incident_cost)
            elif key.kind == GIVEN_UP:  # its move is booked below, as every move is
                ledger.add("turnaround", key.place, counts, -parameters.turnaround_cost)
        for move in records.moves:
            if move.origin in records.types:
                number = self.world.bins.index(move.day)
                ledger.add_one("turnaround", move.origin, number, parameters.turnaround_cost)
        for of_team, hours in records.hours.items():
            if of_team.what == "capacity":
                ledger.add("follow_up_hours", "", hours, parameters.hour_cost)
        for name, price in parameters.programmes.items():
            _book_programme(ledger, name, price)
        if parameters.refund is not None:
            book_refunds(ledger, parameters.refund, parameters.hour_cost, self.world)
        ledger.write()
        self._write_added(records)

    def _write_added(self, records: Records) -> None:
        """Capital of the sites that a policy adds, paid when they open."""
        blueprint = self.world.blueprint
        for site in blueprint.sites:
            price = self.parameters.capital.get(site.type, self.parameters.capital.get(DEFAULT))
            if site.added and price is not None and site.opens < blueprint.days:
                opens, homes = max(site.opens, 0.0), site.dwellings
                write_capital(records, self.world, price, site.id, site.type, opens, homes, built=homes)


def _book_rent(ledger: Ledger, place: str, state: str, days: list[float], price: float) -> None:
    """Book the rent of every home that is there to be let, and what is lost while it stands empty, as municipal accounts do."""
    if state in LET or state in VOID:
        ledger.add("rent_due", place, days, -price)
    if state in VOID:
        ledger.add("void_rent", place, days, price)
    if state in LET:
        ledger.add("rent_due", place, days, price, TENANT)


def _book_programme(ledger: Ledger, name: str, price: ProgrammePrice) -> None:
    records = ledger.records
    place = name if name in records.types else ""
    for household, days in records.household_days.items():
        away = household.away
        if name in (household.place, away, away.partition(":")[0]) or (
            household.situation == name and household.status != "housed" and not away
        ):
            ledger.add(name, place, days, price.per_night, price.payer)
    if price.places is not None:
        length = [end - begin for begin, end in pairwise(records.bins)]
        ledger.add(name, place, length, price.places * price.per_place / YEAR, price.payer)
    else:
        for cell, days in records.dwelling_days.items():
            if cell.place == name and cell.state not in ABSENT:
                ledger.add(name, place, days, price.per_place / YEAR, price.payer)


def _of(prices: Mapping[str, float], place: str) -> float:
    """Return the price of a type: its own, or the default."""
    return prices.get(place, prices.get(DEFAULT, 0.0))
