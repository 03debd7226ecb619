"""Expected supply: the homes compatible with an applicant that are vacant, or likely to fall vacant within a period.

What is likely is read off the last year: the vacancies of compatible homes in it, in proportion to the length of the period,
rounded down. In the first year of a run the time so far stands for the year, but never less than thirty days. It is a fact for
the decision on eligibility alone: an order by it would change with every vacancy.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from sim.world.mechanisms.mechanism import Mechanism

if TYPE_CHECKING:
    from sim.world.state import Dwelling, Handler, Household
    from sim.world.world import World

_WINDOW = 365.25
_SHORTEST = 30.0
_DAYS = {"days": 1.0, "weeks": 7.0, "months": 30.4375, "years": 365.25}


class Forecast(Mechanism):
    """Keeps last year's vacancies, and writes the forecast before each decision; not a key of the scenario.

    Parameters
    ----------
    horizons : mapping of str to Period
        For each field of a forecast how far ahead it looks.
    """

    name = "forecast"

    def __init__(self, world: World, horizons: Mapping[str, Any]) -> None:
        super().__init__(None, world)
        self._days = {name: period.count * _DAYS[period.unit] for name, period in horizons.items()}
        self._most = {name: world.layout.fields[name].domain.hi for name in horizons}
        self._vacancies: deque[tuple[float, Dwelling]] = deque()
        world.before_decision.append(self.look_ahead)

    def handlers(self) -> Mapping[str, Handler]:
        """A vacancy is noted; a home that comes back from an offer is not another one."""
        return {"dwelling_changed": self.changed}

    def changed(self, world: World, dwelling: Dwelling, old: str) -> None:
        """Note a home that has fallen vacant."""
        if dwelling.state == "vacant" and old != "offered" and world.now > 0.0:
            self._vacancies.append((world.now, dwelling))

    def look_ahead(self, household: Household) -> None:
        """Write what an applicant can expect."""
        world = self.world
        program, facts, day = world.program, household.facts, world.day
        past = self._vacancies
        while past and past[0][0] < world.now - _WINDOW:
            past.popleft()
        vacant = sum(d.state == "vacant" and program.compatible(facts, d.facts, day) for d in world.dwellings)
        fallen = sum(bool(program.compatible(facts, dwelling.facts, day)) for _, dwelling in past)
        seen = min(max(world.now, _SHORTEST), _WINDOW)
        for name, days in self._days.items():
            setattr(facts, name, min(vacant + int(fallen * days / seen), self._most[name]))
