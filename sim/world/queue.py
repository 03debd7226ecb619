"""The waiting list, as ordered pools.

A pool holds the applications of one *cell*: one combination of the applicant's values that hard matching reads.
Inside it they stand in the order of the part of priority that reads no dwelling. A vacancy walks the pools it is compatible
with, merged, to the first applicant who suits. Tests compare every decision with a full scan of everybody.
"""

from __future__ import annotations

from bisect import bisect_left, insort
from collections.abc import Iterator
from heapq import heappop, heappush, merge
from operator import itemgetter
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from sim.world.state import Application, Dwelling
    from sim.world.world import World

Entry = tuple[tuple[Any, ...], "Application"]
NEVER = 2**31
_key = itemgetter(0)
_FIRST = (-float("inf"),)


def order_of(application: Application, priority: tuple[Any, ...]) -> tuple[Any, ...]:
    """Where an application stands: by the rules' priority, then who was listed first; a claim before all others."""
    if application.claim:
        priority = _FIRST
    return (*priority, application.listed, application.household.order)


class Queue:
    """Everybody who waits for an offer, and the vacant homes worth trying."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._pools: dict[tuple[Any, ...], list[Entry]] = {}
        self._compatible: dict[tuple[Any, ...], dict[tuple[Any, ...], None]] = {}
        self._examples: dict[tuple[Any, ...], Dwelling] = {}
        self._kinds: dict[tuple[Any, ...], tuple[Any, ...]] = {}
        self._unmet: list[tuple[Any, ...]] = []
        self._expiry: list[tuple[int, int, Application]] = []
        self._expiries = 0
        self.to_try: list[tuple[int, Dwelling]] = []  # a heap of vacant homes; empty: nothing can be allocated
        self._vacant: dict[tuple[Any, ...], dict[int, Dwelling]] = {}
        self.size = 0

    # --- people -----------------------------------------------------------------------------------------------

    def place(self, application: Application) -> None:
        """Put an application where its present cell and key say; homes it might get are tried again."""
        world = self._world
        facts = application.household.facts
        cell = world.program.cell(facts, world.day)
        key = order_of(application, world.program.key(facts, world.day))
        if application.key is not None:
            if application.key == key and application.cell == cell:
                self._try_for(cell)
                self._note_expiry(application)
                return
            self.remove(application)
        pool = self._pools.get(cell)
        if pool is None:
            pool = self._pools[cell] = []
            for kind in self._compatible:
                self._connect(kind, cell, application)
        insort(pool, (key, application), key=_key)
        application.cell = cell
        application.key = key
        self.size += 1
        self._note_expiry(application)
        self._try_for(cell)

    def remove(self, application: Application) -> None:
        """Take an application out (housed, offered a home, or off the list)."""
        key = application.key
        if key is None or application.cell is None:
            return
        pool = self._pools[application.cell]
        del pool[bisect_left(pool, key, key=_key)]
        application.cell = application.key = None
        self.size -= 1

    def applications(self) -> Iterator[Application]:
        """All who wait, pool by pool."""
        for pool in self._pools.values():
            for _, application in pool:
                yield application

    def renew(self) -> None:
        """Renew every key that time has made stale, before a decision."""
        day = self._world.day
        expiry = self._expiry
        while expiry and expiry[0][0] <= day:
            until, _, application = heappop(expiry)
            if application.key is not None and application.key_until == until:
                self.place(application)

    def rebuild(self) -> None:
        """Place everybody anew: the rules have changed."""
        waiting = sorted(self.applications(), key=lambda a: a.household.order)
        vacant = [d for homes in self._vacant.values() for d in homes.values()]
        for application in waiting:
            application.cell = application.key = None
        self._pools.clear()
        self._compatible.clear()
        self._examples.clear()
        self._unmet.clear()
        self._expiry.clear()
        self._vacant.clear()
        self.size = 0
        for dwelling in sorted(vacant, key=lambda d: d.order):
            self.vacate(dwelling)
        for application in waiting:
            self.place(application)

    # --- homes ------------------------------------------------------------------------------------------------

    def vacate(self, dwelling: Dwelling) -> None:
        """A home has become vacant: it will be tried, unless a programme has it."""
        if dwelling.programme:
            return
        kind = self._world.program.dwelling_class(dwelling.facts)
        if kind not in self._compatible:
            self._compatible[kind] = {}
            self._examples[kind] = dwelling
            self._unmet.append(kind)
        dwelling.matching_class = kind = self._kinds.setdefault(kind, kind)  # one of few: all homes share them
        self._vacant.setdefault(kind, {})[dwelling.order] = dwelling
        self.try_again(dwelling)

    def occupy(self, dwelling: Dwelling) -> None:
        """A home is no longer vacant."""
        self._vacant.get(dwelling.matching_class, {}).pop(dwelling.order, None)

    def try_again(self, dwelling: Dwelling) -> None:
        """Something about a vacant home or its site has changed."""
        if not dwelling.to_try and not dwelling.programme:
            dwelling.to_try = True
            heappush(self.to_try, (dwelling.order, dwelling))

    def try_all(self) -> None:
        """Try every vacant home again: time alone may have changed who suits."""
        for homes in self._vacant.values():
            for dwelling in homes.values():
                self.try_again(dwelling)

    def next_to_try(self) -> Dwelling | None:
        """The vacant home of lowest id that may find a household now."""
        if self._unmet:
            self._meet()
        if not self.size:
            # Nobody waits: no vacancy can find anybody, and whoever is listed next will have them tried again.
            for _, dwelling in self.to_try:
                dwelling.to_try = False
            self.to_try.clear()
        while self.to_try:
            dwelling = heappop(self.to_try)[1]
            dwelling.to_try = False
            if dwelling.state == "vacant" and not dwelling.programme:
                return dwelling
        return None

    def candidates(self, dwelling: Dwelling) -> Iterator[Application]:
        """Everybody whose cell is compatible with a home, first in priority first."""
        pools = self._pools
        lists = [pool for cell in self._compatible[dwelling.matching_class] if (pool := pools[cell])]
        if len(lists) == 1:
            entries: Iterator[Entry] = iter(lists[0])
        else:
            entries = merge(*lists, key=_key)
        for _, application in entries:
            yield application

    # --- inside -----------------------------------------------------------------------------------------------

    def _connect(self, kind: tuple[Any, ...], cell: tuple[Any, ...], member: Application) -> None:
        home = self._examples[kind]
        if self._world.program.compatible(member.household.facts, home.facts, self._world.day):
            self._compatible[kind][cell] = None

    def _meet(self) -> None:
        """Find the pools that homes of a new kind suit: now that everybody is settled, and stands in the pool of its facts."""
        self._forget_empty_pools()
        for kind in self._unmet:
            for cell, pool in self._pools.items():
                self._connect(kind, cell, pool[0][1])
        self._unmet.clear()

    def _forget_empty_pools(self) -> None:
        for cell in [cell for cell, pool in self._pools.items() if not pool]:
            del self._pools[cell]
            for cells in self._compatible.values():
                cells.pop(cell, None)

    def _try_for(self, cell: tuple[Any, ...]) -> None:
        for kind, homes in self._vacant.items():
            if homes and cell in self._compatible[kind]:
                for dwelling in homes.values():
                    self.try_again(dwelling)

    def _note_expiry(self, application: Application) -> None:
        until = self._world.program.key_until(application.household.facts, self._world.day)
        application.key_until = until
        if until < NEVER:
            self._expiries += 1
            heappush(self._expiry, (until, self._expiries, application))
