"""Units of work, one replication of one policy each, run here or in worker processes."""

import multiprocessing
import signal
import sys
from collections.abc import Generator, Mapping, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from multiprocessing.context import BaseContext
from typing import Any, NamedTuple, Protocol, TypeVar

S_contra = TypeVar("S_contra", contravariant=True)
R_co = TypeVar("R_co", covariant=True)
Scenario = TypeVar("Scenario")
Result = TypeVar("Result")


class Replicate(Protocol[S_contra, R_co]):
    """A pure function that runs one replication."""

    def __call__(self, scenario: S_contra, seed: int, k: int, /) -> R_co:
        """Run replication `k`."""
        ...


class Unit(NamedTuple):
    """One replication of one policy."""

    policy: str
    k: int


class WorkerDiedError(Exception):
    """A worker process ended without an answer: killed by the system, most often for lack of memory."""


def in_process(
    replicate: Replicate[Scenario, Result], scenarios: Mapping[str, Scenario], seed: int, units: Sequence[Unit]
) -> Generator[tuple[Unit, Result], None, None]:
    """Run the units one after another in this process."""
    for unit in units:
        try:
            result = replicate(scenarios[unit.policy], seed, unit.k)
        except Exception as error:
            error.add_note(_where(unit, seed))
            raise
        yield unit, result


def in_workers(
    replicate: Replicate[Scenario, Result],
    scenarios: Mapping[str, Scenario],
    seed: int,
    units: Sequence[Unit],
    workers: int,
) -> Generator[tuple[Unit, Result], None, None]:
    """Run the units in worker processes and give each as it is finished, in whatever order.

    Scenarios travel once to each worker. Closing the generator ends the workers at once.

    Raises
    ------
    WorkerDiedError
        When a worker process ends without an answer.
    """
    pool = ProcessPoolExecutor(workers, _context(), _receive_work, (replicate, dict(scenarios), seed))
    rest = iter(units)
    running: dict[Future[Any], Unit] = {}
    try:
        while True:
            # A few units ahead keep every worker busy; more would only pile up results in memory.
            while len(running) < 2 * workers and (unit := next(rest, None)) is not None:
                running[pool.submit(_run, *unit)] = unit
            if not running:
                break
            done, _ = wait(running, timeout=1.0, return_when=FIRST_COMPLETED)  # wakes for Ctrl-C on Windows too
            for future in sorted(done, key=lambda future: running[future].k):
                unit = running.pop(future)
                try:
                    result = future.result()
                except BrokenProcessPool:
                    raise WorkerDiedError from None
                except Exception as error:
                    error.add_note(_where(unit, seed))
                    raise
                yield unit, result
        pool.shutdown()
    finally:
        _end(pool)


def _context() -> BaseContext:
    """Give `forkserver` where there is one (a fork of a process with threads may hang), otherwise `spawn`."""
    if "forkserver" not in multiprocessing.get_all_start_methods() or sys.platform == "darwin":
        return multiprocessing.get_context("spawn")
    context = multiprocessing.get_context("forkserver")
    # The server would import by its own path, before it knows ours: it could find other packages of our names.
    context.set_forkserver_preload([])
    return context


def _end(pool: ProcessPoolExecutor) -> None:
    """End the workers without waiting for the replications they are in."""
    # Python 3.14 has terminate_workers() for this; before, the processes are only to be had here.
    processes = list((pool._processes or {}).values())
    pool.shutdown(wait=False, cancel_futures=True)
    for process in processes:
        process.terminate()
    for process in processes:
        process.join()


_work: tuple[Any, Mapping[str, Any], int] | None = None


def _receive_work(replicate: Any, scenarios: Mapping[str, Any], seed: int) -> None:
    """Begin a worker: keep what is shared by all its units, and leave Ctrl-C to the parent."""
    global _work
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    _work = (replicate, scenarios, seed)


def _run(policy: str, k: int) -> Any:
    assert _work is not None, "the worker was not begun"
    replicate, scenarios, seed = _work
    return replicate(scenarios[policy], seed, k)


def _where(unit: Unit, seed: int) -> str:
    return f"in replication {unit.k} of {unit.policy} (seed {seed})"
