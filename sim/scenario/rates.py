"""Which observation informs each rate of a scenario; a rate that none informs is said to be not identified."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from rules.reading import Mapping as MappingNode
from rules.reading import Node
from rules.reading.nodes import Scalar, record_id
from rules.reading.nodes import Sequence as SequenceNode
from sim.scenario.model import mechanisms
from sim.scenario.parameters import ASSUMPTION, Assumption, written
from sim.scenario.register import SourceRecord

NOT_IDENTIFIED = "not identified"
_TIMES = ("after", "begins", "lasts", "rate", "rates")


@dataclass(frozen=True, slots=True)
class Rate:
    """A number on which something depends how fast or how often it happens.

    Attributes
    ----------
    id : str
        Of its parameter; the path in the scenario for a number that stands there itself.
    value : str
        As written.
    where : tuple of str
        Paths in the scenario at which it is used.
    observation : str or None
        Id of the source that it rests on; None when no source identifies it.
    solidity : str
        Of that source (A to D), where the register of sources says so.
    bears_on : tuple of str
        Figures that it decides: what an observation of it could be made of.
    """

    id: str
    value: str
    where: tuple[str, ...]
    observation: str | None
    solidity: str = ""
    bears_on: tuple[str, ...] = ()

    @property
    def identified(self) -> bool:
        """Whether a source informs it."""
        return self.observation is not None


def rates_of(
    raw: MappingNode, assumptions: tuple[Assumption, ...], register: Mapping[str, SourceRecord] | None = None
) -> tuple[Rate, ...]:
    """Give the rates of a scenario, in the order in which it uses them.

    A rate is what arrivals, risk factors and mechanisms refer to, decisions and prices (``money``) left out, and every time and
    rate that is written there without a parameter.

    Parameters
    ----------
    raw : Mapping
        The scenario file before parameters are put in.
    assumptions : tuple of Assumption
        Its parameters.
    register : mapping, optional
        Its register of sources.
    """
    known = {assumption.id: assumption for assumption in assumptions}
    used: dict[str, list[str]] = {}
    plain: dict[str, str] = {}
    for path, node in _sections(raw):
        named = {item.text[1:] for item in _scalars(node) if item.text.startswith("$")}
        for name in sorted(named):
            used.setdefault(name, []).append(".".join(path))
        if not named and path[-1] in _TIMES:
            plain[".".join(path)] = written(node)
    found = [
        _of(known[name], tuple(dict.fromkeys(where)), register or {})
        for name, where in used.items()
        if name in known and known[name].kind != "decision"
    ]
    return (*found, *(Rate(path, value, (path,), None) for path, value in plain.items()))


def _of(assumption: Assumption, where: tuple[str, ...], register: Mapping[str, SourceRecord]) -> Rate:
    informed = assumption.source != ASSUMPTION and NOT_IDENTIFIED not in assumption.note.lower()
    record = register.get(assumption.source) if informed else None
    return Rate(
        assumption.id,
        assumption.value,
        where,
        assumption.source if informed else None,
        "" if record is None else record.solidity,
        assumption.informs,
    )


def _sections(raw: MappingNode) -> Iterator[tuple[tuple[str, ...], Node]]:
    """Give the leaves, and the durations as wholes, of the sections that say how fast things happen."""
    keys = [kind.name for kind in mechanisms() if kind.name not in ("money", "projects")]
    for key in ("risk_factors", *keys):
        if key in raw.entries:
            yield from _leaves((key,), raw.entries[key].node)
    groups = raw.entries.get("groups")
    if groups is not None and isinstance(groups.node, MappingNode):
        for name, entry in groups.node.entries.items():
            if isinstance(entry.node, MappingNode) and "arrivals" in entry.node.entries:
                yield from _leaves(("groups", name, "arrivals"), entry.node.entries["arrivals"].node)


def _leaves(path: tuple[str, ...], node: Node) -> Iterator[tuple[tuple[str, ...], Node]]:
    if path[-1] in _TIMES and not _holds_more(node):
        yield path, node
    elif isinstance(node, MappingNode):
        for key, entry in node.entries.items():
            yield from _leaves((*path, key), entry.node)
    elif isinstance(node, SequenceNode):
        for index, item in enumerate(node.items):
            yield from _leaves((*path, record_id(item) or str(index)), item)
    else:
        yield path, node


def _holds_more(node: Node) -> bool:
    """Say whether something that is called as a time (``crisis.begins``) holds a transition of its own."""
    return isinstance(node, MappingNode) and any(key in node.entries for key in (*_TIMES, "from", "factors"))


def _scalars(node: Node) -> Iterator[Scalar]:
    if isinstance(node, Scalar):
        yield node
    elif isinstance(node, MappingNode):
        for entry in node.entries.values():
            yield from _scalars(entry.node)
    else:
        for item in node.items:
            yield from _scalars(item)
