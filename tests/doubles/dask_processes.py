"""A Dask scheduler and workers as processes of their own on this machine."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]


class Cluster:
    """The processes; `kill_worker` ends one as the system would, without a word."""

    def __init__(self, workers: int, **settings: str) -> None:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.address = f"127.0.0.1:{free.getsockname()[1]}"
        host, port = self.address.split(":")
        self.settings = settings
        self.scheduler = self._started("scheduler", "--host", host, "--port", port, "--no-dashboard", "--no-show")
        self.workers = [
            self._started("worker", f"tcp://{self.address}", "--nthreads", "1", "--no-nanny", "--no-dashboard", "--host", host)
            for _ in range(workers)
        ]

    def kill_worker(self) -> None:
        self.workers.pop().kill()

    def _started(self, *words: str) -> subprocess.Popen[Any]:
        path = os.pathsep.join([str(ROOT), str(ROOT / "tests" / "doubles")])
        environment = {**os.environ, "PYTHONPATH": path, **self.settings}
        quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
        return subprocess.Popen([sys.executable, "-m", "dask", *words], cwd="/", env=environment, **quiet)

    def close(self) -> None:
        for process in (*self.workers, self.scheduler):
            process.kill()
            process.wait()


@contextmanager
def cluster(workers: int = 2, **settings: str) -> Iterator[Cluster]:
    found = Cluster(workers, **settings)
    try:
        host, port = found.address.split(":")
        end = time.monotonic() + 60
        while True:
            try:
                socket.create_connection((host, int(port)), 1).close()
                break
            except OSError:
                assert time.monotonic() < end, "the scheduler never answered"
                time.sleep(0.1)
        yield found
    finally:
        found.close()
