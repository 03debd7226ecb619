"""The numbers of core.yaml and core_competing.yaml as plain data, for contestants that do not run through ``sim``.

Every contestant reads the same two files, so nobody can drift away from the model of the others.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from math import exp
from pathlib import Path
from typing import Any

import yaml

from rules.reading.units import days, per_day, share
from sim.kernel import Discrete, Distribution, Exponential, Lognormal, Weibull

FOLDER = Path(__file__).resolve().parent
FORMS = {"memoryless": FOLDER / "core.yaml", "competing": FOLDER / "core_competing.yaml"}
SITES = {"flat-1": 420, "flat-2": 280, "complex": 16, "small": 45}
YEARLY_ARRIVALS = 280
FIRST_WAITING = 80
YES_NO: Mapping[Any, bool] = {"yes": True, "no": False}


def settings(scale: float) -> dict[str, str]:
    """Return the ``--set`` values that make the core ``scale`` times as large."""
    changed = {f"sites.{name}.sites": str(max(1, round(n * scale))) for name, n in SITES.items()}
    changed["groups.people.arrivals.rate"] = f"{YEARLY_ARRIVALS * scale:g} per year"
    changed["initial.waiting.people.count"] = str(round(FIRST_WAITING * scale))
    return changed


@dataclass(frozen=True)
class Transition:
    """One competing risk of a household: its kind, where it is active, its duration, and the factors on its speed."""

    name: str
    kind: str  # need, exit, death, incident or patience
    status: str  # housed, waiting or any
    needs: frozenset[int]
    to: int
    duration: Distribution
    factors: tuple[str, ...]


@dataclass(frozen=True)
class Core:
    """The core model in numbers; times in days."""

    form: str
    days: float
    sites: tuple[tuple[str, int, int, int, int, int], ...]  # id, number of sites, homes each, rank, rooms, limit
    arrivals_per_day: float
    need: Discrete[int]
    fields: Mapping[str, Discrete[Any]]
    conflict: Mapping[int, Discrete[int]]
    lived_here: Distribution
    occupied: float
    first_waiting: int
    first_waited: Distribution
    transitions: tuple[Transition, ...]
    turnaround: Distribution
    conflict_from: int
    bands: tuple[tuple[int, float], ...]  # from percent, factor on speed
    sizes: tuple[tuple[int, float], ...]  # from site size, factor on speed
    plain: Mapping[str, float]  # factor -> multiplier


def read_core(form: str = "memoryless", scale: float = 1.0, years: float | None = None) -> Core:
    """Read one form of the core, ``scale`` times as large."""
    tree = yaml.safe_load(FORMS[form].read_text(encoding="utf-8"))
    for path, value in settings(scale).items():
        _set(tree, path.split("."), int(value) if value.isdigit() else value)
    people = tree["groups"]["people"]
    factors = tree.get("risk_factors", {})
    return Core(
        form=form,
        days=days(tree["horizon"]) if years is None else years * 365.25,
        sites=tuple(_site(tree, site) for site in tree["sites"]),
        arrivals_per_day=per_day(people["arrivals"]["rate"]),
        need=_shares(people["need"]["homes"]),
        fields={name: _shares(shares) for name, shares in people["fields"].items()},
        conflict={need: _shares(s) for need, s in tree["marks"]["conflict"]["by_need"]["homes"].items()},
        lived_here=_duration(people["since"]["moved_to_municipality"]),
        occupied=share(tree["initial"]["residents"]["flat"]["occupied"]),
        first_waiting=tree["initial"]["waiting"]["people"]["count"],
        first_waited=_duration(tree["initial"]["waiting"]["people"]["waited"]),
        transitions=tuple(_transitions(tree)),
        turnaround=_duration(tree["turnaround"]["after"]),
        conflict_from=tree["incidents"]["conflict_from"],
        bands=_bands(factors.get("neighbours"), lambda x, spec: exp(spec["exp"] * x)),
        sizes=_bands(factors.get("site_size"), lambda x, spec: x ** spec["power"]),
        plain={name: float(spec["factor"]) for name, spec in factors.items() if "factor" in spec},
    )


def _transitions(tree: Mapping[str, Any]) -> list[Transition]:
    found = []
    for section, kind, status in (
        ("patience", "patience", "waiting"), ("needs", "need", "any"), ("exits", "exit", "housed"), ("deaths", "death", "housed"),
    ):  # fmt: skip
        for name, spec in tree.get(section, {"transitions": {}})["transitions"].items():
            needs = spec.get("from", {}).get("need", [1, 2, 3])
            needs = frozenset(needs if isinstance(needs, list) else [needs])
            to = spec["to"] if kind == "need" else 0
            found.append(Transition(name, kind, status, needs, to, _duration(spec["after"]), tuple(spec.get("factors", ()))))
    own = tree["incidents"]["own"]
    everybody = frozenset((1, 2, 3))
    found.append(Transition("own", "incident", "housed", everybody, 0, _duration(own["after"]), tuple(own.get("factors", ()))))
    return found


def _site(tree: Mapping[str, Any], site: Mapping[str, Any]) -> tuple[str, int, int, int, int, int]:
    kind = tree["types"][site["type"]]
    rooms = site.get("dwelling_attributes", {}).get("rooms", kind["attributes"]["rooms"])
    return site["id"], site["sites"], site["dwellings"], kind["step"], rooms, site["attributes"]["site_limit"]


def _duration(spec: Mapping[str, Any]) -> Distribution:
    ((kind, given),) = spec.items()
    if kind == "exponential":
        return Exponential(days(given))
    if kind == "weibull":
        return Weibull(days(given["mean"]), given["shape"])
    return Lognormal(days(given["mean"]), days(given["sd"]))


def _shares(shares: Mapping[Any, str]) -> Discrete[Any]:
    return Discrete(tuple(YES_NO.get(value, value) for value in shares), tuple(share(part) for part in shares.values()))


def _bands(spec: Mapping[str, Any] | None, factor: Any) -> tuple[tuple[int, float], ...]:
    if spec is None:
        return ()
    return tuple((low, factor(representative, spec)) for low, representative in spec["bands"].items())


def _set(tree: Any, path: list[str], value: str | int) -> None:
    for part in path[:-1]:
        tree = tree[part] if isinstance(tree, dict) else next(item for item in tree if item["id"] == part)
    tree[path[-1]] = value
