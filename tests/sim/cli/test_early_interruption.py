"""Ctrl-C at any moment, also while the program is read and while workers start: 130, a line that says so, nothing left behind.

The signal goes to the whole group of processes, as a terminal sends it.
"""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]
#: Says when our first line is about to run: before it, Ctrl-C is Python's own affair.
BEGUN = "import sys; print('begun', file=sys.stderr, flush=True); from sim.cli import main; main()"

pytestmark = pytest.mark.skipif(not hasattr(os, "killpg"), reason="groups of processes are of POSIX")


@pytest.mark.parametrize(("seconds", "lang"), [(0.1, "nb"), (0.3, "en"), (0.6, "nb"), (1.0, "nb"), (2.0, "nb")])
def test_every_moment_gives_130_and_a_line(seconds: float, lang: str, tmp_path: Path) -> None:
    words = ["run", str(ROOT / "scenarios" / "baerum.yaml"), "--replications", "100000", "--workers", "2", "--lang", lang]
    process = subprocess.Popen(
        [sys.executable, "-c", BEGUN, *words, "--out", "out"],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    assert process.stderr is not None
    assert process.stderr.readline() == "begun\n"
    time.sleep(seconds)
    os.killpg(process.pid, signal.SIGINT)
    _, stderr = process.communicate(timeout=60)
    assert process.returncode == 130, stderr
    assert ("Avbrutt: " if lang == "nb" else "Interrupted: ") in stderr
    assert "Traceback" not in stderr
    # Whether a replication was finished depends on the machine; half a folder never is left.
    assert {file.name for file in tmp_path.iterdir()} <= {"out"}
