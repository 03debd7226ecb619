"""The long run of a scenario: whether there can be one, and measuring it after a warm-up."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import replace
from math import inf

from rules.reading import Finding, Mapping
from sim.scenario.dates import MONTH
from sim.scenario.scenario import Scenario
from sim.world.blueprint import Blueprint


def not_frozen(plan: Blueprint, tree: Mapping) -> list[Finding]:
    """Find all that changes with time in a scenario that asks for its long run (`long_run: yes`): it would have none."""
    place = tree.entries["long_run"].key_place
    hint = "take it out, or leave out `long_run` and simulate from today's state"
    return [Finding("no-long-run", f"there is no long run: {what}", place, hint) for what in _changes(plan)]


def _changes(plan: Blueprint) -> Iterator[str]:
    for group in plan.groups.values():
        if len(group.arrivals.rate) > 1 or group.arrivals.batches:
            yield f"the applications of {group.id} change with time"
    for site in plan.sites:
        if site.opens > 0:
            yield f"the site {site.id} opens on the way"
        if site.closes < inf:
            yield f"the site {site.id} closes on the way"
    if getattr(plan.mechanisms.get("projects"), "projects", None):
        yield "projects open homes on the way"
    for name, steps in plan.timelines.items():
        if len(steps) > 1:
            yield f"the hours of {name} change on the way"
    if len(plan.regimes) > 1:
        yield "the rules change on the way"
    if plan.policy_from:
        yield "the policy begins on the way; let it begin on the first day"
    for name, value in vars_of(plan.mechanisms.get("money")):
        if "growth" in name and value:
            yield f"prices change with time ({name})"


def vars_of(parameters: object) -> Iterator[tuple[str, object]]:
    """Give the parameters of a mechanism by name; nothing where it is off."""
    yield from ({} if parameters is None else dict(parameters)).items()  # type: ignore[call-overload]


def after_warm_up(scenario: Scenario, months: int) -> Scenario:
    """Give a scenario whose figures are measured after so many months."""
    day = round(months * MONTH, 9)
    first = min(scenario.blueprint.bins, key=lambda edge: abs(edge - day))
    digest = hashlib.sha256(f"{scenario.hash} measured from {first!r}".encode()).hexdigest()
    plan = replace(scenario.blueprint, measure_from=first)
    return replace(scenario, blueprint=plan, settings=replace(scenario.settings, measure_from=first), hash=digest)
