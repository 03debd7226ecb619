"""Numbers that stand for a figure: precisions, targets, and what they may be written as."""

from collections.abc import Mapping
from typing import Any

from rules.reading import Finding, InputError, Place, closest
from rules.reading.quantities import QuantityError
from rules.reading.units import days, nok, nok_per, share
from sim.cli.engine import Scenario
from sim.cli.figures import kpi_texts, unit_of


def figure(written: Any, kpi: str, place: Place) -> float:
    """Read a number in the unit of a measure: ``10 days``, ``2 %``, ``1.5 million NOK``, or the bare number.

    Raises
    ------
    InputError
        For an unknown measure, another unit, or what is no number.
    """
    known(kpi, place)
    unit = unit_of(kpi)
    if isinstance(written, int | float) and not isinstance(written, bool):
        return float(written)
    text = str(written).strip()
    try:
        return float(text)
    except ValueError:
        pass
    try:
        match unit:
            case "days":
                return days(text)
            case "share":
                return share(text)
            case "NOK":
                return nok(text)
            case "NOK per year":
                return nok_per("year")(text)
        return float(text.removesuffix(unit).strip())
    except QuantityError as error:
        raise InputError(Finding("quantity", error.says, place, error.hint)) from None
    except ValueError:
        message = f"{text!r} is no number of the unit of {kpi}, {unit}"
        raise InputError(Finding("quantity", message, place, f'write for instance "5 {unit}"')) from None


def known(kpi: str, place: Place) -> None:
    """Refuse a measure that there is not."""
    if kpi not in kpi_texts():
        raise InputError(Finding("unknown-name", f"there is no measure {kpi!r}", place, closest(kpi, list(kpi_texts()))))


def precision_of(scenarios: Mapping[str, Scenario]) -> dict[str, float]:
    """Give the precision that the first scenario asks for: measure -> half width of the 95 % interval.

    Raises
    ------
    InputError
        When it asks for none, for an unknown measure, or for no width above zero.
    """
    first = next(iter(scenarios.values()))
    found: dict[str, float] = {}
    for kpi, written, place in getattr(first, "precision", ()):
        width = figure(written, kpi, place)
        if not 0 < width < float("inf"):
            raise InputError(Finding("out-of-bounds", f"the precision of {kpi} should be above zero", place))
        found[kpi] = width
    if not found:
        message = "the scenario does not say how precise its figures should be"
        place = Place(str(getattr(first, "path", first.name)), 1, 1, "")
        raise InputError(Finding("missing-key", message, place, "write for instance `precision: {wait_days_mean: 10 days}`"))
    return found


def gap_text(value: float, kpi: str, lang: str, *, signed: bool = False) -> str:
    """Write a distance between two values of a measure with its unit: ``4.0 days``, ``1.2 percentage points``."""
    from sim.report import change
    from sim.report.numbers import change_unit

    text = kpi_texts()[kpi]
    unit, decimals = text["unit"], text["decimals"] if "NOK" in text["unit"] else text["decimals"] + 1
    words = change_unit(unit, lang, text["unit_nb"] if lang == "nb" else text["unit_en"])
    return f"{change(value, unit, decimals, lang, signed=signed)} {words}"


def size_text(value: float, kpi: str, lang: str) -> str:
    """Write a value of a measure with its unit, as finely as a distance: ``4.0 days``, ``6.60%``."""
    from sim.report import amount
    from sim.report.numbers import PROPORTIONS

    text = kpi_texts()[kpi]
    decimals = text["decimals"] if "NOK" in text["unit"] else text["decimals"] + 1
    unit = "" if text["unit"] in PROPORTIONS else f" {text['unit_nb' if lang == 'nb' else 'unit_en']}"
    return amount(value, text["unit"], decimals, lang) + unit
