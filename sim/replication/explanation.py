"""Why a home went to one household and not to another, and why a condition was met or not.

The replication is run again with an observer on the decision.
Grounds are recomputed by the plain interpreter of the rules, never stored.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sim.replication.explained import Explained, Lang, told_allocation, told_verdict
from sim.replication.replicate import simulate

if TYPE_CHECKING:
    from sim.scenario import Scenario
    from sim.world.state import Application, Dwelling
    from sim.world.world import World


class _SeenError(Exception):
    """The decision has been met: the rest of the replication is not needed."""


@dataclass(slots=True)
class _Observer:
    scenario: Scenario
    number: int | None
    dwelling: str | None
    household: str | None
    lang: Lang
    found: list[Explained]

    def allocation(self, world: World, dwelling: Dwelling, chosen: Application | None) -> None:
        """Called for every attempt to allocate a home, before the offer is made."""
        if chosen is not None and self._meant(world, dwelling.id, chosen.household.id):
            self._keep(told_allocation(self.scenario, world, dwelling, chosen, self.lang))

    def verdict(self, world: World, kind: str, household: str, dwelling: str, outcome: str, applied: int | None) -> None:
        """Called for every decision that concerns one household alone, before anything follows from it."""
        if self._meant(world, dwelling, household):
            self._keep(told_verdict(self.scenario, world, kind, household, dwelling, outcome, applied, self.lang))

    def _meant(self, world: World, dwelling: str, household: str) -> bool:
        if self.number is not None:
            return world.counters["decisions"] == self.number
        if self.dwelling is not None:
            return dwelling == self.dwelling
        return household == self.household

    def _keep(self, one: Explained) -> None:
        self.found.append(one)
        if self.number is not None:
            raise _SeenError


def explain_decision(
    scenario: Scenario,
    seed: int,
    k: int,
    *,
    number: int | None = None,
    dwelling: str | None = None,
    household: str | None = None,
    lang: Lang = "nb",
) -> list[Explained]:
    """Tell every condition of a decision, met or not; of an allocation also who was considered, in which order.

    Parameters
    ----------
    number : int, optional
        Number of the decision in the register of decisions of this replication.
    dwelling, household : str, optional
        Instead of a number: every decision on this home, or on this household.

    Returns
    -------
    list of Explained
        Empty when no such decision is made.
    """
    observer: Any = _Observer(scenario, number, dwelling, household, lang, [])
    with suppress(_SeenError):
        simulate(scenario, seed, k, observer=observer)
    found: list[Explained] = observer.found
    return found
