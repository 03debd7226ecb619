"""The Markov chains of the small scenarios in this folder: what an exact solution of each YAML file is.

Times in years of 365.25 days. Queues are cut where their probability is below rounding.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from math import exp
from typing import Any

import numpy as np
from exact_chains import Chain, Stretch, averages

Step = tuple[Any, float]
Steps = Callable[[Any], Iterator[Step]]
EMPTY_SITE = (0, 0, 0, 0)


def changing_steps(arrivals: float, stay: float, homes: tuple[int, int, int], closing: bool, most: int = 70) -> Steps:
    """Three sites that let in turn, first come first served. State: housed at each site, and the queue.

    ``homes`` are those that may be let; at the closing site a home that is vacated is not let again.
    """

    def steps(state: tuple[int, int, int, int]) -> Iterator[Step]:
        housed, queue = list(state[:3]), state[3]
        free = [n < m and not (closing and site == 1) for site, (n, m) in enumerate(zip(housed, homes, strict=True))]
        if True in free:
            first = free.index(True)
            after = [*housed]
            after[first] += 1
            yield (*after, 0), arrivals
        elif queue < most:
            yield (*housed, queue + 1), arrivals
        for site in range(3):
            if housed[site]:
                after = [*housed]
                gone = site == 1 and closing
                if queue and not gone:
                    yield (*housed, queue - 1), housed[site] / stay
                else:
                    after[site] -= 1
                    yield (*after, queue), housed[site] / stay

    return steps


def opened(homes: int) -> Callable[[Any], Any]:
    """A site of so many homes opens as the third: the queue moves in."""

    def change(state: tuple[int, int, int, int]) -> tuple[int, int, int, int]:
        first, second, third, queue = state
        moved = min(homes - third, queue)
        return first, second, third + moved, queue - moved

    return change


def changing(days: dict[str, float], stay: float, rates: tuple[float, float, float], years: int) -> np.ndarray:
    """Mean queue and residents by year of the scenario ``changing``: shape (years, 2).

    ``days`` are the days of opening, of closing, and of the two changes of the arrival rate.
    """
    year = 365.25
    edges = sorted({*days.values(), years * year})
    stretches, now = [], 0.0
    for edge in edges:
        rate = rates[(now >= days["faster"]) + (now >= days["slower"])]
        third = 3 if now >= days["opens"] else 0
        change = opened(third) if now == days["opens"] else (lambda state: state)
        steps = changing_steps(rate / year, stay, (6, 4, third), now >= days["closes"])
        stretches.append(Stretch(edge, steps, change))
        now = edge
    cuts = [year * n for n in range(years + 1)]
    return averages({EMPTY_SITE: 1.0}, stretches, cuts, [lambda s: s[3], lambda s: sum(s[:3])])


def reentry(arrivals: float, stay: float, homes: int, share: float, away: float, years: float) -> np.ndarray:
    """Mean queue, mean residents and returns a year, from empty; some of those who leave come back. State: (inside, outside)."""

    def steps(state: tuple[int, int]) -> Iterator[Step]:
        inside, outside = state
        leaving = min(inside, homes) / stay
        if inside < 120:
            yield (inside + 1, outside), arrivals
            yield (inside + 1, outside - 1), outside / away
        if inside and outside < 30:
            yield (inside - 1, outside + 1), leaving * share
        yield (inside - 1, outside), leaving * (1 - share) if inside else 0.0

    def bounded(state: tuple[int, int]) -> Iterator[Step]:
        return ((after, rate) for after, rate in steps(state) if rate > 0.0)

    rewards = [lambda s: max(s[0] - homes, 0), lambda s: min(s[0], homes), lambda s: s[1] / away]
    return averages({(0, 0): 1.0}, [Stretch(years, bounded)], [0.0, years], rewards)[0]


def two_stages(arrivals: float, first: float, second: float, homes: tuple[int, int], years: float, most: int = 150) -> np.ndarray:
    """Mean queue, residents of the first and of the second stage, and moves a year, from empty.

    State: (queue, in the first stage and not ready, ready but blocked, in the second stage).
    """

    def steps(state: tuple[int, int, int, int]) -> Iterator[Step]:
        queue, busy, blocked, last = state
        if busy + blocked < homes[0]:
            yield (queue, busy + 1, blocked, last), arrivals
        elif queue < most:
            yield (queue + 1, busy, blocked, last), arrivals
        refilled = (queue - 1, busy, blocked) if queue else (queue, busy - 1, blocked)
        if busy:
            if last < homes[1]:
                yield (*refilled, last + 1), busy / first
            else:
                yield (queue, busy - 1, blocked + 1, last), busy / first
        if last:
            if blocked:
                after = (queue - 1, busy + 1) if queue else (queue, busy)
                yield (*after, blocked - 1, last), last / second
            else:
                yield (queue, busy, 0, last - 1), last / second

    def moves(state: tuple[int, int, int, int]) -> float:
        _, busy, blocked, last = state
        return (busy / first if last < homes[1] else 0.0) + (last / second if blocked else 0.0)

    rewards = [lambda s: s[0], lambda s: s[1] + s[2], lambda s: s[3], moves]
    return averages({(0, 0, 0, 0): 1.0}, [Stretch(years, steps)], [0.0, years], rewards)[0]


TOUGH, CALM = True, False


def tiny_ladder(years: float, most: int = 80, *, slowed: float = exp(-1.0), fit: float = 1.4) -> np.ndarray:
    """Mean queue, residents of the shared house and of the flats, moves a year, and exits a year, from empty.

    A house of two homes (support rank 3) and two flats (rank 1). Recovery takes 6 months at speed 1, and goes at
    ``slowed`` beside a neighbour with conflict behaviour; then one moves to a flat when one is free, and keeps the
    old home until then, with a risk of relapse (mean 1 year; twice as fast beside a neighbour with conflict
    behaviour). Leaving takes 8 months at need 1, at speed ``fit`` for those whose home answers their need. Half of
    the applicants have conflict behaviour; 2 apply a year.

    State: (queue, recovering residents of the house, blocked ones in the order in which they asked, residents of
    the flats). Residents of the house are told apart by conflict behaviour alone.
    """
    arrivals, recovery, relapse, leaving = 2.0, 2.0, 1.0, 1.5

    def entered(queue: int, active: tuple[bool, ...], blocked: tuple[bool, ...], flats: int) -> Iterator[Step]:
        """Fill what stands open in the house from the queue; who enters is tough with one half."""
        if queue and len(active) + len(blocked) < 2:
            for tough in (TOUGH, CALM):
                for state, share in entered(queue - 1, tuple(sorted((*active, tough))), blocked, flats):
                    yield state, share / 2
        else:
            yield (queue, active, blocked, flats), 1.0

    def steps(state: tuple[int, tuple[bool, ...], tuple[bool, ...], int]) -> Iterator[Step]:
        queue, active, blocked, flats = state
        house = [*active, *blocked]

        def spread(rate: float, *after: Any) -> Iterator[Step]:
            return ((to, rate * share) for to, share in entered(*after))

        if queue < most:
            yield from spread(arrivals, queue + 1, active, blocked, flats)
        for place, tough in enumerate(active):
            others = active[:place] + active[place + 1 :]
            beside = any(house[:place] + house[place + 1 :])
            rate = recovery * (slowed if beside else 1.0)
            if flats < 2:
                yield from spread(rate, queue, others, blocked, flats + 1)
            else:
                yield (queue, others, (*blocked, tough), flats), rate
        for place, tough in enumerate(blocked):
            rest = blocked[:place] + blocked[place + 1 :]
            beside = any((*active, *rest))
            yield (queue, tuple(sorted((*active, tough))), rest, flats), relapse * (2.0 if beside else 1.0)
            yield from spread(leaving, queue, active, rest, flats)
        if flats:
            if blocked:
                yield from spread(flats * leaving * fit, queue, active, blocked[1:], flats)
            else:
                yield (queue, active, blocked, flats - 1), flats * leaving * fit

    def moves(state: tuple[int, tuple[bool, ...], tuple[bool, ...], int]) -> float:
        _, active, blocked, flats = state
        if blocked:
            return flats * leaving * fit
        if flats == 2:
            return 0.0
        return sum(recovery * (slowed if any(active[:n] + active[n + 1 :]) else 1.0) for n in range(len(active)))

    rewards = [
        lambda s: s[0],
        lambda s: len(s[1]) + len(s[2]),
        lambda s: s[3],
        moves,
        lambda s: leaving * (len(s[2]) + fit * s[3]),
    ]
    return averages({(0, (), (), 0): 1.0}, [Stretch(years, steps)], [0.0, years], rewards)[0]


def size(steps: Steps, start: Any) -> int:
    """Number of states of a chain."""
    return len(Chain.walk(steps, [start]).number)
