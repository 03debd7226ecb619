"""Who a household is: its group, latent need, and the values of its stored fields, each from one fixed uniform.

A mark that depends on need is the inverse distribution function at the household's fixed uniform, so it follows the need
up and down and never jumps by chance; and a policy changes nobody's uniform.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from sim.kernel import purpose, uniform
from sim.world.blueprint import ByField, ByNeed, FieldDraw, Fixed, OneOf, Value
from sim.world.state import Household

if TYPE_CHECKING:
    from sim.world.blueprint import NeedState
    from sim.world.world import World

NOTHING: Mapping[str, Value] = {}
NO_SHARES = Fixed(0)
NEED = purpose("profile:need")
SITUATION = purpose("profile:situation")


@cache
def field_purpose(name: str) -> int:
    """The 64-bit constant that keys the one draw of a field."""
    return purpose("profile:" + name)


class Profile(NamedTuple):
    """How a household of one group comes into being, worked out once a world.

    Attributes
    ----------
    need, situation : callable(uniform)
        Inverse transforms of the latent need, and of the situation where the group says one.
    fields : tuple of (name, purpose, draw, inverse transform, whether some rule declares it)
        The inverse transform is None where the value depends on more than the uniform.
    since : tuple of (event, purpose of its draw, inverse transform of the days since)
    marks : tuple of str
        The fields that follow the need.
    supplied : dict
        Starting values of what mechanisms supply.
    """

    need: Callable[[float], NeedState]
    situation: Callable[[float], str] | None
    fields: tuple[tuple[str, int, FieldDraw, Callable[[float], Value] | None, bool], ...]
    since: tuple[tuple[str, int, Callable[[float], float]], ...]
    marks: tuple[str, ...]
    supplied: Mapping[str, Value]


def value_of(draw: FieldDraw, u: float, need: NeedState, drawn: Mapping[str, Value], name: str) -> Value:
    """Return the value of a field for a uniform, the latent need, and the fields drawn before it."""
    if isinstance(draw, OneOf):
        value: Value = draw.shares.quantile(u)
        return value
    if isinstance(draw, Fixed):
        return draw.value
    if isinstance(draw, ByNeed):
        shares = draw.shares.get(need)
        if shares is None:
            raise LookupError(f"field {name!r} has no shares for the need {need[0]} {need[1]}")
        marked: Value = shares.quantile(u)
        return marked
    chosen = draw.of.get(drawn[draw.field])
    if chosen is None:
        raise LookupError(f"field {name!r} has no value for {draw.field} = {drawn[draw.field]}")
    return value_of(chosen, u, need, drawn, name)


def create_household(
    world: World,
    entity: str,
    group: str,
    need: NeedState | None = None,
    lived_here: float = 0.0,
    given: Mapping[str, Value] = NOTHING,
) -> Household:
    """Make a household of a group; all it is comes from draws keyed by its id.

    Parameters
    ----------
    entity : str
        Its id, ``source/ordinal``.
    need : (scheme, rank), optional
        Latent need, where the caller knows it; drawn from the group's shares otherwise.
    lived_here : float
        Days by which its past lies further back: people who live here on day 0 moved to the municipality before that.
    given : mapping
        Values of fields that are known and not drawn; what depends on them is drawn as if they had come about.
    """
    plan = world.profiles.get(group)
    if plan is None:
        plan = world.profiles[group] = _profile(world, group)
    key = world.key_of(entity)
    if need is None:
        need = plan.need(uniform(key, NEED, 0))
    household = Household(entity, world.created, key, group, None, need[0], need[1], plan.marks)
    world.created += 1
    world.counters["created"] += 1
    if plan.situation is not None:
        household.situation = plan.situation(uniform(key, SITUATION, 0))
    drawn: dict[str, Value] = {}
    start = {**plan.supplied, **world.core_facts.values(household, None)}
    for name, reason, draw, quantile, declared in plan.fields:
        u = uniform(key, reason, 0)
        if name in given:
            value = given[name]
            if name in plan.marks:
                world.known_marks[key, name] = _uniform_of(value, draw, u, need, drawn)
        else:
            value = value_of(draw, u, need, drawn, name) if quantile is None else quantile(u)
        drawn[name] = value
        if declared:
            start[name] = value
    household.facts = facts = world.layout.new_applicant(start)
    facts.lottery = 0
    day = world.now - lived_here
    for event, reason, before in plan.since:
        world.layout.mark(facts, event, int((day - before(uniform(key, reason, 0))) // 1))
    world.households[entity] = household
    return household


def _uniform_of(value: Value, draw: FieldDraw, u: float, need: NeedState, drawn: Mapping[str, Value]) -> float:
    """Return a uniform that gives a known value now, so that a mark goes on from it when the need changes.

    The part of a known value's stretch is the same as ``u``'s of the whole. A value that has no share here keeps ``u``.
    """
    while isinstance(draw, ByField):
        draw = draw.of.get(drawn[draw.field], NO_SHARES)
    shares = draw.shares.get(need) if isinstance(draw, ByNeed) else draw.shares if isinstance(draw, OneOf) else None
    if shares is None or value not in shares.values:
        return u
    place, whole = shares.values.index(value), sum(shares.weights)
    below, share = sum(shares.weights[:place]) / whole, shares.weights[place] / whole
    return below + u * share if share > 0.0 else u


def _own_uniform(world: World, household: Household, name: str) -> float:
    """Return the household's own uniform of a field: drawn, or that which gave the value that was known of it."""
    known = world.known_marks.get((household.key, name)) if world.known_marks else None
    return uniform(household.key, field_purpose(name), 0) if known is None else known


