"""A reference person: the same household put into each type of home, to see what the home alone does to its risks.

Whatever belongs to the person is held fixed: the latent need, the marks (each at its likeliest value at that need), full
follow-up, no crisis. What differs is what the type brings: its place on the ladder, the attributes of home and site, the size
of the site, and neighbours as they are there on day 0. Nothing is simulated.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from rules import Layout
from rules.language.fields import Field, Stored, Supplied
from sim.kernel import Discrete
from sim.world.blueprint import Blueprint, ByField, ByNeed, FieldDraw, Fixed, GroupSpec, NeedState, OneOf, Value

_YEAR = 366
_MARKED = ("moved_to_municipality", "applied", "decided", "listed", "need_changed", "moved_in")


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What surrounds a resident of one type of home on day 0.

    Attributes
    ----------
    homes : int
        Of its site: the most frequent size among the sites of the type.
    conflict_percent : int
        Expected share of the neighbours that have conflict behaviour; 0 where there are none.
    conflict_sum : int
        Expected sum of their conflict marks.
    """

    homes: int
    conflict_percent: int
    conflict_sum: int
    site: Mapping[str, Value]
    dwelling: Mapping[str, Value]


def surroundings(blueprint: Blueprint) -> dict[str, Surroundings]:
    """Give what surrounds a resident of each type of home that stands, or that a project builds."""
    found = {}
    incidents = blueprint.mechanisms.get("incidents")
    for name in blueprint.types:
        sites = [(s.dwellings, s.attributes, s.dwelling_attributes) for s in blueprint.sites if s.type == name]
        projects = blueprint.mechanisms.get("projects")
        built = [] if projects is None else [p for p in projects.root if p.type == name]
        sites += [(p.dwellings, p.attributes, p.dwelling_attributes) for p in built]
        if not sites:
            continue
        sizes = [homes for homes, _, _ in sites]
        homes = max(sorted(set(sizes)), key=sizes.count)
        _, site, dwelling = next(of for of in sites if of[0] == homes)
        marks = conflict_marks(blueprint, name)
        threshold = incidents.conflict_from if incidents is not None else 1
        troubled = sum(share for mark, share in marks.items() if mark >= threshold)
        mean = sum(mark * share for mark, share in marks.items())
        alone = homes <= 1
        found[name] = Surroundings(
            homes, 0 if alone else round(100 * troubled), 0 if alone else round(mean * (homes - 1)), site, dwelling
        )
    return found


def conflict_marks(blueprint: Blueprint, kind: str) -> dict[int, float]:
    """Give the shares of the conflict mark among those who live in a type on day 0.

    Of a type where nobody lives yet: among those whose need it answers, every group alike.
    """
    spec = next((r for r in blueprint.initial.residents if r.type == kind), None)
    of = blueprint.types[kind]
    mix = _shares(spec.groups) if spec is not None else {name: 1.0 / len(blueprint.groups) for name in blueprint.groups}
    needs = {(of.scheme, of.rank): 1.0} if spec is None or spec.need is None else _shares(spec.need)
    marks: dict[int, float] = {}
    for group, weight in mix.items():
        for need, share in needs.items():
            for mark, part in field_shares(blueprint.groups[group], "conflict", need).items():
                marks[int(mark)] = marks.get(int(mark), 0.0) + weight * share * part
    return marks


def field_shares(group: GroupSpec, name: str, need: NeedState) -> dict[Value, float]:
    """Give the shares of the values of a field in a group, at a latent need; empty when the group does not have it."""
    draw = group.fields.get(name)
    return {} if draw is None else _drawn(group, draw, need)


def _drawn(group: GroupSpec, draw: FieldDraw, need: NeedState) -> dict[Value, float]:
    match draw:
        case Fixed(value=value):
            return {value: 1.0}
        case OneOf(shares=shares):
            return _shares(shares)
        case ByNeed(shares=by_need):
            return _shares(by_need[need]) if need in by_need else {}
        case ByField(field=earlier, of=of):
            found: dict[Value, float] = {}
            for value, weight in field_shares(group, earlier, need).items():
                for mark, share in _drawn(group, of[value], need).items() if value in of else ():
                    found[mark] = found.get(mark, 0.0) + weight * share
            return found


