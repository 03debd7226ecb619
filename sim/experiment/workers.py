"""Units of work run in worker processes of this machine."""

import multiprocessing
import os
import signal
import sys
import threading
from collections import Counter
from collections.abc import Callable, Generator, Iterator, Mapping, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from multiprocessing import connection, resource_tracker
from multiprocessing.context import BaseContext
from types import FrameType
from typing import Any, TypeVar

from sim.experiment.units import ATTEMPTS, PATIENCE, Replicate, StoppedError, Unit, WorkerDiedError, where

Scenario = TypeVar("Scenario")
Result = TypeVar("Result")

#: What a pool raises whose processes are gone: the first when it knows, the others when it meets the end of a pipe.
_GONE = (BrokenProcessPool, EOFError, ConnectionError)


def in_workers(
    replicate: Replicate[Scenario, Result],
    scenarios: Mapping[str, Scenario],
    seed: int,
    units: Sequence[Unit],
    stop: Callable[[], bool],
    workers: int,
    meanwhile: Callable[[], None] | None = None,
) -> Generator[tuple[Unit, Result], None, None]:
    """Run the units in worker processes and give each as it is finished, in whatever order.

    Scenarios travel once to each worker; `meanwhile` is called once, when they have begun. When a worker dies, what was under way
    is run again by new ones, half as many (memory is the usual cause): a unit is a pure function, so that nothing else changes.
    Closing the generator ends the workers at once.

    Raises
    ------
    StoppedError
        When `stop` says so, asked several times a second.
    WorkerDiedError
        When workers die again and again over the same unit.
    """
    rest = list(reversed(units))
    tried: Counter[Unit] = Counter()
    while rest:
        pool = ProcessPoolExecutor(workers, _context(), _receive_work, (replicate, dict(scenarios), seed))
        running: dict[Future[Any], Unit] = {}
        try:
            yield from _until_broken(pool, running, rest, seed, stop, workers, meanwhile)
            return
        except _GONE:
            if stop():
                raise StoppedError from None
            lost = sorted(running.values(), key=units.index, reverse=True)
            tried.update(lost)
            if not lost or tried.most_common(1)[0][1] >= ATTEMPTS:
                raise WorkerDiedError from None
            rest += lost
            meanwhile = None
            workers = max(1, workers // 2)
        finally:
            _end(pool)


def _until_broken(
    pool: ProcessPoolExecutor,
    running: dict[Future[Any], Unit],
    rest: list[Unit],
    seed: int,
    stop: Callable[[], bool],
    workers: int,
    meanwhile: Callable[[], None] | None,
) -> Generator[tuple[Unit, Any], None, None]:
    """Run what is left in a pool; `running` holds what is under way, also when a worker dies."""
    while True:
        # A few units ahead keep every worker busy; more would only pile up results in memory.
        while rest and len(running) < 2 * workers:
            # Only what was handed over counts as begun; the first units start the workers.
            with _ctrl_c_held():
                future = pool.submit(_run, *rest[-1])
            running[future] = rest.pop()
        if meanwhile is not None:
            meanwhile()
            meanwhile = None
        if not running:
            return
        done, _ = wait(running, timeout=PATIENCE, return_when=FIRST_COMPLETED)
        if stop():
            raise StoppedError
        for future in sorted(done, key=lambda future: running[future].k):
            try:
                result = future.result()
            except _GONE:
                raise
            except Exception as error:
                error.add_note(where(running[future], seed))
                raise
            yield running.pop(future), result


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
