"""Another rule set as a shadow: asked at every decision about the same candidates, and never obeyed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, NamedTuple

from sim.replication.building import built_for
from sim.replication.collector import collector_at_rest
from sim.replication.shadow_discretion import ShadowDiscretion
from sim.replication.shadow_words import allocation_lines, verdict_lines
from sim.scenario.shadowed import Shadowed
from sim.world.allocation import seen
from sim.world.assembly import assemble
from sim.world.closing import check_records
from sim.world.invariants import check_world
from sim.world.queue import order_of
from sim.world.recording import records_of
from sim.world.regimes import eligibility_regime

if TYPE_CHECKING:
    from sim.measures import Records
    from sim.world.state import Application, Dwelling, Household
    from sim.world.world import World

#: The decisions the shadow is asked about, in the order in which they are told.
KINDS = ("eligibility", "allocation", "renewal", "notice", "lapse", "temporary")
#: What a better verdict is, of the decisions that concern one household alone.
_BETTER: Mapping[str, Callable[[Any], bool]] = {
    "eligibility": lambda refusals: not refusals,
    "renewal": lambda refusals: not refusals,
    "notice": lambda given: not given,
    "lapse": lambda outcome: outcome != "lapse",
    "temporary": bool,
}


class ShadowFlip(NamedTuple):
    """One decision that would have been another.

    Parameters
    ----------
    kind : str
        One of `KINDS`.
    day : int
    dwelling : str
        Of an allocation.
    loses, gains : tuple of (household, group, need) or None
        Who would have been worse off under the shadow, and who better.
    """

    kind: str
    day: int
    dwelling: str
    loses: tuple[str, str, int] | None
    gains: tuple[str, str, int] | None


@dataclass(slots=True)
class ShadowResult:
    """What one replication gives: plain data that can be sent between processes.

    Parameters
    ----------
    k : int
    decisions : dict of str to int
        How many were made, by kind. Of allocations also the vacancies that only the shadow would have filled.
    flips : list of ShadowFlip
    explained : list of list of str
        The first flips in words.
    figures : list
        Always empty: a shadow changes no figure.
    """

    k: int
    decisions: dict[str, int]
    flips: list[ShadowFlip]
    explained: list[list[str]]
    figures: list[Any] = field(default_factory=list)


def replicate_shadowed(work: Shadowed, seed: int, k: int) -> ShadowResult:
    """Run replication ``k`` under the rules that decide, and ask the others at every decision.

    The run itself is the same, to the last byte, as without the shadow.
    """
    return simulate_shadowed(work, seed, k)[0]


def simulate_shadowed(work: Shadowed, seed: int, k: int) -> tuple[ShadowResult, Records]:
    """Run replication ``k`` with the shadow; give what it found, and the records of the run."""
    scenario = work.scenario
    built = built_for(scenario)
    shadow = Shadow(work, k)
    with collector_at_rest():
        # What the rules of a programme decide is not compared: the others have no say in it.
        compared = {regime.program.hash for regime in scenario.blueprint.regimes}
        programs = {name: shadow.overheard(of) if name in compared else of for name, of in built.programs.items()}
        world = assemble(scenario.blueprint, built.layout, programs, built.conditions, seed, k, shadow)
        shadow.meet(world)
        world.clock.run(scenario.blueprint.days)
        check_world(world)
        records = records_of(world)
        check_records(world, records)
    return shadow.result(), records


class Shadow:
    """Asks the other rules about the same candidates, and notes where the verdicts differ."""

    def __init__(self, work: Shadowed, k: int) -> None:
        self._work = work
        self._k = k
        self._programs: list[tuple[float, Any]] = [(day, program.build()) for day, program in work.others]
        self._world: World | None = None
        self._early: list[Callable[[], None]] = []
        self._decisions: Counter[str] = Counter()
        self._flips: list[ShadowFlip] = []
        self._explained: list[list[str]] = []
        self._unfilled: set[tuple[str, int]] = set()
        self._chance = ShadowDiscretion(program for _, program in self._programs)

    def result(self) -> ShadowResult:
        """Give what has been found."""
        decisions = {kind: self._decisions[kind] for kind in KINDS}
        return ShadowResult(self._k, decisions, self._flips, self._explained)

    def meet(self, world: World) -> None:
        """Begin to observe a world; what was decided while it was put together is told now."""
        self._world = world
        for note in self._early:
            note()
        self._early.clear()

    def overheard(self, program: Any) -> Any:
        """Give a program that answers as before, and lets the shadow hear each decision that concerns one household."""
        kept = {name: value for _, other in self._programs for name, value in other.kept.items()}
        return replace(
            program,
            kept={**kept, **program.kept},
            temporary_entitled=self._of_applicant("temporary", "temporary_entitled", program),
            renewal_refusals=self._of_home("renewal", "renewal_refusals", program),
            notice=self._of_home("notice", "notice", program),
            decline_outcome=self._of_home("lapse", "decline_outcome", program),
        )

    def allocation(self, world: World, dwelling: Dwelling, chosen: Application | None) -> None:
        """Called for every attempt to allocate a home, before the offer is made."""
        program = self._program(world.day)
        other = _choice(world, program, dwelling, self._chance)
        vacancy = (dwelling.id, dwelling.lettings)
        if chosen is None:
            # An empty home is tried again and again: it is one decision.
            if other is None or vacancy in self._unfilled:
                return
            self._unfilled.add(vacancy)
        self._decisions["allocation"] += 1
        if chosen is other:
            return
        loses = None if chosen is None else _who(chosen.household)
        gains = None if other is None else _who(other.household)
        self._flips.append(ShadowFlip("allocation", world.day, dwelling.id, loses, gains))
        if len(self._explained) < self._work.explained:
            self._explained.append(allocation_lines(self._work, world, program, dwelling, chosen, other))

    def verdict(self, world: World, kind: str, household: str, dwelling: str, outcome: str, applied: int | None) -> None:
        """Called for every decision on one household alone, with its facts as they were judged.

        Of a case in progress (``applied`` on an earlier day) both rule sets are asked by the version that its transition names.
        """
        if kind != "eligibility":
            return  # renewals are heard through the program
        known = world.households[household]
        day = world.day
        since, program = self._in_force(day)
        before = day
        if applied is not None:
            since, program = eligibility_regime(self._programs, world.now, applied)
            before = int(eligibility_regime(world.regimes, world.now, applied)[0])
        found: tuple[str, ...] = () if outcome == "eligible" else (outcome,)
        of_days = (before, int(since))
        self._compare(kind, "refusals", known.facts, (), day, found, program, known, of_days)

    def _of_applicant(self, kind: str, name: str, program: Any) -> Callable[[Any, int], Any]:
        own = getattr(program, name)

        def answer(a: Any, day: int) -> Any:
            found = own(a, day)
            self._hear(kind, name, a, (), day, found)
            return found

        return answer

    def _of_home(self, kind: str, name: str, program: Any) -> Callable[[Any, Any, Any, int], Any]:
        own = getattr(program, name)

        def answer(a: Any, d: Any, s: Any, day: int) -> Any:
            found = own(a, d, s, day)
            self._hear(kind, name, a, (d, s), day, found)
            return found

        return answer

    def _hear(self, kind: str, name: str, a: Any, home: tuple[Any, ...], day: int, found: Any) -> None:
        program = self._program(day)
        known = self._household(a) if program.discretions and self._world is not None else None
        self._compare(kind, name, a, home, day, found, program, known, (day, day))

    def _compare(
        self, kind: str, name: str, a: Any, home: tuple[Any, ...], day: int, found: Any, program: Any, known: Household | None,
        of_days: tuple[int, int],
    ) -> None:  # fmt: skip
        self._decisions[kind] += 1
        better = _BETTER[kind]
        lines: list[str] | None = None
        with self._chance.exercised(program, known, at_hand=kind == "eligibility"):
            other = getattr(program, name)(a, *home, day)
            if better(found) == better(other):
                return
            if len(self._explained) < self._work.explained:
                # The facts may be others when the household is known.
                lines = verdict_lines(self._work, kind, a, home, day, found, other, of_days)
                self._explained.append(lines)

        def note() -> None:
            household = known or self._household(a)
            who = None if household is None else _who(household)
            loses, gains = (who, None) if better(found) else (None, who)
            self._flips.append(ShadowFlip(kind, day, "", loses, gains))
            if lines is not None and who is not None:
                lines[0] = lines[0].format(name=who[0])

        if self._world is None and known is None:
            self._early.append(note)
        else:
            note()

    def _program(self, day: int) -> Any:
        return self._in_force(day)[1]

    def _in_force(self, day: int) -> tuple[float, Any]:
        for since, program in reversed(self._programs):
            if since <= day:
                return since, program
        raise AssertionError("the first of the rules that are asked is in force from day 0")

    def _household(self, facts: Any) -> Household | None:
        assert self._world is not None
        return next((household for household in self._world.households.values() if household.facts is facts), None)


def _who(household: Household) -> tuple[str, str, int]:
    return household.id, household.group, household.need


def _choice(world: World, program: Any, dwelling: Dwelling, chance: ShadowDiscretion) -> Application | None:
    """Give whom other rules would choose for a home among all who wait, without pools."""
    home, site, day = dwelling.facts, dwelling.site.facts, world.day
    best: tuple[Any, ...] | None = None
    chosen: Application | None = None
    for application in world.queue.applications():
        household = application.household
        facts = household.facts
        if household in dwelling.declined_by or dwelling is household.home:
            continue
        with chance.exercised(program, household):
            around = seen(world, application, dwelling)
            if not program.compatible(facts, home, day) or not program.suits(facts, home, around, day):
                continue
            key = order_of(application, program.full_key(facts, home, site, day))
        if best is None or key < best:
            best, chosen = key, application
    return chosen
