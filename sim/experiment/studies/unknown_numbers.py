"""The numbers of a scenario that are not known: which, from where to where, and which of them nobody has measured."""

import re
from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from difflib import get_close_matches
from pathlib import PurePath
from typing import NamedTuple, Protocol

from sim.experiment.span import Span, SpanError, span, split
from sim.experiment.studies.refused import RefusedStudyError

Settings = Sequence[tuple[str, str]]


class Assumption(Protocol):
    """What is read of a parameter of a scenario."""

    id: str
    label: Mapping[str, str]
    value: str
    range: str
    kind: str
    source: str
    note: str


class Objection(NamedTuple):
    """Why a scenario cannot stand with values set: what is said first, and the files and settings it is said of."""

    says: str
    places: frozenset[str]


#: Tells whether a scenario stands with values set: None when it does.
Try = Callable[[Settings], Objection | None]


#: A duration whose mean has a range: its spread goes with it.
_MEAN = re.compile(
    r"(exponential|fixed): ([^{}]+)|(lognormal|weibull|gamma): \{mean: ([^{},]+)(?:, sd: ([^{},]+))?(, shape: [^{},]+)?\}"
)


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
    form : str
        How the number stands in the value: ``{0}`` is its text, ``{1}`` that of a standard deviation in proportion to it.
    ratio : Decimal
        Of that standard deviation to the number.
    topic : str
        Its group: the file in which it stands, by name.
    """

    id: str
    label: Mapping[str, str]
    span: Span
    value: Decimal
    assumed: bool
    form: str = "{0}"
    ratio: Decimal = Decimal(0)
    topic: str = ""

    @property
    def share(self) -> float:
        """Where in its span the scenario's value stands, 0 to 1."""
        return min(1.0, max(0.0, self.span.share_of(self.value)))

    def setting(self, share: float) -> tuple[str, str]:
        """Give the value at a share of the span as a value to set."""
        return self.written(self.span.at(share))

    def written(self, text: str) -> tuple[str, str]:
        """Give a value of the span as a value to set."""
        spread = self.span.text(self.ratio * self.span.number(text)) if self.ratio else ""
        return f"parameters.{self.id}", self.form.format(text, spread)


class Unknowns(NamedTuple):
    """What is varied, and what is not, each with the reason."""

    varied: tuple[Unknown, ...]
    fixed: tuple[tuple[str, str], ...]


def unknowns(assumptions: Sequence[Assumption], chosen: Sequence[str], tried: Try) -> Unknowns:
    """Choose the numbers to vary: those named, or every used one of the kind `uncertain`, as far as they have a range.

    Each must load at both ends of its range: one that cannot stand there alone (shares that no longer sum to one, more residents
    than homes) is left out and told of. One that is refused between whole numbers is moved in whole numbers.

    Raises
    ------
    RefusedStudyError
        For a name that the scenario has not, or that has no range of numbers.
    """
    known = {record.id: record for record in assumptions}
    for name in chosen:
        if name not in known:
            near = get_close_matches(name, known, 1)
            raise RefusedStudyError("parameter", f"the scenario has no parameter {name!r}", near[0] if near else None)
    wanted = chosen or [r.id for r in assumptions if r.kind == "uncertain" and getattr(r, "used", True)]
    found: list[Unknown] = []
    fixed: dict[str, str] = {}
    for name in dict.fromkeys(wanted):
        try:
            found.append(_unknown(known[name]))
        except SpanError as error:
            fixed[name] = error.says
    whole = _whole([of for of in found if _in_whole_numbers(of)], tried)
    found = [of._replace(span=of.span._replace(whole=True)) if of.id in whole else of for of in found]
    for share in (0.0, 1.0):
        fixed |= _refused([of for of in found if of.id not in fixed], share, tried)
    for name in chosen:
        if name in fixed:
            raise RefusedStudyError("parameter", f"{name} cannot be varied: {fixed[name]}")
    varied = tuple(of for of in found if of.id not in fixed)
    if not varied:
        raise RefusedStudyError("parameter", "no uncertain number with a range is left to vary")
    return Unknowns(varied, tuple((name, fixed[name]) for name in dict.fromkeys(wanted) if name in fixed))


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
    form, text, ratio = _form(record.value)
    assumed = record.source == "assumption" or "not identified" in record.note.lower()
    topic = PurePath(getattr(record, "file", "") or "").stem
    return Unknown(record.id, record.label, of, of.number(text), assumed, form, ratio, topic)


def _form(written: str) -> tuple[str, str, Decimal]:
    """Part a value into its form, its number, and the ratio of a standard deviation to it."""
    found = _MEAN.fullmatch(written.strip())
    if found is None:
        split(written)
        return "{0}", written, Decimal(0)
    plain, single, kind, mean, sd, shape = found.groups()
    if plain:
        return f"{{{{{plain}: {{0}}}}}}", single, Decimal(0)
    if sd is None:
        return f"{{{{{kind}: {{{{mean: {{0}}{shape or ''}}}}}}}}}", mean, Decimal(0)
    unit = span(mean, mean)
    return f"{{{{{kind}: {{{{mean: {{0}}, sd: {{1}}}}}}}}}}", mean, unit.number(sd) / unit.low


def _in_whole_numbers(of: Unknown) -> bool:
    return not of.span.unit and all(number == int(number) for number in (of.span.low, of.span.high, of.value))


def _whole(candidates: Sequence[Unknown], tried: Try) -> set[str]:
    """Tell which numbers are refused between whole ones: all are tried together, as what is said names where they stand."""
    found: set[str] = set()
    while rest := [of for of in candidates if of.id not in found]:
        objection = tried([_between(of) for of in rest])
        if objection is None:
            break
        told = {word for place in objection.places for word in place.split()}
        more = {of.id for of in rest if f"parameters.{of.id}" in told}
        found |= more or {of.id for of in rest if tried([_between(of)]) is not None}
        if not more:
            break
    return found


def _between(of: Unknown) -> tuple[str, str]:
    return of.written(of.span.text((of.span.low + of.span.high) / 2 + Decimal("0.013")))


def _refused(group: Sequence[Unknown], share: float, tried: Try) -> dict[str, str]:
    """Tell which numbers cannot stand at a share of their span, with the reason: halves of a group that is refused are tried."""
    objection = tried([of.setting(share) for of in group]) if group else None
    if objection is None:
        return {}
    if len(group) == 1:
        return {group[0].id: objection.says}
    half = len(group) // 2
    return _refused(group[:half], share, tried) | _refused(group[half:], share, tried)
