"""What a study cannot say, what its measures mean, and what is needed to make it again."""

from sim.report.blocks import Bullets, Definitions, Part
from sim.report.numbers import number, years_text
from sim.report.studies.study import Study
from sim.report.wording import WORDS

_SAY = {
    "nb": {
        "limits": "Hva dette ikke kan si",
        "individuals": (
            "Modellen sier noe om gjennomsnitt over mange tenkte forløp. Den sier ingenting om en bestemt person, og "
            "rangerer ingen."
        ),
        "ranges": (
            "Spennene for forutsetningene er selv antakelser der kilde mangler. Det som er utenfor spennene, og det modellen "
            "ikke har med, er ikke prøvd."
        ),
        "file": "Fil og kontrollsum: {label}",
        "program": "Programmets kontrollsum",
        "kind": "Kommando",
    },
    "en": {
        "limits": "What this cannot say",
        "individuals": (
            "The model tells of means over many imagined courses of events. It says nothing about any one person, and ranks "
            "nobody."
        ),
        "ranges": (
            "The ranges of the assumptions are assumptions themselves where there is no source. What lies outside them, and "
            "what the model leaves out, was not tried."
        ),
        "file": "File and checksum: {label}",
        "program": "Checksum of the program",
        "kind": "Command",
    },
}


def meanings(study: Study) -> Part:
    """Give what each measure of the study means."""
    items = [
        (study.kpi_name(kpi), kpi, [str(text[f"means_{study.lang}"])])
        for kpi, text in study.kpis.items()
        if text[f"means_{study.lang}"]
    ]
    return Part("meanings", WORDS[study.lang]["meaning"], [Definitions(items)], screen=True)


def limits(study: Study) -> Part:
    """Say what the figures leave out."""
    say = _SAY[study.lang]
    return Part("limits", say["limits"], [Bullets([say["individuals"], say["ranges"]])])


def made(study: Study) -> Part:
    """Give the command, the seed, and the checksums."""
    say, words, document = _SAY[study.lang], WORDS[study.lang], study.document
    items = [
        (say["kind"], "", [str(document["kind"])]),
        (words["seed"], "", [str(document["seed"])]),
        (words["replications"], "", [number(document["replications"], 0, study.lang)]),
        (words["years"], "", [years_text(document["years"], study.lang)]),
        *((say["file"].format(label=study.label(of["name"])), "", [str(of["file"]), str(of["hash"])]) for of in study.scenarios),
        (say["program"], "", [str(document["program"])]),
    ]
    return Part("reproduction", words["provenance"], [Definitions(items, code=True)])
