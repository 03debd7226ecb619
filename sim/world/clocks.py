"""The clock of one household: competing durations used up at speeds that change with the state and the risk factors.

With exponential durations this is a proportional-hazards multi-state model; otherwise accelerated failure time.
A clock keeps its remainder when another transition fires; entering a state draws that state's transitions afresh.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.kernel import uniform
from sim.world.state import INF

if TYPE_CHECKING:
    from sim.world.state import Household
    from sim.world.states import Life
    from sim.world.world import World

# A remainder that stands for "to be drawn": durations are never negative.
TO_DRAW = -1.0
# Condition bits that stand for "to be rated anew": a transition has fired, and its duration is to be drawn.
FIRED = -1
NEVER = 2**31


def rate(world: World, household: Household, life: Life) -> None:
    """Bring a household's clocks up to date after its state, its facts or the day may have changed.

    Nothing is touched when neither the state nor a condition in force differs: a remainder is never rounded without cause,
    so that a policy leaves untouched people's times identical to the last bit.
    """
    home = household.home
    bits = 0
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
    if bits != household.bits or life is not household.life:
        world.counters["re_ratings"] += 1
        now = world.now
        if now != household.rated:
            spend(household, now)
        if life is not household.life or household.bits == FIRED:
            _enter(world, household, life)
        household.bits = bits
        household.speeds = speeds = life.speeds(world, bits, home is not None)
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


def _enter(world: World, household: Household, life: Life) -> None:
    """Drop clocks that the new state does not have, keep those it shares, draw those that are new or spent."""
    left = household.left
    before = household.life
    if life is not before:
        household.life = life
        active = () if before is None else before.active
        if life.active != active:
            # Where each of the clocks stood before: at a position, or nowhere.
            left = household.left = [TO_DRAW if place < 0 else left[place] for place in life.carried(active)]
    rounds = household.drawn
    if not rounds:
        rounds += [0] * len(world.transitions)
    drawn = 0
    for position, remainder in enumerate(left):
        if remainder < 0.0:
            index = life.active[position]
            k = rounds[index]
            rounds[index] = k + 1
            drawn += 1
            purpose, quantile = life.draws[position]
            left[position] = quantile(uniform(household.key, purpose, k))
    world.counters["draws"] += drawn


def _stand(household: Household) -> None:
    standing = household.standing
    if standing is not None:
        at = household.due
        if household.review < at:
            at = household.review
        if household.move_review < at:
            at = household.move_review
        if at != standing.due:
            standing.stand(at)


def stop_clock(household: Household) -> None:
    """Nothing more happens to a household that has left the model."""
    standing = household.standing
    if standing is not None:
        standing.stand(INF)
        # Its entry may lie in the heap for years: it must not keep the household in memory meanwhile, nor form a circle with it.
        standing.owner = None
        household.standing = None
    household.life = None
    household.left = []
    household.speeds = ()
    household.due = household.review = household.move_review = INF
