"""What one replication tells the guard: the guarded figures, and how often each rule refused."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sim.replication import replicate

#: Window, dimension and value of the undivided figure of the horizon.
_WHOLE = (0, "all", "all")


@dataclass(frozen=True, slots=True)
class Observed:
    """One replication.

    Parameters
    ----------
    figures : mapping of str to float or None
        Measure -> its number over the horizon.
    firing : mapping of str to int
        Rule -> how many decisions it stood in the way of.
    """

    figures: Mapping[str, float | None]
    firing: Mapping[str, int]


def replicate_guarded(scenario: Any, seed: int, k: int) -> Observed:
    """Run replication ``k`` of a scenario; small enough to send between processes."""
    result = replicate(scenario, seed, k)
    figures = {kpi: number for *window, kpi, number in result.figures if tuple(window) == _WHOLE}
    firing = Counter(rule for row in result.tables["decisions"] for rule in str(row[7]).split())
    return Observed(figures, dict(sorted(firing.items())))
