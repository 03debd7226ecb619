"""What each measure means."""

from sim.report.blocks import Definitions, Details, Part
from sim.report.reading import Reading
from sim.report.wording import WORDS

_OPEN = {"nb": "Hva hvert av de {count} målene betyr", "en": "What each of the {count} measures means"}


def meanings(reading: Reading) -> Part:
    """Give the definition of every measure that the folder has."""
    lang = reading.lang
    items = [
        (reading.kpi_name(kpi), f"({reading.unit(kpi)}, {kpi})", [str(text[f"means_{lang}"])])
        for kpi, text in reading.kpis.items()
    ]
    return Part(
        "meanings", WORDS[lang]["meaning"], [Details(_OPEN[lang].format(count=len(items)), [Definitions(items)])], screen=True
    )
