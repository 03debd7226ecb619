"""The registry of measures, as the commands show it."""

from dataclasses import asdict
from functools import lru_cache
from typing import Any, TypedDict

#: Units of the figures that stand only in breakdowns.
_UNITS_OF_ENDINGS = {"wait_ending_share": "share", "wait_endings_per_year": "per year"}


class KpiText(TypedDict):
    """What is said of a measure; `better` is one of more, less, neutral."""

    nb: str
    en: str
    means_nb: str
    means_en: str
    unit: str
    unit_nb: str
    unit_en: str
    decimals: int
    better: str
    headline: bool


@lru_cache(maxsize=1)
def kpi_texts() -> dict[str, KpiText]:
    """Give the text of every measure, headline measures first."""
    from sim.measures.beside import BESIDE
    from sim.measures.definitions import UNITS
    from sim.measures.kpis import KPIS

    return {
        id_: KpiText(
            nb=of.nb,
            en=of.en,
            means_nb=of.means_nb,
            means_en=of.means_en,
            unit=of.unit,
            unit_nb=UNITS[of.unit]["nb"],
            unit_en=UNITS[of.unit]["en"],
            decimals=of.decimals,
            better=of.better,
            headline=of.headline,
        )
        for id_, of in {**KPIS, **BESIDE}.items()
    }


def kostra_texts() -> dict[str, Any]:
    """Give the definition of every figure of KOSTRA's form 13, and what its groups are called."""
    from sim.measures.kostra import GROUPS, KOSTRA

    figures = {name: {key: value for key, value in asdict(of).items() if key != "id"} for name, of in KOSTRA.items()}
    return {"figures": figures, "groups": {name: dict(labels) for name, labels in GROUPS.items()}}


def unit_of(kpi: str) -> str:
    """Give the unit of a measure, in English."""
    text = kpi_texts().get(kpi)
    return text["unit"] if text is not None else _UNITS_OF_ENDINGS.get(kpi, "")
