"""Writes README.md of this folder: every exact answer, and how near the engine comes.

``python tests/validation/report.py [words of a case's name ...]`` runs the cases of those names (all, if none is given)
and renews their rows; the others are kept as observed.json has them.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
OBSERVED = HERE / "observed.json"

HEAD = """# Exact answers

Each line is a small world, written in the same YAML as any other and run through the same public path (`load_scenario`,
`replicate`, the KPIs), beside an answer that is known exactly: a closed formula (`exact_queues.py`) or a Markov chain solved
in the test (`exact_chains.py`, `exact_models.py`). A figure agrees if it lies within four standard errors. The same test must
reject models with a tenth more or fewer homes, or with stays a tenth longer or shorter.

- `pytest tests/validation` runs the default cases, `pytest tests/validation -m long` the long ones.
- `python tests/validation/report.py` renews this page (or the rows of the cases it is given words of).
- *z*: distance from the exact answer in standard errors. *rse*: standard error as a share of the estimate.
- *Tenth off*: largest |z| of the two wrong models; it must exceed 4.
- Each scenario has a seed of its own, so that the cases do not share their luck.
- A share, or a mean over people, is the ratio of the totals over all replications, read from those who applied so long before
  the end that their wait is known. The mean of a period life table (`wait_days_mean`) stands beside it for M/M/5.
"""


def cases() -> dict[str, tuple[Any, str]]:
    """Every case with its mark."""
    sys.path[:0] = [str(HERE), str(HERE.parent.parent)]
    from chain_cases import CASES
    from textbook_cases import DEFAULT, LONG

    marked = [(DEFAULT, "default"), (LONG, "long"), (CASES, "default")]
    return {name: (case, mark) for group, mark in marked for name, case in group.items()}


def observe(case: Any, mark: str) -> dict[str, Any]:
    """Run a case and its wrong models; return what the page shows of them."""
    from agreement import run, run_wrong

    weighed = run(case)
    columns = (case.exact.items(), weighed.estimate, weighed.error, weighed.z)
    return {
        "scenario": case.scenario,
        "mark": mark,
        "replications": case.replications,
        "figures": [
            {"figure": figure, "exact": exact, "estimate": float(mean), "rse": float(error / mean), "z": float(z)}
            for (figure, exact), mean, error, z in zip(*columns, strict=True)
        ],
        "wrong_replications": case.wrong_replications or case.replications,
        "wrong": {model: run_wrong(case, model).farthest for model in case.wrong},
    }


def page(observed: dict[str, Any]) -> str:
    """Markdown of the page."""
    lines = [HEAD]
    lines += [
        "| case | scenario | suite | replications | figure | exact | estimate | rse | z |",
        "|---|---|---|--:|---|--:|--:|--:|--:|",
    ]
    for name, row in observed.items():
        first = f"{name} | `{row['scenario']}` | {row['mark']} | {row['replications']}"
        for f in row["figures"]:
            numbers = f"{f['exact']:.6g} | {f['estimate']:.6g} | {f['rse']:.2%} | {f['z']:+.2f}"
            lines.append(f"| {first} | {f['figure']} | {numbers} |")
            first = " | | | "
    lines += ["", "| case | a tenth off | replications | largest \\|z\\| |", "|---|---|--:|--:|"]
    for name, row in observed.items():
        lines += [f"| {name} | {model} | {row['wrong_replications']} | {z:.1f} |" for model, z in row["wrong"].items()]
    return "\n".join(lines) + "\n"


def stored() -> dict[str, Any]:
    """What was observed before."""
    return json.loads(OBSERVED.read_text(encoding="utf-8")) if OBSERVED.exists() else {}


def main(words: list[str]) -> None:
    """Run the chosen cases and write the page; each case is kept as soon as it is done."""
    every = cases()
    for name, (case, mark) in every.items():
        if words and not any(word.lower() in name.lower() for word in words):
            continue
        row = observe(case, mark)
        known = {**stored(), name: row}
        observed = {each: known[each] for each in every if each in known}
        OBSERVED.write_text(json.dumps(observed, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
        (HERE / "README.md").write_text(page(observed), encoding="utf-8")
        print(f"{name}: z {[round(f['z'], 2) for f in row['figures']]}, a tenth off {row['wrong']}", flush=True)


if __name__ == "__main__":
    main(sys.argv[1:])
