"""Functions that make the facts of somebody, and that mark or clear an event in them, as Python source for just these fields."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from rules.language.calendar_days import NEVER, Calendar
from rules.language.fields import Count, Elapsed, Field, Period, Remaining, Within

Given = Mapping[str, tuple[Field, dict[Any, Any]]]


def maker(made: type, initial: Sequence[tuple[str, Any]], given: Given, check: Callable[[Field, Any], Any]) -> Callable[..., Any]:
    """Return the function from starting values to facts.

    Parameters
    ----------
    made : type
        The class of the facts.
    initial : sequence of (slot, value)
        What everybody begins with.
    given : mapping of name to (field, dict)
        The stored and supplied fields, each with the values that have been found good: most households share them.
    check : callable(field, value) -> value
        Finds a value good, or fails.
    """
    known: dict[str, Any] = {"made": made, "check": check}
    lines = ["facts = made()", "get = values.get"]
    for n, (slot, value) in enumerate(initial):
        known[f"initial_{n}"] = value
        lines.append(f"facts.{slot} = initial_{n}")
    for n, (name, (field, seen)) in enumerate(given.items()):
        known[f"field_{n}"], known[f"seen_{n}"] = field, seen
        lines += [
            f"value = get({name!r})",
            f"kept = seen_{n}.get(value)",
            # 1 == True: equal values of another type are not alike.
            "if kept is None or kept.__class__ is not value.__class__:",
            f"    kept = check(field_{n}, value)",
            f"    if kept is not None: seen_{n}[kept] = kept",
            f"facts.{name} = kept",
        ]
    return _function("values", [*lines, "return facts"], known)


def marker(fields: Sequence[Field], calendar: Calendar) -> Callable[..., None]:
    """Return the function that marks an event on a day in the fields that read it."""
    known: dict[str, Any] = {"NEVER": NEVER, "leaves": calendar.leaves, "counted": _counted}
    lines = []
    for field in fields:
        name = field.name
        match field.source:
            case Elapsed(pauses=pauses):
                lines.append(f"facts.{name}__since = day")
                if pauses:
                    lines.append(f"if facts.{name}__held != NEVER: facts.{name}__held = day")
            case Remaining():
                lines.append(f"facts.{name}__end = day")
            case Count(period=period):
                known[f"period_{name}"] = period
                lines.append(f"facts.{name}__ends = counted(facts.{name}__ends, day, leaves, period_{name})")
            case Within(period=period):
                known[f"period_{name}"] = period
                lines.append(f"until = leaves(day, period_{name})")
                lines.append(f"if until > facts.{name}__until: facts.{name}__until = until")
    return _function("facts, day", lines, known)


def clearer(fields: Sequence[Field]) -> Callable[..., None]:
    """Return the function that forgets an event in the fields that read it."""
    lines = []
    for field in fields:
        match field.source:
            case Elapsed() | Remaining():
                slot = f"{field.name}__{'since' if isinstance(field.source, Elapsed) else 'end'}"
                if field.may_be:
                    lines.append(f"facts.{slot} = None")
                else:
                    lines += ["try:", f"    del facts.{slot}", "except AttributeError: pass"]
            case Count():
                lines.append(f"facts.{field.name}__ends = ()")
            case _:
                lines.append(f"facts.{field.name}__until = -NEVER")
    return _function("facts", lines, {"NEVER": NEVER})


def _counted(ends: tuple[int, ...], day: int, leaves: Callable[[int, Period], int], period: Period) -> tuple[int, ...]:
    """Return the days on which events leave a window, in order, with one more."""
    return tuple(sorted([*(end for end in ends if end > day), leaves(day, period)]))


def _function(parameters: str, lines: Sequence[str], known: dict[str, Any]) -> Callable[..., Any]:
    body = "\n".join(f"    {line}" for line in lines) or "    pass"
    exec(compile(f"def made_for_these({parameters}):\n{body}", "<facts>", "exec"), known)
    found: Callable[..., Any] = known["made_for_these"]
    return found
