"""Case handling: the time from application to decision (*vedtak*). Without it, a decision is made at once."""

from __future__ import annotations

from math import log
from typing import TYPE_CHECKING, Any, ClassVar

from rules.reading import Record
from sim.kernel import purpose, uniform
from sim.world.mechanisms.mechanism import Mechanism
from sim.world.ongoing import spell
from sim.world.parameters import Duration
from sim.world.profile import create_household
from sim.world.verbs.applications import applied_before
from sim.world.wake import start_clock

if TYPE_CHECKING:
    from sim.world.state import Household
    from sim.world.world import World

CASE = purpose("case_handling")
PAST = purpose("case_handling:past")
PASSED = purpose("case_handling:passed")
LEFT = purpose("case_handling:left")


class CaseHandlingParameters(Record):
    """How long it takes from application to decision."""

    after: Duration


class CaseHandling(Mechanism):
    """The days of case handling, keyed by (household, application)."""

    name = "case_handling"
    Parameters = CaseHandlingParameters
    neutral: ClassVar[Any] = {"after": "0 days"}

    def __init__(self, parameters: CaseHandlingParameters, world: World) -> None:
        super().__init__(parameters, world)
        duration = self.after = parameters.after

        def days(household: Household) -> float:
            drawn: float = duration.quantile(uniform(household.key, CASE, household.applications))
            return drawn

        world.customs.case_days = days

    def start(self) -> None:
        """Where day 0 finds the world going on, as many applications are under way as come in during a case.

        Of each group a Poisson number with the mean rate × time of a case: the number served in M/G/∞.
        """
        world = self.world
        if not world.blueprint.initial.ongoing:
            return
        for spec in world.blueprint.groups.values():
            rate = next((level for day, level in reversed(spec.arrivals.rate) if day <= 0.0), 0.0)
            key, k = world.key_of(f"group:{spec.id}:applied"), 0
            exposure = -log(uniform(key, PAST, 0))
            while exposure < rate * self.after.mean:
                self._under_way(f"applied-{spec.id}/{k}", spec.id)
                k += 1
                exposure -= log(uniform(key, PAST, k))

    def _under_way(self, entity: str, group: str) -> None:
        household = create_household(self.world, entity, group)
        start_clock(self.world, household)
        passed, left = spell(self.after, uniform(household.key, PASSED, 0), uniform(household.key, LEFT, 0))
        applied_before(self.world, household, passed, left)
