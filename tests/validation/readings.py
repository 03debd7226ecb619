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


def life_table_wait(result: Any) -> float:
    """Mean wait in days as MEASURES.md defines it: of a period life table, restricted to the whole run."""
    number = figure(result.records, "wait_days_mean", MeasureSettings(measure_from=0.0, tau=result.records.bins[-1]))
    assert number is not None
    return number


def _applied(result: Any, first: float, margin: float, group: str | None) -> list[Any]:
    """Waits of those who applied after day ``first`` and at least ``margin`` days before the end, long enough to end."""
    last = result.records.bins[-1] - margin
    return [w for w in result.records.waits if first < w.decided < last and group in (None, w.group)]


def mean_wait(result: Any, margin: float, first: float = 0.0, group: str | None = None) -> tuple[float, float]:
    """Days waited by those who applied, and their number."""
    end = result.records.bins[-1]
    waits = _applied(result, first, margin, group)
    return sum((end if w.end is None else w.end) - w.decided for w in waits), len(waits)


def share_that_waits(result: Any, margin: float = 0.0) -> tuple[float, float]:
    """Those who applied after day 0 who were not housed at once, and all of them."""
    waits = _applied(result, 0.0, margin, None)
    return sum(w.end is None or w.end > w.decided for w in waits), len(waits)


def share_ended(result: Any, ending: str, margin: float = 0.0) -> tuple[float, float]:
    """Those who applied after day 0 whose wait ended in this way, and all of them."""
    waits = _applied(result, 0.0, margin, None)
    return sum(w.ending == ending for w in waits), len(waits)


def levels(result: Any, levels: int) -> list[float]:
    """Mean residents of each level, and of all."""
    return [*(residents(result, f"level_{level}") for level in range(1, levels + 1)), residents(result)]


def levels_at_the_end(result: Any, levels: int) -> list[float]:
    """Residents of each level when the run ended, and all of them."""
    steps = [row[5] for row in result.records.households]
    counts = [float(steps.count(f"ladder_{level}")) for level in range(1, levels + 1)]
    return [*counts, sum(counts)]
