"""Values of the rules' fields inside the parameters of mechanisms: read by the declarations, checked at their places."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from rules.language.fields import Field, Stored
from rules.reading import Finding, InputError, closest
from rules.reading import Mapping as MappingNode
from rules.reading.nodes import Scalar
from sim.scenario.references import nodes_at
from sim.scenario.stock import missing_fields, section, stored_values
from sim.scenario.teams import idle_teams
from sim.scenario.values import value_of
from sim.world.blueprint import TypeSpec


def typed_parameters(
    parameters: Mapping[str, Any], tree: MappingNode, fields: Mapping[str, Field], types: Mapping[str, TypeSpec]
) -> dict[str, Any]:
    """Give the parameters of the mechanisms with the facts in them as the rules know them.

    Raises
    ------
    InputError
        For facts that are unknown, missing, or no value of their field.
    """
    findings: list[Finding] = []
    typed = dict(parameters)
    if "projects" in typed:
        typed["projects"] = _projects(typed["projects"], tree, fields, types, findings)
    if "services" in typed:
        typed["services"] = _services(typed["services"], tree, fields, findings)
        findings += idle_teams(typed["services"], tree, types)
    if "programmes" in typed:
        typed["programmes"] = _programmes(typed["programmes"], tree, fields, findings)
    if findings:
        raise InputError(*dict.fromkeys(findings))
    return typed


def check_required(tree: MappingNode, numbers: list[tuple[str, ...]]) -> list[Finding]:
    """Find a number of required follow-up that some rule set in play does not define."""
    findings = []
    for _, node in nodes_at(tree, "services.required"):
        if isinstance(node, Scalar):
            findings += [
                Finding(
                    "dangling-reference",
                    f"the rules define no number {node.text!r}",
                    node.place,
                    closest(node.text, known) or "name a definition or table that gives minutes a week",
                )
                for known in numbers
                if node.text not in known
            ][:1]
    return findings


def _projects(
    projects: Any, tree: MappingNode, fields: Mapping[str, Field], types: Mapping[str, TypeSpec], findings: list[Finding]
) -> Any:
    typed = []
    for spec, (_, node) in zip(projects.root, nodes_at(tree, "projects.*"), strict=True):
        assert isinstance(node, MappingNode)
        shared = section(tree, "types", spec.type, "site_attributes")
        of_site = stored_values(shared, "site", fields, findings)
        of_site |= stored_values(section(node, "attributes"), "site", fields, findings)
        own = stored_values(section(node, "dwelling_attributes"), "dwelling", fields, findings)
        of_dwelling = {**types[spec.type].attributes, **own}
        findings += missing_fields(f"project {spec.id!r}", spec.type, node, fields, of_site, of_dwelling)
        typed.append(spec.model_copy(update={"attributes": of_site, "dwelling_attributes": own}))
    return type(projects)(tuple(typed))


def _services(services: Any, tree: MappingNode, fields: Mapping[str, Field], findings: list[Finding]) -> Any:
    accepts = services.accepts
    if accepts is None:
        return services
    by = section(tree, "services", "accepts").entries["by"].node
    field = fields.get(accepts.by)
    if field is None or field.of != "applicant" or not isinstance(field.source, Stored):
        known = [name for name, f in fields.items() if f.of == "applicant" and isinstance(f.source, Stored)]
        hint = closest(accepts.by, known) or "name a stored field of the applicant"
        findings.append(Finding("unknown-field", f"the rules declare no stored field {accepts.by!r}", by.place, hint))
        return services
    of = section(tree, "services", "accepts", "of")
    shares = {}
    for key, entry in of.entries.items():
        try:
            shares[value_of(key, field, entry.key_place)] = accepts.of[key]
        except InputError as error:
            findings += error.findings
    left = [value for value in _all_values(field) if value not in shares]
    if left:
        findings.append(Finding("missing-key", f"`of` says nothing about {field.name} = {left[0]}", of.place))
    return services.model_copy(update={"accepts": accepts.model_copy(update={"of": shares})})


def _programmes(programmes: Any, tree: MappingNode, fields: Mapping[str, Field], findings: list[Finding]) -> Any:
    typed = {}
    for name, spec in programmes.root.items():
        changes = {}
        for change, what in spec.changes.items():
            written = section(tree, "programmes", name, "changes", change, "sets")
            changes[change] = what.model_copy(update={"sets": stored_values(written, "applicant", fields, findings)})
        start = stored_values(section(tree, "programmes", name, "on_day_0"), "applicant", fields, findings)
        typed[name] = spec.model_copy(update={"changes": changes, "on_day_0": start})
    return type(programmes)(typed)


def _all_values(field: Field) -> list[Any]:
    if field.range is not None:
        return list(range(field.range[0], field.range[1] + 1))
    return list(field.values) or [False, True]
