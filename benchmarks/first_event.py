"""The way to the first event: run_sim.py with the same arguments, which stops where its first event would be.

A process that ends there, timed from outside, says how long the command line, reading and building take.
"""

from __future__ import annotations

import os
import runpy
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]


def _stop(*_: object) -> None:
    os._exit(0)


if __name__ == "__main__":
    sys.path[0] = str(ROOT)
    from sim.kernel.clock import Clock

    setattr(Clock, "run", _stop)  # noqa: B010 - what is put there does not have its signature
    runpy.run_path(str(ROOT / "run_sim.py"), run_name="__main__")
    sys.exit("the command ended without simulating anything")
