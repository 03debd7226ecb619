"""Counts for quotas and reservations: of each stock, the homes in all and those let to the people concerned.

A home counts while it is let, held or on offer, by what its household is when that begins; homes that are planned or closed
count nowhere. The counts are facts of every site of the area, so that rules compare whole numbers and draw nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from sim.world.mechanisms.mechanism import Mechanism
from sim.world.verbs.dwellings import site_changed

if TYPE_CHECKING:
    from sim.world.state import Dwelling, Handler, Site
    from sim.world.world import World

_NO_HOME = ("planned", "closed")
#: For one home and each quota: whether it belongs to the stock, and whether its household counts.
Marks = tuple[tuple[bool, bool], ...]


class QuotaCounts(Mechanism):
    """Keeps the counts; a part of the world and not a key of the scenario."""

    name = "quotas"

    def __init__(self, world: World) -> None:
        super().__init__(None, world)
        self._marks: dict[Dwelling, Marks] = {}
        self._counts: dict[tuple[int, str], list[int]] = {}
        world.on_rules.append(self.count_all)

    def handlers(self) -> Mapping[str, Handler]:
        """A home that changes its state may count otherwise."""
        return {"dwelling_changed": self.changed}

    def start(self) -> None:
        """Count all on day 0."""
        self.count_all()

    def count_all(self) -> None:
        """Count every home anew, under the quotas in force."""
        self._marks.clear()
        self._counts.clear()
        for site in self.world.sites.values():
            for quota in self.world.program.quotas:
                setattr(site.facts, quota.let, 0)
                setattr(site.facts, quota.homes, 0)
        for dwelling in self.world.dwellings:
            self._put(dwelling, self._judged(dwelling))
        for number in range(len(self.world.program.quotas)):
            for site in self.world.sites.values():
                self._write(number, site)

    def changed(self, world: World, dwelling: Dwelling, _: str) -> None:
        """Count one home anew; where a count changes, the vacant homes of the area are tried again."""
        before, after = self._marks.get(dwelling), self._judged(dwelling)
        if before == after:
            return
        self._put(dwelling, after)
        for number, quota in enumerate(world.program.quotas):
            if before is not None and before[number] == after[number]:
                continue
            area = self._area(quota.per, dwelling.site)
            for site in world.sites.values():
                if self._area(quota.per, site) == area:
                    self._write(number, site)
                    site_changed(world, site)

    def invariants(self) -> Iterator[str]:
        """What is kept equals what a count from the beginning gives."""
        fresh: dict[tuple[int, str], list[int]] = {}
        for dwelling, marks in self._marks.items():
            _add(fresh, self._keys(dwelling), marks, 1)
        for key, counts in fresh.items():
            if counts != self._counts.get(key, [0, 0]):
                yield f"quota {key} is kept as {self._counts.get(key)}, and is {counts}"

    def _judged(self, dwelling: Dwelling) -> Marks:
        program, site, day = self.world.program, dwelling.site.facts, self.world.day
        if dwelling.state in _NO_HOME:
            return ((False, False),) * len(program.quotas)
        stock = program.quota_stock(dwelling.facts, site, day)
        household = dwelling.household or dwelling.offered_to
        if household is None:
            return tuple((belongs, False) for belongs in stock)
        return tuple(zip(stock, program.quota_counts(household.facts, dwelling.facts, site, day), strict=True))

    def _put(self, dwelling: Dwelling, marks: Marks) -> None:
        keys = self._keys(dwelling)
        before = self._marks.get(dwelling)
        if before is not None:
            _add(self._counts, keys, before, -1)
        _add(self._counts, keys, marks, 1)
        self._marks[dwelling] = marks

    def _keys(self, dwelling: Dwelling) -> list[tuple[int, str]]:
        return [(i, self._area(quota.per, dwelling.site)) for i, quota in enumerate(self.world.program.quotas)]

    def _write(self, number: int, site: Site) -> None:
        quota = self.world.program.quotas[number]
        homes, let = self._counts.get((number, self._area(quota.per, site)), (0, 0))
        setattr(site.facts, quota.homes, homes)
        setattr(site.facts, quota.let, let)

    def _area(self, per: str, site: Site) -> str:
        return {"site": site.id, "district": site.district}.get(per, "")


def _add(counts: dict[tuple[int, str], list[int]], keys: list[tuple[int, str]], marks: Marks, by: int) -> None:
    for key, (belongs, counted) in zip(keys, marks, strict=True):
        known = counts.setdefault(key, [0, 0])
        known[0] += by * belongs
        known[1] += by * counted
