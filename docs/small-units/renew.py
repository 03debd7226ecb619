"""Renew docs/how-many-small-units.md: run what it tells of, keep the figures, write the page from them.

    python docs/small-units/renew.py            # runs everything (about ten minutes on two idle cores), then writes the page
    python docs/small-units/renew.py --quick    # a draft, in half the time
    python docs/small-units/renew.py --page     # writes the page from docs/small-units/figures.json alone

Whatever has been run stands in `--work` (default build/small-units); what is there already is not run again.
"""

from __future__ import annotations

import argparse
import csv
import json
import subprocess
import sys
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, NamedTuple

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
FIGURES, FORM, PAGE = HERE / "figures.json", HERE / "page.md", ROOT / "docs" / "how-many-small-units.md"

BASELINE = "scenarios/baerum.yaml"
HOUSES = {2: "docs/small-units/houses-2.yaml", 4: "docs/small-units/houses-4.yaml", 8: "docs/small-units/houses-8.yaml"}
HOURS, FLATS = "scenarios/more-hours-same-money.yaml", "scenarios/more-flats-same-money.yaml"
HOUSING_FIRST = "docs/small-units/housing-first-same-money.yaml"
UNKNOWN = ("own_incidents", "neighbour_slope", "better_3", "follow_up_effect", "housing_first_effect")
MEASURES = ("below_need_share", "wait_days_mean", "incidents_per_year", "without_home_mean", "net_cost_nok_per_year")
NOK_PER_WAITING_DAY = 500


