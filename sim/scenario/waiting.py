"""Who still waits on day 0, where a scenario says it: not who applies, since those who go first are housed first."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import get_args

from rules.language.fields import Field
from rules.reading import Finding, InputError, closest
from rules.reading import Mapping as MappingNode
from sim.kernel import Discrete
from sim.scenario.coverage import gaps
from sim.scenario.model import QueueRecord, ScenarioRecord, Situation, WaitingRecord
from sim.scenario.people import stored_field
from sim.scenario.stock import section
from sim.scenario.values import depends_on, read_draw
from sim.world.blueprint import FieldDraw, GroupSpec, NeedState, QueueSpec
from sim.world.parameters import discrete

SITUATIONS = frozenset(get_args(Situation))


def queues_of(records: Mapping[str, QueueRecord]) -> tuple[QueueSpec, ...]:
    """Give how many households of each group there are, drawn as the group's applicants."""
    return tuple(QueueSpec(group, _numbers(queue), queue.waited) for group, queue in records.items())


def waiting_of(
    record: ScenarioRecord, tree: MappingNode, fields: Mapping[str, Field], groups: Mapping[str, GroupSpec]
) -> tuple[QueueSpec, ...]:
    """Give who waits on day 0.

    Raises
    ------
    InputError
        For fields that the rules do not declare or that depend on another, values that a field does not have, needs without
        shares, and words that are no situation.
    """
    found: list[QueueSpec] = []
    findings: list[Finding] = []
    for group, queue in record.initial.waiting.items():
        node = section(tree, "initial", "waiting", group)
        findings += unknown_situations(section(node, "situation"))
        try:
            drawn = _fields(node, record, fields, groups[group].need.values if queue.need is None else queue.need)
        except InputError as error:
            findings += error.findings
            continue
        found.append(_spec(group, queue, drawn))
    if findings:
        raise InputError(*dict.fromkeys(findings))
    return tuple(found)


def unknown_situations(shares: MappingNode) -> list[Finding]:
    """Find words that are no housing situation."""
    return [
        Finding(
            "unknown-word",
            f"there is no housing situation {name!r}",
            entry.key_place,
            closest(name, SITUATIONS) or f"the situations are {', '.join(sorted(SITUATIONS))}",
        )
        for name, entry in shares.entries.items()
        if name not in SITUATIONS
    ]


def _spec(group: str, queue: WaitingRecord, drawn: Mapping[str, FieldDraw]) -> QueueSpec:
    need = None if queue.need is None else discrete(queue.need)
    situation = None if queue.situation is None else discrete(queue.situation)
    return QueueSpec(group, _numbers(queue), queue.waited, need, situation, drawn)


def _fields(
    node: MappingNode, record: ScenarioRecord, fields: Mapping[str, Field], needs: Iterable[NeedState]
) -> dict[str, FieldDraw]:
    drawn: dict[str, FieldDraw] = {}
    findings: list[Finding] = []
    for name, entry in section(node, "fields").entries.items():
        try:
            field = stored_field(name, entry.key_place, fields)
            if depends_on(entry.node):
                message = f"{name} of those who wait cannot depend on another field"
                raise InputError(Finding("depends", message, entry.node.place, "write shares, or shares by need (`by_need`)"))
            drawn[name] = read_draw(entry.node, field, fields, record.schemes)
            findings += [Finding("no-shares", f"{name} of those who wait {says}", entry.node.place)
                         for says in gaps(drawn[name], needs, {})]  # fmt: skip
        except InputError as error:
            findings += error.findings
    if findings:
        raise InputError(*findings)
    return drawn


def _numbers(queue: QueueRecord) -> Discrete[int]:
    if queue.distribution is None:
        assert queue.count is not None
        return Discrete((queue.count,), (1.0,))
    shares = sorted((int(number), share) for number, share in queue.distribution.items())
    return Discrete(tuple(number for number, _ in shares), tuple(share for _, share in shares))
