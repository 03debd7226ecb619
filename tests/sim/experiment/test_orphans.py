"""However the parent ends, its workers do not outlive it."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]
LINE = ["run", "scenarios/baerum.yaml", "--replications", "400", "--workers", "2"]


def members(session: int) -> list[int]:
    """Processes of a session that still run."""
    found = []
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                state, _, _, of = (entry / "stat").read_text().rpartition(")")[2].split()[:4]
            except OSError:
                continue
            if int(of) == session and state != "Z":
                found.append(int(entry.name))
    return found


def until(met, seconds: float) -> bool:
    end = time.monotonic() + seconds
    while not met():
        if time.monotonic() > end:
            return False
        time.sleep(0.1)
    return True


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="looks for processes in /proc")
@pytest.mark.parametrize(("whom", "number"), [("parent", signal.SIGKILL), ("group", signal.SIGTERM), ("parent", signal.SIGTERM)])
def test_workers_end_with_their_parent(whom: str, number: int, tmp_path: Path) -> None:
    line = [sys.executable, "run_sim.py", *LINE, "--out", str(tmp_path / "out")]
    with subprocess.Popen(line, cwd=ROOT, start_new_session=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as run:
        try:
            assert until(lambda: len(members(run.pid)) >= 4, 60), "the workers were never seen"
            time.sleep(1.0)
            (os.kill if whom == "parent" else os.killpg)(run.pid, number)
            assert until(lambda: not members(run.pid), 60), members(run.pid)
        finally:
            for process in members(run.pid):
                os.kill(process, signal.SIGKILL)
