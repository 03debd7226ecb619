"""A Dask cluster of separate processes gives the same as one process, also when a worker is killed on the way."""

from __future__ import annotations

import json
import socket
import time
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
from dask_processes import Cluster, cluster
from replication_double import die_at_three, fail_at_two, process, reply, sleep_from_three
from typer.testing import CliRunner

import sim.experiment.cluster
from sim.cli.app import app
from sim.experiment import Batch, Ending, batch
from sim.experiment.cluster import ClusterError


@pytest.fixture(scope="module")
def two_workers() -> Iterator[Cluster]:
    sim.experiment.cluster._connected.cache_clear()
    with cluster(2) as found:
        yield found
        sim.experiment.cluster._connected(found.address).close()
        sim.experiment.cluster._connected.cache_clear()


def run(replicate: Any, address: str, ks: range = range(1, 31), **more: Any) -> tuple[Batch, list[Any]]:
    rounds: list[Any] = []

    def receive(k: int, results: Mapping[str, Any]) -> None:
        rounds.append((k, dict(results)))

    return batch(replicate, {"today": "T", "more": "M"}, 9, ks, receive=receive, cluster=address, **more), rounds


def test_whole_rounds_in_order(two_workers: Cluster) -> None:
    told: list[tuple[int, int]] = []
    outcome, rounds = run(reply, two_workers.address, progress=lambda done, total: told.append((done, total)))
    assert outcome == Batch(tuple(range(1, 31)), 30, Ending.COMPLETE)
    assert rounds == run(reply, "")[1] and told == [(done, 60) for done in range(1, 61)]


def test_the_work_is_done_by_the_two_workers(two_workers: Cluster) -> None:
    _, rounds = run(process, two_workers.address)
    assert {pid for _, results in rounds for pid in results.values()} == {of.pid for of in two_workers.workers}


def test_an_error_says_where(two_workers: Cluster) -> None:
    with pytest.raises(ArithmeticError, match="the sum is wrong") as caught:
        run(fail_at_two, two_workers.address)
    assert caught.value.__notes__[-1].startswith("in replication 2 of ")


def test_a_stop_keeps_whole_rounds(two_workers: Cluster) -> None:
    outcome, rounds = run(reply, two_workers.address, ks=range(1, 400), stop=iter([*[False] * 5, *[True] * 99]).__next__)
    assert outcome.ending is Ending.INTERRUPTED and [k for k, _ in rounds] == list(range(1, len(rounds) + 1))


def test_another_program_is_refused(two_workers: Cluster, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sim.experiment.cluster, "program_hash", lambda: "another")
    with pytest.raises(ClusterError, match="another version"):
        run(reply, two_workers.address)


VARY = "parameters.applications_refugees=24 per year:40 per year:16 per year"


def test_one_worker_two_workers_and_a_cluster_of_which_one_dies_print_the_same_bytes(tmp_path: Path) -> None:
    line = ["sweep", "scenarios/baerum.yaml", "--vary", VARY, "--replications", "6", "--years", "1", "--json", "--quiet"]

    def printed(name: str, *words: str) -> str:
        result = CliRunner().invoke(app, [*line, *words, "--out", str(tmp_path / name)])
        assert result.exit_code == 0, result.output
        return str(result.stdout)

    alone = printed("one", "--workers", "1")
    assert json.loads(alone)
    assert printed("two", "--workers", "2") == alone
    sim.experiment.cluster._connected.cache_clear()
    with cluster(2) as found:
        assert printed("whole", "--executor", f"dask://{found.address}") == alone
        killed: list[float] = []
        original = sim.experiment.cluster._result

        def result_and_kill(future: Any, address: str) -> list[Any]:
            got = original(future, address)
            if not killed:
                killed.append(time.monotonic())
                found.kill_worker()
            return got

        sim.experiment.cluster._result = result_and_kill
        try:
            assert printed("killed", "--executor", f"dask://{found.address}") == alone
        finally:
            sim.experiment.cluster._result = original
        assert killed
        sim.experiment.cluster._connected(found.address).close()
    sim.experiment.cluster._connected.cache_clear()


def test_units_that_kill_every_worker_are_told() -> None:
    sim.experiment.cluster._connected.cache_clear()
    with cluster(2, DASK_DISTRIBUTED__SCHEDULER__ALLOWED_FAILURES="0") as found:
        outcome, _ = run(die_at_three, found.address)
        assert outcome.ending is Ending.WORKER_DIED and 3 not in outcome.finished
        sim.experiment.cluster._connected(found.address).close()
    sim.experiment.cluster._connected.cache_clear()


def free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


@pytest.mark.parametrize("lang", ["en", "nb"])
def test_a_cluster_that_is_not_there_is_told_within_seconds(lang: str, tmp_path: Path) -> None:
    began = time.monotonic()
    where = f"127.0.0.1:{free_port()}"
    words = ["run", "scenarios/baerum.yaml", "--replications", "1", "--out", str(tmp_path / "out"), "--lang", lang]
    result = CliRunner().invoke(app, [*words, "--executor", f"dask://{where}"])
    assert result.exit_code == 2 and "Traceback" not in result.stderr and where in result.stderr
    assert ("nothing answers" if lang == "en" else "ingenting svarer") in result.stderr
    assert time.monotonic() - began < 15 and not (tmp_path / "out").exists()


def test_a_cluster_without_workers_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sim.experiment.cluster, "ANSWERS_WITHIN", 2.0)
    with cluster(0) as found, pytest.raises(ClusterError, match="no workers"):
        run(reply, found.address)


@pytest.mark.parametrize("where", ["dask://a", "dask://:8786", "ray://a:1", "dask:/a:1", "dask://a:b", "dask://a:70000", "far"])
def test_what_is_no_executor(where: str) -> None:
    result = CliRunner().invoke(app, ["run", "scenarios/baerum.yaml", "--executor", where, "--lang", "en"])
    assert result.exit_code == 2 and "dask://HOST:PORT" in result.stderr


def test_sleepers_are_left_on_a_stop(two_workers: Cluster) -> None:
    began = time.monotonic()
    outcome, _ = run(sleep_from_three, two_workers.address, ks=range(1, 7), stop=lambda: time.monotonic() > began + 2)
    assert outcome.ending is Ending.INTERRUPTED and time.monotonic() - began < 10
