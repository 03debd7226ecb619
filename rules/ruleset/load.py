"""Reading a rule set: its files, their overlay, and every check that needs no run."""

import hashlib
import json
from collections.abc import Iterator
from collections.abc import Sequence as AbstractSequence
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from rules.language import read_fields
from rules.reading import Finding, InputError, Mapping, Node, Place, at, closest, plain, validate
from rules.reading import Path as NodePath
from rules.reading.overlay import overlay as overlaid
from rules.ruleset.build import VersionBuilder
from rules.ruleset.generated import STAGE_PATHS, generated_fields, rules_at
from rules.ruleset.indexed import with_basic_amount
from rules.ruleset.legal import check_legal
from rules.ruleset.merge import read_ruleset_tree
from rules.ruleset.model import RuleSet
from rules.ruleset.sections import AmountRecord, RuleSetRecord
from rules.ruleset.walk import based_records

#: Sections whose names are ids of rules beside the stages of `STAGE_PATHS`; in a track, `holds` alone.
_BESIDE = ("quotas", "claims", "holds")


def load_ruleset(paths: str | Path | AbstractSequence[str | Path], overlay: Node | None = None) -> RuleSet:
    """Read a rule set.

    Parameters
    ----------
    paths : path, or sequence of paths
        Files or folders; of a folder all ``*.yaml`` except worked cases (``*.test.yaml``).
    overlay : Node, optional
        Changes of a policy to the rule set's tree.

    Returns
    -------
    RuleSet

    Raises
    ------
    InputError
        With every mistake, each at its place.
    """
    tree: Node = read_ruleset_tree(paths)
    if overlay is not None:
        tree = overlaid(tree, overlay)
    assert isinstance(tree, Mapping)
    return ruleset_of(tree)


def ruleset_of(tree: Mapping) -> RuleSet:
    """Make a rule set of a merged tree. Raises `InputError` as `load_ruleset`."""
    validate(RuleSetRecord, tree)
    tree = with_basic_amount(tree)
    record = validate(RuleSetRecord, tree)
    findings = [*_legal_findings(tree, record), *_shared_ids(tree, record), *_transition_findings(tree, record)]
    fields = read_fields(at(tree, ("fields",))) if record.fields else {}
    fields |= generated_fields(tree, record, fields)
    versions = []
    warnings: list[Finding] = []
    for since in _dates(record):
        builder = VersionBuilder(tree, record, fields, since)
        try:
            versions.append(builder.build())
        except InputError as error:
            findings += error.findings
        warnings += builder.findings
    if findings:
        raise InputError(*sorted(dict.fromkeys(findings), key=_order))
    content = json.dumps(plain(tree), ensure_ascii=False, default=str)
    return RuleSet(
        id=record.ruleset,
        label=record.label,
        since=record.valid.from_,
        to=record.valid.to,
        hash=hashlib.sha256(content.encode()).hexdigest(),
        fields=fields,
        sources={name: source.label for name, source in record.legal_sources.items()},
        versions=tuple(versions),
        findings=tuple(sorted(dict.fromkeys(warnings), key=_order)),
    )


def _dates(record: RuleSetRecord) -> list[date | None]:
    """Give the dates on which what is in force changes, after a None for all that is before."""
    dates: set[date] = set()
    for _, based in based_records(record):
        if based.valid is not None:
            if based.valid.from_ is not None:
                dates.add(based.valid.from_)
            if based.valid.to is not None:
                dates.add(based.valid.to + timedelta(days=1))
        if isinstance(based, AmountRecord) and based.values:
            dates |= set(based.values)
    return [None, *sorted(dates)]


def _transition_findings(tree: Mapping, record: RuleSetRecord) -> list[Finding]:
    """Find dates of transition on which nothing changes."""
    if not isinstance(record.transition, dict):
        return []
    known = [day.isoformat() for day in _dates(record) if day is not None]
    node = at(tree, ("transition",))
    assert isinstance(node, Mapping)
    return [
        Finding("no-change", f"nothing in the rules changes on {day}", entry.key_place, closest(day, known))
        for day, entry in node.entries.items()
        if day not in known
    ]


def _legal_findings(tree: Mapping, record: RuleSetRecord) -> list[Finding]:
    found = []
    for path, based in based_records(record):
        several = isinstance(based.legal, list)
        for index, base in enumerate(based.legal if isinstance(based.legal, list) else [based.legal]):
            if base is not None:
                place = at(tree, (*path, "legal", index) if several else (*path, "legal")).place
                fault = check_legal(base, record.legal_sources, place)
                found += [] if fault is None else [fault]
    return found


def _shared_ids(tree: Mapping, record: RuleSetRecord) -> list[Finding]:
    """Find ids that two rules bear: decisions are recorded by the id of the rule."""
    seen: dict[str, Place] = {}
    found = []
    for path, section in _sections(record):
        for name in section:
            above = at(tree, path)
            assert isinstance(above, Mapping)
            place = above.entries[name].key_place
            if name in seen:
                found.append(Finding("duplicate-id", f"the id {name!r} is borne by another rule, at {seen[name]}", place,
                                     "give one of the two another id"))  # fmt: skip
            seen.setdefault(name, place)
    return found


def _sections(record: RuleSetRecord) -> Iterator[tuple[NodePath, dict[str, Any]]]:
    for stage, path in STAGE_PATHS.items():
        yield path, rules_at(record, stage)
    for name in _BESIDE:
        yield (name,), getattr(record, name)
    for track, own in record.tracks.items():
        for stage, path in STAGE_PATHS.items():
            yield ("tracks", track, *path), rules_at(own, stage)
        yield ("tracks", track, "holds"), own.holds


def _order(finding: Finding) -> tuple[str, int, int]:
    place = finding.place or Place("", 0, 0, "")
    return place.file, place.line, place.column
