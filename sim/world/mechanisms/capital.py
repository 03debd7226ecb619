"""What something built costs: building and land, and a grant from the state that may come or not.

The grant is one draw for each project, keyed by its id: two policies that share a project share its luck.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pydantic import Field

from rules.reading import Days, Nok, Record, Share
from sim.kernel import purpose, uniform
from sim.measures.records import Amount, Asset
from sim.world.mechanisms.ledger import MUNICIPALITY, STATE

if TYPE_CHECKING:
    from sim.measures.records import Records
    from sim.world.world import World

GRANT = purpose("projects:grant")
YEAR = 365.25


class GrantSpec(Record):
    """A grant from the state: a share of the cost of building, at most so much a home, got with a probability."""

    share_of_building: Share = 0.0
    at_most_per_home: Nok | None = None
    probability: Share = 1.0

    def amount(self, building: float, homes: int) -> float:
        """Return what is granted when the grant comes."""
        share = building * self.share_of_building
        return share if self.at_most_per_home is None else min(share, self.at_most_per_home * homes)


class CapitalSpec(Record):
    """What a whole project costs, paid when it opens; of a price list, what one home costs."""

    land: Nok = 0.0
    building: Nok = 0.0
    life: Days = Field(default="40 years", validate_default=True)
    grant: GrantSpec = GrantSpec()


def write_capital(
    records: Records, world: World, capital: CapitalSpec, project: str, place: str, opens: float, homes: int, built: int = 1
) -> None:
    """Write what was paid for a project on the day it opens, and the assets it leaves.

    Parameters
    ----------
    project : str
        The id that the draw of the grant is keyed by.
    place : str
        Type of home.
    homes, built : int
        How many homes it has; how many times the price is paid (the number of homes where the price is of one home).
    """
    building, land = capital.building * built, capital.land * built
    granted = 0.0
    if building and uniform(world.key_of("project:" + project), GRANT, 0) < capital.grant.probability:
        granted = capital.grant.amount(building, homes)
    number = world.bins.index(opens)
    for account, nok, given in (("building", building, granted), ("land", land, 0.0)):
        if nok:
            is_land = account == "land"
            records.assets.append(Asset(opens, account, nok, capital.life / YEAR, is_land, place=place, grant=given))
            records.amounts.append(Amount(number, account, MUNICIPALITY, nok, place=place))
    if granted:
        records.amounts.append(Amount(number, "grant", MUNICIPALITY, -granted, place=place))
        records.amounts.append(Amount(number, "grant", STATE, granted, place=place))
