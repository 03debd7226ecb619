"""What pairing saves: replications that unpaired runs would need for each one here, figure by figure.

    python -m benchmarks.pairing                          # runs three mild policies on Baerum, some minutes
    python -m benchmarks.pairing --from results/DIR       # a comparison that has been run
    python -m benchmarks.pairing --paste docs/experiments.md   # puts the table there, with its day

The goal is five times as many in the median figure of every policy, and significantly below one on none.
"""

from __future__ import annotations

import argparse
import csv
import json
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path
from statistics import median
from typing import NamedTuple

from benchmarks.paste import paste

ROOT = Path(__file__).parents[1]
MILD = ("earlier-step-down", "four-more-firemannsboliger", "meeting-every-fortnight")
GOAL = 5.0


class Saved(NamedTuple):
    """What pairing saved of one figure; None where the difference does not vary."""

    reduction: float | None
    harmful: bool


def main() -> int:
    """Print the table, and 1 where a goal is missed."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--replications", default="20")
    parser.add_argument("--from", dest="folder", type=Path, help="the results folder of a comparison")
    parser.add_argument("--paste", type=Path, help="a page whose table, between two marks, is replaced by this one")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        if asked.folder is None:
            policies = [f"scenarios/{name}.yaml" for name in MILD]
            words = ["compare", "scenarios/baerum.yaml", *policies, "--replications", asked.replications, "--quiet"]
            line = [sys.executable, "run_sim.py", *words, "--out", folder]
            subprocess.run(line, cwd=ROOT, check=True, stdout=subprocess.DEVNULL)
        where = asked.folder or Path(folder)
        found, run = read(where), json.loads((where / "run.json").read_text(encoding="utf-8"))
    lead = f"Measured {run['started'][:10]}, {run['replications']} replications of {run['years']:g} years:\n\n"
    print(lead + told(found))
    if asked.paste is not None:
        paste(asked.paste, lead + told(found), "pairing", block=False)
    return int(any(_median(of) < GOAL or any(saved.harmful for saved in of.values()) for of in found.values()))


def read(folder: Path) -> dict[str, dict[str, Saved]]:
    """Give what pairing saved: policy -> figure of the horizon -> saved."""
    found: dict[str, dict[str, Saved]] = {}
    with (folder / "pairing.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            if (row["year"], row["dimension"]) == ("0", "all"):
                reduction = float(row["variance_reduction"]) if row["variance_reduction"] else None
                harmful = bool(row["correlation_high"]) and float(row["correlation_high"]) < 0
                found.setdefault(row["policy"], {})[row["kpi"]] = Saved(reduction, harmful)
    return found


def told(found: Mapping[str, Mapping[str, Saved]]) -> str:
    """Give the table as Markdown, with the median of each policy; an exclamation mark where pairing is significantly harmful."""
    policies = list(found)
    kpis = list(next(iter(found.values())))
    lines = ["| figure | " + " | ".join(policies) + " |", "|---|" + "---|" * len(policies)]
    for kpi in kpis:
        lines.append(f"| {kpi} | " + " | ".join(_cell(found[policy].get(kpi)) for policy in policies) + " |")
    lines.append("| **median** | " + " | ".join(f"**{_median(found[policy]):.1f}**" for policy in policies) + " |")
    return "\n".join(lines)


def _cell(saved: Saved | None) -> str:
    if saved is None or saved.reduction is None:
        return "no change"
    return f"{saved.reduction:.1f}" + ("!" if saved.harmful else "")


def _median(of: Mapping[str, Saved]) -> float:
    numbers = [saved.reduction for saved in of.values() if saved.reduction is not None]
    return median(numbers) if numbers else float("inf")


if __name__ == "__main__":
    sys.exit(main())