def _shares(of: Discrete[Any]) -> dict[Any, float]:
    total = sum(of.weights)
    return {value: weight / total for value, weight in zip(of.values, of.weights, strict=True)}


@dataclass(frozen=True, slots=True)
class Person:
    """Who is moved: group, latent need, and whether in a crisis."""

    group: str
    need: NeedState
    crisis: bool = False


class Moved:
    """Puts reference persons into types of homes and says which conditions hold there.

    Parameters
    ----------
    blueprint : Blueprint
    layout : Layout
        Of the facts; as the scenario has it.
    """

    def __init__(self, blueprint: Blueprint, layout: Layout) -> None:
        self.blueprint, self.layout = blueprint, layout
        self.surroundings = surroundings(blueprint)
        self.conditions = blueprint.conditions.build()
        self._programmes = {rules.type: name for name, rules in blueprint.programmes.items()}
        self._homes = {name: self._home(name) for name in self.surroundings}

    def holding(self, person: Person, kind: str) -> frozenset[str]:
        """Give the names of the conditions that hold for a person who lives in a type of home."""
        home, site = self._homes[kind]
        bits = self.conditions.bits(self._applicant(person, kind), home, site, _YEAR)
        return frozenset(name for i, name in enumerate(self.conditions.names) if bits >> i & 1)

    def _applicant(self, person: Person, kind: str) -> Any:
        of, around, group = self.blueprint.types[kind], self.surroundings[kind], self.blueprint.groups[person.group]
        scheme, rank = person.need
        known: dict[str, Value] = {
            "true_scheme": scheme, "assessed_scheme": scheme, "true_rank": rank, "assessed_rank": rank,
            "applying_as": "none", "in_crisis": person.crisis, "housed": True, "absent": False, "absence": "none",
            "situation": "housed", "own_scheme": of.scheme if of.ladder else "none", "own_rank": of.rank if of.ladder else 0,
            "own_step": of.step if of.ladder else 0, "move_kind": "none", "programme": self._programmes.get(kind, "none"),
            "in_programme": kind in self._programmes,
            "follow_up_percent": 100, "neighbour_conflict_percent": around.conflict_percent,
        }  # fmt: skip
        likely = {name: _likeliest(field_shares(group, name, person.need)) for name in group.fields}
        known = {name: value for name, value in likely.items() if value is not None} | known
        facts = self.layout.new_applicant(dict(_filled(self.layout.fields, "applicant", known)))
        self.layout.mark(facts, "born", -40 * _YEAR)
        for event in _MARKED:
            self.layout.mark(facts, event, 0)
        return facts

    def _home(self, kind: str) -> tuple[Any, Any]:
        of, around, fields = self.blueprint.types[kind], self.surroundings[kind], self.layout.fields
        own: dict[str, Value] = {"home_type": kind, "home_scheme": of.scheme, "home_step": of.step, "home_rank": of.rank}
        there: dict[str, Value] = {"site_size": around.homes, "site_type": kind, "site_conflict_sum": around.conflict_sum}
        home = self.layout.new_dwelling(dict(_filled(fields, "dwelling", {**of.attributes, **around.dwelling, **own})))
        site = self.layout.new_site(dict(_filled(fields, "site", {**around.site, **there})))
        return home, site


def _likeliest(shares: Mapping[Value, float]) -> Value | None:
    return max(shares, key=lambda value: shares[value], default=None)


def _filled(fields: Mapping[str, Field], of: str, known: Mapping[str, Value]) -> Iterator[tuple[str, Value | None]]:
    """Give a value of every stored and supplied field: what is known, else none where it may be missing, else its first value."""
    for name, field in fields.items():
        if field.of == of and isinstance(field.source, Stored | Supplied):
            value = known.get(name)
            if value is not None and field.domain.holds(value):
                yield name, value
            else:
                yield name, None if field.may_be else _first(field)


def _first(field: Field) -> Value:
    if field.domain.kind == "int":
        return min(max(0, field.domain.lo), field.domain.hi)
    return False if field.domain.kind == "yes/no" else field.domain.values[0]
