"""When measuring, policies and openings begin, in days; and what the scenarios of one comparison share of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from rules.reading import Finding, InputError, Mapping
from sim.scenario.dates import YEAR, days_since
from sim.scenario.model import ScenarioRecord
from sim.scenario.openings import last_day, opening_of
from sim.scenario.source import Source


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
        From when the figures "from the opening on" are taken; None = the policy's own opening (`sim.scenario.openings`).
    state_pays : bool or None
        Whether in any of them somebody but the municipality may pay for something; None = look in the one scenario.
    """

    years: float | None = None
    cuts: tuple[date, ...] = ()
    opening: date | None = None
    state_pays: bool | None = None


@dataclass(frozen=True, slots=True)
class Windows:
    """Days at which windows begin: of measuring, of the policy, of its opening; and where periods are cut."""

    measure_from: float
    policy_from: float | None
    opening: float | None
    cuts: tuple[float, ...]


def windows_of(record: ScenarioRecord, tree: Mapping, source: Source, days: float, common: Common) -> Windows:
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
    end = last_day(record.start, days)
    for layer in source.layers:
        policy_from = days_since(record.start, layer.policy_from)
        if policy_from < 0.0 or (end is not None and layer.policy_from >= end):
            entry = layer.head.entries.get("policy_from")
            place = layer.head.place if entry is None else entry.node.place
            message = f"the policy begins {layer.policy_from}, outside the horizon of {days / YEAR:g} years from {record.start}"
            hint = "nothing of it would be simulated: choose another date or another horizon"
            raise InputError(Finding("outside-horizon", message + ("" if end is None else f" to {end}"), place, hint))
    opens = common.opening or opening_of(source, common.years)
    opening = None if opens is None else days_since(record.start, opens)
    shared = [days_since(record.start, day) for day in common.cuts]
    own = [days_since(record.start, layer.policy_from) for layer in source.layers]
    cuts = (*own, *shared, *([] if opening is None else [opening]))
    return Windows(measure_from, policy_from, opening, cuts)
