"""What residents know of the follow-up that they receive: a whole percent, told where somebody reads it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.world.mechanisms.crossing import look_again, matters
from sim.world.mechanisms.crossing import tell as changed

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from sim.world.mechanisms.asks import Asked
    from sim.world.mechanisms.team import Team
    from sim.world.state import Household
    from sim.world.world import World

FACT = "follow_up_percent"


class Told:
    """Tells residents the share of the required hours that the team which follows them up gives them.

    Parameters
    ----------
    memberships : mapping of Household to Asked
        Kept by whoever counts members.
    adding : frozenset of str
        Teams that add hours to those of another, of which nobody is told.

    Attributes
    ----------
    tells : bool
        Whether rules or risk factors know the figure.
    all_told : bool
        Whether rules read it: only where none does may a member be left with one on the same side of every cut point.
    """

    def __init__(self, world: World, memberships: Mapping[Household, Asked], adding: frozenset[str]) -> None:
        self.world = world
        self.memberships = memberships
        self.adding = adding
        self.tells = FACT in world.layout.fields
        self.all_told = any(FACT in program.reads for _, program in world.regimes)

    def tell(self, team: Team) -> None:
        """Let the members of a team know what they receive from now on, where it is the team that follows them up."""
        if not self.tells or team.name in self.adding:
            return
        for members, old, new in team.sharing.news():
            if old is None:
                for household in members:
                    self.write(household, new)
                continue
            # Members who knew the same figure: whether the change matters is asked once.
            felt = matters(self.world, FACT, old, new)
            if felt or self.all_told:
                for household in members:
                    household.facts.follow_up_percent = new
                    if felt:
                        look_again(self.world, household, FACT)

    def percent(self, household: Household) -> int:
        """Return what a resident has been told of the team that follows it up; 100 where nothing is required."""
        asked = self.memberships.get(household)
        if not asked:
            return 100
        team, ask = asked[0]
        return team.sharing.percent(household, ask) if ask.part.offered else 0

    def write(self, household: Household, percent: int) -> None:
        """Tell a resident; it looks again where a cut point lies between."""
        if not self.tells:
            return
        old = household.facts.follow_up_percent
        if old != percent:
            household.facts.follow_up_percent = percent
            changed(self.world, household, FACT, old, percent)

    def wrong(self) -> Iterator[str]:
        """Yield a sentence for everybody who believes in another share than it receives."""
        if not self.tells:
            return
        for household, ((team, ask), *_) in self.memberships.items():
            told = household.facts.follow_up_percent
            percent = team.sharing.told_to(household, ask) if ask.part.offered else 0
            if percent is not None and (told != percent if self.all_told else matters(self.world, FACT, told, percent)):
                yield f"{household.id} believes in {told} %, but receives {percent} %"
