"""Groups of applicants and the state on day 0, in the terms of the world."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from rules.language.fields import EVENTS, Elapsed, Field, Stored
from rules.reading import Entry, Finding, InputError, closest
from rules.reading import Mapping as MappingNode
from sim.scenario.arrivals import arrivals_of
from sim.scenario.model import FormerRecord, GroupRecord, InitialRecord, ScenarioRecord
from sim.scenario.stock import section
from sim.scenario.values import depends_on, read_draw
from sim.scenario.waiting import queues_of, unknown_situations
from sim.world.blueprint import FieldDraw, FormerSpec, GroupSpec, Initial, PersonSpec, QueueSpec, ResidentsSpec, Value
from sim.world.parameters import discrete

#: Events of a household's life before its application, which the world does not mark itself.
_BEFORE = ("born", "moved_to_municipality")


def groups_of(
    record: ScenarioRecord, tree: MappingNode, fields: Mapping[str, Field], start: date, days: float
) -> dict[str, GroupSpec]:
    """Give the groups of a scenario.

    Raises
    ------
    InputError
        For fields that the rules do not declare or that stand in a circle, values that a field does not have,
        and stored fields and events of the rules that a group says nothing about.
    """
    found: dict[str, GroupSpec] = {}
    findings: list[Finding] = []
    drawn: dict[int, FieldDraw] = {}
    for name, group in record.groups.items():
        node = section(tree, "groups", name)
        try:
            found[name] = _group(name, group, node, section(tree, "marks"), record, fields, drawn, start, days)
        except InputError as error:
            findings += error.findings
    if findings:
        raise InputError(*dict.fromkeys(findings))
    return found


def initial_of(
    record: InitialRecord,
    incidents_before: tuple[str, Mapping[Value, float]] | None = None,
    *,
    waiting: tuple[QueueSpec, ...] = (),
    people: tuple[PersonSpec, ...] = (),
) -> Initial:
    """Give the state on day 0.

    Parameters
    ----------
    incidents_before : (field, mapping), optional
        How often incidents happened before, read by the declaration of the field.
    waiting : tuple of QueueSpec
        Who is on the list, as far as they are known by their number.
    people : tuple of PersonSpec
        Households that are known one by one.
    """
    residents = tuple(
        ResidentsSpec(
            kind,
            who.count,
            0.0 if who.occupied is None else who.occupied,
            discrete(who.groups),
            None if who.need is None else discrete(who.need),
            who.months_in_home,
        )
        for kind, who in record.residents.items()
    )
    return Initial(
        queues_of(record.households),
        residents,
        waiting,
        record.vacant,
        record.ongoing,
        None if record.transfers is None else record.transfers.waited,
        record.need_changed,
        record.vacant_ready,
        None if record.former is None else _former(record.former),
        incidents_before,
        people=people,
    )


def _former(record: FormerRecord) -> FormerSpec:
    need = None if record.need is None else discrete(record.need)
    return FormerSpec(record.count, discrete(record.groups), discrete(record.destinations), need)


def _group(
    name: str,
    record: GroupRecord,
    node: MappingNode,
    marks: MappingNode,
    whole: ScenarioRecord,
    fields: Mapping[str, Field],
    drawn: dict[int, FieldDraw],
    start: date,
    days: float,
) -> GroupSpec:
    findings = _events(name, record, node, fields) + unknown_situations(section(node, "situation"))
    written = {**marks.entries, **section(node, "fields").entries}
    stored = {key: field for key, field in fields.items() if field.of == "applicant" and isinstance(field.source, Stored)}
    draws: dict[str, FieldDraw] = {}
    for key, entry in _in_order(written, findings):
        field = stored.get(key)
        if field is None:
            findings.append(_unknown(key, entry, fields, stored))
            continue
        try:
            if id(entry) not in drawn:  # a mark is the same for every group
                drawn[id(entry)] = read_draw(entry.node, field, stored, whole.schemes)
            draws[key] = drawn[id(entry)]
        except InputError as error:
            findings += error.findings
    for key, field in stored.items():
        if key not in written and field.may_be is None:
            findings.append(Finding("missing-field", f"the rules read {key}, and neither the group {name!r} nor `marks` says "
                                    "how it comes about", node.place, f"declared at {field.place}"))  # fmt: skip
    if findings:
        raise InputError(*findings)
    return GroupSpec(
        name,
        arrivals_of(record.arrivals, start, days),
        discrete(record.need),
        draws,
        dict(record.since),
        None if record.situation is None else discrete(record.situation),
    )


def _in_order(written: Mapping[str, Entry], findings: list[Finding]) -> list[tuple[str, Entry]]:
    """Give the fields so that each comes after those it depends on, otherwise as written."""
    order: list[tuple[str, Entry]] = []
    done: set[str] = set()
    left = dict(written)
    while left:
        ready = [key for key, entry in left.items() if not (depends_on(entry.node) & set(left))]
        if not ready:
            key, entry = next(iter(left.items()))
            circle = ", ".join(left)
            findings.append(Finding("circular-fields", f"these fields depend on each other: {circle}", entry.key_place))
            return order
        for key in ready:
            order.append((key, left.pop(key)))
            done.add(key)
    return order


def _events(name: str, record: GroupRecord, node: MappingNode, fields: Mapping[str, Field]) -> list[Finding]:
    findings = []
    for event, entry in section(node, "since").entries.items():
        if event not in EVENTS:
            hint = closest(event, EVENTS) or f"the events are {', '.join(EVENTS)}"
            findings.append(Finding("unknown-event", f"there is no event {event!r}", entry.key_place, hint))
    for event in _BEFORE:
        readers = [
            field.name
            for field in fields.values()
            if isinstance(field.source, Elapsed) and field.source.since == event and field.may_be is None
        ]
        if readers and event not in record.since:
            findings.append(Finding("missing-event", f"the rules read {readers[0]}, and the group {name!r} does not say "
                                    f"when {event} was", node.place,
                                    f"write `since: {{{event}: ...}}`"))  # fmt: skip
    return findings


def _unknown(key: str, entry: Entry, fields: Mapping[str, Field], stored: Mapping[str, Field]) -> Finding:
    known = fields.get(key)
    if known is not None:
        return Finding("not-stored", f"{key} is no stored field of the applicant: the world works it out itself",
                       entry.key_place)  # fmt: skip
    hint = closest(key, stored) or "declare it under `fields` in the rules"
    return Finding("unknown-field", f"the rules declare no field {key!r}", entry.key_place, hint)
