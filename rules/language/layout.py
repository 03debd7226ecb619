"""Where facts live: slotted classes generated from the declared fields, and the events that keep their clocks."""

import sys
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import Any

from rules.language.calendar_days import NEVER, Calendar
from rules.language.fields import (
    DATES,
    ENTITIES,
    EVENTS,
    STATES,
    Aggregate,
    Count,
    Elapsed,
    Entity,
    Field,
    Remaining,
    Stored,
    Supplied,
    Within,
)
from rules.language.form import Value, fields_of
from rules.language.generate_facts import clearer, maker, marker
from rules.reading import Place, closest, fail

_NOWHERE = Place("facts", 1, 1, "")


class MissingFact(AttributeError):  # noqa: N818 - it says what it is: a fact that is missing
    """A field was read that has no value: a mistake in the world or in the rules, never a plain `no`."""


class Facts:
    """Base of the generated classes. A slot without a value raises `MissingFact` when it is read."""

    __slots__ = ()

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        field, _, part = name.partition("__")
        why = " (its event has not been marked)" if part else ""
        raise MissingFact(f"the field {field!r} of the {type(self).__name__.lower()} has no value{why}")


class Layout:
    """The facts about applicants, dwellings, sites and members.

    Parameters
    ----------
    fields : iterable of Field
        The fields of all rule sets in play; the same field may come several times.
    start : datetime.date
        The date of day 0.

    Raises
    ------
    InputError
        When two fields of one name differ.

    Notes
    -----
    Slots, for a field ``x``: stored and supplied ``x``; elapsed ``x__since`` (shifted forward by pauses) and
    ``x__held`` (the day the clock was stopped, or `NEVER`); remaining ``x__end`` (the date); count ``x__ends`` (the
    days on which the events leave the window, in order); within ``x__until`` (the first day on which it no longer
    holds). A value that may be missing is None then.
    """

    def __init__(self, fields: Iterable[Field], start: date) -> None:
        self.start = start
        self.calendar = Calendar(start)
        self.fields = _union(fields)
        self.classes: dict[Entity, type[Facts]] = {}
        # Facts are made and marked at most events: by functions generated for just these fields.
        self._makers: dict[type, Callable[[Mapping[str, Value | None]], Facts]] = {}
        self._marks: dict[type, dict[str, Callable[[Facts, int], None]]] = {}
        self._clears: dict[type, dict[str, Callable[[Facts], None]]] = {}
        self._paused: dict[type, list[tuple[Field, int]]] = {}
        # Stored and supplied fields, with the values that have been found good: most households share them.
        self._given: dict[type, dict[str, tuple[Field, dict[Value | None, Value]]]] = {}
        for entity in ENTITIES:
            self._generate(entity, [found for found in self.fields.values() if found.of == entity])

    def __reduce__(self) -> tuple[type["Layout"], tuple[tuple[Field, ...], date]]:
        return Layout, (tuple(self.fields.values()), self.start)

    def _generate(self, entity: Entity, fields: list[Field]) -> None:
        initial: list[tuple[str, Any]] = [("states__active", 0)]
        unset: list[str] = ["members"] if entity == "applicant" else []
        if entity == "applicant":
            initial.append(("lottery", 0))  # one number for each application, which the world draws
        events: dict[str, list[Field]] = {event: [] for event in (*EVENTS, *DATES)}
        paused: list[tuple[Field, int]] = []
        for found in fields:
            match found.source:
                case Stored() | Supplied():
                    unset.append(found.name)
                case Elapsed(since=since, pauses=pauses):
                    unset.append(f"{found.name}__since")
                    if found.may_be:
                        initial.append((f"{found.name}__since", None))
                    events[since].append(found)
                    if pauses:
                        initial.append((f"{found.name}__held", NEVER))
                        paused.append((found, sum(1 << STATES.index(state) for state in pauses)))
                case Remaining(until=until):
                    unset.append(f"{found.name}__end")
                    if found.may_be:
                        initial.append((f"{found.name}__end", None))
                    events[until].append(found)
                case Count(event=event):
                    initial.append((f"{found.name}__ends", ()))
                    events[event].append(found)
                case Within(event=event):
                    initial.append((f"{found.name}__until", -NEVER))
                    events[event].append(found)
        slots = tuple(dict.fromkeys([*unset, *(name for name, _ in initial)]))
        made = type(entity.capitalize(), (Facts,), {"__slots__": slots, "__module__": __name__})
        self.classes[entity] = made
        self._paused[made] = paused
        given: dict[str, tuple[Field, dict[Value | None, Value]]] = {
            found.name: (found, {}) for found in fields if isinstance(found.source, Stored | Supplied)
        }
        self._given[made] = given
        self._makers[made] = maker(made, initial, given, _checked)
        told = {event: found for event, found in events.items() if found}
        self._marks[made] = {event: marker(found, self.calendar) for event, found in told.items()}
        self._clears[made] = {event: clearer(found) for event, found in told.items()}

    def new_applicant(self, values: Mapping[str, Value | None], members: Iterable[Facts] = ()) -> Any:
        """Make the facts of an applicant from the starting values of the stored and supplied fields.

        Raises
        ------
        InputError
            For a value that is missing (unless the field may be), unknown, of the wrong type or outside its range.
        """
        facts: Any = self._new("applicant", values)
        facts.members = tuple(members)
        return facts

    def new_dwelling(self, values: Mapping[str, Value | None]) -> Any:
        """Make the facts of a dwelling; see `new_applicant`."""
        return self._new("dwelling", values)

    def new_site(self, values: Mapping[str, Value | None]) -> Any:
        """Make the facts of a site; see `new_applicant`."""
        return self._new("site", values)

    def new_member(self, values: Mapping[str, Value | None]) -> Any:
        """Make the facts of a member of a household; see `new_applicant`."""
        return self._new("member", values)

    def _new(self, entity: Entity, values: Mapping[str, Value | None]) -> Facts:
        made = self.classes[entity]
        given = self._given[made]
        try:
            facts = self._makers[made](values)
        except TypeError:  # a value that cannot be looked up: it is no value of any field
            for name, (found, _) in given.items():
                _checked(found, values.get(name))
            raise
        if not values.keys() <= given.keys():
            known = list(given)
            name = next(name for name in values if name not in known)
            fail("unknown-field", f"the {entity} has no stored or supplied field {name!r}", _NOWHERE, closest(name, known))
        return facts

    def mark(self, facts: Facts, event: str, day: int) -> None:
        """Say that an event happened to an applicant, dwelling, site or member on a day, or that a date ahead is on it.

        A clock counts from the last time its event was marked, and to the last date that was. Days may lie before day 0.
        """
        change = self._marks[type(facts)].get(event)
        if change is not None:
            change(facts, day)

    def marked(self, facts: Facts, event: str) -> int | None:
        """Give the day on which an event was last marked; None where no clock counts from it, or it never was."""
        for found in self.fields.values():
            source, here = found.source, type(facts) is self.classes[found.of]
            if here and isinstance(source, Elapsed) and source.since == event and not source.pauses:
                day: int | None = getattr(facts, f"{found.name}__since", None)
                if day is not None:
                    return day
        return None

    def pause(self, facts: Facts, state: str, day: int) -> None:
        """Say that a state begins; clocks that pause in it stand still from this day."""
        bit = 1 << STATES.index(state)
        record: Any = facts
        if record.states__active & bit:
            return
        record.states__active |= bit
        for found, mask in self._paused[type(facts)]:
            if mask & bit and getattr(facts, f"{found.name}__held") == NEVER:
                setattr(facts, f"{found.name}__held", day)

    def resume(self, facts: Facts, state: str, day: int) -> None:
        """Say that a state ends; clocks go on, unless another of their states still lasts."""
        bit = 1 << STATES.index(state)
        record: Any = facts
        if not record.states__active & bit:
            return
        record.states__active &= ~bit
        for found, mask in self._paused[type(facts)]:
            held = getattr(facts, f"{found.name}__held")
            if not mask & bit or mask & record.states__active or held == NEVER:
                continue
            since = getattr(facts, f"{found.name}__since", None)
            if since is not None:
                setattr(facts, f"{found.name}__since", since + day - held)
            setattr(facts, f"{found.name}__held", NEVER)

    def clear(self, facts: Facts, event: str) -> None:
        """Forget that an event ever happened, or a date: elapsed and remaining times become missing, windows empty."""
        change = self._clears[type(facts)].get(event)
        if change is not None:
            change(facts)


def _union(fields: Iterable[Field]) -> dict[str, Field]:
    union: dict[str, Field] = {}
    for found in fields:
        known = union.setdefault(found.name, found)
        if known != found:
            fail("field-differs", f"the field {found.name!r} is declared otherwise at {known.place}", found.place)
        if isinstance(found.source, Aggregate):
            inner = dict(fields_of(found.source.where)) if found.source.where is not None else {}
            if found.source.field is not None:
                inner[found.source.field.name] = found.source.field
            for member in inner.values():
                union.setdefault(member.name, member)
    return union


def _checked(found: Field, value: Value | None) -> Value | None:
    if value is None:
        if found.may_be is None:
            fail("missing-value", f"the {found.of} has no starting value for the field {found.name!r}", found.place)
        return None
    if not found.domain.holds(value):
        hint = closest(value, found.values) if isinstance(value, str) else None
        fail("bad-value", f"{value!r} is no value of the field {found.name!r} ({found.domain})", found.place, hint)
    return sys.intern(value) if isinstance(value, str) else value
