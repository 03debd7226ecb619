"""The fields that the reader adds to those an author declares: decisions at discretion, times since an event."""

from collections.abc import Iterator
from typing import Any

from rules.language import Field
from rules.reading import Finding, InputError, Label, Mapping, Path, Place, at
from rules.ruleset.discretion import length_field, taken_field
from rules.ruleset.exclusions import LONGEST, read_event, read_exclusion_period, read_length, since_field
from rules.ruleset.model import Stage
from rules.ruleset.quotas import quota_fields
from rules.ruleset.sections import ExclusionRecord, RuleRecord, RuleSetRecord, TrackRecord

#: Stages whose rules grant something, where the others refuse.
GRANTING = frozenset({"moves", "temporary"})

#: Where the rules of each stage stand, in a rule set and in each of its tracks.
STAGE_PATHS: dict[Stage, Path] = {
    "scope": ("scope",), "eligibility": ("eligibility",), "exclusion": ("exclusion",), "matching": ("matching",),
    "living_environment": ("living_environment",), "renewal": ("tenancy", "renewal"), "moves": ("moves",),
    "temporary": ("temporary",),
}  # fmt: skip


def generated_fields(tree: Mapping, record: RuleSetRecord, declared: dict[str, Field]) -> dict[str, Field]:
    """Give the fields that rules need beside the declared ones.

    Raises
    ------
    InputError
        For words of an exclusion or of discretion that cannot be read, and for a name that is already taken.
    """
    found: dict[str, Field] = {}
    findings: list[Finding] = []
    for path, name, rule in _rules(record):
        try:
            for field in _of_rule(tree, (*path, name), name, rule):
                if field.name in declared or field.name in found:
                    message = f"the name {field.name!r} of a generated field is already in use"
                    raise InputError(Finding("name-taken", message, field.place, "give the field or the rule another name"))
                found[field.name] = field
        except InputError as error:
            findings += error.findings
    for name, quota in record.quotas.items():
        label = _label(quota.label, name)
        for field in quota_fields(name, label, quota.per, _key_place(tree, ("quotas", name))):
            found[field.name] = field
    if findings:
        raise InputError(*findings)
    return found


def _rules(record: RuleSetRecord) -> Iterator[tuple[Path, str, RuleRecord]]:
    wholes: list[tuple[Path, RuleSetRecord | TrackRecord]] = [((), record)]
    wholes += [(("tracks", name), track) for name, track in record.tracks.items()]
    for above, whole in wholes:
        for stage, path in STAGE_PATHS.items():
            for name, rule in rules_at(whole, stage).items():
                yield (*above, *path), name, rule


def rules_at(whole: RuleSetRecord | TrackRecord, stage: Stage) -> dict[str, Any]:
    """Give the records of the rules of a stage, of a rule set or of one of its tracks (which has no temporary accommodation)."""
    found: dict[str, Any] = whole.tenancy.renewal if stage == "renewal" else getattr(whole, stage, {})
    return found


def _of_rule(tree: Mapping, path: Path, name: str, rule: RuleRecord) -> Iterator[Field]:
    place = _key_place(tree, path)
    label = _label(rule.label, name)
    if isinstance(rule, ExclusionRecord) and rule.after is not None:
        yield from _of_exclusion(tree, path, name, rule, label, place)
    elif rule.discretion is not None:
        _refuse_lengths(tree, (*path, "discretion"))
        yield taken_field(name, None, rule.discretion.authority, label, place, grants=path[-2] in GRANTING)
    for key in ("unless", "cured_by"):
        for other, item in getattr(rule, key, {}).items():
            if item.discretion is not None:
                where = (*path, key, other)
                _refuse_lengths(tree, (*where, "discretion"))
                yield taken_field(name, other, item.discretion.authority, _label(item.label, other), _key_place(tree, where))


def _of_exclusion(tree: Mapping, path: Path, name: str, rule: ExclusionRecord, label: Label, place: Place) -> Iterator[Field]:
    event = read_event(at(tree, (*path, "after")))
    period, ceiling = read_exclusion_period(at(tree, (*path, "period")))
    yield since_field(name, event, period, place)
    if ceiling != (rule.discretion is not None):
        message = "a period `up to` a ceiling needs an authority that sets it" if ceiling else "the period is fixed"
        raise InputError(Finding("bad-period", message, at(tree, (*path, "period")).place,
                                 "write `discretion` with the authority" if ceiling else f"write up to {period}"))  # fmt: skip
    if rule.discretion is not None:
        node = at(tree, (*path, "discretion"))
        if rule.discretion.taken is not None:
            place_of = at(node, ("taken",)).place
            raise InputError(Finding("needless-key", "a length is set, not taken", place_of, "write set: {3 months: 50 %, …}"))
        if rule.discretion.set is not None:
            written = at(node, ("set",))
            assert isinstance(written, Mapping)
            for text, entry in written.entries.items():
                read_length(text, period, entry.key_place)
            if abs(sum(rule.discretion.set.values()) - 1.0) > 1e-9:
                raise InputError(Finding("bad-shares", "the shares do not sum to 100 %", written.place))
        yield length_field(name, LONGEST[period.unit], period.unit, rule.discretion.authority, label, place)


def _refuse_lengths(tree: Mapping, path: Path) -> None:
    node = at(tree, path)
    if isinstance(node, Mapping) and "set" in node.entries:
        raise InputError(Finding("needless-key", "only the length of an exclusion is set", node.entries["set"].key_place,
                                 "write taken: 30 %"))  # fmt: skip


def _key_place(tree: Mapping, path: Path) -> Place:
    above = at(tree, path[:-1])
    assert isinstance(above, Mapping)
    return above.entries[str(path[-1])].key_place


def _label(label: Label | None, name: str) -> Label:
    return label or Label(nb=name.replace("_", " ").lower(), en=name.replace("_", " ").lower())
