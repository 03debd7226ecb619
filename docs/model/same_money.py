"""Renew docs/model/same-money.md: measure what policies that are set beside each other for the same money cost.

    python docs/model/same_money.py            # runs them (about ten minutes on two idle cores), then writes the page
    python docs/model/same_money.py --page     # writes the page from docs/model/same-money.json alone

An alternative that has come to cost something else is mended in its own file: what its hours cost rises in proportion to them.
"""

import argparse
import hashlib
import json
import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from rules.reading import plain, read_yaml

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
BASELINE, POLICIES = ROOT / "scenarios" / "baerum.yaml", ROOT / "scenarios"
FIGURES, PAGE = HERE / "same-money.json", HERE / "same-money.md"
COST = "net_present_cost_nok"
#: By so much of the larger two present costs may differ that are called the same.
TOLERANCE = 0.05
_PAGE = """# The same money

<!-- Written by docs/model/same_money.py from its figures: run it again when policies or prices change. -->
More homes always look good. So a policy that builds, or adds places or beds, names in its file (`equal_cost`) what else
could be had for the same present cost, and the report sets them beside each other
([reading-the-report.md](../reading-the-report.md)). Most often that is hours of follow-up where people already live: a number
in the alternative's file (`parameters.hours_instead.value`), which can be set and swept.

What counts is the added present value of the net cost over the horizon (`net_present_cost_nok`): building and land less what
they are worth at the end, hours, beds and places, running costs and rents, and what follows from it all, such as fewer nights
in temporary accommodation. Two policies are called alike that differ by no more than {tolerance:.0%} of the larger.

Measured with {replications} replications, 10 years, seed {seed}, against `scenarios/baerum.yaml`; million NOK, 95 % intervals:

{table}

`python docs/model/same_money.py` measures it again.
"""


def main() -> None:
    """Run, unless told not to, and write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--page", action="store_true", help="only write the page from the figures that are kept")
    parser.add_argument("--replications", type=int, default=8)
    parser.add_argument("--workers", type=int, default=2)
    asked = parser.parse_args()
    if not asked.page:
        FIGURES.write_text(json.dumps(measured(asked.replications, asked.workers), indent=1) + "\n", encoding="utf-8")
    PAGE.write_text(page(json.loads(FIGURES.read_text(encoding="utf-8"))), encoding="utf-8")


def declared() -> dict[str, Mapping[str, Any]]:
    """Give the policies that name others of the same cost, as they are written, in the order of their names."""
    found = {path.stem: plain(read_yaml(path)) for path in sorted(POLICIES.glob("*.yaml"))}
    return {name: written for name, written in found.items() if "equal_cost" in written}


def pairs(policies: Mapping[str, Mapping[str, Any]]) -> Iterator[tuple[str, str]]:
    """Give every two that are set beside each other."""
    for name, written in policies.items():
        yield from ((name, file.removesuffix(".yaml")) for file in written["equal_cost"])


def measured(replications: int, workers: int, seed: int = 1) -> dict[str, Any]:
    """Compare all of them with the baseline, and keep what each adds to the present cost."""
    names = [f"scenarios/{name}.yaml" for name in declared()]
    words = ["compare", str(BASELINE.relative_to(ROOT)), *names, "--replications", str(replications), "--seed", str(seed)]
    line = [sys.executable, "run_sim.py", *words, "--workers", str(workers), "--out", "build/same-money", "--json", "--quiet"]
    done = subprocess.run(line, cwd=ROOT, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        sys.exit(done.stderr)
    return kept(json.loads(done.stdout), replications, seed)


def kept(document: Mapping[str, Any], replications: int, seed: int) -> dict[str, Any]:
    """Keep of the document of a comparison what the page needs."""
    costs = {name: of["kpis"][COST] for name, of in document["policies"].items()}
    found = {name: {end: round(of[end]) for end in ("difference", "low", "high")} for name, of in sorted(costs.items())}
    return {"replications": replications, "seed": seed, "written": stamps(), "policies": found}


def stamps() -> dict[str, str]:
    """Give a hash of what each policy changes, so that figures of other changes are known for what they are."""
    changes = {name: json.dumps(written["changes"], sort_keys=True, default=str) for name, written in declared().items()}
    return {name: hashlib.sha256(text.encode()).hexdigest()[:12] for name, text in changes.items()}


def alike(first: float, second: float) -> bool:
    """Say whether two added costs may be called the same."""
    return abs(first - second) <= TOLERANCE * max(abs(first), abs(second))


def page(figures: Mapping[str, Any]) -> str:
    """Write the page."""
    policies = declared()
    named: dict[str, list[str]] = {}
    for name, other in pairs(policies):
        named.setdefault(name, []).append(other)
    heads = ("Policy", "Called", "Adds", "Set beside, and what that adds to each krone of it")
    rows = [
        (f"`{name}`", policies[name]["label"]["en"], _amount(figures, name), _beside(figures, name, others))
        for name, others in named.items()
    ]
    table = "\n".join("| " + " | ".join(row) + " |" for row in (heads, ("---",) * len(heads), *rows))
    return _PAGE.format(table=table, tolerance=TOLERANCE, replications=figures["replications"], seed=figures["seed"])


def _amount(figures: Mapping[str, Any], name: str) -> str:
    middle, low, high = (figures["policies"][name][end] / 1e6 for end in ("difference", "low", "high"))
    return f"{middle:.1f} [{low:.1f}; {high:.1f}]"


def _beside(figures: Mapping[str, Any], name: str, others: list[str]) -> str:
    own = figures["policies"][name]["difference"]
    return ", ".join(f"`{other}` {figures['policies'][other]['difference'] / own:.2f}" for other in others)


if __name__ == "__main__":
    main()
