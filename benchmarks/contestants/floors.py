"""Floors: the least that an event costs in SimPy (ET, an empty timeout in a process) and with nothing but a heap.

As many things wait as the core has homes, since the heap's depth is part of the cost. No model, no draw, no decision.
"""

from __future__ import annotations

from collections.abc import Iterator
from heapq import heapify, heapreplace
from itertools import count

import simpy

EVENTS = 200_000


def empty_timeouts(waiting: int) -> int:
    """Let processes wait and do nothing else; return the number of timeouts."""
    env = simpy.Environment()

    def wait(first: float) -> Iterator[simpy.Event]:
        timeout = env.timeout
        yield timeout(first)
        while True:
            yield timeout(1.0)

    for number in range(waiting):
        env.process(wait((number + 1) / (waiting + 1)))
    env.run(until=1.0)
    rounds = max(1, EVENTS // waiting)
    env.run(until=1.0 + rounds)
    return waiting * (rounds + 1)


def bare_heap(waiting: int) -> int:
    """Pop and push entries (time, number); return the number of pops."""
    numbers = count()
    heap = [((number + 1) / (waiting + 1), next(numbers)) for number in range(waiting)]
    heapify(heap)
    rounds = max(1, EVENTS // waiting)
    for _ in range(rounds * waiting):
        time, _number = heap[0]
        heapreplace(heap, (time + 1.0, next(numbers)))
    return rounds * waiting
