"""The scale on which a measure is drawn: shares as per cent, money in millions."""

from collections.abc import Mapping
from typing import Any, NamedTuple, Protocol

from sim.report.numbers import PROPORTIONS, change_unit

_PER_CENT = {"nb": "prosent", "en": "per cent"}
_MILLION = {"nb": "millioner", "en": "million"}


class Scale(NamedTuple):
    """What figures are multiplied by, and the unit of a size and of a difference then."""

    factor: float
    unit: str
    change_unit: str


class Measures(Protocol):
    """What knows measures in one language: a results folder, or a study."""

    lang: str
    kpis: Mapping[str, Mapping[str, Any]]

    def unit(self, kpi: str) -> str:
        """The unit of a measure in words."""


def scale_of(reading: Measures, kpi: str) -> Scale:
    """Give the scale on which a measure is drawn."""
    unit, words, lang = str(reading.kpis[kpi]["unit"]), reading.unit(kpi), reading.lang
    if unit in PROPORTIONS:
        return Scale(100.0, _PER_CENT[lang], change_unit(unit, lang, words))
    if "NOK" in unit:
        return Scale(1e-6, f"{_MILLION[lang]} {words}", f"{_MILLION[lang]} {words}")
    return Scale(1.0, words, words)
