"""A real process that is asked to stop keeps what is finished and leaves with 130."""

import json
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]
SCENARIO = ROOT / "tests" / "validation" / "scenarios" / "impatient.yaml"


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
@pytest.mark.parametrize("workers", ["1", "2"])
def test_finished_replications_are_kept(number: signal.Signals, workers: str, tmp_path: Path) -> None:
    words = ["run", str(SCENARIO), "--replications", "100000", "--years", "5", "--workers", workers, "--json"]
    process = subprocess.Popen(
        # As a shell starts a job in the background: with SIGINT ignored.
        ["/bin/sh", "-c", 'trap "" INT; exec "$@"', "sh", sys.executable, str(ROOT / "run_sim.py"), *words, "--out", "out"],
        cwd=tmp_path,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    spool = time.monotonic() + 30
    while time.monotonic() < spool and not any(file.stat().st_size for file in tmp_path.glob(".out-*/spool/kpis-0.csv")):
        time.sleep(0.1)
    process.send_signal(number)
    stdout, stderr = process.communicate(timeout=30)
    assert process.returncode == 130, stderr
    finished = json.loads(stdout)["partial"]["finished"]
    assert 1 <= finished < 100000
    assert json.loads((tmp_path / "out" / "run.json").read_text())["replications"] == finished
    assert [file.name for file in tmp_path.iterdir()] == ["out"]
    assert "Traceback" not in stderr
