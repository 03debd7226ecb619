"""Programmes beside the ladders (Housing First, a bedsit house for young people): places, entry by rules of their own, exits.

A programme is no step and has no rank: its homes are of a type outside the ladders, those who live there are no residents of
the ladders, and its own rules apply to them (terms, renewal, holds, warnings, moves). People come from the waiting list.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any, ClassVar

from sim.kernel import Cells
from sim.measures.records import PlaceCell
from sim.world.mechanisms.keeping import keep_those
from sim.world.mechanisms.mechanism import FactOffer, Mechanism
from sim.world.mechanisms.programme import NEXT_HOME, Programme
from sim.world.mechanisms.programme_parameters import ProgrammesParameters
from sim.world.transitions import Transition

if TYPE_CHECKING:
    from sim.measures.records import Records
    from sim.world.state import Application, Dwelling, Handler, Household
    from sim.world.world import World


class Programmes(Mechanism):
    """All programmes; each sees to its own people."""

    name = "programmes"
    Parameters = ProgrammesParameters
    facts = (FactOffer("applicant", NEXT_HOME, "yes/no", default=False),)
    neutral: ClassVar[Any] = {}

    def __init__(self, parameters: ProgrammesParameters, world: World) -> None:
        super().__init__(parameters, world)
        self.areas: Cells[PlaceCell] = Cells(world.bins)
        self.programmes = {name: Programme(name, spec, world, self.areas) for name, spec in parameters.root.items()}
        self.leaving: dict[Household, Programme] = {}
        for programme in self.programmes.values():
            keep_those(world, programme.back)
            if programme.homes is not None:
                keep_those(world, programme.homes.cases)
        world.customs.moves_within = self.moves_within
        world.customs.lease_review = self.lease_review

    def transitions(self) -> tuple[Transition, ...]:
        """What may happen to those who take part."""
        return tuple(t for programme in self.programmes.values() for t in programme.transitions())

    def handlers(self) -> Mapping[str, Handler]:
        """Whatever lets somebody in or ends a stay, and whatever frees a home."""
        if not self.programmes:
            return {}
        return {
            "listed": self.listed,
            "replied": self.replied,
            "moved_in": self.moved_in,
            "moved_out": self.moved_out,
            "exited": self.exited,
            "gone": self.left_model,
            "dwelling_changed": self.dwelling_changed,
        }

    def start(self) -> None:
        """Let every programme begin."""
        for programme in self.programmes.values():
            programme.start()

    def listed(self, world: World, application: Application) -> None:
        """Somebody is put on the list."""
        if application.kind == "newcomer":
            for programme in self.programmes.values():
                if programme.has_room():
                    programme.consider_soon()

    def replied(self, world: World, application: Application, _: Dwelling, accepted: bool) -> None:
        """Somebody who is to move on has accepted a home, or not."""
        programme = self.programmes.get(application.household.programme)
        if programme is not None:
            programme.next_home_found(application.household, accepted)

    def moved_in(self, world: World, household: Household, dwelling: Dwelling, kind: str) -> None:
        """Somebody joins a programme with its home; or gets a home of the ladders while a programme looks for one."""
        for name, programme in self.programmes.items():
            if dwelling.programme == name:
                programme.joined(household, dwelling, kind)
            elif household in programme.participants:
                programme.gone(household)

    def moved_out(self, world: World, household: Household, dwelling: Dwelling, cause: str) -> None:
        """Somebody has left a home of a programme."""
        programme = self.programmes.get(dwelling.programme)
        if programme is not None:
            if cause not in ("transfer", "died"):
                self.leaving[household] = programme
            programme.left_home(household, dwelling, cause)

    def exited(self, world: World, household: Household, cause: str, destination: str) -> None:
        """Where somebody went who has left a home of a programme."""
        programme = self.leaving.pop(household, None)
        if programme is not None:
            programme.exited(household, cause, destination)

    def left_model(self, world: World, household: Household) -> None:
        """Somebody is no more."""
        self.leaving.pop(household, None)
        for programme in self.programmes.values():
            programme.gone(household)

    def dwelling_changed(self, world: World, dwelling: Dwelling, old: str) -> None:
        """A home is vacant, opens or closes."""
        own = self.programmes.get(dwelling.programme)
        if own is not None:
            own.changed(dwelling, old)
            if own.homes is not None:
                own.homes.emptied(dwelling)
        elif dwelling.state == "vacant":
            for programme in self.programmes.values():
                if programme.homes is not None and not dwelling.programme:
                    programme.homes.vacated(dwelling)

    def moves_within(self, household: Household, reason: str | None) -> bool:
        """See to a move that the rules of a programme give, where it is to another home of the programme."""
        programme = self.programmes[household.programme]
        homes = programme.homes
        if programme.spec.moves != "within" or homes is None:
            return False
        if reason is not None and not homes.looks_for(household):
            homes.look_for(household, again=True)
        elif reason is None:
            homes.stop_looking(household)
        return True

    def lease_review(self, household: Household, dwelling: Dwelling, refusals: tuple[str, ...]) -> bool:
        """See to somebody whose term has ended."""
        return self.programmes[household.programme].lease_review(household, dwelling, refusals)

    def invariants(self) -> Iterator[str]:
        """Those of every programme."""
        for programme in self.programmes.values():
            yield from programme.invariants()
        for household in self.world.households.values():
            if household.programme and household.programme not in self.programmes:
                yield f"{household.id} takes part in {household.programme!r}, which there is not"

    def finish(self, records: Records) -> None:
        """Write places and those who took part."""
        self.areas.close(self.world.now)
        for cell, areas in self.areas.table().items():
            records.places[cell] = list(areas)
