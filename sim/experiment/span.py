"""A stretch of values of one number of a scenario, in the unit in which it is written.

The number of a scenario is a text with its unit ("4 years", "22 per year", "3.8 million NOK"). Here the unit is kept as it
stands, and only the number before it moves, in exact decimals: a grid has no floating-point noise in its names. A date is moved
as a whole number of days, and on a grid by calendar years and months.
"""

import re
from calendar import monthrange
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import NamedTuple

_NUMBER = re.compile(r"\s*([-+]?(?:\d{1,3}(?:[ ,]\d{3})+|\d+)(?:\.\d+)?|[-+]?\.\d+)\s*(.*?)\s*", re.DOTALL)
_DAYS = {"day": Decimal(1), "week": Decimal(7), "month": Decimal("30.4375"), "year": Decimal("365.25")}
_DATE_TEXT = re.compile(r"\s*(\d{4}-\d\d-\d\d)\s*")
#: The unit of dates, whose number is that of the day since year 1.
DATE = "date"
#: Values between the ends of a span are rounded to so many digits.
_DIGITS = 12
#: A grid finer than this is a slip of the pen.
MOST_VALUES = 10_000


class SpanError(ValueError):
    """A text is no span; `hint` says what may help."""

    def __init__(self, says: str, hint: str | None = None) -> None:
        super().__init__(says)
        self.says, self.hint = says, hint


class Span(NamedTuple):
    """From `low` to `high`, both included, in the unit `unit` (empty = a bare number).

    `whole` says that only whole numbers mean anything.
    """

    low: Decimal
    high: Decimal
    unit: str
    whole: bool = False

    def text(self, number: Decimal) -> str:
        """Write a number as it stands in a scenario."""
        if self.unit == DATE:
            return date.fromordinal(int(number)).isoformat()
        return f"{_plain(number)} {self.unit}".rstrip()

    def at(self, share: float) -> str:
        """Give the value that lies `share` (0 to 1) of the way from low to high, as text."""
        if self.whole:
            # Every whole number has an equal part of the way.
            number = self.low + Decimal(int(min(share, 1 - 1e-12) * (int(self.high - self.low) + 1)))
        else:
            number = self.low + (self.high - self.low) * Decimal(repr(float(share)))
        return self.text(_rounded(number))

    def near(self, share: float) -> str:
        """Give the value at a share to three digits, for people: it is known no better than that, and lies in the span."""
        if self.unit == DATE:
            return self.at(share)
        number = Decimal(f"{self.number(self.at(share)):.3g}")
        return self.text(min(self.high, max(self.low, number)))

    def share_of(self, number: Decimal) -> float:
        """Give how far a number lies from low to high; 0 for a span of one value."""
        return float((number - self.low) / (self.high - self.low)) if self.high > self.low else 0.0

    def number(self, text: str) -> Decimal:
        """Give the number of a text in the unit of the span. Raises `SpanError` for another unit."""
        number, unit = split(text)
        return number if _same(unit, self.unit) else _converted(number, unit, self.unit)


def split(text: str) -> tuple[Decimal, str]:
    """Part a text into its number and its unit. Raises `SpanError` when it does not begin with a number."""
    written = _DATE_TEXT.fullmatch(str(text))
    if written is not None:
        try:
            return Decimal(date.fromisoformat(written[1]).toordinal()), DATE
        except ValueError:
            raise SpanError(f"{written[1]} is no day of the calendar") from None
    found = _NUMBER.fullmatch(str(text))
    if found is None:
        raise SpanError(f"{text!r} does not begin with a number")
    return Decimal(re.sub("[ ,]", "", found[1])), " ".join(found[2].split())


def span(low: str, high: str) -> Span:
    """Give the span between two written values, which may differ in their unit of time.

    Raises
    ------
    SpanError
        For what is no number, units that do not fit, or an end below its beginning.
    """
    (first, unit), (last, other) = split(low), split(high)
    if other and not unit:
        unit = other  # "1:5 years": the unit is written once
    if not _same(unit, other):
        first, last = _converted(first, unit, "days"), _converted(last, other, "days")
        unit = other = "days"
    if last < first:
        raise SpanError(f"the range from {low} to {high} is empty: its end lies below its beginning")
    return Span(first, last, other, whole=other == DATE)


def grid(low: str, high: str, step: str) -> tuple[Span, tuple[str, ...]]:
    """Give a span and its values from low by steps, as texts. High is one of them only when the steps meet it.

    Raises
    ------
    SpanError
        As `span`; also for a step that is not above zero, or makes too many values.
    """
    width, unit = split(step)
    if unit and not split(high)[1]:
        high = f"{high} {unit}"
    if unit and not split(low)[1]:
        low = f"{low} {unit}"
    of = span(low, high)
    if of.unit == DATE:
        return of, tuple(_days(of, width, unit, step))
    if unit and not _same(unit, of.unit):
        width = _converted(width, unit, of.unit)
    if width <= 0:
        raise SpanError(f"the step {step} should be above zero")
    if (of.high - of.low) / width > MOST_VALUES:
        raise SpanError(f"a step of {step} makes more than {MOST_VALUES} values")
    return of, tuple(of.text(number) for number in _steps(of, width))


def _days(of: Span, width: Decimal, unit: str, step: str) -> Iterator[str]:
    """Give the dates of a span by steps of whole days, weeks, months or years; what a month lacks is its last day."""
    months = {"month": 1, "year": 12}.get(_singular(unit), 0)
    days = {"day": 1, "week": 7}.get(_singular(unit), 0)
    if width <= 0 or width != int(width) or not (months or days):
        raise SpanError(f"a date moves by whole days, weeks, months or years, not by {step}", 'write for instance "1 year"')
    if (of.high - of.low) / (width * max(days, 28 * months)) > MOST_VALUES:
        raise SpanError(f"a step of {step} makes more than {MOST_VALUES} values")
    first, number = date.fromordinal(int(of.low)), 0
    while True:
        moved = _later(first, number * int(width) * months, number * int(width) * days)
        if moved is None or moved.toordinal() > of.high:
            return
        yield moved.isoformat()
        number += 1


def _later(day: date, months: int, days: int) -> date | None:
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    if year > date.max.year or day.toordinal() + days > date.max.toordinal():
        return None
    return date.fromordinal(date(year, month + 1, min(day.day, monthrange(year, month + 1)[1])).toordinal() + days)


def _steps(of: Span, width: Decimal) -> Iterator[Decimal]:
    number = of.low
    while number <= of.high:
        yield number
        number += width


def _same(first: str, second: str) -> bool:
    return _singular(first) == _singular(second)


def _singular(unit: str) -> str:
    return " ".join(word.removesuffix("s") for word in unit.split())


def _converted(number: Decimal, unit: str, into: str) -> Decimal:
    factor, target = _DAYS.get(_singular(unit)), _DAYS.get(_singular(into))
    if factor is None or target is None:
        raise SpanError(f"the units do not fit: {unit or 'none'} and {into or 'none'}", "write both ends in the same unit")
    return number * factor / target


def _rounded(number: Decimal) -> Decimal:
    return Decimal(f"{number:.{_DIGITS}g}")


def _plain(number: Decimal) -> str:
    text = f"{number:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
