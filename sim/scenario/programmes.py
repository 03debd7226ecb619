"""Programmes beside the ladders: their rule sets, read and compiled, and what they name elsewhere."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from rules import Layout, RuleSet, compile_program, load_ruleset
from rules.language import FORECAST, fields_of
from rules.language.fields import Field, Stored, Supplied
from rules.reading import Finding, InputError, closest
from rules.reading import Mapping as MappingNode
from rules.reading.nodes import Scalar
from rules.ruleset.merge import rule_files
from sim.scenario.model import ScenarioRecord
from sim.scenario.references import nodes_at
from sim.scenario.source import named_rules
from sim.scenario.stock import missing_fields, section, stored_values
from sim.world.blueprint import ProgrammeRules, TypeSpec
from sim.world.mechanisms.programme_parameters import ProgrammeSpec


def programme_paths(tree: MappingNode) -> dict[str, tuple[Path, ...]]:
    """Give the files or folders of the rules of each programme. Raises `InputError` for one that is not there."""
    return {path[1]: named_rules(node, Path(node.place.file).parent).paths for path, node in nodes_at(tree, "programmes.*.rules")}


def files_of_programmes(tree: MappingNode) -> tuple[Path, ...]:
    """Give every file of rules that the programmes read."""
    named = (path for paths in programme_paths(tree).values() for path in paths)
    return tuple(dict.fromkeys(file for path in named for file in rule_files(path)))


def programme_rules(tree: MappingNode) -> dict[str, RuleSet]:
    """Read the rules of each programme, without the stored fields that none of its rules reads.

    Raises
    ------
    InputError
        With every mistake in them; also for discretion and forecasts, which the world keeps for the list alone.
    """
    found = {name: _only_read(load_ruleset(list(paths))) for name, paths in programme_paths(tree).items()}
    findings = [
        Finding("not-supported", "the rules of a programme can have neither discretion nor a forecast", place)
        for ruleset in found.values()
        for place in _kept_for_the_list(ruleset)
    ]
    if findings:
        raise InputError(*findings)
    return found


def compiled(
    rulesets: Mapping[str, RuleSet],
    record: ScenarioRecord,
    tree: MappingNode,
    layout: Layout,
    fields: Mapping[str, Field],
    types: Mapping[str, TypeSpec],
) -> dict[str, ProgrammeRules]:
    """Compile the rules of each programme; with the facts of the sites of the homes that it rents.

    Raises
    ------
    InputError
        For fields that two rule sets declare otherwise, numbers that the rules do not define, and facts unknown or missing.
    """
    programmes = _specs(record)
    findings: list[Finding] = []
    found = {}
    for name, ruleset in rulesets.items():
        spec, node = programmes[name], section(tree, "programmes", name)
        program = compile_program(ruleset, layout)
        if spec.follow_up is not None and spec.follow_up not in program.numbers:
            hint = closest(spec.follow_up, program.numbers) or "name a definition or table that gives minutes a week"
            findings.append(Finding("dangling-reference", f"the rules define no number {spec.follow_up!r}",
                                    node.entries["follow_up"].node.place, hint))  # fmt: skip
        attributes = stored_values(section(tree, "types", spec.homes, "site_attributes"), "site", fields, findings)
        if spec.scattered is not None:
            own = types[spec.homes].attributes
            findings += missing_fields(f"programme {name!r}", spec.homes, node, fields, attributes, own)
        found[name] = ProgrammeRules(spec.homes, program, attributes)
    if findings:
        raise InputError(*dict.fromkeys(findings))
    return found


def misplaced(record: ScenarioRecord, tree: MappingNode, fields: Mapping[str, Field]) -> Iterator[Finding]:
    """Find homes of a programme on a ladder or of another, types of the stock that are on none, and facts that are no yes/no."""
    homes: dict[str, str] = {}
    for name, spec in _specs(record).items():
        node = section(tree, "programmes", name)
        place = node.entries["homes"].node.place
        if record.schemes[record.types[spec.homes].scheme].ladder:
            message = f"the homes of {name} are of the type {spec.homes!r}, which is on a ladder"
            yield Finding("programme-on-a-ladder", message, place, "give it a type of a scheme with `ladder: no`")
        if spec.homes in homes:
            yield Finding("duplicate-id", f"{spec.homes!r} has the homes of {homes[spec.homes]} already", place)
        homes[spec.homes] = name
        for wanted in () if spec.scattered is None else spec.scattered.types:
            if wanted in record.types and not record.schemes[record.types[wanted].scheme].ladder:
                yield Finding("programme-on-a-ladder", f"{wanted!r} is no type of the stock: it is on no ladder", place)
        for pattern in ("next_steps.*", "changes.*.sets.@"):
            yield from _no_facts(node, pattern, fields)


def _no_facts(node: MappingNode, pattern: str, fields: Mapping[str, Field]) -> Iterator[Finding]:
    known = [name for name, field in fields.items() if field.of == "applicant" and isinstance(field.source, Stored)]
    for name, place in _named(node, pattern):
        field = fields.get(name)
        if name not in known or field is None:
            yield Finding("unknown-field", f"the rules declare no stored field {name!r}", place, closest(name, known))
        elif pattern.startswith("next") and field.type != "yes/no":
            yield Finding("field-differs", f"{name} is no yes/no", place)


def _named(node: MappingNode, pattern: str) -> Iterator[tuple[str, Any]]:
    if not pattern.endswith("@"):
        yield from ((below.text, below.place) for _, below in nodes_at(node, pattern) if isinstance(below, Scalar))
        return
    for _, below in nodes_at(node, pattern.removesuffix(".@")):
        if isinstance(below, MappingNode):
            yield from ((key, entry.key_place) for key, entry in below.entries.items())


def _specs(record: ScenarioRecord) -> Mapping[str, Any]:
    programmes = getattr(record, "programmes", None)
    return {} if programmes is None else dict(programmes.root)


def scattered_programmes(programmes: Any) -> dict[str, ProgrammeSpec]:
    """Give the programmes whose homes are found one by one, by name; ``programmes`` is the mechanism's section, or None."""
    specs = {} if programmes is None else programmes.root
    return {name: spec for name, spec in specs.items() if spec.scattered is not None and spec.places is not None}


def scattered_homes(record: ScenarioRecord) -> frozenset[str]:
    """Give the types whose homes a programme finds one by one: no site has them."""
    return frozenset(spec.homes for spec in _specs(record).values() if spec.scattered is not None)


def _only_read(ruleset: RuleSet) -> RuleSet:
    """Leave out stored fields that nothing reads: a scenario need not say how they come about."""
    read: set[str] = set()
    for version in ruleset.versions:
        exprs = [*version.exprs(), *(expr for named in version.named.values() for expr in _inside(named))]
        exprs += [expr for quota in version.counted for expr in (quota.who, quota.stock) if expr is not None]
        read |= {name for expr in exprs for name in fields_of(expr)}
        read |= {criterion.field.name for criterion in version.priority if criterion.field is not None}
    kept = {name: field for name, field in ruleset.fields.items() if name in read or not isinstance(field.source, Stored)}
    return replace(ruleset, fields=kept)


def _inside(named: Any) -> Iterator[Any]:
    if hasattr(named, "body"):
        yield named.body
    else:
        yield from named.inputs
        yield from (output for row in named.rows for output in row.outputs)


def _kept_for_the_list(ruleset: RuleSet) -> Iterator[Any]:
    for version in ruleset.versions:
        yield from (discretion.place for discretion in version.discretions)
    yield from (f.place for f in ruleset.fields.values() if isinstance(f.source, Supplied) and f.source.by == FORECAST)
