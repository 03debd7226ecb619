"""Typical persons followed through one replication: the same household under every policy."""

from __future__ import annotations

from collections.abc import Sequence

from sim.measures import Records
from sim.measures.settings import YEAR
from sim.scenario.typical import Typical

Row = tuple[object, ...]
#: How long a person is followed, in days.
FOLLOWED = 2 * YEAR


def typical_rows(records: Records, persons: Sequence[Typical]) -> list[Row]:
    """Give one row a person that was found.

    A person is the first household that applies for the first time from its day on, with its group and its need *at the
    application*: who applies when, and with which need, is drawn before any rule is read, so that no policy changes who it is.
    """
    return [_row(records, person, *found) for person in persons if (found := _found(records, person)) is not None]


def _found(records: Records, person: Typical) -> tuple[float, str] | None:
    seen: set[str] = set()
    for (day, household), (group, scheme, need) in zip(records.applied, records.applicants, strict=True):
        again = household in seen
        seen.add(household)
        if again or day < person.day or group != person.group:
            continue
        if person.scheme in ("", scheme) and person.need in (0, need):
            return day, household
    return None


def _row(records: Records, person: Typical, applied: float, household: str) -> Row:
    moves = [move for move in records.moves if move.household == household]
    waits = [wait for wait in records.waits if wait.household == household]
    leases = [move for move in moves if move.kind in ("new", "transfer")]
    until = applied + FOLLOWED
    before = [move for move in moves if move.day <= until]
    waited = None
    if leases and waits and waits[0].end is not None and waits[0].ending == "housed":
        waited = waits[0].end - waits[0].decided
    return (
        person.id,
        household,
        applied,
        waited,
        leases[0].day if leases else None,
        leases[0].destination if leases else "",
        sum(move.kind == "transfer" for move in before),
        (before[-1].destination if before else "") if until <= records.bins[-1] else None,
    )
