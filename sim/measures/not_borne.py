"""What the municipality did not come to pay for those who died, gave up, were evicted or were shut out: savings to beware of.

Each of them is followed from then to the end of the window, at what a household waiting or housed costs the municipality a day on
average, capital apart. That is a ceiling: homes are let again, and who is evicted may come back.
"""

from __future__ import annotations

import numpy as np

from sim.measures.breakdown import Breakdown
from sim.measures.survival import FloatArray
from sim.measures.tables import Tables
from sim.measures.windows import Window

#: How a household can be lost to the figures, in the order shown.
WAYS = ("death", "gave_up", "eviction", "refused")
_HERE = frozenset({"applied", "waiting", "housed"})
_NOT_GIVEN_UP = frozenset({"housed", "died", "evicted", ""})


def cost_not_borne_nok_per_year(tables: Tables, by: Breakdown) -> FloatArray:
    """Sum of all ways, undivided."""
    return np.broadcast_to(by_way(tables).sum(axis=0), (by.size, len(tables.windows))).copy()


def by_way(tables: Tables) -> FloatArray:
    """Give NOK a year by `WAYS`: shape (ways, windows)."""
    out = np.zeros((len(WAYS), len(tables.windows)))
    edges = np.asarray(tables.records.bins)
    middles = (edges[1:] + edges[:-1]) / 2.0
    days = {"death": np.zeros(len(middles)), "eviction": np.zeros(len(middles)), "refused": np.zeros(len(middles))}
    for key, numbers in tables.records.counts.items():
        if key.kind in days:
            days[key.kind] += np.asarray(numbers, dtype=np.float64)
    ends = [wait.end for wait in tables.records.waits if wait.end is not None and wait.ending not in _NOT_GIVEN_UP]
    gave_up = np.array(ends, dtype=np.float64)
    present = np.zeros(len(middles))
    for cell, areas in tables.records.household_days.items():
        if cell.status in _HERE:
            present += np.asarray(areas, dtype=np.float64)
    for column, window in enumerate(tables.windows):
        price = _cost_a_day(tables, window, float(present[window.first : window.last].sum()))
        left = window.end - middles[window.first : window.last]
        lost = {name: float((numbers[window.first : window.last] * left).sum()) for name, numbers in days.items()}
        inside = gave_up[(gave_up >= window.start) & (gave_up < window.end)]
        lost["gave_up"] = float((window.end - inside).sum())
        out[:, column] = [lost[way] * price / window.years for way in WAYS]
    return out


def _cost_a_day(tables: Tables, window: Window, household_days: float) -> float:
    """Give what a household that waits or is housed costs the municipality a day; 0 where it brings money in."""
    money = tables.money
    chosen = money.municipal & ~money.capital & (money.bin >= window.first) & (money.bin < window.last)
    return 0.0 if household_days == 0.0 else max(0.0, float(money.nok[chosen].sum()) / household_days)
