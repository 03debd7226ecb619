"""What a results folder says of how it was made (`run.json`), and the words it needs to be read (`texts.json`)."""

import platform
import sys
from collections.abc import Mapping
from datetime import datetime
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

from sim.cli.engine import Assumption, Scenario, label_of, years_of
from sim.cli.figures import kostra_texts, kpi_texts
from sim.cli.options import Order
from sim.experiment import Batch

_PACKAGES = ("boligtrapp", "numpy", "simpy", "scipy", "duckdb")


def run_document(
    command: str, scenarios: Mapping[str, Scenario], order: Order, outcome: Batch, started: datetime, seconds: float
) -> dict[str, Any]:
    """Give the contents of `run.json`."""
    first = next(iter(scenarios.values()))
    return {
        "kind": "compare" if len(scenarios) > 1 else "run",
        "command": command,
        "scenario": next(iter(scenarios)),
        "policies": [
            {
                "name": name,
                "file": scenario.path,
                "label": dict(label_of(scenario)),
                "question": {"nb": "", "en": "", **scenario.question},
                "hash": scenario.hash,
                "inputs": dict(scenario.inputs),
                "equal_cost": _equal_cost(scenario, scenarios),
                **_stack(scenario),
                **_index(scenario),
            }
            for name, scenario in scenarios.items()
        ],
        "data": first.data,
        **_real_data(scenarios, order),
        "seed": order.seed,
        "replications": len(outcome.finished),
        "asked": outcome.asked,
        "ending": outcome.ending.value,
        "years": years_of(first),
        "asked_years": order.years,
        "start": first.blueprint.start.isoformat(),
        "settings": [list(pair) for pair in order.settings],
        "workers": order.workers,
        "versions": {"python": platform.python_version(), **{name: _version(name) for name in _PACKAGES}},
        "platform": f"{sys.platform} {platform.machine()}",
        "started": started.isoformat(timespec="seconds"),
        "seconds": round(seconds, 3),
    }


def _index(scenario: Scenario) -> dict[str, Any]:
    """Give by how much prices rise a year, by account, where the scenario says so; years are counted from the price year."""
    money = scenario.blueprint.mechanisms.get("money")
    if money is None or not money.index:
        return {}
    return {"price_index": {"price_year": money.price_year or scenario.blueprint.start.year, "growth": dict(money.index)}}


def texts_document(scenarios: Mapping[str, Scenario]) -> dict[str, Any]:
    """Give the contents of `texts.json`: measures, assumptions, and what the scenarios say of themselves."""
    assumptions: dict[str, Assumption] = {}
    for scenario in scenarios.values():
        for record in scenario.assumptions:
            assumptions.setdefault(record.id, record)
    return {
        "kpis": kpi_texts(),
        "kostra": kostra_texts(),
        "assumptions": [_assumption(record) for record in assumptions.values()],
        "scenarios": {name: dict(scenario.texts) for name, scenario in scenarios.items()},
        "types": {
            of.id: {"scheme": of.scheme, "step": of.step}
            for scenario in scenarios.values()
            for of in scenario.blueprint.types.values()
        },
        "ladders": list(
            dict.fromkeys(of.scheme for scenario in scenarios.values() for of in scenario.blueprint.types.values() if of.ladder)
        ),
        "rules_changed": _rules_changed(scenarios),
        "site_types": {site.id: site.type for scenario in scenarios.values() for site in scenario.blueprint.sites},
    }


def _equal_cost(scenario: Scenario, scenarios: Mapping[str, Scenario]) -> list[str]:
    """Give the names of those compared that a policy names as costing the same."""
    if scenario.policy is None:
        return []
    folder = Path(scenario.path).parent
    files = {(folder / file).resolve() for file in scenario.policy.equal_cost}
    return [name for name, other in scenarios.items() if Path(other.path).resolve() in files and not _stack(other)]


def _stack(scenario: Scenario) -> dict[str, list[str]]:
    """Give the names of the policies that one lays on one another; nothing for one by itself."""
    return {"stack": list(scenario.policy.stack)} if scenario.policy is not None and scenario.policy.stack else {}


def _rules_changed(scenarios: Mapping[str, Scenario]) -> dict[str, dict[str, list[str]]]:
    """Give a sentence for each change that a policy makes to the rules of the baseline, by policy and language."""
    from rules.diff import compare, sentences

    baseline, *policies = scenarios.values()
    before = _last_rules(baseline)
    found = {}
    for policy in policies:
        after = _last_rules(policy)
        if before is None or after is None:
            continue
        changes = compare(before, after)
        if changes:
            found[policy.name] = {lang: sentences(changes, lang) for lang in ("nb", "en")}
    return found


def _last_rules(scenario: Scenario) -> Any:
    return scenario.rulesets.get(scenario.blueprint.regimes[-1].program.hash)


def _real_data(scenarios: Mapping[str, Scenario], order: Order) -> dict[str, Any]:
    """Give why real data were used, and how far they are told; nothing for assumed ones."""
    used = {name: dict(scenario.real_data) for name, scenario in scenarios.items() if scenario.data == "real"}
    return {"data": "real", "real_data": used, "person_level": order.person_level} if used else {}


def _assumption(record: Assumption) -> dict[str, Any]:
    texts = {name: str(getattr(record, name) or "") for name in ("id", "value", "range", "kind", "source", "note")}
    return {**texts, "label": dict(record.label)}


def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return "not installed"
