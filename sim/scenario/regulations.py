"""The rule sets of a scenario: those in force from the start, and those a policy puts in their place."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from rules import RuleSet, load_ruleset
from rules.language import FORECAST
from rules.language.fields import Field, Supplied
from rules.reading import Finding, InputError, closest
from rules.ruleset.merge import ruleset_files
from sim.scenario.source import Layer, RuleSource, Source

#: The rules of a scenario that names none.
NO_RULES = Path(__file__).with_name("no_rules.yaml")


@dataclass(frozen=True, slots=True)
class InForce:
    """A rule set, and the policy that puts it in force; None = from the start."""

    ruleset: RuleSet
    layer: Layer | None


def rules_in_force(source: Source) -> tuple[InForce, ...]:
    """Read the rules of a scenario and of its policies, in the order in which they come into force.

    Raises
    ------
    InputError
        With every mistake in them.
    """
    current = source.rules or RuleSource((NO_RULES,), source.tree)
    found = [InForce(load_ruleset(list(current.paths), current.changes), None)]
    for layer in source.layers:
        if layer.rules is None:
            continue
        current = _next(current, layer.rules)
        found.append(InForce(load_ruleset(list(current.paths), current.changes), layer))
    return tuple(found)


def files_of_rules(source: Source) -> tuple[Path, ...]:
    """Give every file of rules that is read."""
    sets = [rules for rules in (source.rules, *(layer.rules for layer in source.layers)) if rules is not None]
    return tuple(dict.fromkeys(file for rules in sets if rules.paths for file in ruleset_files(rules.paths)))


def sha256(path: Path) -> str:
    """Give the SHA-256 of a file's bytes."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def fields_in_play(rulesets: Iterable[RuleSet], offers: Mapping[str, Field], read: Iterable[str] = ()) -> dict[str, Field]:
    """Give the fields of all rule sets, and of what the world offers those that conditions of the scenario read.

    Raises
    ------
    InputError
        For a field that the rules expect of the world, and that nothing in the scenario supplies, and for discretion
        without the shares that a simulation draws from.
    """
    fields: dict[str, Field] = {}
    findings: list[Finding] = []
    for ruleset in rulesets:
        own = {name for version in ruleset.versions for quota in version.counted for name in (quota.let, quota.homes)}
        for discretion in (one for version in ruleset.versions for one in version.discretions):
            own.add(discretion.field)
            if not discretion.shares:
                hint = "write set: {3 months: 50 %, …}" if discretion.is_length else "write taken: 30 %"
                message = f"a simulation must know how often this is decided ({discretion.id})"
                findings.append(Finding("no-share", message, discretion.place, hint))
        for name, field in ruleset.fields.items():
            fields.setdefault(name, field)
            if isinstance(field.source, Supplied) and name not in own and field.source.by != FORECAST:
                fault = _unsupplied(field, offers)
                if fault is not None:
                    findings.append(fault)
    if findings:
        raise InputError(*dict.fromkeys(findings))
    for name in read:
        if name in offers:
            fields.setdefault(name, offers[name])
    return fields


def _unsupplied(field: Field, offers: Mapping[str, Field]) -> Finding | None:
    offer = offers.get(field.name)
    if offer is None:
        source = field.source
        assert isinstance(source, Supplied)
        near = closest(field.name, offers)
        hint = near or (None if source.by == "world" else f"the scenario does not switch on {source.by}")
        return Finding("not-supplied", f"nothing in the scenario supplies {field.name}", field.place, hint)
    if offer.of != field.of or offer.type != field.type:
        return Finding("field-differs", f"the world supplies {field.name} of the {offer.of} as {offer.domain}", field.place)
    missing = [value for value in offer.values if value not in field.values]
    if missing:
        return Finding("field-differs", f"{field.name} may also be {', '.join(map(repr, missing))} in this scenario",
                       field.place, "add the values to the field")  # fmt: skip
    if field.type == "int" and field.range is not None and offer.range is not None and not _reaches(field, offer):
        low, high = offer.range
        return Finding("field-differs", f"{field.name} may be {low}..{high} in this scenario, and the rules declare "
                       f"{field.domain}", field.place)  # fmt: skip
    return None


def _reaches(field: Field, offer: Field) -> bool:
    """Say whether the range declared holds what the world may supply (sums and sizes are bounded by the stock)."""
    assert field.range is not None and offer.range is not None
    if offer.of != "applicant":
        return True
    return field.range[0] <= offer.range[0] and offer.range[1] <= field.range[1]


def _next(current: RuleSource, change: RuleSource) -> RuleSource:
    if change.changes is None or change.whole:
        return change
    if current.changes is not None:
        message = f"the rules are changed here and by the policy it extends ({current.changes.place})"
        raise InputError(Finding("overlay-conflict", message, change.changes.place, "write all changes of rules in one policy"))
    return replace(current, changes=change.changes, node=change.node)
