"""The numbers of a scenario that are not known: which, from where to where, and which of them nobody has measured."""

from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from typing import Any, NamedTuple

from rules.reading import InputError, closest
from sim.cli.engine import Assumption
from sim.cli.points import refuse
from sim.experiment.span import Span, SpanError, span, split

Load = Callable[[Sequence[tuple[str, str]]], Any]


class Unknown(NamedTuple):
    """One number that is not known.

    Attributes
    ----------
    id : str
    label : mapping
        By language.
    span : Span
        Its declared range.
    value : Decimal
        What the scenario says, in the unit of the span.
    assumed : bool
        Whether no source gives it, or none identifies it.
    """

    id: str
    label: Mapping[str, str]
    span: Span
    value: Decimal
    assumed: bool

    @property
    def share(self) -> float:
        """Where in its span the scenario's value stands, 0 to 1."""
        return min(1.0, max(0.0, self.span.share_of(self.value)))

    def setting(self, share: float) -> tuple[str, str]:
        """Give the value at a share of the span as a value to set."""
        return f"parameters.{self.id}", self.span.at(share)


class Unknowns(NamedTuple):
    """What is varied, and what is not, each with the reason."""

    varied: tuple[Unknown, ...]
    fixed: tuple[tuple[str, str], ...]


def unknowns(assumptions: Sequence[Assumption], chosen: Sequence[str], load: Load) -> Unknowns:
    """Choose the numbers to vary: those named, or every used one of the kind `uncertain`, as far as they have a range.

    Each is loaded at both ends of its range: one that cannot stand there alone (shares that no longer sum to one, more residents
    than homes) is left out and told of. One that is refused between whole numbers is moved in whole numbers.

    Raises
    ------
    InputError
        For a name that the scenario has not, or that has no range of numbers.
    """
    known = {record.id: record for record in assumptions}
    for name in chosen:
        if name not in known:
            near = closest(name, list(known))
            raise refuse("--parameter", f"the scenario has no parameter {name!r}", near)
    wanted = chosen or [r.id for r in assumptions if r.kind == "uncertain" and getattr(r, "used", True)]
    varied: list[Unknown] = []
    fixed: list[tuple[str, str]] = []
    for name in dict.fromkeys(wanted):
        try:
            varied.append(_movable(_unknown(known[name]), load))
        except (SpanError, InputError) as error:
            reason = error.says if isinstance(error, SpanError) else error.findings[0].message
            if chosen:
                raise refuse("--parameter", f"{name} cannot be varied: {reason}") from None
            fixed.append((name, reason))
    if not varied:
        raise refuse("--parameter", "no uncertain number with a range is left to vary")
    return Unknowns(tuple(varied), tuple(fixed))


def _unknown(record: Assumption) -> Unknown:
    written = record.range.strip()
    if not (written.startswith("[") and written.endswith("]")):
        raise SpanError("it has no range" if not written else f"its range is no pair of numbers: {written}")
    ends = [part.strip() for part in written[1:-1].split(",")]
    if len(ends) != 2:
        raise SpanError(f"its range is no pair of numbers: {written}")
    of = span(*ends)
    if of.low == of.high:
        raise SpanError("its range is a single value")
    split(record.value)
    assumed = record.source == "assumption" or "not identified" in record.note.lower()
    return Unknown(record.id, record.label, of, of.number(record.value), assumed)


def _movable(of: Unknown, load: Load) -> Unknown:
    if not of.span.unit and all(number == int(number) for number in (of.span.low, of.span.high, of.value)):
        try:
            load([(f"parameters.{of.id}", of.span.text(of.span.low + (of.span.high - of.span.low) / 2 + Decimal("0.01")))])
        except InputError:
            of = of._replace(span=of.span._replace(whole=True))
    for share in (0.0, 1.0):
        load([of.setting(share)])
    return of
