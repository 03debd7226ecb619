"""Many points of one or several policies: run in blocks, kept on a shelf, handed back as figures.

All points meet the same replications (the same seed and numbers), so that points are paired as policies are.
"""

import functools
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple, TypeVar

from sim.experiment.batch import Ending, batch
from sim.experiment.shelf import Figures, Shelf, key_of

Scenario = TypeVar("Scenario")

#: Points that are in memory at a time: enough to keep workers busy over their starting up.
BLOCK = 8


class PointFigures(NamedTuple):
    """The figures of one point.

    Attributes
    ----------
    number : int
        Which point.
    replications : tuple of Figures
        Policy -> measure -> number, of replications 1, 2, 3 ...: as many as were asked for, or the first of them.
    ending : Ending
        Why there are not more.
    """

    number: int
    replications: tuple[Figures, ...]
    ending: Ending

    def numbers(self, policy: str, kpi: str) -> list[float | None]:
        """Give one figure of one policy, replication by replication."""
        return [figures[policy].get(kpi) for figures in self.replications]


def replicate_figures(replicate: Callable[[Any, int, int], Any], scenario: Any, seed: int, k: int) -> dict[str, float | None]:
    """Run one replication and keep the undivided figures of the horizon alone, which are little to send and to store."""
    figures = replicate(scenario, seed, k).figures
    return {kpi: number for year, dimension, _, kpi, number in figures if year == 0 and dimension == "all"}


def run_points(
    replicate: Callable[[Any, int, int], Any],
    load: Callable[[int], Mapping[str, Any]],
    points: Sequence[int],
    seed: int,
    replications: int,
    shelf: Shelf,
    *,
    workers: int = 1,
    cluster: str = "",
    progress: Callable[[int, int], None] | None = None,
    stop: Callable[[], bool] | None = None,
) -> Iterator[PointFigures]:
    """Run so many replications of every point and give its figures, in the order of the points.

    Parameters
    ----------
    replicate : callable (scenario, seed, k) -> result with `figures`
    load : callable (number of the point) -> {policy: scenario with `hash`}
        Called when the point is needed: memory does not grow with the number of points.
    points : sequence of int
    shelf : Shelf
        What stands on it is not run again; what is run is put there, replication by replication.
    workers, cluster, progress, stop
        As in `batch`; a stop ends the iteration after the block it comes in.

    Yields
    ------
    PointFigures
        Numbers depend neither on workers nor on what was on the shelf.
    """
    before = 0
    for start in range(0, len(points), BLOCK):
        block = points[start : start + BLOCK]
        loaded = {number: load(number) for number in block}
        keys = {number: key_of([(name, s.hash) for name, s in loaded[number].items()], seed) for number in block}
        done = {number: shelf.read(keys[number]) for number in block}
        policies = sum(map(len, loaded.values()))
        total = len(points) * replications * policies // len(block)
        ending = _run_block(
            replicate, loaded, keys, done, seed, replications, shelf, (workers, cluster), _told(progress, before, total), stop
        )
        for number in block:
            first = tuple(done[number][k] for k in _first(done[number], replications))
            yield PointFigures(number, first, ending if len(first) < replications else Ending.COMPLETE)
        before += policies * replications
        if ending is not Ending.COMPLETE:
            return


def _run_block(
    replicate: Callable[[Any, int, int], Any],
    loaded: Mapping[int, Mapping[str, Any]],
    keys: Mapping[int, str],
    done: Mapping[int, dict[int, Figures]],
    seed: int,
    replications: int,
    shelf: Shelf,
    executor: tuple[int, str],
    progress: Callable[[int, int], None] | None,
    stop: Callable[[], bool] | None,
) -> Ending:
    """Run what is missing, point by point where their shelves differ, together where they do not."""
    missing: dict[tuple[int, ...], list[int]] = {}
    for number in loaded:
        ks = tuple(k for k in range(1, replications + 1) if k not in done[number])
        if ks:
            missing.setdefault(ks, []).append(number)
    for ks, numbers in missing.items():
        scenarios = {f"{number}/{policy}": scenario for number in numbers for policy, scenario in loaded[number].items()}

        def receive(k: int, results: Mapping[str, Any], numbers: list[int] = numbers) -> None:
            for number in numbers:
                figures = {policy: results[f"{number}/{policy}"] for policy in loaded[number]}
                done[number][k] = figures
                shelf.add(keys[number], k, figures)

        light = functools.partial(replicate_figures, replicate)
        workers, cluster = executor
        outcome = batch(
            light, scenarios, seed, ks, receive=receive, workers=workers, cluster=cluster, progress=progress, stop=stop
        )
        if outcome.ending is not Ending.COMPLETE:
            return outcome.ending
    return Ending.COMPLETE


def _first(done: Mapping[int, Figures], replications: int) -> list[int]:
    """Give the numbers of the unbroken row of replications from 1 on."""
    ks = []
    for k in range(1, replications + 1):
        if k not in done:
            break
        ks.append(k)
    return ks


def _told(progress: Callable[[int, int], None] | None, before: int, total: int) -> Callable[[int, int], None] | None:
    if progress is None:
        return None
    return lambda done, of: progress(before + done, max(total, before + of))
