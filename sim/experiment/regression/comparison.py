"""Both sides of a guard, replication by replication: verdicts, rules that fire more or less often, a change by itself."""

from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from sim.experiment.regression.observation import Observed
from sim.experiment.regression.verdict import Guarded, Judged, judge, untouched, wanted
from sim.experiment.statistics import Estimate, differences, estimate

#: Rule, and the decisions it stood in the way of, on average in a replication, before and after.
Firing = tuple[tuple[str, float, float], ...]


class Comparison(NamedTuple):
    """What the replications of both sides say.

    Attributes
    ----------
    judged : tuple of Judged
    replications : int
        0 = nothing needed to be run.
    differing : int
        Replications in which some guarded figure differs.
    firing : Firing
        Of rules that fire more or less often, the largest change first.
    """

    judged: tuple[Judged, ...]
    replications: int = 0
    differing: int = 0
    firing: Firing = ()


def unchanged(figures: Sequence[Guarded]) -> Comparison:
    """Judge figures that cannot be changed, as both sides decide alike: a change that was meant did not come."""
    return Comparison(tuple(Judged(of, untouched(of), 0, 0, None, None, 0.0, 0.0, 0.0) for of in figures))


def compared(
    before: Sequence[Observed], after: Sequence[Observed], figures: Sequence[Guarded], first: int, judged: int
) -> Comparison:
    """Judge guarded figures.

    Parameters
    ----------
    before, after : sequence of Observed
        Of equal length; entry i of both is replication i.
    first : int
        How many of them the number of replications was chosen by.
    judged : int
        How many figures are judged in the whole run.
    """
    columns = {of.kpi: (_column(before, of.kpi), _column(after, of.kpi)) for of in figures}
    verdicts = tuple(judge(*columns[of.kpi], first, of, judged) for of in figures)
    differing = sum(any(old[i] != new[i] for old, new in columns.values()) for i in range(len(after)))
    return Comparison(verdicts, len(after), differing, _firing(before, after))


def replications_wanted(
    before: Sequence[Observed], after: Sequence[Observed], figures: Sequence[Guarded], most: int, judged: int
) -> int:
    """Give the replications that the spread of the first ones asks for, within what is allowed."""
    asked = [wanted(_column(before, of.kpi), _column(after, of.kpi), of, judged) for of in figures]
    return min(most, max(len(after), *(most if one is None else one for one in asked)))


def effects(before: Sequence[Observed], after: Sequence[Observed], figures: Sequence[Guarded]) -> dict[str, Estimate]:
    """Give the mean paired difference of each figure over the replications that both have."""
    both = min(len(before), len(after))
    sides = before[:both], after[:both]
    return {of.kpi: estimate(differences(*(_column(side, of.kpi) for side in sides))) for of in figures}


def _firing(before: Sequence[Observed], after: Sequence[Observed]) -> Firing:
    old, new = _mean_firing(before), _mean_firing(after)
    rules = dict.fromkeys([*old, *new])
    changed = [(rule, old.get(rule, 0.0), new.get(rule, 0.0)) for rule in rules if old.get(rule, 0.0) != new.get(rule, 0.0)]
    return tuple(sorted(changed, key=lambda row: (-abs(row[2] - row[1]), row[0])))


def _mean_firing(observed: Sequence[Observed]) -> dict[str, float]:
    total: Counter[str] = Counter()
    for one in observed:
        total.update(one.firing)
    return {rule: total[rule] / max(1, len(observed)) for rule in sorted(total)}


def _column(observed: Sequence[Observed], kpi: str) -> list[float | None]:
    return [one.figures.get(kpi) for one in observed]
