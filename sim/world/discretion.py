"""Discretion in simulation: what an authority decides in the single case, from shares the rules state.

Rules hold no chance. What was decided is a fact of the applicant, drawn here and keyed (person, rule, application): the same
person's same application meets the same decision under every policy, and a policy that raises a share changes only those whose
draw lies between the old share and the new. What grants a resident something is decided before it applies, for the
application that would come next; everything else for the application at hand, and it stands through the tenancy that follows.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from sim.kernel import purpose, uniform
from sim.world.mechanisms.mechanism import Mechanism

if TYPE_CHECKING:
    from sim.world.state import Application, Dwelling, Handler, Household
    from sim.world.world import World

#: How a draw chooses: (upper end of its part of the unit interval, value decided), ascending.
Steps = tuple[tuple[float, bool | int], ...]


class Discretion(Mechanism):
    """Draws the fields of discretion; a part of the world and not a key of the scenario.

    Parameters
    ----------
    programs : iterable of Program
        The rules of every regime.
    """

    name = "discretion"

    def __init__(self, world: World, programs: Iterable[Any]) -> None:
        super().__init__(None, world)
        self._of: dict[str, tuple[tuple[str, int, Steps, bool], ...]] = {
            program.hash: tuple((one.field, purpose(f"discretion:{one.id}"), _steps(one.shares), one.grants)
                                for one in program.discretions)
            for program in programs
        }  # fmt: skip
        world.before_decision.append(self.decide)
        world.on_rules.append(self.renew)

    def handlers(self) -> Mapping[str, Handler]:
        """Decided when somebody applies, is listed, or has been housed or left the list."""
        return {"arrived": self.arrived, "listed": self.listed, "moved_in": self.moved_in, "left_list": self.left_list}

    def decide(self, household: Household) -> None:
        """Decide what the decision on eligibility reads."""
        self._exercise(household, household.applications, grants=False)

    def arrived(self, world: World, household: Household) -> None:
        """What grants something may be asked for at once."""
        self._exercise(household, household.applications, grants=True)

    def listed(self, world: World, application: Application) -> None:
        """A resident who is to move is listed without a decision on eligibility; for newcomers the draw is the same again."""
        self._exercise(application.household, application.number, grants=False)

    def moved_in(self, world: World, household: Household, _: Dwelling, kind: str) -> None:
        """What a resident may be granted is decided anew in each home."""
        if kind == "initial":
            self._exercise(household, household.applications, grants=False)
        self._exercise(household, household.applications, grants=True)

    def left_list(self, world: World, household: Household, _: str) -> None:
        """What a resident may be granted is decided anew after an application that came to nothing."""
        self._exercise(household, household.applications, grants=True)

    def renew(self) -> None:
        """Decide again under other shares, from the same draws."""
        for household in self.world.households.values():
            if household.status == "gone":
                continue
            self._exercise(household, max(household.applications - 1, 0), grants=False)
            self._exercise(household, household.applications, grants=True)

    def _exercise(self, household: Household, number: int, *, grants: bool) -> None:
        facts = household.facts
        for field, reason, steps, granting in self._of[self.world.program.hash]:
            if granting is grants:
                u = uniform(household.key, reason, number)
                setattr(facts, field, next(value for upper, value in steps if u <= upper))


def decision_of(discretion: Any, key: int, number: int) -> bool | int:
    """Return what an authority decides of a person's application: the draw that the world makes, for whoever asks beside it.

    Parameters
    ----------
    discretion : Discretion of the rules
        One of ``Program.discretions``.
    key : int
        The base key of the person's draws (``Household.key``).
    number : int
        Of the application.
    """
    u = uniform(key, purpose(f"discretion:{discretion.id}"), number)
    return next(value for upper, value in _steps(discretion.shares) if u <= upper)


def _steps(shares: tuple[tuple[bool | int, float], ...]) -> Steps:
    steps, upper = [], 0.0
    for value, share in shares:
        upper += share
        steps.append((upper, value))
    last = steps[-1][1]
    return (*steps[:-1], (1.0, last))
