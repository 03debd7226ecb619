"""What can be said of a scenario without running it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from rules.reading import Finding, InputError, Mapping, Node, Place, closest
from rules.reading.nodes import Scalar
from sim.scenario.compose import compose
from sim.scenario.honesty import honesty
from sim.scenario.parameters import ASSUMPTION, Assumption
from sim.scenario.register import SourceRecord, read_register, register_file
from sim.scenario.scenario import Scenario
from sim.scenario.source import Source, read_source

Summary = dict[str, Any]


def check_scenario(path: str | Path) -> tuple[tuple[Finding, ...], Summary]:
    """Check a scenario or a policy.

    Parameters
    ----------
    path : str or Path

    Returns
    -------
    tuple of Finding
        Errors, warnings and notes, in the order of the files.
    dict
        ``stock``: homes open on day 0 by scheme and step, projects not counted; ``assumptions`` and ``sourced``: parameters
        without and with a source; ``parameters``: how many of each kind; ``solidity``: of the sources used; ``rates``,
        ``effects`` and ``systems``: see `honesty`. Empty when the scenario cannot be read.
    """
    try:
        source = read_source(path)
        register = _register(source)
        scenario = compose(source)
    except InputError as error:
        return error.findings, {}
    more, said = honesty(source, scenario, register)
    findings = [*scenario.findings, *_parameters(source, scenario, register), *more]
    return tuple(sorted(dict.fromkeys(findings), key=_order)), summary_of(scenario, register) | said


def summary_of(scenario: Scenario, register: dict[str, SourceRecord] | None) -> Summary:
    """Give the figures of a scenario that need no run."""
    of = scenario.assumptions
    sourced = [a for a in of if a.source != ASSUMPTION]
    solid = Counter(register[a.source].solidity for a in sourced if register and a.source in register)
    return {
        "scenario": scenario.id,
        "stock": stock(scenario),
        "assumptions": len(of) - len(sourced),
        "sourced": len(sourced),
        "parameters": dict(sorted(Counter(a.kind for a in of).items())),
        "solidity": dict(sorted(solid.items())),
    }


def stock(scenario: Scenario) -> dict[str, dict[str, int]]:
    """Count the homes that are open on day 0, by ladder (as its stock is called) and step; every step is there."""
    blueprint = scenario.blueprint
    beside = {kind.scheme for kind in blueprint.types.values() if not kind.ladder}
    ladders = {scheme: ranks for scheme, ranks in blueprint.ranks.items() if scheme not in beside}
    count = {scheme: dict.fromkeys(range(1, len(ranks) + 1), 0) for scheme, ranks in ladders.items()}
    for site in blueprint.sites:
        kind = blueprint.types[site.type]
        if kind.ladder and site.opens <= 0.0 < site.closes:
            count[kind.scheme][kind.step] += site.dwellings
    called = scenario.stock_names
    return {called.get(scheme, scheme): {str(step): n for step, n in steps.items()} for scheme, steps in count.items()}


def _register(source: Source) -> dict[str, SourceRecord] | None:
    entry = source.base.entries.get("sources")
    file = register_file(None if entry is None else entry.node, source.files[0].parent)
    return None if file is None else read_register(file)


def _parameters(source: Source, scenario: Scenario, register: dict[str, SourceRecord] | None) -> Iterator[Finding]:
    if source.parameters is None:
        return
    for assumption in scenario.assumptions:
        entry = source.parameters.entries[assumption.id]
        assert isinstance(entry.node, Mapping)
        yield from _parameter(assumption, entry.node, entry.key_place, register)


def _parameter(of: Assumption, node: Mapping, place: Place, register: dict[str, SourceRecord] | None) -> Iterator[Finding]:
    if register is not None and of.source != ASSUMPTION and of.source not in register:
        hint = closest(of.source, [*register, ASSUMPTION]) or "add it to the register of sources, or write `assumption`"
        yield Finding("unknown-source", f"there is no source {of.source!r}", node.entries["source"].node.place, hint)
    if not of.used:
        yield Finding("unused-parameter", f"nothing refers to the parameter {of.id!r}", place, severity="warning")
    if of.kind == "uncertain" and not of.range and _is_number(node.entries["value"].node):
        yield Finding("no-range", f"the parameter {of.id!r} is uncertain and has no range for the sensitivity analysis",
                      place, severity="note")  # fmt: skip
    if of.kind == "fact" and of.source == ASSUMPTION and _is_number(node.entries["value"].node):
        yield Finding("fact-without-source", f"the parameter {of.id!r} is called a fact and rests on an assumption", place,
                      "write `kind: uncertain`, or give the source", "warning")  # fmt: skip


def _is_number(node: Node) -> bool:
    """Say whether a value is one number (shares, dates and distributions are not)."""
    return isinstance(node, Scalar) and bool(node.text) and (node.text[0].isdigit() or node.text[0] in "-.")


def _order(finding: Finding) -> tuple[str, int, int]:
    place = finding.place
    return ("", 0, 0) if place is None else (place.file, place.line, place.column)
