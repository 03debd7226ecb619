"""Units of work, one replication of one policy each, run here or in worker processes."""

import multiprocessing
import os
import signal
import sys
import threading
from collections.abc import Callable, Generator, Iterator, Mapping, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from multiprocessing import connection, resource_tracker
from multiprocessing.context import BaseContext
from types import FrameType
from typing import Any, NamedTuple, Protocol, TypeVar

S_contra = TypeVar("S_contra", contravariant=True)
R_co = TypeVar("R_co", covariant=True)
Scenario = TypeVar("Scenario")
Result = TypeVar("Result")


#: What a pool raises whose processes are gone: the first when it knows, the others when it meets the end of a pipe.
_GONE = (BrokenProcessPool, EOFError, ConnectionError)

#: Seconds between two questions whether to stop.
_PATIENCE = 0.2


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


class StoppedError(Exception):
    """The work was asked to stop before all units were done."""


def in_process(
    replicate: Replicate[Scenario, Result],
    scenarios: Mapping[str, Scenario],
    seed: int,
    units: Sequence[Unit],
    stop: Callable[[], bool],
) -> Generator[tuple[Unit, Result], None, None]:
    """Run the units one after another in this process.

    Raises
    ------
    StoppedError
        When `stop` says so before a unit is begun.
    """
    for unit in units:
        if stop():
            raise StoppedError
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
    stop: Callable[[], bool],
    workers: int,
) -> Generator[tuple[Unit, Result], None, None]:
    """Run the units in worker processes and give each as it is finished, in whatever order.

    Scenarios travel once to each worker. Closing the generator ends the workers at once.

    Raises
    ------
    StoppedError
        When `stop` says so, asked several times a second.
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
                running[_submit(pool, unit)] = unit
            if not running:
                break
            done, _ = wait(running, timeout=_PATIENCE, return_when=FIRST_COMPLETED)
            if stop():
                raise StoppedError
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
    finally:
        _end(pool)


def _submit(pool: ProcessPoolExecutor, unit: Unit) -> Future[Any]:
    """Hand a unit to the workers, which are started by the first ones."""
    try:
        with _ctrl_c_held():
            return pool.submit(_run, *unit)
    except _GONE:
        raise WorkerDiedError from None


@contextmanager
def _ctrl_c_held() -> Iterator[None]:
    """Start processes that Ctrl-C does not reach; this process meets it when they are started.

    Until a new process has said what is to become of the signal, Ctrl-C would end it, and with it the whole pool. A
    blocked signal is inherited as such, and for this process only put off.
    """
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    resource_tracker.ensure_running()  # started with the first process otherwise, and then it would unblock the signal
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


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
    # Only here can the processes be had before Python 3.14.
    for process in list((pool._processes or {}).values()):
        process.terminate()
    pool.shutdown(wait=True, cancel_futures=True)


class _Abandoned(BaseException):
    """Leaves a replication that is no longer wanted."""


_work: tuple[Any, Mapping[str, Any], int] | None = None
_replicating, _stopping = False, False


def _receive_work(replicate: Any, scenarios: Mapping[str, Any], seed: int) -> None:
    """Begin a worker: keep what is shared by all its units, leave Ctrl-C to the parent, and end in good order."""
    global _work
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    # A worker killed in the middle of sending a result would leave the parent waiting for the rest of it for ever.
    signal.signal(signal.SIGTERM, _abandon)
    threading.Thread(target=_end_with_parent, daemon=True).start()
    _work = (replicate, scenarios, seed)


def _end_with_parent() -> None:
    """Leave when the parent is gone, however it went: a worker that waits for work would wait for ever."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        connection.wait([parent.sentinel])
        os._exit(1)


def _abandon(number: int, frame: FrameType | None) -> None:
    global _stopping
    _stopping = True
    if _replicating:
        raise _Abandoned


def _run(policy: str, k: int) -> Any:
    global _replicating
    assert _work is not None, "the worker was not begun"
    replicate, scenarios, seed = _work
    _replicating = True
    try:
        if _stopping:
            raise _Abandoned
        return replicate(scenarios[policy], seed, k)
    finally:
        _replicating = False


def _where(unit: Unit, seed: int) -> str:
    return f"in replication {unit.k} of {unit.policy} (seed {seed})"
