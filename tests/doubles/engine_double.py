"""A small engine with the face of the real one: figures from arithmetic in place of a world."""

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from types import SimpleNamespace
from typing import Any, NamedTuple

from rules.reading import Finding, InputError, Place
from sim.cli.engine import Engine
from sim.replication.explained import Explained
from sim.world.verbs.guard import InvariantError

WAIT, LIST, SHARE = "wait_days_mean", "waiting_list_mean", "lowest_step_share"


class Assumed(NamedTuple):
    id: str
    label: Mapping[str, str]
    value: str
    range: str
    kind: str
    source: str
    note: str


@dataclass(frozen=True)
class ScenarioDouble:
    name: str
    effect: float = 0.0
    years: float = 10.0
    title: Mapping[str, str] = field(default_factory=lambda: {"nb": "I dag", "en": "Today"})
    question: Mapping[str, str] = field(default_factory=lambda: {"nb": "Får flere bolig?", "en": "Do more get a home?"})
    data: str = "assumed"
    real_data: Mapping[str, str] = field(default_factory=dict)
    hash: str = "abc123"
    inputs: Sequence[tuple[str, str]] = (("today.yaml", "f" * 64),)
    policy: Any = None
    assumptions: Sequence[Assumed] = (
        Assumed("void_days", {"nb": "Tomme dager", "en": "Void days"}, "45 days", "20 to 120", "uncertain", "assumption", "n"),
        Assumed("homes", {"nb": "Boliger", "en": "Homes"}, "1200", "", "fact", "BAERUM-1", ""),
    )
    texts: Mapping[str, Any] = field(default_factory=dict)
    rulesets: Mapping[str, Any] = field(default_factory=dict)
    precision: Sequence[tuple[str, Any, Place]] = ()
    path: str = "today.yaml"
    findings: Sequence[Finding] = (Finding("no-base", "no legal base", Place("r.yaml", 3, 1, ""), None, "warning"),)

    @property
    def blueprint(self) -> Any:
        sites = (SimpleNamespace(id="a", dwellings=2, type="flat"), SimpleNamespace(id="b", dwellings=1, type="hut"))
        return SimpleNamespace(
            days=self.years * 365.25,
            sites=sites,
            start=date(2026, 1, 1),
            types={},
            mechanisms={},
            regimes=(SimpleNamespace(program=SimpleNamespace(hash="none")),),
        )


#: What stands in the files that the tests name.
SCENARIOS = {
    "today": ScenarioDouble("today"),
    "same": ScenarioDouble("same"),
    "more": ScenarioDouble("more", -40.0, title={"nb": "Flere", "en": "More"}),
    "broken": ScenarioDouble("broken"),
    "stopped": ScenarioDouble("stopped"),
    "precise": ScenarioDouble("precise", precision=((WAIT, "4 days", Place("precise.yaml", 2, 1, "")),)),
    "impossible": ScenarioDouble("impossible", precision=((WAIT, 0.001, Place("impossible.yaml", 2, 1, "")),)),
    "unknown": ScenarioDouble("unknown", precision=(("wait_mean_days", 1, Place("unknown.yaml", 2, 5, "")),)),
    "wrong-unit": ScenarioDouble("wrong-unit", precision=((WAIT, "5 NOK", Place("wrong-unit.yaml", 2, 5, "")),)),
    "html": ScenarioDouble("html", title={"nb": "<b>fet</b>", "en": "<script>x</script>"}),
}


def load(path: Path, settings: Sequence[tuple[str, str]] = (), years: float | None = None) -> ScenarioDouble:
    scenario = SCENARIOS.get(path.stem)
    if scenario is None:
        raise InputError(Finding("missing-file", "there is no such file", Place(str(path), 1, 1, "")))
    more = sum(float(value) for name, value in settings if name == "effect")
    hash_ = f"{scenario.hash}/{scenario.name}/{more}/{years}" if more or years else scenario.hash
    return replace(scenario, effect=scenario.effect + more, years=years or scenario.years, hash=hash_, path=str(path))


def load_comparison(
    baseline: Path,
    policies: Sequence[Path],
    settings: Sequence[tuple[str, str]] = (),
    years: float | None = None,
    *,
    cumulative: bool = False,
) -> dict[str, ScenarioDouble]:
    assert not cumulative, "piles of policies are tried on real scenarios"
    scenarios = [load(path, settings, years) for path in (baseline, *policies)]
    return {scenario.name: scenario for scenario in scenarios}


def replicate(scenario: ScenarioDouble, seed: int, k: int, *, check_invariants: bool = False) -> Any:
    draw = random.Random(f"{seed}/{k}")
    if scenario.name == "broken" and k == 3:
        raise InvariantError("home s/1 is let to nobody", "two homes too many")
    if scenario.name == "stopped" and k == 3:
        raise KeyboardInterrupt
    wait = draw.gauss(300.0, 20.0) + scenario.effect + draw.gauss(0, 1) * (scenario.effect != 0)
    figures = [
        (0, "all", "all", WAIT, wait),
        (1, "all", "all", WAIT, wait / 2),
        (0, "group", "refugees", WAIT, wait + 1),
        (0, "all", "all", LIST, draw.gauss(90.0, 5.0)),
        (0, "all", "all", SHARE, None if k % 2 else draw.random()),
        (0, "all", "all", "homes_mean", 1200.0),
        (0, "ending", "housed", "wait_ending_share", 0.8),
    ]
    tables = {"flows": [(1, "no_roof", "flat", k)], "decisions": []}
    return SimpleNamespace(k=k, figures=figures, tables=tables, events={"checked": int(check_invariants)})


def explain(scenario: Any, seed: int, k: int, *, number: Any, dwelling: Any, household: Any, lang: str) -> list[Any]:
    record = {"kind": "allocation", "number": number}
    return [Explained([f"{scenario.name} {seed} {k} {number} {lang}"], record)] if dwelling != "none" else []


def check(path: Path) -> tuple[Sequence[Finding], Mapping[str, Any]]:
    try:
        found = load(path)
    except InputError as error:
        return error.findings, {}
    return found.findings, {"stock": {"velferdsbolig": {"1": 5, "2": 4}}, "assumptions": 1, "sourced": 1}


def engine() -> Engine:
    return Engine(load, load_comparison, replicate, explain, check)