def _profile(world: World, group: str) -> Profile:
    spec = world.blueprint.groups[group]
    declared = world.layout.fields
    marks = marks_of(spec.fields)
    return Profile(
        spec.need.quantile,
        None if spec.situation is None else spec.situation.quantile,
        tuple(
            (
                name,
                field_purpose(name),
                draw,
                draw.shares.quantile if isinstance(draw, OneOf) else None,
                name in declared,
            )
            for name, draw in spec.fields.items()
        ),
        tuple((event, purpose("profile:since:" + event), before.quantile) for event, before in spec.since.items()),
        tuple(name for name in spec.fields if name in marks),
        dict(world.supplied_defaults),
    )


def write_marks(world: World, household: Household) -> None:
    """Let the marks that follow the latent need follow it."""
    spec = world.blueprint.groups[household.group]
    need = household.scheme, household.need
    facts = household.facts
    known = world.layout.fields
    for name in household.marks:
        if name in known:
            draw = spec.fields[name]
            u = _own_uniform(world, household, name)
            drawn = {before: _present(world, household, before) for before in _conditions_of(draw)}
            setattr(facts, name, value_of(draw, u, need, drawn, name))


def follow(world: World, household: Household, changed: Mapping[str, Value]) -> None:
    """Let the fields that are drawn by a changed one follow it, each from the household's own uniform."""
    moved = set(changed)
    known = world.layout.fields
    for name, draw in world.blueprint.groups[household.group].fields.items():
        conditions = _conditions_of(draw)
        if name in moved or not conditions & moved:
            continue
        moved.add(name)
        if name in known:
            drawn = {before: _present(world, household, before) for before in conditions}
            u = uniform(household.key, purpose("profile:" + name), 0)
            setattr(household.facts, name, value_of(draw, u, (household.scheme, household.need), drawn, name))


def _present(world: World, household: Household, name: str) -> Value:
    """The present value of a field; one that no rule declares is kept nowhere, and is what its uniform gives."""
    if name in world.layout.fields:
        kept: Value = getattr(household.facts, name)
        return kept
    draw = world.blueprint.groups[household.group].fields[name]
    u = _own_uniform(world, household, name)
    drawn = {before: _present(world, household, before) for before in _conditions_of(draw)}
    return value_of(draw, u, (household.scheme, household.need), drawn, name)


def marks_of(fields: Mapping[str, FieldDraw]) -> frozenset[str]:
    """The fields that move with the latent need: marks, fields that are one under some value of another, or depend on one."""
    found: set[str] = set()
    for name, draw in fields.items():
        if _follows_need(draw) or found & _conditions_of(draw):
            found.add(name)
    return frozenset(found)


def _follows_need(draw: FieldDraw) -> bool:
    if isinstance(draw, ByField):
        return any(_follows_need(inner) for inner in draw.of.values())
    return isinstance(draw, ByNeed)


def _conditions_of(draw: FieldDraw) -> set[str]:
    if isinstance(draw, ByField):
        return {draw.field}.union(*(_conditions_of(inner) for inner in draw.of.values()))
    return set()
