"""The clock of one household: competing durations used up at speeds that change with the state and the risk factors.

With exponential durations this is a proportional-hazards multi-state model; otherwise accelerated failure time.
A clock keeps its remainder when another transition fires; entering a state draws that state's transitions afresh.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.kernel import Distribution, uniform
from sim.world.state import INF

if TYPE_CHECKING:
    from sim.world.state import Household
    from sim.world.transitions import Transition
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
    spend(household, now)
    if state != household.state_key:
        _enter(world, household, state)
    household.bits = bits
    household.speeds = speeds = world.speeds.of(household.active, bits, home is not None)
    due = INF
    index = -1
    for position, left in enumerate(household.left):
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
            if left[position] > 0.0:
                left[position] = max(0.0, left[position] - passed * speed)


def _enter(world: World, household: Household, state: tuple[str, str, int, bool, str, str]) -> None:
    """Drop clocks that the new state does not have, keep those it shares, draw those that are new or spent."""
    before = dict(zip(household.active, household.left, strict=True))
    household.state_key = state
    household.active = active = world.active(state)
    rounds = household.rounds
    left = []
    for index in active:
        remainder = before.get(index, TO_DRAW)
        if remainder < 0.0:
            k = rounds.get(index, 0)
            rounds[index] = k + 1
            world.counters["draws"] += 1
            purpose, duration = world.clock_draws[index]
            remainder = duration.quantile(uniform(household.key, purpose, k))
        left.append(remainder)
    household.left = left


def _stand(household: Household) -> None:
    standing = household.standing
    if standing is not None:
        standing.stand(min(household.due, household.review, household.move_review))


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


def clock_draws(transitions: tuple[Transition, ...]) -> tuple[tuple[int, Distribution], ...]:
    """The key and the duration of every transition, looked up by index where speed counts."""
    return tuple((t.purpose, t.duration) for t in transitions)
