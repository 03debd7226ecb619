"""Fields of models whose unit stands in the text of the YAML file.

Each name below is a pydantic type: it takes what the author wrote ("4 years") and gives a plain number in one
fixed unit, so that no formula meets a unit. A number without its unit is refused, except zero, and where the
type says otherwise. A year is 365.25 days, a month 30.4375.
"""

from collections.abc import Callable
from fractions import Fraction
from typing import Annotated, Any, TypeAlias

from pydantic import BeforeValidator, WithJsonSchema
from pydantic_core import PydanticCustomError

from rules.reading.quantities import DAYS_IN, Quantity, QuantityError, number_text, parse_quantity

#: The type of the pydantic error that carries a `QuantityError`: `says` and `hint` stand in its context.
QUANTITY_ERROR = "quantity"


def days(written: Any) -> float:
    """Read a duration ("90 days", "4 years") as days."""
    found = _at_least_zero(_read(written, "a duration", "90 days"), "a duration")
    return float(found.amount * _time(found.unit, found, "a duration", "90 days", per=False))


def per_day(written: Any) -> float:
    """Read a rate ("9.5 per year", "1 % per year") as events a day."""
    found = _at_least_zero(_read(written, "a rate", "9.5 per year"), "a rate")
    if found.unit not in ("", "%"):
        raise _wrong(found, "a rate", "9.5 per year")
    return float(_fraction(found) / _time(found.per, found, "a rate", "9.5 per year", per=True))


def nok(written: Any) -> float:
    """Read a sum of money ("3.8 million NOK", "55 075 NOK") as NOK; it may not be below zero."""
    found = _at_least_zero(_read(written, "a sum of money", "55 075 NOK"), "a sum of money")
    if (found.amount and found.unit != "NOK") or found.per:
        raise _wrong(found, "a sum of money", "55 075 NOK")
    return float(found.amount)


def nok_per(period: str) -> Callable[[Any], float]:
    """Give the reader of money per time ("900 000 NOK per year") as NOK per `period`, a key of `DAYS_IN`."""
    example = f"900 NOK per {period}"

    def read(written: Any) -> float:
        found = _at_least_zero(_read(written, "money per time", example), "money per time")
        if found.amount and found.unit != "NOK":
            raise _wrong(found, "money per time", example)
        written_days = _time(found.per, found, "money per time", example, per=True)
        return float(found.amount / written_days * DAYS_IN[period])

    return read


def share(written: Any) -> float:
    """Read a share ("30 %", or 0.3) as a number from 0 to 1."""
    found = _at_least_zero(_read(written, "a share", "30 %"), "a share")
    if found.unit not in ("", "%") or found.per or found.scale:
        raise _wrong(found, "a share", "30 %")
    value = _fraction(found)
    if value > 1:
        hint = f'write "{found.text()} %" if percent is meant' if found.unit == "" and value <= 100 else None
        raise QuantityError(f"a share cannot be over 100 %, but this is {found.text()}", hint)
    return float(value)


def growth_per_year(written: Any) -> float:
    """Read a growth ("1 % per year", "-0.5 % per year") as the relative change in a year, above -1."""
    found = _read(written, "a growth", "1 % per year")
    if found.amount and (found.unit not in ("", "%") or found.per != "year"):
        raise _wrong(found, "a growth", "1 % per year")
    if _fraction(found) <= -1:
        raise QuantityError(f"nothing is left after a growth of {found.text()}")
    return float(_fraction(found))


def hours_per_week(written: Any) -> float:
    """Read an effort ("37.5 hours per week", "2 hours per day", or the bare number of hours per week)."""
    example = "37.5 hours per week"
    found = _at_least_zero(_read(written, "an effort", example), "an effort")
    if not (found.unit or found.per or found.scale):
        return float(found.amount)
    if found.unit not in ("hour", "minute"):
        raise _wrong(found, "an effort", example)
    hours = found.amount * DAYS_IN[found.unit] / DAYS_IN["hour"]
    return float(hours / _time(found.per, found, "an effort", example, per=True) * DAYS_IN["week"])