def main() -> None:
    """Run, unless told not to, and write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--page", action="store_true", help="only write the page from the figures that are kept")
    parser.add_argument("--work", type=Path, default=ROOT / "build" / "small-units")
    parser.add_argument("--quick", action="store_true", help="fewer replications, points and years: a draft of the page")
    parser.add_argument("--workers", type=int, default=2)
    asked = parser.parse_args()
    if not asked.page:
        found = figures(asked.work, asked.workers, DRAFT if asked.quick else FULL)
        found["day"] = f"{datetime.now(UTC):%Y-%m-%d}"
        FIGURES.write_text(json.dumps(found, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    PAGE.write_text(page(json.loads(FIGURES.read_text(encoding="utf-8"))), encoding="utf-8")


class Effort(NamedTuple):
    """How much is run: replications of the comparison, of the tornado, points of the design, and years of both."""

    compared: int
    turned: int
    points: int
    years: int


FULL, DRAFT = Effort(12, 4, 16, 6), Effort(6, 2, 4, 5)


def commands(effort: Effort) -> dict[str, list[str]]:
    """Give what is run, by the name of its figures."""
    unknown = [word for name in UNKNOWN for word in ("--parameter", name)]
    turned = [*unknown, "--years", str(effort.years), "--replications", str(effort.turned)]
    spread = ["sensitivity", BASELINE, HOUSES[4], FLATS, HOURS, HOUSING_FIRST, *unknown, "--years", str(effort.years)]
    design = ["--method", "spread", "--points", str(effort.points), "--replications", "2"]
    price = ["--nok-per-waiting-day", str(NOK_PER_WAITING_DAY)]
    return {
        "compared": ["compare", BASELINE, *HOUSES.values(), FLATS, HOURS, HOUSING_FIRST, "--replications", str(effort.compared)],
        **{f"turning {kpi}": ["sensitivity", HOURS, HOUSES[4], *turned, "--kpi", kpi] for kpi in MEASURES[:3]},
        **{f"beside {kpi}": ["sensitivity", HOUSING_FIRST, HOUSES[4], *turned, "--kpi", kpi] for kpi in MEASURES[:2]},
        "worth": [*spread, *design, "--kpi", "below_need_share", *price],
    }


def figures(work: Path, workers: int, effort: Effort) -> dict[str, Any]:
    """Run every command, and keep of its document what the page needs."""
    found: dict[str, Any] = {}
    for name, line in commands(effort).items():
        study = line[0] == "sensitivity"
        # The measures of one design are judged on the same runs.
        folder = work / name.split()[0]
        words = [*line, "--out", str(folder), "--workers", str(workers), *(["--resume"] if study else []), "--json", "--quiet"]
        if study or not (folder / "run.json").is_file():
            print("python run_sim.py", *words, flush=True)
            done = subprocess.run([sys.executable, "run_sim.py", *words], cwd=ROOT, capture_output=True, text=True, check=False)
            if done.returncode != 0:
                sys.exit(done.stderr)
        found[name] = _kept(json.loads(done.stdout)) if study else _compared(folder)
        found[name]["command"] = " ".join(["python run_sim.py", *line])
    return found


def _compared(folder: Path) -> dict[str, Any]:
    run = json.loads((folder / "run.json").read_text())
    labels = {of["name"]: of["label"]["en"] for of in run["policies"]}
    together = json.loads((folder / "together.json").read_text())
    policies: dict[str, dict[str, Any]] = {}
    with (folder / "summary.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            if (row["year"], row["dimension"]) == ("0", "all") and row["kpi"] in MEASURES and row["difference"]:
                ends = {"baseline": "baseline_mean", "policy": "policy_mean", "difference": "difference"}
                ends |= {"low": "difference_low", "high": "difference_high"}
                policies.setdefault(row["policy"], {})[row["kpi"]] = {end: float(row[column]) for end, column in ends.items()}
    judged = {kpi: of for kpi, of in together["best"].items() if kpi in MEASURES}
    best = {kpi: [name for name, at in of.items() if at["may_be_best"]] for kpi, of in judged.items()}
    return {"replications": run["replications"], "labels": labels, "policies": policies, "may_be_best": best}


def _kept(document: Mapping[str, Any]) -> dict[str, Any]:
    wanted = ("replications", "years", "method", "kpi", "policies", "of", "said", "information")
    return {name: document[name] for name in wanted if name in document}


def page(figures: Mapping[str, Any]) -> str:
    """Write the page."""
    compared = figures["compared"]
    unit = {kpi: _UNITS[kpi] for kpi in MEASURES}
    heads = ["Plan", *(unit[kpi][0] for kpi in MEASURES)]
    rows = [["Bærum today", *(_amount(next(iter(compared["policies"].values()))[kpi]["baseline"], kpi) for kpi in MEASURES)]]
    for name, of in compared["policies"].items():
        rows.append([compared["labels"][name], *(_change(of[kpi], kpi) for kpi in MEASURES)])
    steps = [name for name in compared["policies"] if name.startswith("houses-")]
    beside = [_turning(figures[f"beside {kpi}"], kpi) for kpi in MEASURES[:2] if f"beside {kpi}" in figures]
    return FORM.read_text(encoding="utf-8").format(
        commands="\n".join(f"    {of['command']}" for name, of in figures.items() if name != "day"),
        made=_MADE.format(day=figures["day"]) if "day" in figures else _STALE,
        replications=compared["replications"],
        table=_table(heads, rows),
        per_house=_per_house(compared, steps),
        best="\n".join(f"- {unit[kpi][0]}: {_names(compared, names)}." for kpi, names in compared["may_be_best"].items()),
        houses=_read_out(compared),
        turning="\n\n".join(_turning(figures[f"turning {kpi}"], kpi) for kpi in MEASURES[:3]),
        beside="\n\n".join(beside) or "Not run yet.",
        worth="\n".join("    " + line for line in figures["worth"]["said"]["en"] if line and not line.startswith("Held fixed")),
        price=NOK_PER_WAITING_DAY,
        unknown=_most_worth(figures["worth"]["information"]),
    )


_MADE = "The figures were made on {day}."
#: Of figures that were kept before their day was.
_STALE = """**These figures are older than the scenario**, and stand until the page is written anew. They show how the question
is worked through, not what the answer is today. The present difference of the plans from today stands in README.md."""
#: Measure -> what the page calls it, the factor of its figures, decimals, unit.
_UNITS: Mapping[str, tuple[str, float, int, str]] = {
    "below_need_share": ("Live with less support than they need", 100.0, 2, "%"),
    "wait_days_mean": ("Wait, days", 1.0, 1, ""),
    "incidents_per_year": ("Incidents a year", 1.0, 1, ""),
    "without_home_mean": ("Without a home", 1.0, 1, ""),
    "net_cost_nok_per_year": ("Net cost, million NOK a year", 1e-6, 2, ""),
}


def _amount(value: float, kpi: str) -> str:
    _, factor, decimals, unit = _UNITS[kpi]
    return f"{factor * value:.{decimals}f}{unit}"


def _change(of: Mapping[str, float], kpi: str) -> str:
    _, factor, decimals, _ = _UNITS[kpi]
    middle, low, high = (factor * of[end] for end in ("difference", "low", "high"))
    return f"{middle:+.{decimals}f} [{low:+.{decimals}f}; {high:+.{decimals}f}]"


def _table(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    return "\n".join("| " + " | ".join(row) + " |" for row in (heads, ["---"] * len(heads), *rows))


def _names(compared: Mapping[str, Any], names: Sequence[str]) -> str:
    return "; ".join(compared["labels"][name] for name in names)


def _per_house(compared: Mapping[str, Any], steps: Sequence[str]) -> str:
    lines = []
    for name in steps:
        count = int(name.split("-")[1])
        points = 100 * compared["policies"][name]["below_need_share"]["difference"]
        lines.append(f"- {count} houses: {points:+.2f} percentage points, {points / count:+.3f} a house.")
    return "\n".join(lines)


def _read_out(compared: Mapping[str, Any]) -> str:
    """Say in two sentences what four houses do, as far as the intervals go."""
    of = compared["policies"]["houses-4"]
    below, wait = of["below_need_share"], of["wait_days_mean"]
    first = "Four more four-unit houses change the share that lives with less support than it needs by "
    first += f"{_change(below, MEASURES[0])} percentage points" + ("" if _apart(below) else ", which may be nothing at all")
    days = f"changes by {_change(wait, MEASURES[1])} days" if _apart(wait) else "does not surely change"
    second = f"the wait of new households {days}"
    return f'"{first}. At the same time {second}."'


def _apart(of: Mapping[str, float]) -> bool:
    return of["low"] > 0 or of["high"] < 0


def _turning(of: Mapping[str, Any], kpi: str) -> str:
    lines = [f"*{_UNITS[kpi][0]}*", "", *("- " + line for line in of["said"]["en"] if not line.startswith("Held fixed"))]
    return "\n".join(lines)


def _most_worth(information: Mapping[str, Any]) -> str:
    first = information["parameters"][0]
    if information["evpi_nok_per_year"] < 1 or first["nok_per_year"] < 1:
        found = '"At that price nothing that was tried suggests that a finding about these numbers would change the choice'
        high = information.get("evpi_within", [0.0, 0.0])[1]
        return found + ('."' if high < 1 else f'; with so few futures it could be worth up to {high:,.0f} NOK a year."')
    worth = f"{first['nok_per_year']:,.0f} NOK a year"
    return f'"Find out first: {first["label"]["en"].lower()}. Knowing it is worth at most {worth} to this choice."'


if __name__ == "__main__":
    main()
