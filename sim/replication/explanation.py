"""Why a home went to one household and not to another: the replication is run again with an observer on the decision.

Grounds are recomputed by the plain interpreter of the rules, never stored.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any, Literal

from sim.replication.building import built_for
from sim.replication.replicate import simulate

if TYPE_CHECKING:
    from sim.scenario import Scenario
    from sim.world.state import Application, Dwelling
    from sim.world.world import World


Lang = Literal["nb", "en"]
# How many of those who stood after the chosen one are told of.
AFTER = 3
_WORDS: dict[Lang, dict[str, str]] = {
    "nb": {
        "heading": "Tildeling {number}, {date}: {home} ({type}). Simulert; ikke et vedtak.",
        "declined": "{name}: har takket nei til denne boligen",
    },
    "en": {
        "heading": "Allocation {number}, {date}: {home} ({type}). Simulated; no decision on anybody.",
        "declined": "{name}: has declined this home",
    },
}


class _SeenError(Exception):
    """The decision has been met: the rest of the replication is not needed."""


@dataclass(slots=True)
class _Observer:
    scenario: Scenario
    number: int | None
    dwelling: str | None
    household: str | None
    lang: Lang
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
    lang: Lang = "nb",
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


def _told(scenario: Scenario, world: World, dwelling: Dwelling, chosen: Application, lang: Lang) -> list[str]:
    # Workers never explain: they need not load the prose of rules.
    from rules.explain import explain_choice

    considered = _in_order(world, dwelling, chosen)
    declined = [a for a in considered if a.household in dwelling.declined_by]
    words = _WORDS[lang]
    date = scenario.blueprint.start + timedelta(days=world.day)
    lines = [
        words["heading"].format(
            number=world.counters["decisions"],
            date=f"{date:%d.%m.%Y}" if lang == "nb" else date.isoformat(),
            home=dwelling.id,
            type=scenario.texts.get(f"types.{dwelling.type.id}", {}).get(lang, dwelling.type.id),
        )
    ]
    lines += explain_choice(
        scenario.rulesets[world.program.hash],
        built_for(scenario).layout,
        [(a.household.id, a.household.facts) for a in considered if a not in declined],
        dwelling.facts,
        dwelling.site.facts,
        world.day,
        lang,
    )
    lines += [words["declined"].format(name=a.household.id) for a in declined]
    return [*lines, ""]


def _in_order(world: World, dwelling: Dwelling, chosen: Application) -> list[Application]:
    """Everybody on the list in the order of priority for this home, up to a few after the chosen one."""
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
    return waiting[: waiting.index(chosen) + 1 + AFTER]
