"""Absences: hospital, treatment, prison. The home is held; when the longest hold that the rules allow runs out, it is given up.

The household is then outside, still away: the clock of its absence runs on, and when it ends the household
applies again, about to leave an institution.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING, Any, ClassVar

from sim.kernel import PEOPLE, purpose, uniform
from sim.world.clocks import NEVER
from sim.world.core_facts import derive_core_facts
from sim.world.mechanisms.absences_parameters import AbsenceKind, AbsencesParameters
from sim.world.mechanisms.keeping import keep_those
from sim.world.mechanisms.mechanism import Mechanism
from sim.world.ongoing import is_under_way, spell
from sim.world.transitions import Transition, state_of
from sim.world.verbs.leaving import move_on
from sim.world.verbs.lives import come_again, come_back, go_away

if TYPE_CHECKING:
    from sim.world.state import Handler, Household
    from sim.world.world import World

HOLD_EXPIRED = "hold_expired"
SPELL = purpose("absences:spell")
TODAY = purpose("absences:today")
PASSED = purpose("absences:passed")
LEFT = purpose("absences:left")


class Absences(Mechanism):
    """Two transitions for each kind, and the release of homes that are held no longer."""

    name = "absences"
    Parameters = AbsencesParameters
    neutral: ClassVar[Any] = {"kinds": {}}

    def __init__(self, parameters: AbsencesParameters, world: World) -> None:
        super().__init__(parameters, world)
        self.parameters = parameters
        self.given_up: set[Household] = set()
        self.passed: dict[Household, float] = {}
        keep_those(world, self.given_up)

    def transitions(self) -> tuple[Transition, ...]:
        """For every kind, into the absence and out of it."""
        return tuple(
            transition
            for name, kind in self.parameters.kinds.items()
            for transition in (self._begins(name, kind), self._ends(name, kind))
        )

    def handlers(self) -> Mapping[str, Handler]:
        """Hold the home from when the absence begins; and notice when an absent resident loses it otherwise."""
        return {"absence_changed": self.changed, "moved_out": self.moved_out}

    def start(self) -> None:
        """On day 0 as many are away as if absences had come and gone for ever, at their baseline rates.

        Who has been away for longer than the home is held has lost it already, and is not among the residents of day 0.
        """
        world = self.world
        if not world.blueprint.initial.ongoing:
            return
        can = {name: self._from(kind) for name, kind in self.parameters.kinds.items()}
        for household in list(world.households.values()):
            u = uniform(household.key, TODAY, 0)
            weights = {
                name: kind.lasts.mean / kind.begins.mean
                for name, kind in self.parameters.kinds.items()
                if household.home is not None and can[name](household)
            }
            here = 1.0 + sum(weights.values())
            for name, weight in weights.items():
                u -= weight / here
                if u < 0.0:
                    self._is_away(household, name)
                    break

    def _from(self, kind: AbsenceKind) -> Callable[[Household], bool]:
        begins = Transition("", kind.from_.source(status=("housed",)) | {"away": ("",)}, kind.begins, (), lambda *_: None)
        return lambda household: begins.active(state_of(household))

    def _is_away(self, household: Household, name: str) -> None:
        world, home = self.world, household.home
        lasts = self.parameters.kinds[name].lasts
        passed, left = spell(lasts, uniform(household.key, PASSED, 0), uniform(household.key, LEFT, 0))
        assert home is not None
        household.away = name
        derive_core_facts(world, household)
        days = world.program.hold_days(household.facts, home.facts, home.site.facts, world.day)
        household.away = ""
        if passed >= days:
            return
        self.passed[household] = passed
        go_away(world, household, name)
        number = next(i for i, way in enumerate(world.transitions) if way.id == f"absences.{name}.ends")
        is_under_way(self.world, household, number, left)

    def _begins(self, name: str, kind: AbsenceKind) -> Transition:
        def fire(world: World, household: Household, _: int) -> None:
            go_away(world, household, name)

        source = kind.from_.source(status=("housed",)) | {"away": ("",)}
        return Transition(f"absences.{name}.begins", source, kind.begins, kind.factors, fire)

    def _ends(self, name: str, kind: AbsenceKind) -> Transition:
        def fire(world: World, household: Household, _: int) -> None:
            come_back(world, household)

        return Transition(f"absences.{name}.ends", {"away": (name,)}, kind.lasts, (), fire)

    def changed(self, world: World, household: Household) -> None:
        """Hold the home of who goes away; who comes back with no home any more applies again."""
        if household.away:
            self.hold(world, household)
        elif household in self.given_up:
            self.given_up.remove(household)
            come_again(world, household, "leaving_institution")

    def hold(self, world: World, household: Household) -> None:
        """Let the home be given up when the longest hold runs out, if the household is still away then."""
        home = household.home
        if home is None:
            return
        spell = household.rounds[SPELL] = household.rounds.get(SPELL, 0) + 1
        derive_core_facts(world, household)
        days = world.program_of(household).hold_days(household.facts, home.facts, home.site.facts, world.day)
        days -= self.passed.pop(household, 0.0)
        if days >= NEVER or world.now + days >= world.blueprint.days:
            return

        def expires() -> None:
            if household.away and household.home is not None and household.rounds[SPELL] == spell:
                self.give_up(household)

        world.at(world.now + days, PEOPLE, expires)

    def give_up(self, household: Household) -> None:
        """End the tenancy of somebody who is away; the absence goes on."""
        kind = household.away
        self.given_up.add(household)
        move_on(self.world, household, HOLD_EXPIRED, "institution")
        household.away = kind

    def moved_out(self, world: World, household: Household, _: object, cause: str) -> None:
        """Somebody who leaves its home for good while away is not absent from it any more."""
        if household.away and cause not in ("transfer", HOLD_EXPIRED):
            world.layout.resume(household.facts, "absent", world.day)

    def invariants(self) -> Iterator[str]:
        """Who has given up a home is outside and still away."""
        for household in self.given_up:
            if household.status != "gone" and (household.status != "outside" or not household.away):
                yield f"{household.id} gave up a held home, and is {household.status} and away at {household.away!r}"
