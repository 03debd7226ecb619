"""Replies: how long people think about an offer, whether they accept it, and when they move in.

Without it, an offer is accepted and moved into at once.

Where day 0 finds the world going on (`initial: ongoing`), the homes that are ready then are on offer already: to those who go
first for them under the rules, and as far on as offers are that are found under way. A home goes through offers until one is
accepted and moved into; of that time the thinking of all offers makes up E[think] / p, with p the share that accepts, and the
time from acceptance to the lease E[move in]. So an applicant is found thinking in the proportion E[think] to p E[move in], and
what is left of either is what is left of a spell found under way (`sim.world.ongoing`). Who is found thinking accepts as
anybody does.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from pydantic import Field

from rules.reading import Record, Share
from sim.kernel import purpose, uniform
from sim.world.mechanisms.mechanism import Mechanism
from sim.world.ongoing import AtMost, spell
from sim.world.parameters import Duration
from sim.world.verbs.guard import impossible

if TYPE_CHECKING:
    from sim.world.state import Application, Dwelling, Household
    from sim.world.world import World

OFFERS = purpose("replies:count")
DAYS = purpose("replies:days")
ACCEPTS = purpose("replies:accepts")
MOVES_IN = purpose("replies:moves_in")
FOUND = purpose("replies:found")
LENGTH = purpose("replies:found:length")
LEFT = purpose("replies:found:left")


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
        if not self.begun_before:
            drawn: float = self.parameters.after.quantile(uniform(household.key, DAYS, _offer(household)))
            most = self._most(household, dwelling)
            return min(drawn, most) if most > 0.0 else drawn
        if self._accepted_before(household, dwelling):
            return 0.0
        return self._left(household, self._thinking(household, dwelling))

    def accepts(self, application: Application, dwelling: Dwelling) -> bool:
        """Draw whether the offer is accepted."""
        household = application.household
        if self.begun_before and self._accepted_before(household, dwelling):
            return True
        return uniform(household.key, ACCEPTS, _offer(household)) < self._share(household, dwelling)

    def move_in_days(self, application: Application, dwelling: Dwelling) -> float:
        """Draw the days from acceptance to lease start."""
        household = application.household
        if self.begun_before and self._accepted_before(household, dwelling):
            return self._left(household, self.parameters.moves_in_after)
        drawn: float = self.parameters.moves_in_after.quantile(uniform(household.key, MOVES_IN, _offer(household)))
        return drawn

    @property
    def begun_before(self) -> bool:
        """Whether an offer of this moment is one that day 0 finds under way."""
        return not self.world.begun and self.world.blueprint.initial.ongoing

    def _accepted_before(self, household: Household, dwelling: Dwelling) -> bool:
        """Whether day 0 finds the offer accepted, and not thought about any more."""
        thinking = self._thinking(household, dwelling).mean
        moving = self._share(household, dwelling) * self.parameters.moves_in_after.mean
        accepted: bool = uniform(household.key, FOUND, _offer(household)) * (thinking + moving) >= thinking
        return accepted

    def _thinking(self, household: Household, dwelling: Dwelling) -> Any:
        """The distribution of the days of thinking, with the limit that the rules set."""
        most = self._most(household, dwelling)
        return AtMost(self.parameters.after, most) if most > 0.0 else self.parameters.after

    def _left(self, household: Household, duration: Any) -> float:
        number = _offer(household)
        return spell(duration, uniform(household.key, LENGTH, number), uniform(household.key, LEFT, number)).left

    def _most(self, household: Household, dwelling: Dwelling) -> float:
        """The days within which rules ask for a reply; 0 = no limit."""
        world = self.world
        return float(world.program.reply_days(household.facts, dwelling.facts, dwelling.site.facts, world.day))

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
