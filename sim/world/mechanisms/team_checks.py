"""What must hold of a team, summed afresh from its members."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.world.mechanisms.team import BILLIONTHS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sim.world.mechanisms.team import Team


def broken(team: Team) -> Iterator[str]:
    """Yield a sentence for everything about a team that cannot be: all of it is summed afresh from its members."""
    booked = people = 0
    for _, ask in team.everybody():
        booked += ask.booked
        people += 1
    if booked != team.booked or people != team.size:
        yield f"{team.name} counts {team.size} members who take {team.booked}, but has {people} who take {booked}"
    given = 0.0
    for part in team.parts.values():
        received = part.received * team.ratio
        if not 0.0 <= received <= part.accepts * part.minutes * (1.0 + 1e-9) + 1e-6 * (1 + team.size):
            yield f"{team.name} gives {received:g} of {part.minutes} minutes a week, of which {part.accepts:g} is accepted"
        given += received / (1.0 - part.travel)
        if not 0 <= part.short <= part.people:
            yield f"{part.short} of {part.people} members of {team.name} are short"
    if given > max(0, team.capacity) / BILLIONTHS * (1.0 + 1e-9) + 1e-6 * (1 + team.size):
        yield f"{team.name} gives {given:g} minutes a week of {team.capacity / BILLIONTHS:g}"
