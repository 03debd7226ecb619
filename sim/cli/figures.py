"""The registry of measures, as the commands show it."""

from functools import lru_cache
from typing import TypedDict

_ENDINGS = {
    "wait_ending_share": ("Slik sluttet ventingen", "How the waiting ended", "share"),
    "wait_endings_per_year": ("Ventinger som sluttet", "Waits ended", "per year"),
}


#: What the endings of a wait are called; a mechanism may add endings of its own, which are shown by their id.
ENDINGS = {
    "housed": {"nb": "fikk bolig", "en": "housed"},
    "found_other": {"nb": "fant annen bolig", "en": "found another home"},
    "moved_away": {"nb": "flyttet fra kommunen", "en": "moved away"},
    "lapsed": {"nb": "søknaden falt bort", "en": "application lapsed"},
    "died": {"nb": "døde", "en": "died"},
}


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


def unit_of(kpi: str) -> str:
    """Give the unit of a measure, in English."""
    text = kpi_texts().get(kpi)
    if text is not None:
        return text["unit"]
    return _ENDINGS[kpi][2] if kpi in _ENDINGS else ""
