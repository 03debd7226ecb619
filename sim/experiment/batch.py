"""A batch of replications: every policy meets replication k, in this process or in several."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from enum import Enum
from typing import TypeVar

from sim.experiment.cluster import in_cluster
from sim.experiment.units import Replicate, StoppedError, Unit, WorkerDiedError, in_process
from sim.experiment.workers import in_workers

Scenario = TypeVar("Scenario")
Result = TypeVar("Result")


class Ending(Enum):
    """Why a batch ended."""

    COMPLETE = "complete"
    INTERRUPTED = "interrupted"
    WORKER_DIED = "worker died"


@dataclass(frozen=True, slots=True)
class Batch:
    """What became of a batch.

    Parameters
    ----------
    finished : tuple of int
        The replications that were finished under every policy: all that were asked for, or the first of them.
    asked : int
        How many were asked for.
    ending : Ending
    """

    finished: tuple[int, ...]
    asked: int
    ending: Ending


def batch(
    replicate: Replicate[Scenario, Result],
    scenarios: Mapping[str, Scenario],
    seed: int,
    ks: Sequence[int],
    *,
    receive: Callable[[int, Mapping[str, Result]], None],
    workers: int = 1,
    cluster: str = "",
    progress: Callable[[int, int], None] | None = None,
    stop: Callable[[], bool] | None = None,
    meanwhile: Callable[[], None] | None = None,
) -> Batch:
    """Run replications `ks` of every policy and hand over each when all policies have met it.

    The work is interleaved (all policies meet replication k before k + 1 is begun), and what is handed over comes in
    the order of `ks`: whenever the work is cut short, what was handed over is a whole comparison of its first
    replications. Keeping whichever happened to be ready would favour short replications. Neither order nor
    contents depend on the number of workers, nor on where they are.

    Parameters
    ----------
    replicate : callable (scenario, seed, k) -> result
        A pure function; with several workers a function that can be imported, of arguments that can be pickled.
    scenarios : mapping of str to scenario
        Policy -> what it simulates, the baseline first.
    seed : int
        Shared by all policies, so that replication k meets the same people under each.
    ks : sequence of int
        Numbers of the replications.
    receive : callable (k, {policy: result})
        Called in this process, once for each finished replication.
    workers : int
        Number of processes; 1 = this one.
    cluster : str
        HOST:PORT of the scheduler of a Dask cluster that does the work instead.
    progress : callable (done, total), optional
        Told of every finished run of one policy.
    stop : callable () -> bool, optional
        Asked before every run, and with several workers also several times a second while they work; True ends the batch,
        and runs in workers are abandoned.
    meanwhile : callable (), optional
        What this process can do while workers of its own are busy with the first units: called once, or never.

    Returns
    -------
    Batch
        A stop, a `KeyboardInterrupt` or workers that die again and again end the batch early and are told in `ending`. A signal
        handler should rather answer through `stop`: an exception may be raised anywhere, in the middle of `receive` too.

    Raises
    ------
    ClusterError
        When there is no such cluster.
    Exception
        Whatever `replicate` or `receive` raises, with a note that names policy, replication and seed.
    """
    order = list(scenarios)
    units = [Unit(policy, k) for k in ks for policy in order]
    waiting: dict[int, dict[str, Result]] = {}
    finished: list[int] = []

    def ready() -> Iterator[int]:
        while len(finished) < len(ks) and len(waiting.get(ks[len(finished)], ())) == len(order):
            yield ks[len(finished)]

    def outcome(ending: Ending) -> Batch:
        return Batch(tuple(finished), len(ks), ending)

    asked_to_stop = stop or (lambda: False)
    if cluster:
        source = in_cluster(replicate, scenarios, seed, units, asked_to_stop, cluster)
    elif workers > 1 and len(units) > 1:
        source = in_workers(replicate, scenarios, seed, units, asked_to_stop, min(workers, len(units)), meanwhile)
    else:
        source = in_process(replicate, scenarios, seed, units, asked_to_stop)
    try:
        with closing(source) as results:
            for done, (unit, result) in enumerate(results, start=1):
                waiting.setdefault(unit.k, {})[unit.policy] = result
                if progress is not None:
                    progress(done, len(units))
                for k in ready():
                    round_ = waiting.pop(k)
                    receive(k, {policy: round_[policy] for policy in order})
                    finished.append(k)
    except (StoppedError, KeyboardInterrupt):
        return outcome(Ending.INTERRUPTED)
    except WorkerDiedError:
        return outcome(Ending.INTERRUPTED if asked_to_stop() else Ending.WORKER_DIED)
    return outcome(Ending.COMPLETE)
