"""A pool whose processes are gone says so as one error, whatever it met."""

from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from typing import Any

import pytest

from sim.experiment.batch import Ending, batch


def replicate(scenario: Any, seed: int, k: int) -> int:
    return k


@pytest.mark.parametrize("met", [BrokenPipeError, EOFError, ConnectionResetError, ConnectionRefusedError, BrokenProcessPool])
@pytest.mark.parametrize(("stopped", "ending"), [(False, Ending.WORKER_DIED), (True, Ending.INTERRUPTED)])
def test_a_pool_that_cannot_start(monkeypatch: pytest.MonkeyPatch, met: type[Exception], stopped: bool, ending: Ending) -> None:
    def submit(*args: object) -> None:
        raise met

    monkeypatch.setattr(ProcessPoolExecutor, "submit", submit)
    found = batch(replicate, {"a": None}, 1, [1, 2], receive=lambda k, results: None, workers=2, stop=lambda: stopped)
    assert (found.ending, found.finished) == (ending, ())
