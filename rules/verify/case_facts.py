"""Facts made of the values written in a worked case."""

from collections.abc import Iterable
from collections.abc import Mapping as AbstractMapping
from typing import Any

from rules.language import NEVER, Count, Elapsed, Entity, Field, Layout, Remaining, Stored, Supplied, Within
from rules.reading import Mapping, Node, Path, Place, at, closest, fail
from rules.ruleset.discretion import Discretion
from rules.verify.case_file import Value

#: What the world draws for each application; a case may give it to settle a tie.
LOTTERY = "lottery"


def make_facts(
    layout: Layout,
    entity: Entity,
    values: AbstractMapping[str, Value],
    place: Place,
    members: Iterable[Any] = (),
    day: int = 0,
) -> Any:
    """Make facts that stand as written on a day.

    Parameters
    ----------
    layout : Layout
    entity : {'applicant', 'dwelling', 'site', 'member'}
    values : mapping of str to value
        By field. An elapsed time, a count or a window is given as its value on the day; ``absent`` and
        ``unknown`` (or nothing) stand for a value that is missing.
    place : Place
        Where they are written, for errors.
    members : iterable of facts
        Of an applicant's household.
    day : int

    Returns
    -------
    facts
        Fields without a value raise `MissingFact` when they are read.

    Raises
    ------
    InputError
        For a name that is no field of this kind of thing, and a value that the field cannot have.
    """
    own = {name: field for name, field in layout.fields.items() if field.of == entity}
    given = {name: _value(own, entity, name, value, place) for name, value in values.items() if name != LOTTERY}
    held = {name: field for name, field in own.items() if isinstance(field.source, Stored | Supplied)}
    start = {name: given[name] if name in given else _some_value(field) for name, field in held.items()}
    facts: Any = layout.new_applicant(start, members) if entity == "applicant" else _maker(layout, entity)(start)
    for name in held.keys() - given.keys():
        delattr(facts, name)
    for name, value in given.items():
        if name not in held:
            _set_clock(layout, facts, own[name], value, place, day)
    if LOTTERY in values and entity == "applicant":
        facts.lottery = values[LOTTERY]
    return facts


def taken_values(
    discretions: Iterable[Discretion], taken: "str | AbstractMapping[str, str | int] | None", place: Place
) -> dict[str, Value]:
    """Give the fields of discretion that a worked case decides.

    Raises
    ------
    InputError
        For an id that is nobody's discretion.
    """
    every = {one.id: one for one in discretions}
    if taken is None:
        return {}
    if isinstance(taken, str):
        return {one.field: taken for one in every.values() if not one.is_length}
    short = {one.exception: one for one in every.values() if one.exception is not None}
    found: dict[str, Value] = {}
    for name, decided in taken.items():
        one = every.get(name) or short.get(name)
        if one is None:
            fail("unknown-discretion", f"nothing is left to discretion under {name!r}", place, closest(name, [*every, *short]))
        found[one.field] = decided
    return found


def place_in(tree: Node, path: Path) -> Place:
    """Give the place of the longest part of a path that is written."""
    node, place = tree, tree.place
    for step in path:
        if not isinstance(node, Mapping) or str(step) not in node.entries:
            break
        entry = node.entries[str(step)]
        node, place = at(node, (step,)), entry.key_place
    return place


def _maker(layout: Layout, entity: Entity) -> Any:
    return {"dwelling": layout.new_dwelling, "site": layout.new_site, "member": layout.new_member}[entity]


def _value(own: AbstractMapping[str, Field], entity: Entity, name: str, value: Value, place: Place) -> Value:
    field = own.get(name)
    if field is None:
        fail("unknown-field", f"the {entity} has no field {name!r}", place, closest(name, own))
    if not isinstance(field.source, Stored | Supplied | Elapsed | Remaining | Count | Within):
        fail("computed-field", f"{name!r} is computed and cannot be given", place, "expect it under `values`")
    if value is None or (field.may_be is not None and value == field.may_be):
        if field.may_be is None:
            fail("missing-value", f"{name!r} is never missing", place)
        return None
    if field.type == "yes/no" and value in ("yes", "no"):
        value = value == "yes"
    if not field.domain.holds(value):
        hint = closest(value, field.values) if isinstance(value, str) else None
        fail("bad-value", f"{value!r} is no value of the field {name!r} ({field.domain})", place, hint)
    return value


def _some_value(field: Field) -> Value:
    if field.type == "yes/no":
        return False
    return field.values[0] if field.type == "one of" else field.domain.lo


def _set_clock(layout: Layout, facts: Any, field: Field, value: Value, place: Place, day: int) -> None:
    """Let a clock, a count or a window show a value on the day."""
    match field.source:
        case Elapsed(unit=unit):
            since = None if value is None else layout.calendar.reach(day, -int(value), unit)
            setattr(facts, f"{field.name}__since", since)
            if since is not None and layout.calendar.elapsed(since, day, unit) != value:
                fail("bad-value", f"no day lies {value} {unit} back", place, "choose another day for the case")
        case Remaining(unit=unit):
            end = None if value is None else layout.calendar.reach(day, int(value), unit)
            while end is not None and layout.calendar.remaining(end, day, unit) < int(value or 0):
                end += 1  # from the last of a month, some days more are needed
            setattr(facts, f"{field.name}__end", end)
        case Count():
            setattr(facts, f"{field.name}__ends", (day + 1,) * int(value or 0))
        case Within():
            setattr(facts, f"{field.name}__until", day + 1 if value else -NEVER)
