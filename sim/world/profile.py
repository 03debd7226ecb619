"""Who a household is: its group, latent need, and the values of its stored fields, each from one fixed uniform.

A mark that depends on need is the inverse distribution function at the household's fixed uniform, so it follows the need
up and down and never jumps by chance; and a policy changes nobody's uniform.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from sim.kernel import purpose, uniform
from sim.world.blueprint import ByField, ByNeed, FieldDraw, Fixed, OneOf, Value
from sim.world.core_facts import CORE_FACTS
from sim.world.state import Household

if TYPE_CHECKING:
    from sim.world.blueprint import NeedState
    from sim.world.world import World

NEED = purpose("profile:need")
SITUATION = purpose("profile:situation")


def value_of(draw: FieldDraw, u: float, need: NeedState, drawn: Mapping[str, Value], name: str) -> Value:
    """Return the value of a field for a uniform, the latent need, and the fields drawn before it."""
    if isinstance(draw, Fixed):
        return draw.value
    if isinstance(draw, OneOf):
        value: Value = draw.shares.quantile(u)
        return value
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


def create_household(world: World, entity: str, group: str, need: NeedState | None = None, lived_here: float = 0.0) -> Household:
    """Make a household of a group; all it is comes from draws keyed by its id.

    Parameters
    ----------
    entity : str
        Its id, ``source/ordinal``.
    need : (scheme, rank), optional
        Latent need, where the caller knows it; drawn from the group's shares otherwise.
    lived_here : float
        Days by which its past lies further back: people who live here on day 0 moved to the municipality before that.
    """
    spec = world.blueprint.groups[group]
    key = world.key_of(entity)
    if need is None:
        need = spec.need.quantile(uniform(key, NEED, 0))
    household = Household(entity, world.created, key, group, None, need[0], need[1], {})
    world.created += 1
    world.counters["created"] += 1
    if spec.situation is not None:
        household.situation = spec.situation.quantile(uniform(key, SITUATION, 0))
    values: dict[str, Value] = {}
    marks = world.mark_names[group]
    for name, draw in spec.fields.items():
        u = uniform(key, world.field_purposes[name], 0)
        values[name] = value_of(draw, u, need, values, name)
        if name in marks:
            household.marks[name] = u
    known = world.layout.fields
    stored = {name: value for name, value in values.items() if name in known}
    supplied = {name: value for name, value in world.supplied_defaults.items() if name not in stored}
    for name in world.core_names:
        supplied[name] = CORE_FACTS[name](household)
    household.facts = facts = world.layout.new_applicant({**supplied, **stored})
    facts.lottery = 0
    day = world.now - lived_here
    for event, before in spec.since.items():
        ago = before.quantile(uniform(key, world.event_purposes[event], 0))
        world.layout.mark(facts, event, int((day - ago) // 1))
    world.households[entity] = household
    return household


def write_marks(world: World, household: Household) -> None:
    """Let the marks that follow the latent need follow it."""
    spec = world.blueprint.groups[household.group]
    need = household.scheme, household.need
    facts = household.facts
    known = world.layout.fields
    for name, u in household.marks.items():
        if name in known:
            draw = spec.fields[name]
            drawn = {before: _present(world, household, before) for before in _conditions_of(draw)}
            setattr(facts, name, value_of(draw, u, need, drawn, name))


def _present(world: World, household: Household, name: str) -> Value:
    """The present value of a field; one that no rule declares is kept nowhere, and is what its uniform gives."""
    if name in world.layout.fields:
        kept: Value = getattr(household.facts, name)
        return kept
    draw = world.blueprint.groups[household.group].fields[name]
    u = uniform(household.key, world.field_purposes[name], 0)
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
