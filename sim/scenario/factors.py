"""Risk factors: named multipliers of speed, and the conditions under which they hold."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from math import exp

from rules.language.fields import Field
from rules.reading import Finding, InputError, Node, Place, closest
from rules.reading import Mapping as MappingNode
from rules.reading.nodes import Scalar
from sim.scenario.model import FactorRecord
from sim.world.blueprint import FactorSpec

#: What a speed would have to be multiplied with to be no speed any more.
_LARGEST = 1e6


@dataclass(frozen=True, slots=True)
class Factor:
    """A risk factor before its conditions are compiled: (name of the condition, its text as a node, multiplier)."""

    name: str
    base: float
    conditions: tuple[tuple[str, Scalar, float], ...]


def read_factors(records: Mapping[str, FactorRecord], node: MappingNode, fields: Mapping[str, Field]) -> tuple[Factor, ...]:
    """Give the risk factors of a scenario. A multiplier of 1 needs no condition, and gets none.

    Raises
    ------
    InputError
        For a curve over a field that is not there or no number, or that reaches beyond all reason.
    """
    found = []
    findings: list[Finding] = []
    for name, record in records.items():
        written = node.entries[name].node
        assert isinstance(written, MappingNode)
        try:
            found.append(_factor(name, record, written, fields))
        except InputError as error:
            findings += error.findings
    if findings:
        raise InputError(*findings)
    return tuple(found)


def specs(factors: tuple[Factor, ...], reads_home: frozenset[str]) -> dict[str, FactorSpec]:
    """Give the factors as the world reads them; ``reads_home`` names the conditions that read a home or a site."""
    return {
        factor.name: FactorSpec(
            factor.name,
            factor.base,
            tuple((name, multiplier) for name, _, multiplier in factor.conditions),
            any(name in reads_home for name, _, _ in factor.conditions),
        )
        for factor in factors
    }


def _factor(name: str, record: FactorRecord, node: MappingNode, fields: Mapping[str, Field]) -> Factor:
    if record.factor is not None:
        if record.when is None:
            return Factor(name, record.factor, ())
        when = node.entries["when"].node
        if not isinstance(when, Scalar):
            raise InputError(Finding("wrong-type", "`when` holds a condition, such as own_rank < true_rank", when.place))
        if record.factor == 1.0:
            return Factor(name, 1.0, ())
        return Factor(name, 1.0, ((name, when, record.factor),))
    return Factor(name, 1.0, tuple(_bands(name, record, node, fields)))


def _bands(
    name: str, record: FactorRecord, node: MappingNode, fields: Mapping[str, Field]
) -> Iterator[tuple[str, Scalar, float]]:
    assert record.of is not None and record.bands is not None
    place = node.entries["of"].node.place
    field = fields.get(record.of)
    if field is None:
        raise InputError(Finding("unknown-field", f"there is no field {record.of!r}", place, closest(record.of, fields)))
    if field.domain.kind != "int":
        raise InputError(Finding("wrong-type", f"a curve needs a number, and {record.of} is {field.domain}", place))
    starts = sorted(record.bands)
    bands = node.entries["bands"].node
    for start in starts[1:]:
        if not field.domain.lo < start <= field.domain.hi:
            raise InputError(Finding("out-of-bounds", f"the band from {start} lies outside {record.of} ({field.domain})",
                                     _key_place(bands, start)))  # fmt: skip
    for index, start in enumerate(starts):
        multiplier = _multiplier(record, record.bands[start])
        if multiplier > _LARGEST:
            raise InputError(Finding("out-of-bounds", f"the band from {start} multiplies the speed by {multiplier:g}",
                                     _key_place(bands, start)))  # fmt: skip
        if multiplier == 1.0:
            continue
        low = [f"{record.of} >= {start}"] if index else []
        high = [f"{record.of} < {starts[index + 1]}"] if index + 1 < len(starts) else []
        if not low and not high:
            low = [f"{record.of} >= {field.domain.lo}"]
        text = " and ".join([*low, *high])
        yield f"{name}@{start}", Scalar(text, text, True, place), multiplier


def _multiplier(record: FactorRecord, representative: float) -> float:
    if record.exp is not None:
        return exp(min(700.0, record.exp * representative))
    assert record.power is not None
    if representative == 0.0:
        return 1.0 if record.power == 0.0 else 0.0
    return float(representative**record.power)


def _key_place(bands: Node, start: int) -> Place:
    assert isinstance(bands, MappingNode)
    entry = bands.entries.get(str(start))
    return bands.place if entry is None else entry.key_place
