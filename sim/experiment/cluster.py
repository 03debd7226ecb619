"""Units of work run on a Dask cluster (extra `cluster`): the same units, the same results, on as many machines as there are.

A cluster is a scheduler and workers that were started by themselves and have the same version of this program. Dask moves what a
worker had under way to another one when it dies.
"""

from __future__ import annotations

import itertools
import logging
import pickle
from collections.abc import Callable, Generator, Mapping, Sequence
from functools import lru_cache
from importlib import import_module
from typing import Any, TypeVar

from sim.experiment.shelf import program_hash
from sim.experiment.units import PATIENCE, Replicate, StoppedError, Unit, WorkerDiedError, where

Scenario = TypeVar("Scenario")
Result = TypeVar("Result")

#: Replications in one piece of work: few enough to lose when a worker dies, enough that handing them over costs nothing.
PIECE = 4
#: Seconds within which a cluster must answer, and within which its first worker must be there.
ANSWERS_WITHIN = 5.0


class ClusterError(Exception):
    """The cluster cannot be used; the text says why."""


class _OtherProgramError(Exception):
    """A worker has another version of this program."""


def in_cluster(
    replicate: Replicate[Scenario, Result],
    scenarios: Mapping[str, Scenario],
    seed: int,
    units: Sequence[Unit],
    stop: Callable[[], bool],
    address: str,
) -> Generator[tuple[Unit, Result], None, None]:
    """Run the units on a cluster and give each as it is finished, in whatever order.

    Raises
    ------
    ClusterError
        When there is no such cluster, it has no workers, or they have another program.
    StoppedError
        When `stop` says so, asked several times a second.
    WorkerDiedError
        When workers die again and again over the same units, or the scheduler is gone.
    """
    client = _connected(address)
    dask = import_module("distributed")
    threads = max(1, sum(client.nthreads().values()))
    # What all pieces need is a task too, not data that lie on one worker: it is made again where it is lost.
    work = client.submit(pickle.loads, pickle.dumps((replicate, dict(scenarios), seed)), pure=False)
    rest = iter([tuple(units[start : start + PIECE]) for start in range(0, len(units), PIECE)])
    running: dict[Any, tuple[Unit, ...]] = {}
    try:
        while True:
            for piece in itertools.islice(rest, 2 * threads - len(running)):
                running[client.submit(_run_piece, work, piece, program_hash(), pure=False)] = piece
            if not running:
                return
            try:
                done = dask.wait(list(running), timeout=PATIENCE, return_when="FIRST_COMPLETED").done
            except TimeoutError:
                done = set()
            if stop():
                raise StoppedError
            for future in sorted(done, key=lambda future: running[future]):
                yield from zip(running.pop(future), _result(future, address), strict=True)
    finally:
        client.cancel([*running, work], force=True)


def _result(future: Any, address: str) -> list[Any]:
    dask, comm = import_module("distributed"), import_module("distributed.comm")
    try:
        found: list[Any] = future.result()
    except (dask.KilledWorker, dask.CancelledError, comm.CommClosedError):
        raise WorkerDiedError from None
    except _OtherProgramError:
        message = f"the workers at {address} have another version of this program"
        raise ClusterError(f"{message}; install the same one on all machines") from None
    except ModuleNotFoundError as error:
        raise ClusterError(f"the workers at {address} do not have this program: there is no module {error.name!r}") from None
    return found


@lru_cache(maxsize=1)
def _connected(address: str) -> Any:
    """Give a client of the cluster, the same one while the process lives."""
    try:
        dask = import_module("distributed")
    except ModuleNotFoundError:
        raise ClusterError('a cluster needs the extra `cluster`; install it with pip install -e ".[cluster]"') from None
    logging.getLogger("distributed").setLevel(logging.CRITICAL)
    try:
        client = dask.Client(f"tcp://{address}", timeout=ANSWERS_WITHIN)
    except (OSError, TimeoutError, ValueError):
        raise ClusterError(f"there is no cluster at {address}: nothing answers") from None
    try:
        client.wait_for_workers(1, timeout=ANSWERS_WITHIN)
    except TimeoutError:
        client.close()
        raise ClusterError(f"the cluster at {address} has no workers") from None
    return client


def _run_piece(work: tuple[Any, Mapping[str, Any], int], piece: Sequence[Unit], program: str) -> list[Any]:
    """Run a piece of work on a worker."""
    if program_hash() != program:
        raise _OtherProgramError
    replicate, scenarios, seed = work
    found = []
    for unit in piece:
        try:
            found.append(replicate(scenarios[unit.policy], seed, unit.k))
        except Exception as error:
            error.add_note(where(unit, seed))
            raise
    return found
