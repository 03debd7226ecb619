"""Returns: some of those who moved on need a municipal home again, and apply under the same name.

A former resident who will come back stays in the model meanwhile, whether or not the municipality still counts it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Annotated, Any, ClassVar, Literal

from pydantic import BeforeValidator

from rules.reading import Record, Share
from sim.kernel import PEOPLE, purpose, uniform
from sim.world.mechanisms.keeping import keep_those
from sim.world.mechanisms.mechanism import Mechanism
from sim.world.mechanisms.places import Destination
from sim.world.parameters import Duration, NeedShares, YesNo, discrete, read_need_shares
from sim.world.verbs.lives import come_again, set_need

if TYPE_CHECKING:
    from sim.world.state import Handler, Household
    from sim.world.world import World

COUNTED = purpose("returns:count")
SHARE = purpose("returns:share")
DELAY = purpose("returns:delay")
NEED = purpose("returns:need")
SITUATION = purpose("returns:situation")
# Somebody whose tenancy ended this way is brought back by what ended it, not by chance.
OTHERWISE = ("evicted", "hold_expired")

Need = Annotated[
    Literal["keep"] | dict[tuple[str, int], float],
    BeforeValidator(
        lambda written: written if written == "keep" else read_need_shares(written),
        json_schema_input_type=Literal["keep"] | NeedShares,
    ),
]


class ReturnsParameters(Record):
    """Who comes back.

    ``share`` of the exits to ``destinations`` lead to a new application ``after`` a while, in the ``group`` named
    (or the same), with the need kept or drawn anew. With ``applies: no`` they come back without applying, which is
    to say that the model loses sight of them.
    """

    share: Share
    after: Duration
    destinations: tuple[Destination, ...] = ("private", "own_home")
    group: str = "same"
    need: Need = "keep"
    applies: YesNo = True


class Returns(Mechanism):
    """Re-entry, keyed by (household, k-th exit)."""

    name = "returns"
    Parameters = ReturnsParameters
    neutral: ClassVar[Any] = {"share": "0 %", "after": "0 days"}

    def __init__(self, parameters: ReturnsParameters, world: World) -> None:
        super().__init__(parameters, world)
        self.parameters = parameters
        self.coming: dict[Household, int] = {}
        self.need = None if parameters.need == "keep" else discrete(parameters.need)
        keep_those(world, self.coming)

    def handlers(self) -> Mapping[str, Handler]:
        """Every exit may lead to a return."""
        return {"exited": self.exited}

    def exited(self, world: World, household: Household, cause: str, destination: str) -> None:
        """Draw whether this exit is for good, and if not, when the household applies again."""
        k = household.rounds.get(COUNTED, 0)
        household.rounds[COUNTED] = k + 1
        parameters = self.parameters
        if destination not in parameters.destinations or cause in OTHERWISE or not parameters.applies:
            return
        if uniform(household.key, SHARE, k) >= parameters.share:
            return
        self.coming[household] = k

        def back() -> None:
            if self.coming.get(household) == k:
                del self.coming[household]
                if household.status == "outside":
                    self.back(household, k)

        world.at(world.now + parameters.after.quantile(uniform(household.key, DELAY, k)), PEOPLE, back)

    def back(self, household: Household, k: int) -> None:
        """Apply again."""
        world = self.world
        if self.parameters.group != "same":
            household.group = self.parameters.group
        spec = world.blueprint.groups[household.group]
        household.marks = tuple(name for name in household.marks if name in spec.fields)
        if self.need is not None:
            set_need(world, household, *self.need.quantile(uniform(household.key, NEED, k)))
        situation = "unsuitable"
        if spec.situation is not None:
            situation = spec.situation.quantile(uniform(household.key, SITUATION, k))
        come_again(world, household, situation)

    def invariants(self) -> Iterator[str]:
        """Whoever is to come back is outside, or has died meanwhile."""
        for household in self.coming:
            if household.status not in ("outside", "gone"):
                yield f"{household.id} is to come back while {household.status}"
