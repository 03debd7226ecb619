"""The records of one replication as numpy matrices, built once: rows are cells, columns are windows."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from sim.measures.conditions import Conditions
from sim.measures.records import CAPITAL, Records, TypeInfo
from sim.measures.settings import YEAR, Settings
from sim.measures.survival import FloatArray, IntArray
from sim.measures.windows import Window, windows

BoolArray = NDArray[np.bool_]
HOUSED = "housed"


class Areas:
    """Cells of one kind with their area (or count) in each window.

    Attributes
    ----------
    cells : list
        The named tuples, in the order in which they were first seen.
    sums : array (cells, windows)
        Area or count of each cell in each window.
    """

    __slots__ = ("_masks", "cells", "sums")

    def __init__(self, areas: dict[Any, Any], spans: Sequence[Window]) -> None:
        self.cells: list[Any] = list(areas)
        self.sums: FloatArray = np.zeros((len(areas), len(spans)))
        if areas:
            matrix = np.array(list(areas.values()), dtype=np.float64)
            for column, window in enumerate(spans):
                self.sums[:, column] = matrix[:, window.first : window.last].sum(axis=1)
        self._masks: dict[object, BoolArray] = {}

    def where(self, condition: Callable[[Any], bool]) -> BoolArray:
        """Which cells the condition holds for; remembered per condition."""
        mask = self._masks.get(condition)
        if mask is None:
            mask = np.fromiter(map(condition, self.cells), dtype=np.bool_, count=len(self.cells))
            self._masks[condition] = mask
        return mask

    def total(self, mask: BoolArray, codes: IntArray, values: int) -> FloatArray:
        """Sum over the cells of a mask, one row per value of a breakdown: shape (values, windows)."""
        # bincount, not a matrix product: its order of summation does not depend on threads.
        chosen = np.flatnonzero(mask & (codes >= 0))
        columns = self.sums.shape[1]
        index = codes[chosen, None] * columns + np.arange(columns)
        flat: FloatArray = np.bincount(index.ravel(), self.sums[chosen].ravel(), minlength=values * columns).astype(np.float64)
        return flat.reshape(values, columns)


class Spells(NamedTuple):
    """The waits as columns; ``end`` is infinite for those still waiting, ``cause`` then -1."""

    decided: FloatArray
    end: FloatArray
    cause: IntArray


class Money(NamedTuple):
    """The amounts as columns."""

    bin: IntArray
    nok: FloatArray
    cash: BoolArray
    capital: BoolArray
    municipal: BoolArray
    state: BoolArray


class Tables:
    """All matrices of one replication, ready to be summed."""

    def __init__(self, records: Records, settings: Settings) -> None:
        self.records = records
        self.settings = settings
        self.windows = windows(records.bins, settings)
        self.days: FloatArray = np.array([window.days for window in self.windows])
        self.years: FloatArray = self.days / YEAR
        self.households = Areas(records.household_days, self.windows)
        self.dwellings = Areas(records.dwelling_days, self.windows)
        self.hours = Areas(records.hours, self.windows)
        self.places = Areas(records.places, self.windows)
        self.counts = Areas(records.counts, self.windows)
        self.types = records.types
        self.ladders = settings.ladders or _ladders(records.types)
        self.conditions = Conditions(records.types, self.ladders)
        self.causes = _causes(records, settings.values.get("ending", ()))
        self.spells = _spells(records, self.causes)
        self.money = _money(records)
        self.cache: dict[object, Any] = {}


def ratio(numerator: FloatArray, denominator: FloatArray) -> FloatArray:
    """Sum over sum; NaN (a null figure) where the denominator is 0."""
    empty = denominator == 0
    with np.errstate(invalid="ignore", divide="ignore"):
        return np.where(empty, np.nan, numerator / np.where(empty, 1.0, denominator))


def _ladders(types: dict[str, TypeInfo]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(info.scheme for info in types.values() if info.ladder))


def _causes(records: Records, known: Iterable[str]) -> tuple[str, ...]:
    others = sorted({*known, *(wait.ending for wait in records.waits if wait.end is not None)} - {HOUSED})
    return (HOUSED, *others)


def _spells(records: Records, causes: tuple[str, ...]) -> Spells:
    number = {cause: place for place, cause in enumerate(causes)}
    waits = records.waits
    return Spells(
        decided=_floats(wait.decided for wait in waits),
        end=_floats(np.inf if wait.end is None else wait.end for wait in waits),
        cause=_integers(-1 if wait.end is None else number[wait.ending] for wait in waits),
    )


def _money(records: Records) -> Money:
    amounts = records.amounts
    return Money(
        bin=_integers(amount.bin for amount in amounts),
        nok=_floats(amount.nok for amount in amounts),
        cash=_booleans(amount.cash for amount in amounts),
        capital=_booleans(amount.account in CAPITAL for amount in amounts),
        municipal=_booleans(amount.payer == "municipality" for amount in amounts),
        state=_booleans(amount.payer == "state" for amount in amounts),
    )


def _floats(values: Iterable[float]) -> FloatArray:
    return np.fromiter(values, dtype=np.float64)


def _integers(values: Iterable[int]) -> IntArray:
    return np.fromiter(values, dtype=np.int64)


def _booleans(values: Iterable[bool]) -> BoolArray:
    return np.fromiter(values, dtype=np.bool_)
