"""Case handling: the time from application to decision (*vedtak*). Without it, a decision is made at once."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from rules.reading import Record
from sim.kernel import purpose, uniform
from sim.world.mechanisms.mechanism import Mechanism
from sim.world.parameters import Duration

if TYPE_CHECKING:
    from sim.world.state import Household
    from sim.world.world import World

CASE = purpose("case_handling")


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
        duration = parameters.after

        def days(household: Household) -> float:
            drawn: float = duration.quantile(uniform(household.key, CASE, household.applications))
            return drawn

        world.customs.case_days = days
