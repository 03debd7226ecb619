"""The direct effect of other rules: decisions that would have been others on the same candidates, over replications."""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from sim.experiment.batch import Batch, batch
from sim.replication.shadow import KINDS, ShadowResult, replicate_shadowed

#: How many flips are told in words.
EXPLAINED = 10


@dataclass(slots=True)
class DirectEffect:
    """What the shadow found in all replications together.

    Parameters
    ----------
    replications : int
    decisions, flips : Counter of str
        By kind of decision (`sim.replication.shadow.KINDS`), summed over replications.
    loses, gains : Counter of (kind, dimension, value)
        Households that would have been worse or better off; the dimensions are ``group`` and ``need``.
    explained : list of list of str
        The first flips in words, the first replication first.
    """

    replications: int = 0
    decisions: Counter[str] = field(default_factory=Counter)
    flips: Counter[str] = field(default_factory=Counter)
    loses: Counter[tuple[str, str, str]] = field(default_factory=Counter)
    gains: Counter[tuple[str, str, str]] = field(default_factory=Counter)
    explained: list[list[str]] = field(default_factory=list)

    def add(self, result: ShadowResult) -> None:
        """Add one replication."""
        self.replications += 1
        self.decisions.update(result.decisions)
        for flip in result.flips:
            self.flips[flip.kind] += 1
            for tally, who in ((self.loses, flip.loses), (self.gains, flip.gains)):
                if who is not None:
                    _, group, need = who
                    tally[flip.kind, "group", group] += 1
                    tally[flip.kind, "need", str(need)] += 1
        self.explained += result.explained[: EXPLAINED - len(self.explained)]

    def values(self, kind: str, dimension: str) -> list[str]:
        """Give the groups, or the needs, of which somebody loses or gains by a kind of decision."""
        return sorted({value for k, d, value in (*self.loses, *self.gains) if (k, d) == (kind, dimension)})


def direct_effect(
    work: Any,
    seed: int,
    ks: Sequence[int],
    *,
    workers: int = 1,
    progress: Callable[[int, int], None] | None = None,
    stop: Callable[[], bool] | None = None,
) -> tuple[DirectEffect, Batch]:
    """Run replications under the rules that decide, with the others asked beside them.

    Parameters
    ----------
    work : sim.scenario.shadowed.Shadowed
    seed, ks, workers, progress, stop
        As in `sim.experiment.batch`.

    Returns
    -------
    (DirectEffect, Batch)
        What differs, of the replications that were finished, and how the work ended.
    """
    found = DirectEffect()
    outcome = batch(
        replicate_shadowed,
        {"shadow": work},
        seed,
        ks,
        receive=lambda _, results: found.add(results["shadow"]),
        workers=workers,
        progress=progress,
        stop=stop,
    )
    return found, outcome


__all__ = ["EXPLAINED", "KINDS", "DirectEffect", "direct_effect"]
