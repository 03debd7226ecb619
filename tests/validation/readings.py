"""What the validation tests read off one replication."""

from __future__ import annotations

from typing import Any

from sim.measures import HORIZON, figure
from sim.measures import Settings as MeasureSettings


def kpi(result: Any, name: str, year: int = HORIZON, dimension: str = "all", value: str = "all") -> float:
    """One figure; null counts as an error here."""
    for row in result.figures:
        if (row.year, row.dimension, row.value, row.kpi) == (year, dimension, value, name):
            assert row.number is not None, name
            return float(row.number)
    raise LookupError(f"no figure {name} for year {year}, {dimension} {value}")


def residents(result: Any, place: str | None = None, year: int = HORIZON) -> float:
    """Time average of residents, of all homes or of one type."""
    if place is None:
        return kpi(result, "residents_mean", year)
    return kpi(result, "residents_mean", year, "type", place)


def mean_wait(result: Any, measure_from: float = 0.0, group: str | None = None) -> float:
    """Mean wait in days, restricted to the whole run."""
    settings = MeasureSettings(measure_from=measure_from, tau=result.records.bins[-1])
    if group is None:
        number = figure(result.records, "wait_days_mean", settings)
    else:
        number = figure(result.records, "wait_days_mean", settings, dimension="group", value=group)
    assert number is not None
    return number


def share_that_waits(result: Any) -> float:
    """Share of those who applied after day 0 who were not housed at once."""
    waits = [wait for wait in result.records.waits if wait.decided > 0.0]
    return sum(wait.end is None or wait.end > wait.decided for wait in waits) / len(waits)


def share_ended(result: Any, ending: str) -> float:
    """Share of ended waits of those who applied after day 0 that ended in this way."""
    ended = [wait for wait in result.records.waits if wait.decided > 0.0 and wait.end is not None]
    return sum(wait.ending == ending for wait in ended) / len(ended)


def levels_at_the_end(result: Any, levels: int) -> list[float]:
    """Residents of each level when the run ended, and all of them."""
    steps = [row[5] for row in result.records.households]
    counts = [float(steps.count(f"ladder_{level}")) for level in range(1, levels + 1)]
    return [*counts, sum(counts)]
