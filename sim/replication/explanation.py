"""Why a home went to one household and not to another: the replication is run again with an observer on the decision.

Grounds are recomputed by the plain interpreter of the rules, never stored.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sim.replication.building import built_for
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
    lang: str
    lines: list[str]

    def allocation(self, world: World, dwelling: Dwelling, chosen: Application | None) -> None:
        """Called for every attempt to allocate a home, before the offer is made."""
        if chosen is None or not self._meant(world, dwelling, chosen):
            return
        self.lines.extend(_told(self.scenario, world, dwelling, chosen, self.lang))
        if self.number is not None:
            raise _SeenError

    def _meant(self, world: World, dwelling: Dwelling, chosen: Application) -> bool:
        if self.number is not None:
            return world.counters["decisions"] == self.number
        if self.dwelling is not None:
            return dwelling.id == self.dwelling
        return chosen.household.id == self.household


def explain_decision(
    scenario: Scenario,
    seed: int,
    k: int,
    *,
    number: int | None = None,
    dwelling: str | None = None,
    household: str | None = None,
    lang: str = "nb",
) -> list[str]:
    """Tell who was considered for a home, in which order, and the ground for each person passed over.

    Parameters
    ----------
    number : int, optional
        Number of the decision in the register of decisions of this replication.
    dwelling, household : str, optional
        Instead of a number: every allocation of this home, or to this household.

    Returns
    -------
    list of str
        Lines of text; empty when no such allocation takes place.
    """
    observer = _Observer(scenario, number, dwelling, household, lang, [])
    with suppress(_SeenError):
        simulate(scenario, seed, k, observer=observer)
    return observer.lines


def _told(scenario: Scenario, world: World, dwelling: Dwelling, chosen: Application, lang: str) -> list[str]:
    # Workers never explain: they need not load the prose of rules.
    from rules.explain import explain_choice

    ruleset = scenario.rulesets[world.program.hash]
    layout = built_for(scenario).layout
    program: Any = world.program
    day = world.day

    def key(application: Application) -> tuple[Any, ...]:
        facts = application.household.facts
        if program.full_scan:
            first = program.full_key(facts, dwelling.facts, dwelling.site.facts, day)
        else:
            first = program.key(facts, day)
        return (*first, application.listed, application.household.order)

    waiting = sorted(world.queue.applications(), key=key)
    considered = waiting[: waiting.index(chosen) + 1]
    declined = {a.household.id for a in considered if a.household in dwelling.declined_by}
    return explain_choice(
        ruleset,
        layout,
        [(a.household.id, a.household.facts) for a in considered],
        dwelling.facts,
        dwelling.site.facts,
        day,
        lang=lang,
        dwelling=dwelling.id,
        chosen=chosen.household.id,
        declined=declined,
        number=world.counters["decisions"],
    )
