"""The clock of one household: competing durations used up at speeds that change with the state and the risk factors.

With exponential durations this is a proportional-hazards multi-state model; otherwise accelerated failure time.
A clock keeps its remainder when another transition fires; entering a state draws that state's transitions afresh.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from sim.kernel import uniform
from sim.world.state import INF

if TYPE_CHECKING:
    from sim.world.state import Household
    from sim.world.transitions import StateKey, Transition
    from sim.world.world import World

# A remainder that stands for "to be drawn": durations are never negative.
TO_DRAW = -1.0
NEVER = 2**31


def rate(world: World, household: Household) -> None:
    """Bring a household's clocks up to date after its state, its facts or the day may have changed.

    Nothing is touched when neither the state nor a condition in force differs: a remainder is never rounded without cause,
    so that a policy leaves untouched people's times identical to the last bit.
    """
    state = (
        household.status,
        household.scheme,
        household.need,
        household.crisis,
        household.away,
        household.group,
        household.programme,
    )
    now = world.now
    home = household.home
    if world.has_conditions:
        if home is None:
            conditions = world.conditions_without_home
            dwelling = site = None
        else:
            conditions = world.conditions
            dwelling = home.facts
            site = home.site.facts
        bits = conditions.bits(household.facts, dwelling, site, world.day)
        # Asked every time: an event marked anew may bring the day forward without any condition differing today.
        until = conditions.until(household.facts, dwelling, site, world.day)
        household.review = float(until) if until < NEVER else INF
    else:
        bits = 0
    if bits == household.bits and state == household.state_key:
        _stand(household)
        return
    world.counters["re_ratings"] += 1
    if now != household.rated:
        spend(household, now)
    if state != household.state_key:
        _enter(world, household, state)
    household.bits = bits
    household.speeds = speeds = world.speeds.of(household.active, bits, home is not None)
    due = INF
    index = position = -1
    for left in household.left:
        position += 1
        speed = speeds[position]
        if speed > 0.0:
            at = now + left / speed
            if at < due:
                due = at
                index = position
    household.due = due
    household.due_index = index
    _stand(household)


def spend(household: Household, now: float) -> None:
    """Use up the active durations at their present speeds, up to ``now``."""
    passed = now - household.rated
    household.rated = now
    if passed > 0.0:
        left = household.left
        for position, speed in enumerate(household.speeds):
            remainder = left[position]
            if remainder > 0.0:
                remainder -= passed * speed
                left[position] = remainder if remainder > 0.0 else 0.0


def _enter(world: World, household: Household, state: StateKey) -> None:
    """Drop clocks that the new state does not have, keep those it shares, draw those that are new or spent."""
    household.state_key = state
    active = world.active(state)
    left = household.left
    if active != household.active:
        # Where each of the clocks stood before: at a position, or nowhere.
        left = [TO_DRAW if place < 0 else left[place] for place in world.carried(household.active, active)]
        household.active = active
        household.left = left
    rounds = household.rounds
    drawn = 0
    for position, remainder in enumerate(left):
        if remainder < 0.0:
            index = active[position]
            k = rounds.get(index, 0)
            rounds[index] = k + 1
            drawn += 1
            purpose, quantile = world.clock_draws[index]
            left[position] = quantile(uniform(household.key, purpose, k))
    world.counters["draws"] += drawn


def _stand(household: Household) -> None:
    standing = household.standing
    if standing is not None:
        at = min(household.due, household.review, household.move_review)
        if at != standing.due:
            standing.stand(at)


def stop_clock(household: Household) -> None:
    """Nothing more happens to a household that has left the model."""
    standing = household.standing
    if standing is not None:
        standing.stand(INF)
        # Its entry may lie in the heap for years: it must not keep the household in memory meanwhile, nor form a circle with it.
        standing.fire = _nothing
        household.standing = None
    household.active = ()
    household.left = []
    household.speeds = ()
    household.due = household.review = household.move_review = INF


def _nothing() -> None:
    """What a clock that was stopped does."""


def clock_draws(transitions: tuple[Transition, ...]) -> tuple[tuple[int, Callable[[float], float]], ...]:
    """The key and the inverse transform of every transition, looked up by index where speed counts."""
    return tuple((t.purpose, t.duration.quantile) for t in transitions)
