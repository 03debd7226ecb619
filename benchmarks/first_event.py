"""The way to the first event: run_sim.py with the same arguments, which stops where its first event would be.

A process that ends there, timed from outside, says how long the command line, reading and building take.
"""

from __future__ import annotations

import os
import runpy
import sys
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]


if __name__ == "__main__":
    sys.path[0] = str(ROOT)
    from sim.replication import replicate

    built = replicate.__globals__["world_of"]

    def build_and_stop(*asked: Any) -> None:
        built(*asked)
        os._exit(0)

    replicate.__globals__["world_of"] = build_and_stop
    runpy.run_path(str(ROOT / "run_sim.py"), run_name="__main__")
    sys.exit("the command ended without simulating anything")
