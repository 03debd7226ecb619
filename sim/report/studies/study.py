"""A study on many points (sweep, sensitivity, optimise, calibrate) in one language: names, and numbers as they are written."""

import math
from collections.abc import Mapping, Sequence
from typing import Any

from sim.report.assumptions import number_name, value_text
from sim.report.blocks import Cell
from sim.report.interval import mean_told
from sim.report.numbers import NOTHING, change, number
from sim.report.parts.scale import scale_of
from sim.report.precision import decimals_for
from sim.report.verdict import Told, told

Figure = Mapping[str, Any]


def rounded(value: float, unit: str) -> str:
    """Write a value of a parameter as it would stand in a file, with three digits."""
    places = max(2 - math.floor(math.log10(abs(value))), 0) if value else 0
    digits = f"{value:.{places}f}"
    return f"{digits.rstrip('0').rstrip('.') if places else digits} {unit}".strip()


class Study:
    """The document of a study.

    Parameters
    ----------
    document : mapping
        As docs/architecture.md describes it.
    lang : {'nb', 'en'}
    """

    def __init__(self, document: Mapping[str, Any], lang: str) -> None:
        self.document, self.lang = document, lang
        self.kpis: Mapping[str, Mapping[str, Any]] = document["kpis"]
        self.scenarios: Sequence[Mapping[str, Any]] = document["scenarios"]

    def label(self, name: str) -> str:
        """What a scenario is called; its name where it has none."""
        return next((str(of["label"][self.lang]) for of in self.scenarios if of["name"] == name), name)

    def number_name(self, path: str) -> str:
        """What a number that was moved is called; its path where it has no name."""
        return number_name(self.document["numbers"], path, self.lang) or path

    def kpi_name(self, kpi: str) -> str:
        """What a measure is called."""
        return str(self.kpis[kpi][self.lang])

    def unit(self, kpi: str) -> str:
        """The unit of a measure in words."""
        return str(self.kpis[kpi][f"unit_{self.lang}"])

    def named(self, kpi: str) -> str:
        """What a measure is called, with the unit on its scale."""
        return f"{self.kpi_name(kpi)} ({scale_of(self, kpi).unit})"

    def called(self, of: Mapping[str, Any]) -> str:
        """What a parameter is called; its id where it has no name."""
        return str(of.get("label", {}).get(self.lang) or of["parameter"])

    def size(self, kpi: str, figure: Figure) -> Cell | str:
        """Write a mean with its interval under it, on the scale that `named` tells."""
        text, scale = self.kpis[kpi], scale_of(self, kpi)
        if "NOK" in str(text["unit"]):
            text = {**text, "decimals": 1}
            figure = {key: None if figure[key] is None else scale.factor * figure[key] for key in ("mean", "low", "high")}
        of = mean_told(figure, text, self.lang)
        return of.mean if of.interval == NOTHING else Cell(of.mean, of.interval)

    def difference(self, kpi: str, figure: Figure, pairs: int | None = None) -> Told:
        """Write a difference (`difference`, `low`, `high`) with its interval and what they say."""
        row = {"difference": figure["difference"], "difference_low": figure["low"], "difference_high": figure["high"]}
        return told({**row, "pairs": pairs}, self.kpis[kpi], self.lang)

    def gap(self, kpi: str, value: float | None, *, signed: bool = True) -> str:
        """Write a difference without an interval."""
        if value is None:
            return NOTHING
        text = self.kpis[kpi]
        return change(value, str(text["unit"]), decimals_for([value], text), self.lang, signed=signed)

    def range(self, low: str, high: str) -> str:
        """Write a range of two written quantities in words: ``2 til 8 år``."""
        return value_text(f"[{low}, {high}]", {}, self.lang)

    def value(self, text: str) -> str:
        """Write a written quantity in words."""
        return value_text(text, {}, self.lang)

    def plain(self, value: float | None, decimals: int = 2) -> str:
        """Write a number that has no unit."""
        return number(value, decimals, self.lang)
