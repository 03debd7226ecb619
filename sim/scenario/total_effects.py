"""The total hazard ratio of moving a reference person from one type of home to another.

One cause should be one risk factor. Where several factors read the same thing (a small unit is robust, shielded, well staffed
and close to nobody), their product is an effect that nobody has declared, so it is worked out here from the factors themselves:
speed of a transition in the one type, divided by that in the other, for the same person (`reference_person`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import permutations
from math import inf, log
from typing import Any

from rules.reading import Finding
from rules.reading import Mapping as MappingNode
from sim.scenario.model import AcceptedEffectRecord
from sim.scenario.reference_person import Moved, Person
from sim.scenario.references import nodes_at
from sim.world.blueprint import FactorSpec

#: What happens in a transition, in the order in which it is told.
KINDS = ("recovery", "worsening", "change_of_scheme", "own_incidents", "exits", "crisis", "deaths")
_EXIT = "exit"


@dataclass(frozen=True, slots=True)
class Risk:
    """A transition of residents: what kind of change it is, and whom it can happen to."""

    kind: str
    transition: str
    factors: tuple[str, ...]
    people: tuple[Person, ...]


@dataclass(frozen=True, slots=True)
class TotalEffect:
    """What a move from one type to another does to one kind of transition.

    Attributes
    ----------
    origin, destination : str
        Types of homes.
    kind : str
        One of `KINDS`.
    ratio : float
        Speed after the move divided by speed before it, of that transition and person for whom the move means most; inf when the
        clock stood still before it.
    transition, group, scheme, need
        Which transition, and whose.
    parts : mapping of str to float
        The ratio of each risk factor that changes; their product is the ratio.
    """

    origin: str
    destination: str
    kind: str
    ratio: float
    transition: str
    group: str
    scheme: str
    need: int
    parts: Mapping[str, float] = field(default_factory=dict)


def total_effects(moved: Moved) -> tuple[TotalEffect, ...]:
    """Give the total effect of every move between two types on every kind of transition that has risk factors, largest first."""
    factors = moved.blueprint.factors
    found: dict[tuple[str, str, str], TotalEffect] = {}
    for risk in risks_of(moved.blueprint.mechanisms, _needs(moved), tuple(moved.blueprint.groups)):
        if not risk.factors:
            continue
        for person in risk.people:
            speeds = {kind: _by_factor(risk.factors, factors, moved.holding(person, kind)) for kind in moved.surroundings}
            for origin, destination in permutations(speeds, 2):
                effect = _effect(risk, person, origin, destination, speeds[origin], speeds[destination])
                known = found.get((origin, destination, risk.kind))
                if known is None or _size(effect.ratio) > _size(known.ratio):
                    found[origin, destination, risk.kind] = effect
    return tuple(sorted(found.values(), key=lambda e: (-_size(e.ratio), KINDS.index(e.kind), e.origin, e.destination)))


def beyond(
    effects: Iterable[TotalEffect], limit: float, accepted: Iterable[AcceptedEffectRecord], tree: MappingNode
) -> Iterator[Finding]:
    """Refuse, once for every kind of transition, a total effect above the limit that nobody has declared and accounted for."""
    places = [node.place for _, node in nodes_at(tree, "max_total_effect")]
    place = places[0] if places else tree.place
    known = tuple(accepted)
    told: dict[str, int] = {}
    worst: dict[str, TotalEffect] = {}
    for effect in effects:
        if _size(effect.ratio) > log(limit) + 1e-9 and not any(_covers(record, effect) for record in known):
            told[effect.kind] = told.get(effect.kind, 0) + 1
            worst.setdefault(effect.kind, max(effect, _turned(effect), key=lambda e: e.ratio))
    for kind, effect in worst.items():
        parts = ", ".join(f"{name} {_number(ratio)}" for name, ratio in effect.parts.items())
        yield Finding(
            "total-effect",
            f"moving from {effect.origin} to {effect.destination} multiplies {kind} ({effect.transition}) by "
            f"{_number(effect.ratio)}, which is beyond max_total_effect ({limit:g}): {parts}",
            place,
            "if one cause is counted by several factors, keep one; or declare it under `accepted_effects` with a reason",
        )


def risks_of(mechanisms: Mapping[str, Any], needs: tuple[tuple[str, int], ...], groups: tuple[str, ...]) -> Iterator[Risk]:
    """Give the transitions of residents, from the parameters of the mechanisms.

    Parameters
    ----------
    mechanisms : mapping
        Scenario key -> validated parameters.
    needs, groups
        The (scheme, rank) pairs and groups there are: of whom a transition that names none can be.
    """
    for name, spec in _specs(mechanisms):
        of = spec.from_
        if of.status is not None and "housed" not in of.status:
            continue
        people = tuple(
            Person(of.group[0] if of.group else groups[0], (scheme, rank), bool(of.crisis))
            for scheme, rank in needs
            if (of.scheme is None or scheme in of.scheme) and (of.need is None or rank in of.need)
        )
        for person in people:
            yield Risk(_kind(name, spec, person), name, spec.factors, (person,))


def _specs(mechanisms: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    for key in ("needs", "exits", "deaths"):
        if key in mechanisms:
            yield from ((f"{key}.{name}", spec) for name, spec in mechanisms[key].transitions.items())
    if "incidents" in mechanisms:
        yield "incidents.own", mechanisms["incidents"].own
    if "crisis" in mechanisms:
        yield "crisis.begins", mechanisms["crisis"].begins


def _kind(name: str, spec: Any, person: Person) -> str:
    key = name.split(".")[0]
    if key != "needs":
        return {"exits": "exits", "deaths": "deaths", "incidents": "own_incidents", "crisis": "crisis"}[key]
    scheme, rank = person.need
    likeliest = max(spec.to, key=lambda target: spec.to[target])
    if likeliest[0] == _EXIT:
        return "exits"
    if likeliest[0] not in ("", scheme):
        return "change_of_scheme"
    return "recovery" if likeliest[1] < rank else "worsening"


def _needs(moved: Moved) -> tuple[tuple[str, int], ...]:
    """Give the states of need that some type of home answers."""
    return tuple(sorted({(of.scheme, of.rank) for of in moved.blueprint.types.values() if of.ladder}))


def _by_factor(names: tuple[str, ...], factors: Mapping[str, FactorSpec], holding: frozenset[str]) -> dict[str, float]:
    speeds = {}
    for name in names:
        speed = factors[name].base
        for condition, multiplier in factors[name].conditions:
            if condition in holding:
                speed *= multiplier
        speeds[name] = speed
    return speeds


def _effect(
    risk: Risk, person: Person, origin: str, destination: str, before: Mapping[str, float], after: Mapping[str, float]
) -> TotalEffect:
    parts = {name: _ratio(after[name], before[name]) for name in risk.factors if after[name] != before[name]}
    ratio = _ratio(_product(after), _product(before))
    return TotalEffect(origin, destination, risk.kind, ratio, risk.transition, person.group, *person.need, parts)


def _turned(effect: TotalEffect) -> TotalEffect:
    parts = {name: _ratio(1.0, ratio) for name, ratio in effect.parts.items()}
    return TotalEffect(effect.destination, effect.origin, effect.kind, _ratio(1.0, effect.ratio), effect.transition, effect.group,
                       effect.scheme, effect.need, parts)  # fmt: skip


def _product(speeds: Mapping[str, float]) -> float:
    product = 1.0
    for speed in speeds.values():
        product *= speed
    return product


def _ratio(after: float, before: float) -> float:
    if after == before:
        return 1.0
    return inf if before == 0.0 else after / before


def _size(ratio: float) -> float:
    """How far a ratio lies from 1, either way."""
    return inf if ratio in (0.0, inf) else abs(log(ratio))


def _number(ratio: float) -> str:
    return "without bound" if ratio == inf else f"{ratio:.3g}"


def _covers(record: AcceptedEffectRecord, effect: TotalEffect) -> bool:
    ends = {effect.origin, effect.destination}
    named = {name for name in (record.from_, record.to) if name is not None}
    return named <= ends and (not record.of or effect.kind in record.of)
