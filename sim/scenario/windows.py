"""When measuring, policies and openings begin, in days; and what the scenarios of one comparison share of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from rules.reading import Finding, InputError, Mapping
from sim.scenario.dates import YEAR, days_since
from sim.scenario.model import ScenarioRecord
from sim.scenario.source import Layer


@dataclass(frozen=True, slots=True)
class Common:
    """What the scenarios of one comparison share.

    Parameters
    ----------
    years : float or None
        Horizon instead of the scenario's own.
    cuts : tuple of date
        Dates at which the periods of every one of them are cut.
    opening : date or None
        From when the figures "from the opening on" are taken; None = the policy's own date.
    """

    years: float | None = None
    cuts: tuple[date, ...] = ()
    opening: date | None = None


@dataclass(frozen=True, slots=True)
class Windows:
    """Days at which windows begin: of measuring, of the policy, of its opening; and where periods are cut."""

    measure_from: float
    policy_from: float | None
    opening: float | None
    cuts: tuple[float, ...]


def windows_of(record: ScenarioRecord, tree: Mapping, layers: Sequence[Layer], days: float, common: Common) -> Windows:
    """Give the days at which windows begin.

    Raises
    ------
    InputError
        When one lies outside the horizon.
    """
    measure_from = record.warm_up or 0.0
    if record.measure_from is not None:
        measure_from = days_since(record.start, record.measure_from)
    if not 0.0 <= measure_from < days:
        key = "measure_from" if record.measure_from is not None else "warm_up"
        entry = tree.entries.get(key, tree.entries.get("horizon"))
        message = f"nothing is measured: the window begins on day {measure_from:g}, and the horizon is {days:g} days"
        raise InputError(Finding("outside-horizon", message, tree.place if entry is None else entry.node.place))
    policy_from: float | None = None
    for layer in layers:
        policy_from = days_since(record.start, layer.policy_from)
        if not 0.0 <= policy_from < days:
            entry = layer.head.entries.get("policy_from")
            place = layer.head.place if entry is None else entry.node.place
            raise InputError(Finding("outside-horizon", f"the policy begins {layer.policy_from}, outside the horizon of "
                                     f"{days / YEAR:g} years from {record.start}", place))  # fmt: skip
    opening = policy_from if common.opening is None else days_since(record.start, common.opening)
    shared = [days_since(record.start, day) for day in common.cuts]
    own = [days_since(record.start, layer.policy_from) for layer in layers]
    cuts = (*own, *shared, *([] if opening is None else [opening]))
    return Windows(measure_from, policy_from, opening, cuts)
