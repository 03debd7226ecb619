"""Returns: a share of those who have moved on comes back and applies again, under the same id."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Literal

from rules.reading import Record, Share
from sim.kernel import PEOPLE, purpose, uniform
from sim.world.mechanisms.mechanism import Mechanism
from sim.world.parameters import Destination, Duration, NeedShares, Shares, discrete
from sim.world.verbs.lives import come_again, set_need

if TYPE_CHECKING:
    from sim.world.state import Handler, Household
    from sim.world.world import World

COMES = purpose("returns:comes")
AFTER = purpose("returns:after")
NEED = purpose("returns:need")
SITUATION = purpose("returns:situation")


class Returns(Mechanism):
    """Re-entry."""

    name = "returns"
    neutral: Mapping[str, Any] = {"share": "0 %", "after": "1 year"}

    class Parameters(Record):
        """The share that comes back, after how long, from which destinations, with which need and from which situation."""

        share: Share
        after: Duration
        destinations: tuple[Destination, ...] = ("private", "own_home")
        need: Literal["keep"] | NeedShares = "keep"
        situation: Shares | None = None

    def __init__(self, parameters: Parameters, world: Any) -> None:
        super().__init__(parameters, world)
        self._coming: dict[str, int] = {}
        self._exits: dict[str, int] = {}
        before = world.customs.keeps
        world.customs.keeps = lambda household: household.id in self._coming or before(household)

    def handlers(self) -> Mapping[str, Handler]:
        """Everybody who moves on may come back."""
        return {"exited": self._exited}

    def _exited(self, world: World, household: Household, cause: str, destination: str) -> None:
        k = self._exits[household.id] = self._exits.get(household.id, -1) + 1
        if destination not in self.parameters.destinations:
            return
        if uniform(household.key, COMES, k) >= self.parameters.share:
            return
        self._coming[household.id] = k
        days = float(self.parameters.after.quantile(uniform(household.key, AFTER, k)))

        def back() -> None:
            if self._coming.get(household.id) == k and household.status == "outside":
                del self._coming[household.id]
                self._return(world, household, k)

        world.at(world.now + days, PEOPLE, back)

    def _return(self, world: World, household: Household, k: int) -> None:
        if self.parameters.need != "keep":
            set_need(world, household, *discrete(self.parameters.need).quantile(uniform(household.key, NEED, k)))
        situation = "unsuitable"
        if self.parameters.situation is not None:
            situation = discrete(self.parameters.situation).quantile(uniform(household.key, SITUATION, k))
        come_again(world, household, situation)
