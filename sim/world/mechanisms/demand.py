"""Demand that answers supply: short waits call applications forth, long ones keep them away; and need that is on no list yet.

Everybody may expect a wait of (new households on the list) / (new households housed a day in the last year), looked at every
``refresh``. Applications of the groups come at their declared rate times (reference / expected wait) ** elasticity, at most
``most`` times. On day 0 the expected wait is the reference; what is missing of the last year is filled up as if it had been so.

The applications thin one dominating process, the same under every policy: the declared process, and beside it one of ``most`` - 1
times its rate. The k-th of either comes if its own fixed uniform lies below the present answer; so whoever applies under a weaker
answer applies under a stronger one too, on the same day, as the same household. With an elasticity of 0 the declared process is
untouched. Leaving the list answers through risk factors that read ``expected_wait_days``.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Mapping
from math import log
from typing import TYPE_CHECKING, Any, ClassVar

from sim.kernel import CALENDAR, PEOPLE, purpose, uniform
from sim.measures.records import CountKey
from sim.world.arrivals import after_exposure, newcomer
from sim.world.mechanisms.crossing import tell
from sim.world.mechanisms.demand_parameters import DemandParameters
from sim.world.mechanisms.mechanism import FactOffer, Mechanism

if TYPE_CHECKING:
    from sim.world.blueprint import GroupSpec
    from sim.world.state import Dwelling, Handler, Household
    from sim.world.world import World

YEAR = 365.25
LONGEST = 7300
FACT = "expected_wait_days"
DETERRED = purpose("demand:deterred")
GAP = purpose("demand:gap")
INDUCED = purpose("demand:induced")
APPLIES = purpose("demand:unregistered")


class Demand(Mechanism):
    """The answer of the applications, keyed (group, k)."""

    name = "demand"
    Parameters = DemandParameters
    facts = (FactOffer("applicant", FACT, "int", 0, LONGEST),)
    neutral: ClassVar[Any] = {"reference": "300 days"}

    def __init__(self, parameters: DemandParameters, world: World) -> None:
        super().__init__(parameters, world)
        self.parameters = parameters
        self.answers = parameters.elasticity > 0.0
        self.tells = FACT in world.layout.fields
        self.wait = parameters.reference
        self.answer = 1.0
        self.housed: deque[float] = deque()
        self.waiting_at_start = 0
        if self.tells:
            world.supplied_defaults[FACT] = _whole(self.wait)
        if self.answers:
            world.customs.applies = self.applies

    def handlers(self) -> Mapping[str, Handler]:
        """Watch how many new households are housed."""
        return {"moved_in": self.moved_in} if self.answers or self.tells else {}

    def start(self) -> None:
        """Begin to look at the wait, and let those apply who are called forth, or have been on no list."""
        world = self.world
        self.waiting_at_start = self._waiting()
        if self.answers or self.tells:
            self._look_again(self.parameters.refresh)
        for spec in world.blueprint.groups.values():
            if self.answers and self.parameters.most > 1.0 and spec.arrivals.rate:
                _Called(self, spec).schedule(0.0)
        for group, unregistered in self.parameters.unregistered.items():
            for number in range(unregistered.count):
                self._unregistered(f"unregistered-{group}/{number}", group, unregistered.applies_after)

    # --- the wait ---------------------------------------------------------------------------------------------

    def moved_in(self, world: World, household: Household, dwelling: Dwelling, kind: str) -> None:
        """A new household is housed."""
        if kind == "new":
            self.housed.append(world.now)

    def look(self) -> None:
        """Work out the wait that may be expected, and what it makes of the applications."""
        now = self.world.now
        while self.housed and self.housed[0] <= now - YEAR:
            self.housed.popleft()
        before = max(0.0, YEAR - now) * self.waiting_at_start / self.parameters.reference
        served = len(self.housed) + before
        longest = float(LONGEST)
        wait = longest if served == 0.0 else min(longest, self._waiting() * YEAR / served)
        self.wait = max(wait, 1.0)
        self.answer = min(self.parameters.most, (self.parameters.reference / self.wait) ** self.parameters.elasticity)
        if self.tells:
            self._tell(_whole(self.wait))

    def _waiting(self) -> int:
        return sum(household.status == "waiting" for household in self.world.households.values())

    def _tell(self, days: int) -> None:
        self.world.supplied_defaults[FACT] = days
        self.world.profiles.clear()  # who comes from now on knows the new wait
        for household in self.world.households.values():
            known = household.facts.expected_wait_days
            if known != days:
                household.facts.expected_wait_days = days
                if household.application is not None:
                    tell(self.world, household, FACT, known, days)

    def _look_again(self, day: float) -> None:
        def look() -> None:
            self.look()
            self._look_again(day + self.parameters.refresh)

        if day < self.world.blueprint.days:
            self.world.at(day, CALENDAR, look)

    # --- who applies ------------------------------------------------------------------------------------------

    def applies(self, group: str, key: int, k: int) -> bool:
        """Whether the k-th application that a group declares comes all the same."""
        comes = uniform(key, DETERRED, k) < self.answer
        if not comes:
            self._count("application_deterred", group)
        return comes

    def called(self, spec: GroupSpec, key: int, k: int) -> None:
        """The k-th application beyond those declared comes, if the answer is strong enough."""
        if 1.0 + uniform(key, INDUCED, k) * (self.parameters.most - 1.0) < self.answer:
            self._count("application_induced", spec.id)
            newcomer(self.world, f"{spec.id}-called/{k}", spec.id)

    def _count(self, kind: str, group: str) -> None:
        self.world.tallies.count(self.world.now, CountKey(kind, group, "", 0, ""))

    def _unregistered(self, entity: str, group: str, after: Any) -> None:
        at = after.quantile(uniform(self.world.key_of(entity), APPLIES, 0))
        if at < self.world.blueprint.days:
            self.world.at(at, PEOPLE, lambda: newcomer(self.world, entity, group))

    def invariants(self) -> Iterator[str]:
        """The answer is within its bounds, and everybody knows of the same wait."""
        if not 0.0 <= self.answer <= self.parameters.most:
            yield f"applications come {self.answer:g} times as often as declared, at most {self.parameters.most:g} are allowed"
        if self.tells:
            known = {household.facts.expected_wait_days for household in self.world.households.values()}
            if known - {_whole(self.wait)}:
                yield f"households expect to wait {sorted(known)} days, where {_whole(self.wait)} are to be expected"


class _Called:
    """The process beside the declared one: ``most`` - 1 times its rate."""

    def __init__(self, demand: Demand, spec: GroupSpec) -> None:
        self.demand = demand
        self.spec = spec
        self.key = demand.world.key_of(f"group:{spec.id}:called")
        self.rate = tuple((day, level * (demand.parameters.most - 1.0)) for day, level in spec.arrivals.rate)
        self.k = 0

    def schedule(self, since: float) -> None:
        at = after_exposure(self.rate, since, -log(uniform(self.key, GAP, self.k)))
        if at < self.demand.world.blueprint.days:
            self.demand.world.at(at, PEOPLE, self.event)

    def event(self) -> None:
        self.demand.called(self.spec, self.key, self.k)
        self.k += 1
        self.schedule(self.demand.world.now)


def _whole(days: float) -> int:
    return min(LONGEST, int(days))
