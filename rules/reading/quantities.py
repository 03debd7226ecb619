"""Numbers with units in text: "4 years", "9.5 per year", "3.8 million NOK", "30 %"."""

import re
from dataclasses import dataclass, replace
from fractions import Fraction

from rules.reading.suggest import closest

#: Days in a unit of time. A year is 365.25 days and a month a twelfth of it, everywhere in the project.
DAYS_IN: dict[str, Fraction] = {
    "minute": Fraction(1, 1440),
    "hour": Fraction(1, 24),
    "day": Fraction(1),
    "week": Fraction(7),
    "month": Fraction(487, 16),
    "quarter": Fraction(1461, 16),
    "year": Fraction(1461, 4),
}
_SCALES = {"thousand": 1_000, "million": 1_000_000, "billion": 1_000_000_000}
_UNITS = {name: name for name in DAYS_IN} | {f"{name}s": name for name in DAYS_IN}
_UNITS |= {"nok": "NOK", "%": "%", "percent": "%", "points": "points"}
_WORDS = [*(f"{name}s" for name in DAYS_IN), *DAYS_IN, "NOK", "%", "per", *_SCALES]

#: What Norwegian authors write from habit, and the word for it here.
_FROM_NORWEGIAN = {
    "time": "hours", "timer": "hours", "dag": "day", "dager": "days", "døgn": "days",
    "uke": "week", "uker": "weeks", "måned": "month", "måneder": "months", "kvartal": "quarter",
    "år": "years",
    "kr": "NOK", "kr.": "NOK", "kroner": "NOK", "prosent": "%", "pst": "%", "pst.": "%",
    "tusen": "thousand", "mill": "million", "mill.": "million", "millioner": "million",
    "mrd": "billion", "mrd.": "billion", "milliard": "billion", "milliarder": "billion",
    "pr": "per", "pr.": "per",
}  # fmt: skip

_NUMBER = re.compile(
    r"[-+]?(?:[0-9]{1,3}(?:([ ,\N{NO-BREAK SPACE}\N{NARROW NO-BREAK SPACE}])[0-9]{3}(?:\1[0-9]{3})*)(?![0-9])"
    r"(?:\.[0-9]+)?|[0-9]+(?:\.[0-9]+)?|\.[0-9]+)(?![0-9.,])",
    re.ASCII,
)
_LONGEST = 100


class QuantityError(ValueError):
    """A text is not the quantity it should be.

    Parameters
    ----------
    says : str
        What is wrong.
    hint : str, optional
        As in `Finding`.
    expected : str, optional
        What should stand there, when it is no text or number at all.
    """

    def __init__(self, says: str, hint: str | None = None, expected: str = "") -> None:
        super().__init__(says)
        self.says, self.hint, self.expected = says, hint, expected


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number with its unit.

    Parameters
    ----------
    number : Fraction
        The number as written, exact, before `scale`.
    scale : str
        '' or ``thousand``, ``million``, ``billion``.
    unit : str
        '' or ``%``, ``points``, ``NOK`` or a key of `DAYS_IN`.
    per : str
        '' or a key of `DAYS_IN`.
    tail : str
        What was written after the number.
    """

    number: Fraction
    scale: str
    unit: str
    per: str
    tail: str

    @property
    def amount(self) -> Fraction:
        """The number times its scale."""
        return self.number * _SCALES.get(self.scale, 1)

    def text(self) -> str:
        """Write the quantity as its author did."""
        number = number_text(self.number)
        return f"{number} {self.tail}" if self.tail else number


def parse_quantity(text: str) -> Quantity:
    """Read a number with an optional scale, unit and period.

    Parameters
    ----------
    text : str
        A number with decimal point; thousands may be set off by spaces or commas. Then in this order, each
        optional: a scale (``million``), a unit (``NOK``, ``%``, ``days``), a period (``per year``).

    Raises
    ------
    QuantityError
        When the text is anything else.
    """
    text = text.strip()
    if len(text) > _LONGEST:
        raise QuantityError("this text is too long for a number with a unit")
    found = _NUMBER.match(text)
    if found is None:
        if re.match(r"[-+]?[0-9]+,[0-9]", text):
            hint = f"write it with a point: {text.replace(',', '.', 1)}"
            raise QuantityError(f"{text!r} has a decimal comma", hint)
        raise QuantityError(f"{text!r} does not begin with a number")
    number = Fraction(re.sub(r"[^-+0-9.]", "", found.group()))
    tail = text[found.end() :].strip()
    words = tail.replace("%", " % ").split()
    scale = words.pop(0).lower() if words and words[0].lower() in _SCALES else ""
    unit = _unit(words.pop(0), text) if words and words[0].lower() != "per" else ""
    per = ""
    if words and words[0].lower() == "per":
        if len(words) == 1:
            raise QuantityError(f"{text!r} does not say per what", "write for instance `per year`")
        per = _unit(words[1], text)
        if per not in DAYS_IN:
            raise QuantityError(f"{words[1]!r} is no period of time", "write for instance `per year`")
        del words[:2]
    if words:
        raise QuantityError(f"{' '.join(words)!r} is not understood in {text!r}", _suggest(words[0]))
    return Quantity(number, scale, unit, per, tail)


def add(base: Quantity, change: Quantity) -> Quantity:
    """Add a change to a quantity, and keep the unit in which the quantity is written.

    Parameters
    ----------
    base : Quantity
        What there is.
    change : Quantity
        A bare number is in the unit of `base`; ``%`` multiplies (20 % + 10 % is 22 %); ``points`` are
        added to a quantity in ``%``; any other unit must measure the same thing as that of `base`.

    Raises
    ------
    QuantityError
        When the units do not measure the same thing.
    """
    if change.unit == "%" and not change.per and not change.scale:
        return replace(base, number=base.number * (1 + change.number / 100))
    if change.unit == "points" and base.unit == "%":
        return replace(base, number=base.number + change.number)
    if not (change.unit or change.per or change.scale):
        return replace(base, number=base.number + change.number)
    if (_dimension(base.unit), bool(base.per)) != (_dimension(change.unit), bool(change.per)):
        raise QuantityError(f"{change.text()!r} cannot be added to {base.text()!r}", "the units do not agree")
    added = change.amount / _size(change) * _size(base)
    return replace(base, number=base.number + added / _SCALES.get(base.scale, 1))


def number_text(number: Fraction) -> str:
    """Write a number with as few digits as tell it apart."""
    return str(number.numerator) if number.denominator == 1 else repr(float(number))


def _size(quantity: Quantity) -> Fraction:
    """Say how many of the quantity's unit make one day, or one per day."""
    size = 1 / DAYS_IN.get(quantity.unit, Fraction(1))
    return size * DAYS_IN[quantity.per] if quantity.per else size


def _dimension(unit: str) -> str:
    return "time" if unit in DAYS_IN else unit


def _unit(word: str, text: str) -> str:
    try:
        return _UNITS[word.lower()]
    except KeyError:
        raise QuantityError(f"the unit {word!r} in {text!r} is not known", _suggest(word)) from None


def _suggest(word: str) -> str | None:
    return _FROM_NORWEGIAN.get(word.lower()) or closest(word, _WORDS)
