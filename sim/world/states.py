"""The states that households are in: what follows from the components of one, worked out once for each that is met.

There are some hundreds of states and many thousand changes from one to another. A household therefore refers to its present
state, and what the state decides (the measure cell, the transitions that can happen, their speeds) is looked up there.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sim.measures.records import HouseholdCell
from sim.world.stays import in_temporary
from sim.world.transitions import state_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from sim.kernel import Integral
    from sim.world.state import Household
    from sim.world.transitions import StateKey
    from sim.world.world import World


class Life:
    """The transitions that compete in some states.

    Attributes
    ----------
    active : tuple of int
        Their indices, ascending.
    draws : tuple of (purpose, inverse transform)
        How the duration of each is drawn.
    """

    __slots__ = ("_carried", "_speeds", "active", "draws")

    def __init__(self, active: tuple[int, ...], draws: tuple[tuple[int, Callable[[float], float]], ...]) -> None:
        self.active = active
        self.draws = draws
        self._carried: dict[tuple[int, ...], tuple[int, ...]] = {}
        self._speeds: dict[int, tuple[float, ...]] = {}

    def carried(self, before: tuple[int, ...]) -> tuple[int, ...]:
        """For each transition, its position among those active before, or -1."""
        found = self._carried.get(before)
        if found is None:
            found = self._carried[before] = tuple(before.index(i) if i in before else -1 for i in self.active)
        return found

    def speeds(self, world: World, bits: int, has_home: bool) -> tuple[float, ...]:
        """The speed of each transition under the conditions in force, with or without a home."""
        asked = bits + bits + has_home
        found = self._speeds.get(asked)
        if found is None:
            found = self._speeds[asked] = world.speeds.of(self.active, bits, has_home)
        return found


class State:
    """One state.

    Attributes
    ----------
    cell : HouseholdCell or None
        Where the days of whoever is in it are counted; None for who has left the model.
    days : Integral or None
        The integral of that cell.
    temporary : bool
        Whether that is in temporary accommodation.
    life : Life
        What can happen in it. States that differ in nothing that transitions depend on share one.
    """

    __slots__ = ("cell", "days", "life", "temporary")

    def __init__(self, cell: HouseholdCell | None, days: Integral | None, life: Life) -> None:
        self.cell = cell
        self.days = days
        self.life = life
        self.temporary = in_temporary(cell)


class States:
    """All states met so far in one world."""

    __slots__ = ("_known", "_lives", "_world")

    def __init__(self, world: World) -> None:
        self._world = world
        self._known: dict[tuple[Any, ...], State] = {}
        self._lives: dict[StateKey, Life] = {}

    def of(self, household: Household) -> State:
        """Return the state that a household is in now."""
        home = household.home
        application = household.application
        asked = (
            household.group,
            household.status,
            household.situation,
            household.away,
            "" if home is None else home.type.id,
            household.scheme,
            household.need,
            "" if application is None else application.kind,
            household.former,
            household.crisis,
            household.renewals,
            household.assessed,
            household.programme,
        )
        found = self._known.get(asked)
        if found is None:
            found = self._known[asked] = self._met(household)
        return found

    def _met(self, household: Household) -> State:
        cell = days = None
        if household.status != "gone":
            cell = household_cell(household)
            days = self._world.household_days[cell]
        key = state_of(household)
        life = self._lives.get(key)
        if life is None:
            transitions = self._world.transitions
            active = tuple(i for i, t in enumerate(transitions) if t.active(key))
            draws = tuple((transitions[i].purpose, transitions[i].duration.quantile) for i in active)
            life = self._lives[key] = Life(active, draws)
        return State(cell, days, life)


def household_cell(household: Household) -> HouseholdCell:
    """Return the cell in which a household's days are counted: a pure function of its state."""
    home = household.home
    application = household.application
    return HouseholdCell(
        household.group,
        household.status,
        household.situation,
        household.away,
        "" if home is None else home.type.id,
        household.scheme,
        household.need,
        "" if application is None else application.kind,
        household.former,
        household.crisis,
    )
