"""What must hold of a replication as a whole: areas equal sums of sojourns, people are conserved by cause, money is a sum."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from math import fsum, isclose, isfinite
from typing import TYPE_CHECKING

from sim.world.verbs.guard import InvariantError

if TYPE_CHECKING:
    from sim.measures.records import Records
    from sim.world.world import World

TOLERANCE = 1e-9


def check_records(world: World, records: Records) -> None:
    """Raise `InvariantError` with the evidence if the records contradict each other or the world that left them."""
    evidence = (*_waits(world, records), *_homes(world, records), *_people(world), *_money(records))
    if evidence:
        raise InvariantError(f"the records of replication {world.replication}", *evidence)


def _waits(world: World, records: Records) -> Iterator[str]:
    """Little's law as an identity: the area of the list is the sum of the waits, each within the run."""
    end = world.now
    spells: list[float] = []
    for wait in records.waits:
        until, since = end if wait.end is None else wait.end, max(wait.decided, 0.0)
        if not since <= until <= end:
            yield f"{wait.household} waited from day {wait.decided:g} to day {until:g}"
        spells.append(until - since)
    waited = fsum(spells)
    area = fsum(fsum(days) for cell, days in records.household_days.items() if cell.status == "waiting")
    if not isclose(waited, area, rel_tol=TOLERANCE, abs_tol=1e-6):
        yield f"{area:g} household-days on the list, but waits of {waited:g} days in all"


def _homes(world: World, records: Records) -> Iterator[str]:
    """Every home is in one state at every instant; every let home holds one household."""
    let = {"let", "held"}
    homes = fsum(fsum(days) for days in records.dwelling_days.values())
    if not isclose(homes, len(world.dwellings) * world.now, rel_tol=TOLERANCE, abs_tol=1e-6):
        yield f"{homes:g} dwelling-days of {len(world.dwellings)} homes in {world.now:g} days"
    tenanted = fsum(fsum(days) for cell, days in records.dwelling_days.items() if cell.state in let)
    resident = fsum(fsum(days) for cell, days in records.household_days.items() if cell.place)
    if not isclose(tenanted, resident, rel_tol=TOLERANCE, abs_tol=1e-6):
        yield f"{tenanted:g} dwelling-days let or held, but {resident:g} household-days of residents"


def _people(world: World) -> Iterator[str]:
    """Everybody who came is still in the model or has left it for one cause."""
    left = Counter(str(row[-1]) for row in world.left_model)
    if world.created != len(world.households) + left.total():
        causes = ", ".join(f"{n} {cause}" for cause, n in sorted(left.items()))
        yield f"{world.created} households came, {len(world.households)} are in the model, and have left: {causes}"


def _money(records: Records) -> Iterator[str]:
    """Every sum is a number, in a bin of the run, of a payer."""
    bins = len(records.bins) - 1
    for amount in records.amounts:
        if not (isfinite(amount.nok) and 0 <= amount.bin < bins and amount.payer):
            yield f"an impossible amount: {amount}"
