"""Wishes: how much of the time residents live in the district they wish for, or in one they wish not to live in.

Only this is counted here. What a wish does is said where it does it: in whether an offer is accepted (``replies: accept_if``) and
in risk factors, whose conditions read the same fields.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any, NamedTuple

from rules.reading import Record
from sim.kernel import Cells
from sim.measures.records import CountKey
from sim.world.mechanisms.mechanism import Mechanism

if TYPE_CHECKING:
    from sim.measures.records import Records
    from sim.world.state import Dwelling, Handler, Household
    from sim.world.world import World


class WishesParameters(Record):
    """The fields of the applicant that name a district: wished for, and not wished for. Any other value is no wish."""

    wished: str
    unwished: str | None = None


class _Cell(NamedTuple):
    kind: str
    group: str
    place: str


class Wishes(Mechanism):
    """Counts resident-days by where they are spent."""

    name = "wishes"
    Parameters = WishesParameters

    def __init__(self, parameters: WishesParameters, world: World) -> None:
        super().__init__(parameters, world)
        self.parameters = parameters
        self.districts = {spec.district for spec in world.blueprint.sites}
        self.days: Cells[_Cell] = Cells(world.bins)
        self.lived: dict[Household, tuple[_Cell, ...]] = {}

    def handlers(self) -> Mapping[str, Handler]:
        """From moving in to moving out."""
        return {"moved_in": self.moved_in, "moved_out": self.moved_out}

    def moved_in(self, world: World, household: Household, dwelling: Dwelling, _: Any) -> None:
        """The days of this tenancy are spent in this district."""
        cells = self.lived[household] = tuple(self._cells(household, dwelling))
        for cell in cells:
            self.days.add(world.now, cell, 1)

    def moved_out(self, world: World, household: Household, *_: Any) -> None:
        """They are at an end."""
        for cell in self.lived.pop(household):
            self.days.add(world.now, cell, -1)

    def _cells(self, household: Household, dwelling: Dwelling) -> Iterator[_Cell]:
        here, facts = dwelling.site.district, household.facts
        for field, of, among in (
            (self.parameters.wished, "in_wished_days", "wishing_days"),
            (self.parameters.unwished, "in_unwished_days", "avoiding_days"),
        ):
            wish = None if field is None else getattr(facts, field)
            if wish in self.districts:
                yield _Cell(among, household.group, dwelling.type.id)
                if wish == here:
                    yield _Cell(of, household.group, dwelling.type.id)

    def invariants(self) -> Iterator[str]:
        """Everybody who has a home is counted, and nobody else."""
        homes = {h for h in self.world.households.values() if h.home is not None}
        if homes != set(self.lived):
            yield f"{len(homes)} households have a home, but {len(self.lived)} are counted by where they wish to live"

    def finish(self, records: Records) -> None:
        """Write the days."""
        self.days.close(self.world.now)
        for cell, areas in self.days.table().items():
            records.counts[CountKey(cell.kind, cell.group, cell.place, 0, "")] = list(areas)
