"""The dimensions that figures are broken down by: a row belongs to at most one value of a dimension."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from sim.measures.records import CAPITAL
from sim.measures.settings import YEAR
from sim.measures.survival import IntArray
from sim.measures.tables import Tables

ALL = "all"


@dataclass(frozen=True, slots=True)
class Breakdown:
    """One dimension: its values, and to which of them each row of each table belongs (-1 = none).

    A table that the dimension says nothing about has codes of -1 only.
    """

    dimension: str
    values: tuple[str, ...]
    households: IntArray
    dwellings: IntArray
    hours: IntArray
    places: IntArray
    counts: IntArray
    waits: IntArray
    amounts: IntArray
    assets: IntArray
    returns: IntArray

    @property
    def size(self) -> int:
        """Number of values."""
        return len(self.values)


Key = Callable[[Any], str]


def breakdowns(tables: Tables) -> dict[str, Breakdown]:
    """Every dimension that the records can be broken down by; ``all`` first, with the one value ``all``.

    ``programme_end`` is PROGRAMME/DESTINATION.
    ``step`` and ``scheme`` are those of the home (``SCHEME_STEP``), ``type`` its type, in every table; ``need`` is the
    latent need as ``SCHEME_RANK`` (for a wait: on the day of the decision); ``lived`` is a type of home or
    a situation.

    A dimension has the values that ``settings.values`` names besides those met: one that a replication happens not to
    meet counts 0 in it. Left out, its mean would be that of the replications in which something happened.
    """
    records, types = tables.records, tables.types
    step = {name: f"{info.scheme}_{info.step}" for name, info in types.items() if info.ladder}
    scheme = {name: info.scheme for name, info in types.items()}

    def place(row: Any) -> str:
        return str(row.place)

    def step_of(row: Any) -> str:
        return step.get(row.place, "")

    def scheme_of(row: Any) -> str:
        return scheme.get(row.place, "")

    def group(row: Any) -> str:
        return str(row.group)

    def need(row: Any) -> str:
        return f"{row.scheme}_{row.need}"

    def expected(dimension: str, met: Iterable[str]) -> tuple[str, ...]:
        return tuple(sorted({*met, *tables.settings.values.get(dimension, ())}))

    people: list[Any] = [*records.household_days, *records.waits]
    groups = {row.group for row in (*people, *records.counts)} - {""}
    needs = {(row.scheme, row.need) for row in people}
    everyone: Key = lambda row: ALL  # noqa: E731 - one constant key for nine tables
    homes = {
        "households": place,
        "dwellings": place,
        "hours": place,
        "counts": place,
        "amounts": place,
        "assets": place,
    }
    ends = tuple(value for value in expected("programme_end", map(_programme_end, records.counts)) if value)
    found = [
        _breakdown(tables, ALL, (ALL,), dict.fromkeys(_TABLES, everyone)),
        _breakdown(tables, "step", _ordered_steps(tables), dict.fromkeys(homes, step_of)),
        _breakdown(
            tables,
            "scheme",
            tuple(dict.fromkeys(scheme.values())),
            dict.fromkeys(homes, scheme_of),
        ),
        _breakdown(tables, "type", tuple(types), dict(homes)),
        _breakdown(
            tables,
            "group",
            expected("group", groups),
            {"households": group, "hours": group, "counts": group, "waits": group, "returns": group},
        ),
        _breakdown(
            tables,
            "need",
            expected("need", {f"{name}_{rank}" for name, rank in needs}),
            {"households": need, "waits": need},
        ),
        _breakdown(tables, "team", expected("team", _seen(records.hours, "team")), {"hours": lambda row: row.team}),
        _breakdown(
            tables,
            "account",
            expected("account", _accounts(tables)),
            {"amounts": lambda row: row.account, "assets": _account_of},
        ),
        _breakdown(tables, "since_exit", _SINCE, {"returns": _since_exit}),
        _breakdown(tables, "lived", (*types, *expected("lived", _lived_values(tables))), {"counts": _lived}),
        _breakdown(tables, "cause", expected("cause", _cause_values(tables)), {"counts": tenancy_end}),
        _breakdown(tables, "kind", ("new", "transfer"), {"counts": lambda row: row.detail}),
        _breakdown(tables, "programme", expected("programme", ()), {"places": _programme_of, "counts": _programme_counted}),
        _breakdown(tables, "programme_end", ends, {"counts": _programme_end}),
        _breakdown(tables, "bed", expected("bed", ()), {"households": _bed, "places": _bed_of, "counts": _bed_counted}),
    ]
    return {breakdown.dimension: breakdown for breakdown in found}


_TABLES = ("households", "dwellings", "hours", "places", "counts", "waits", "amounts", "assets", "returns")
_SINCE = ("first_year", "second_year", "later")


def _account_of(asset: Any) -> str:
    """Name the account in which the use of an asset (annuity, residual value) stands: that of what was paid for it."""
    return str(asset.account) if asset.account in CAPITAL else "capital"


def _accounts(tables: Tables) -> tuple[str, ...]:
    named = {amount.account for amount in tables.records.amounts}
    return tuple(sorted(named | {_account_of(asset) for asset in tables.records.assets}))


def tenancy_end(row: Any) -> str:
    """Name how a tenancy ended: death, eviction, or the destination of an exit; empty for all else."""
    if not row.place:
        return ""
    if row.kind in ("death", "eviction"):
        return str(row.kind)
    return str(row.detail) if row.kind == "exit" else ""


def _programme_of(row: Any) -> str:
    return str(row.name) if row.of == "programme" else ""


def _programme_counted(row: Any) -> str:
    return str(row.place) if row.kind.startswith("programme_") else ""


def _programme_end(row: Any) -> str:
    return f"{row.place}/{row.detail}" if row.kind == "programme_end" else ""


def _bed(row: Any) -> str:
    return str(row.away.partition(":")[2])


def _bed_of(row: Any) -> str:
    return str(row.name) if row.of == "bed" else ""


def _bed_counted(row: Any) -> str:
    return str(row.detail) if row.kind.startswith("acute_") else ""


def _since_exit(row: Any) -> str:
    days = row.returned - row.exited
    if days <= YEAR:
        return _SINCE[0]
    return _SINCE[1] if days <= 2 * YEAR else _SINCE[2]


def _lived(row: Any) -> str:
    return str(row.place or row.detail)


def _lived_values(tables: Tables) -> tuple[str, ...]:
    deaths = {_lived(key) for key in tables.records.counts if key.kind == "death"}
    return tuple(sorted(deaths - set(tables.types) - {""}))


def _cause_values(tables: Tables) -> tuple[str, ...]:
    return tuple(sorted({tenancy_end(key) for key in tables.records.counts} - {""}))


def _ordered_steps(tables: Tables) -> tuple[str, ...]:
    steps = {
        (tables.ladders.index(info.scheme), info.step, info.scheme)
        for info in tables.types.values()
        if info.ladder and info.scheme in tables.ladders
    }
    return tuple(f"{scheme}_{step}" for _, step, scheme in sorted(steps))


def _seen(rows: Iterable[Any], name: str) -> tuple[str, ...]:
    return tuple(sorted({getattr(row, name) for row in rows} - {""}))


def _breakdown(tables: Tables, dimension: str, values: tuple[str, ...], keys: dict[str, Key]) -> Breakdown:
    records = tables.records
    rows: dict[str, Sequence[Any]] = {
        "households": tables.households.cells, "dwellings": tables.dwellings.cells, "hours": tables.hours.cells,
        "places": tables.places.cells,
        "counts": tables.counts.cells, "waits": records.waits, "amounts": records.amounts,
        "assets": records.assets, "returns": records.returns,
    }  # fmt: skip
    number = {value: place for place, value in enumerate(values)}
    codes = {table: _codes(rows[table], keys.get(table), number) for table in _TABLES}
    return Breakdown(dimension, values, **codes)


def _codes(rows: Sequence[Any], key: Key | None, number: dict[str, int]) -> IntArray:
    if key is None:
        return np.full(len(rows), -1, dtype=np.int64)
    return np.fromiter((number.get(key(row), -1) for row in rows), dtype=np.int64, count=len(rows))
