"""Replies: how long people think about an offer, whether they accept it, and when they move in.

Without it, an offer is accepted and moved into at once.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from pydantic import Field

from rules.reading import Record, Share
from sim.kernel import purpose, uniform
from sim.world.mechanisms.mechanism import Mechanism
from sim.world.parameters import Duration
from sim.world.verbs.guard import impossible

if TYPE_CHECKING:
    from sim.world.state import Application, Dwelling, Household
    from sim.world.world import World

OFFERS = purpose("replies:count")
DAYS = purpose("replies:days")
ACCEPTS = purpose("replies:accepts")
MOVES_IN = purpose("replies:moves_in")


class AcceptIf(Record):
    """Another share of acceptances where a condition holds, over facts of the applicant and of the home offered."""

    when: str
    accept: Share


class RepliesParameters(Record):
    """Answers to offers. The first entry of ``accept_if`` whose condition holds decides, otherwise ``accept``."""

    after: Duration = Field(default="0 days", validate_default=True)
    accept: Share = 1.0
    accept_if: tuple[AcceptIf, ...] = ()
    moves_in_after: Duration = Field(default="0 days", validate_default=True)


class Replies(Mechanism):
    """Answers keyed by (household, k-th offer it ever got).

    The condition of entry N of ``accept_if`` is the compiled condition called ``replies.accept_if.N`` of the scenario.
    """

    name = "replies"
    Parameters = RepliesParameters
    neutral: ClassVar[Any] = {"after": "0 days", "accept": "100 %", "moves_in_after": "0 days"}

    def __init__(self, parameters: RepliesParameters, world: World) -> None:
        super().__init__(parameters, world)
        self.parameters = parameters
        world.customs.reply_days = self.days
        world.customs.accepts = self.accepts
        world.customs.move_in_days = self.move_in_days

    def days(self, application: Application, dwelling: Dwelling) -> float:
        """Draw the days of thinking, at most as many as the rules give; rules that give none (0) set no limit."""
        household = application.household
        household.rounds[OFFERS] = household.rounds.get(OFFERS, 0) + 1
        drawn: float = self.parameters.after.quantile(uniform(household.key, DAYS, _offer(household)))
        world = self.world
        most = world.program.reply_days(household.facts, dwelling.facts, dwelling.site.facts, world.day)
        return min(drawn, float(most)) if most > 0 else drawn

    def accepts(self, application: Application, dwelling: Dwelling) -> bool:
        """Draw whether the offer is accepted."""
        household = application.household
        return uniform(household.key, ACCEPTS, _offer(household)) < self._share(household, dwelling)

    def move_in_days(self, application: Application, dwelling: Dwelling) -> float:
        """Draw the days from acceptance to lease start."""
        household = application.household
        drawn: float = self.parameters.moves_in_after.quantile(uniform(household.key, MOVES_IN, _offer(household)))
        return drawn

    def _share(self, household: Household, dwelling: Dwelling) -> float:
        if self.parameters.accept_if:
            conditions = self.world.conditions
            if conditions is None:
                impossible("the conditions of `accept_if` are not compiled")
            bits = conditions.bits(household.facts, dwelling.facts, dwelling.site.facts, self.world.day)
            for number, entry in enumerate(self.parameters.accept_if):
                if bits >> conditions.names.index(f"replies.accept_if.{number}") & 1:
                    return entry.accept
        return self.parameters.accept


def _offer(household: Household) -> int:
    """Return which offer this is, the first being 0."""
    return household.rounds[OFFERS] - 1
