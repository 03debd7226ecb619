"""The stock: types of dwellings on their ladders, and the sites with their homes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

from rules.language.fields import Field, Stored
from rules.reading import Entry, Finding, InputError, closest
from rules.reading import Mapping as MappingNode
from rules.reading.nodes import Sequence as SequenceNode
from sim.scenario.dates import days_since
from sim.scenario.model import ScenarioRecord, SiteRecord
from sim.scenario.values import scalar_value
from sim.world.blueprint import SiteSpec, TypeSpec, Value

_INF = float("inf")


def types_of(record: ScenarioRecord, tree: MappingNode, fields: Mapping[str, Field]) -> dict[str, TypeSpec]:
    """Give the types of dwellings. Raises `InputError` for steps that a scheme has not, and for facts unknown."""
    findings: list[Finding] = []
    found = {}
    for name, kind in record.types.items():
        node = section(tree, "types", name)
        scheme = record.schemes[kind.scheme]
        if kind.step > len(scheme.ranks):
            findings.append(Finding("out-of-bounds", f"{kind.scheme} has {len(scheme.ranks)} steps, and {name} is on step "
                                    f"{kind.step}", node.entries["step"].node.place))  # fmt: skip
            continue
        attributes = stored_values(section(node, "attributes"), "dwelling", fields, findings)
        stored_values(section(node, "site_attributes"), "site", fields, findings)
        found[name] = TypeSpec(name, kind.scheme, kind.step, scheme.ranks[kind.step - 1], scheme.ladder, attributes)
    if findings:
        raise InputError(*findings)
    return found


def sites_of(
    record: ScenarioRecord,
    tree: MappingNode,
    fields: Mapping[str, Field],
    types: Mapping[str, TypeSpec],
    start: date,
    added: frozenset[str],
) -> tuple[SiteSpec, ...]:
    """Give every site; entries for several alike become ``id-1``, ``id-2`` and so on.

    Raises
    ------
    InputError
        For ids that stand twice, homes that close before they open, and facts that are unknown or missing.
    """
    findings: list[Finding] = []
    entry = tree.entries.get("sites")
    nodes = entry.node.items if entry is not None and isinstance(entry.node, SequenceNode) else ()
    found: list[SiteSpec] = []
    seen: dict[str, str] = {}
    for site, node in zip(record.sites, nodes, strict=True):
        assert isinstance(node, MappingNode)
        shared = section(tree, "types", site.type, "site_attributes")
        attributes = stored_values(shared, "site", fields, findings)
        attributes |= stored_values(section(node, "attributes"), "site", fields, findings)
        own = stored_values(section(node, "dwelling_attributes"), "dwelling", fields, findings)
        every = {**types[site.type].attributes, **own}
        findings += missing_fields(f"site {site.id!r}", site.type, node, fields, attributes, every)
        each = tuple(stored_values(one, "dwelling", fields, findings) for one in _each(node))
        opens, closes = _dates(site, node, start, findings)
        names = [site.id] if site.sites == 1 else [f"{site.id}-{number}" for number in range(1, site.sites + 1)]
        for name in names:
            if name in seen:
                findings.append(Finding("duplicate-id", f"the site {name!r} stands here a second time",
                                        node.entries["id"].node.place))  # fmt: skip
            seen[name] = site.id
            found.append(
                SiteSpec(
                    name,
                    site.type,
                    site.dwellings,
                    site.district,
                    opens,
                    closes,
                    attributes,
                    own,
                    site.id in added,
                    site.closing == "relocate",
                    each,
                )
            )
    if findings:
        raise InputError(*dict.fromkeys(findings))
    return tuple(found)


def _each(node: MappingNode) -> Iterator[MappingNode]:
    entry = node.entries.get("each")
    if entry is not None and isinstance(entry.node, SequenceNode):
        yield from (item for item in entry.node.items if isinstance(item, MappingNode))


def _dates(site: SiteRecord, node: MappingNode, start: date, findings: list[Finding]) -> tuple[float, float]:
    opens = 0.0 if site.opens is None else days_since(start, site.opens)
    closes = _INF if site.closes is None else days_since(start, site.closes)
    if closes <= opens:
        findings.append(Finding("closes-before-it-opens", f"the site {site.id!r} closes {site.closes}, and opens "
                                f"{site.opens or start}", node.entries["closes"].node.place))  # fmt: skip
    elif site.closes is not None and site.closing is None:
        findings.append(Finding("missing-key", f"the site {site.id!r} closes, and does not say what becomes of those who "
                                "live there", node.entries["closes"].key_place,
                                "write `closing: when_vacated`, or `closing: relocate`"))  # fmt: skip
    return opens, closes


def missing_fields(
    who: str,
    kind: str,
    node: MappingNode,
    fields: Mapping[str, Field],
    of_site: Mapping[str, Value],
    of_dwelling: Mapping[str, Value],
) -> list[Finding]:
    """Find stored fields of the rules that neither a site (or project) nor its type supplies."""
    findings = []
    for name, field in fields.items():
        if not isinstance(field.source, Stored) or field.may_be is not None:
            continue
        if field.of == "site" and name not in of_site:
            hint = f"write `attributes: {{{name}: ...}}`, or `site_attributes` in the type"
            message = f"the rules read {name}, and neither the {who} nor its type has it"
            findings.append(Finding("missing-field", message, node.place, hint))
        elif field.of == "dwelling" and name not in of_dwelling:
            findings.append(Finding("missing-field", f"the rules read {name}, and neither the type {kind!r} nor the {who} has it",
                                    node.place, f"write `attributes: {{{name}: ...}}` in the type"))  # fmt: skip
    return findings


def stored_values(node: MappingNode, of: str, fields: Mapping[str, Field], findings: list[Finding]) -> dict[str, Value]:
    """Read a map of stored facts of a dwelling or a site; findings are added to the list."""
    found: dict[str, Value] = {}
    for name, entry in node.entries.items():
        field = fields.get(name)
        if field is None or field.of != of or not isinstance(field.source, Stored):
            findings.append(_unknown(name, entry, of, fields))
            continue
        try:
            found[name] = scalar_value(entry.node, field)
        except InputError as error:
            findings += error.findings
    return found


def _unknown(name: str, entry: Entry, of: str, fields: Mapping[str, Field]) -> Finding:
    known = [key for key, field in fields.items() if field.of == of and isinstance(field.source, Stored)]
    hint = closest(name, known) or f"declare it in the rules as a stored field of the {of}"
    return Finding("unknown-field", f"the rules declare no stored field {name!r} of the {of}", entry.key_place, hint)


def section(node: MappingNode, *path: str) -> MappingNode:
    """Give the map under a path; an empty one where there is none."""
    for step in path:
        entry = node.entries.get(step)
        if entry is None or not isinstance(entry.node, MappingNode):
            return MappingNode({}, node.place)
        node = entry.node
    return node