def count(written: Any) -> int:
    """Read a whole number, zero or more ("1 070" or 1070)."""
    found = _at_least_zero(_read(written, "a count", "1070"), "a count")
    if found.unit or found.per:
        raise _wrong(found, "a count", "1070")
    if found.amount.denominator != 1:
        raise QuantityError(f"a count is a whole number, but this is {found.text()}")
    return int(found.amount)


def _read(written: Any, what: str, example: str) -> Quantity:
    if isinstance(written, str):
        return parse_quantity(written)
    if isinstance(written, int | float) and not isinstance(written, bool):
        return Quantity(Fraction(str(written)), "", "", "", "")
    expected = f"{what} such as {example!r}"
    raise QuantityError(f"this should be {expected}", expected=expected)


def _at_least_zero(found: Quantity, what: str) -> Quantity:
    if found.amount < 0:
        raise QuantityError(f"{what} cannot be below zero, but this is {found.text()}")
    return found


def _time(unit: str, found: Quantity, what: str, example: str, *, per: bool) -> Fraction:
    """Give the days in the unit or period of a quantity; zero needs none."""
    if unit in DAYS_IN and (per or not found.per):
        return DAYS_IN[unit]
    if not (found.amount or found.unit or found.per):
        return Fraction(1)
    raise _wrong(found, what, example)


def _fraction(found: Quantity) -> Fraction:
    return found.amount / 100 if found.unit == "%" else found.amount


def _wrong(found: Quantity, what: str, example: str) -> QuantityError:
    if found.unit or found.per:
        return QuantityError(f"{found.text()!r} is not {what}", f'write for instance "{example}"')
    return QuantityError(f"{what} needs its unit, but this is {number_text(found.amount)}",
                         f'write for instance "{example}"')  # fmt: skip


def _field(read: Callable[[Any], float], *examples: str) -> tuple[BeforeValidator, WithJsonSchema]:
    def checked(written: Any) -> float:
        try:
            return read(written)
        except QuantityError as error:
            context = {"says": error.says, "hint": error.hint, "expected": error.expected}
            raise PydanticCustomError(QUANTITY_ERROR, "{says}", context) from None

    schema: dict[str, Any] = {"type": ["string", "number"], "examples": [*examples]}
    return BeforeValidator(checked), WithJsonSchema(schema)


#: A duration, in days.
Days: TypeAlias = Annotated[float, *_field(days, "90 days", "4 years", "6 months")]
#: A rate, in events a day.
PerDay: TypeAlias = Annotated[float, *_field(per_day, "9.5 per year", ".25 per day", "1 % per year")]
#: Money, in NOK.
Nok: TypeAlias = Annotated[float, *_field(nok, "3.8 million NOK", "55 075 NOK")]
#: Money per time, in NOK a year.
NokPerYear: TypeAlias = Annotated[float, *_field(nok_per("year"), "900 000 NOK per year")]
#: Money per time, in NOK a day.
NokPerDay: TypeAlias = Annotated[float, *_field(nok_per("day"), "1 500 NOK per day")]
#: Money per time, in NOK an hour: the price of an hour's work.
NokPerHour: TypeAlias = Annotated[float, *_field(nok_per("hour"), "650 NOK per hour")]
#: A share, from 0 to 1.
Share: TypeAlias = Annotated[float, *_field(share, "30 %", "0.3")]
#: A relative change in a year, above -1.
GrowthPerYear: TypeAlias = Annotated[float, *_field(growth_per_year, "1 % per year")]
#: Hours of work a week.
HoursPerWeek: TypeAlias = Annotated[float, *_field(hours_per_week, "37.5 hours per week", "80")]
#: A whole number, zero or more.
Count: TypeAlias = Annotated[int, *_field(count, "40", "1 070")]
