"""The sheet of KOSTRA's form 13: each figure with its definition, by year; what is not simulated is said to be so."""

from math import fsum
from typing import Any

from sim.report.workbook.sheet import TEXT, Cell, Sheet
from sim.report.workbook.words import WORDS
from sim.results import ResultsData

_SAY = {
    "nb": {
        "intro": "Tallene i KOSTRA-skjema 13 så langt modellen har dem, etter år, gjennomsnitt over replikasjonene. Til å "
        "sammenlikne med det kommunen rapporterer, ikke til å rapportere.",
        "figure": "Tall",
        "group": "Gruppe",
        "unit": "Enhet",
        "definition": "Definisjon",
        "all": "alle",
        "missing": "ikke simulert",
    },
    "en": {
        "intro": "The figures of KOSTRA's form 13 as far as the model has them, by year, means over replications. To be compared "
        "with what the municipality reports, not to be reported.",
        "figure": "Figure",
        "group": "Group",
        "unit": "Unit",
        "definition": "Definition",
        "all": "all",
        "missing": "not simulated",
    },
}
_UNITS = {
    "nb": {"homes": "boliger", "applications": "søknader", "households": "husstander", "per cent": "prosent"},
    "en": {},
}


def kostra_sheet(data: ResultsData, lang: str) -> Sheet:
    """Give the sheet; without rows where the folder has no such table."""
    say, units, words = _SAY[lang], _UNITS[lang], WORDS[lang]
    texts = data.texts.get("kostra", {"figures": {}, "groups": {}})
    numbers: dict[tuple[str, str, str], dict[int, list[float]]] = {}
    years: set[int] = set()
    for policy, _, year, figure, group, number in data.tables.get("kostra", ()):
        years.add(year)
        kept = numbers.setdefault((policy, figure, group), {}).setdefault(year, [])
        if number is not None:
            kept.append(number)
    labels = {policy["name"]: policy["label"].get(lang, policy["name"]) for policy in data.run["policies"]}
    rows: list[list[Cell]] = []
    kinds: list[list[str]] = []
    for (policy, figure, group), by_year in numbers.items():
        of: dict[str, Any] | None = texts["figures"].get(figure)
        if of is None:
            continue
        called = say["all"] if group == "all" else texts["groups"].get(group, {}).get(lang, group)
        means = [_mean(by_year.get(year, []), say["missing"] if not of["simulated"] else None) for year in sorted(years)]
        unit = units.get(of["unit"], of["unit"])
        rows.append([labels.get(policy, policy), of[lang], called, unit, *means, of[f"means_{lang}"]])
        kinds.append([TEXT] * 4 + ["figure:1"] * len(means) + [TEXT])
    named = [f"{words['year']} {year}" for year in sorted(years)]
    columns = [words["policy"], say["figure"], say["group"], say["unit"], *named, say["definition"]]
    return Sheet("KOSTRA", say["intro"], columns, rows, kinds)


def _mean(numbers: list[float], otherwise: str | None) -> Cell:
    return fsum(numbers) / len(numbers) if numbers else otherwise
