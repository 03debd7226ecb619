"""From what a program knows of people to facts: dicts of plain values, with dates for what has happened."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from rules.language import Count, Elapsed, Entity, Field, Layout, MissingFact, Remaining, Within
from rules.reading import InputError, Place
from rules.verify.case_facts import make_facts

#: The key of a household's members.
MEMBERS = "members"


class FactError(ValueError):
    """A fact that is missing, or that a field cannot hold.

    Attributes
    ----------
    who : str
        Whose fact it is.
    field : str or None
        The field, where one is at fault.
    """

    def __init__(self, message: str, who: str, field: str | None = None) -> None:
        super().__init__(f"{who}: {message}")
        self.who = who
        self.field = field


def facts_of(layout: Layout, entity: Entity, values: Mapping[str, Any], who: str) -> Any:
    """Make facts that stand as given on day 0 of a layout.

    Parameters
    ----------
    layout : Layout
    entity : {'applicant', 'dwelling', 'site', 'member'}
    values : mapping of str to value
        By field. A time, a count or a window is given as its value on the day, or by dates: the date of the event for an
        elapsed or a remaining time, the dates of the events for a count or a window. None (and NaN) = missing.
    who : str
        For errors.

    Returns
    -------
    facts
        A field without a value raises `rules.MissingFact` when a rule reads it.

    Raises
    ------
    FactError
    """
    given = {name: plain_value(value) for name, value in values.items() if name != MEMBERS}
    events = {name: value for name, value in given.items() if _is_event(value)}
    fields = layout.fields
    for name, value in events.items():
        field = fields.get(name)
        if field is not None and not isinstance(field.source, Elapsed | Remaining | Count | Within):
            raise FactError(f"the field {name!r} is no time and no count, and {value!r} is a date", who, name)
    members = [facts_of(layout, "member", member, f"{who}, member {n}") for n, member in enumerate(values.get(MEMBERS) or (), 1)]
    unknown = {name: value for name, value in given.items() if value is None and _never_missing(fields.get(name), entity)}
    rest = {name: value for name, value in given.items() if name not in events and name not in unknown}
    try:
        checked = rest | dict.fromkeys(name for name in events if name not in fields or fields[name].of != entity)
        facts = make_facts(layout, entity, checked, Place(who, 1, 1, ""), members)
    except InputError as error:
        finding = error.findings[0]
        hint = f"; did you mean {finding.hint}?" if finding.hint and " " not in finding.hint else ""
        named = next((name for name in given if f"'{name}'" in finding.message), None)
        raise FactError(f"{finding.message}{hint}", who, named) from None
    for name, value in events.items():
        _mark(layout, facts, fields[name], value)
    return facts


def missing(error: MissingFact, who: str, layout: Layout, where: str = "") -> FactError:
    """Tell which field is missing, what it is called, and what needs it."""
    name = str(error).partition("'")[2].partition("'")[0]
    field = layout.fields.get(name)
    label = f" ({field.label.en})" if field is not None else ""
    need = f"; {where} needs it" if where else ""
    return FactError(f"the field {name!r}{label} has no value{need}", who, name)


def plain_value(value: Any) -> Any:
    """Give a value of a table as plain Python: NumPy's numbers as numbers, and NaN as None."""
    if hasattr(value, "item") and not isinstance(value, str | bytes):
        value = value.item()
    if isinstance(value, float):
        return None if value != value else int(value) if value.is_integer() else value
    return value


def _never_missing(field: Field | None, entity: Entity) -> bool:
    """A missing value of a field that never is missing counts as not given: an error only where a rule reads it."""
    return field is not None and field.of == entity and field.may_be is None


def _is_event(value: Any) -> bool:
    return isinstance(value, date) or (isinstance(value, list | tuple) and all(isinstance(day, date) for day in value))


def _mark(layout: Layout, facts: Any, field: Field, value: Any) -> None:
    days = sorted((day - layout.start).days for day in ([value] if isinstance(value, date) else value))
    match field.source:
        case Elapsed():
            setattr(facts, f"{field.name}__since", days[-1] if days else None)
        case Remaining():
            setattr(facts, f"{field.name}__end", days[-1] if days else None)
        case Count(period=period):
            ends = (layout.calendar.leaves(day, period) for day in days)
            setattr(facts, f"{field.name}__ends", tuple(end for end in ends if end > 0))
        case Within(period=period) if days:
            setattr(facts, f"{field.name}__until", layout.calendar.leaves(days[-1], period))
