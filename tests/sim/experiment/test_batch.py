"""A batch: the same whatever the number of workers, whole pairs when it is cut short."""

import os
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from replication_double import die_at_three, die_once, fail_at_two, interrupt_at_three, process, reply, sleep_from_three

from sim.experiment import Batch, Ending, batch


class Received:
    def __init__(self) -> None:
        self.rounds: list[tuple[int, dict[str, Any]]] = []

    def __call__(self, k: int, results: Mapping[str, Any]) -> None:
        self.rounds.append((k, dict(results)))


def run(replicate: Any, workers: int, ks: range = range(1, 7), **more: Any) -> tuple[Batch, Received]:
    received = Received()
    outcome = batch(replicate, {"today": "T", "more": "M"}, 9, ks, receive=received, workers=workers, **more)
    return outcome, received


@pytest.mark.parametrize("workers", [1, 2])
def test_whole_rounds_in_order(workers: int) -> None:
    told: list[tuple[int, int]] = []
    outcome, received = run(reply, workers, progress=lambda done, total: told.append((done, total)))
    assert outcome == Batch((1, 2, 3, 4, 5, 6), 6, Ending.COMPLETE)
    assert received.rounds == [(k, {"today": ("T", 9, k), "more": ("M", 9, k)}) for k in range(1, 7)]
    assert all(list(results) == ["today", "more"] for _, results in received.rounds)
    assert told == [(done, 12) for done in range(1, 13)]


def test_work_is_done_elsewhere_only_with_several_workers() -> None:
    _, alone = run(process, 1)
    assert {pid for _, results in alone.rounds for pid in results.values()} == {os.getpid()}
    _, several = run(process, 2)
    pids = {pid for _, results in several.rounds for pid in results.values()}
    assert len(pids) == 2 and os.getpid() not in pids


@pytest.mark.parametrize("workers", [1, 2])
def test_a_stop_keeps_whole_rounds(workers: int) -> None:
    count = iter(range(100))
    outcome, received = run(reply, workers, stop=lambda: next(count) >= 6)
    assert outcome.ending is Ending.INTERRUPTED
    assert outcome.finished == tuple(k for k, _ in received.rounds) == tuple(range(1, len(outcome.finished) + 1))
    assert 1 <= len(outcome.finished) < 6 == outcome.asked
    assert all(results.keys() == {"today", "more"} for _, results in received.rounds)


def test_ctrl_c_in_process_keeps_what_is_finished() -> None:
    outcome, received = run(interrupt_at_three, 1)
    assert outcome == Batch((1, 2), 6, Ending.INTERRUPTED)
    assert [k for k, _ in received.rounds] == [1, 2]


def test_a_stop_abandons_the_replications_that_workers_are_in() -> None:
    started = time.monotonic()
    outcome, _ = run(sleep_from_three, 2, stop=lambda: time.monotonic() > started + 3)
    assert outcome == Batch((1, 2), 6, Ending.INTERRUPTED)
    assert time.monotonic() - started < 20


def test_a_worker_killed_once_changes_nothing(tmp_path: Path) -> None:
    received = Received()
    name = str(tmp_path / "died")
    outcome = batch(die_once, {"today": name}, 9, range(1, 9), receive=received, workers=2)
    assert (tmp_path / "died").exists() and outcome == Batch(tuple(range(1, 9)), 8, Ending.COMPLETE)
    assert received.rounds == [(k, {"today": (name, 9, k)}) for k in range(1, 9)]


def test_workers_that_die_again_and_again_are_told() -> None:
    outcome, _ = run(die_at_three, 2)
    assert outcome.ending is Ending.WORKER_DIED
    assert 3 not in outcome.finished


@pytest.mark.parametrize("workers", [1, 2])
def test_an_error_says_where(workers: int) -> None:
    with pytest.raises(ArithmeticError, match="the sum is wrong") as caught:
        run(fail_at_two, workers)
    assert caught.value.__notes__[-1].startswith("in replication 2 of ")


def test_an_error_of_the_receiver_is_not_swallowed() -> None:
    def receive(k: int, results: Mapping[str, Any]) -> None:
        raise OSError("the disk is full")

    with pytest.raises(OSError, match="the disk is full"):
        batch(reply, {"today": "T"}, 1, range(1, 5), receive=receive, workers=2)


def test_one_replication_alone_is_the_same_as_in_the_batch() -> None:
    _, whole = run(reply, 1)
    _, alone = run(reply, 1, ks=range(4, 5))
    assert alone.rounds == whole.rounds[3:4]


def test_nothing_asked_is_nothing_done() -> None:
    outcome, received = run(reply, 2, ks=range(0))
    assert outcome == Batch((), 0, Ending.COMPLETE)
    assert received.rounds == []
