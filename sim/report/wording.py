"""The fixed words of the page and of the tables, in Norwegian and English."""

from sim.report.numbers import replications_text
from sim.report.verdict import FEW

WORDS: dict[str, dict[str, str]] = {
    "nb": {
        "title": "Boligtrapp: resultater",
        "of": "Boligtrapp: {label}",
        "against": "{policy} mot {baseline}",
        "purpose": "Dette er et planleggingsverktøy. Det fatter ikke vedtak og sier ingenting om enkeltpersoner.",
        "assumed": "Tallene om dagens situasjon er antakelser, ikke data fra kommunen.",
        "partial": "Kjøringen ble avbrutt: {finished} av {asked} replikasjoner ble ferdige. Bare de er med.",
        "questions": "Spørsmålene",
        "today": "Sammenlikningsgrunnlag",
        "policy": "Tiltak",
        "no_question": "Ingen spørsmål er oppgitt.",
        "results": "Resultater",
        "measure": "Mål",
        "unit": "Enhet",
        "mean": "Gjennomsnitt",
        "interval": "95 %-intervall",
        "baseline": "Grunnlag",
        "value": "Tiltak",
        "difference": "Forskjell",
        "verdict": "Betyr",
        "detectable": "Minste forskjell som kan oppdages",
        "beside": "Tilleggstall",
        "headline": "Hovedtall",
        "whole": "hele perioden",
        "missing": "{nulls} uten tall",
        "few": "Bare {replications}: tallene er svært usikre. Bruk minst {few}, helst 20 eller flere.",
        "chance": (
            "95 %-intervallet viser hvor usikkert tallet er på grunn av tilfeldigheter i modellen. Hvert intervall gjelder "
            "ett mål: Av tjue mål uten noen forskjell vil om lag ett likevel se ut som en forskjell. "
            "Usikkerheten i forutsetningene kommer i tillegg."
        ),
        "points": "Forskjeller mellom prosenttall er oppgitt i prosentpoeng.",
        "cut": (
            "Intervallene er beregnet symmetrisk om gjennomsnittet (t-intervall), men vises ikke under 0 eller over 100 %. "
            "summary.csv har hele intervallet."
        ),
        "detectable_means": (
            "Minste forskjell som kan oppdages: Er den virkelige forskjellen så stor, vil åtte av ti slike kjøringer vise den."
        ),
        "yearly": "År for år",
        "yearly_lead": "Gjennomsnitt for hovedtallene i hvert år. Kroner står i millioner.",
        "year": "År",
        "to_year": "til",
        "million": "millioner",
        "meaning": "Hva målene betyr",
        "assumptions": "Forutsetninger",
        "sources": (
            "Korte kildenavn er forklart i kilderegisteret som scenariet viser til. Merknadene står slik de er skrevet i filene."
        ),
        "parameter": "Forutsetning",
        "number": "Verdi",
        "range": "Usikkerhetsspenn",
        "kind": "Type",
        "decision": "kan bestemmes",
        "fact": "fakta",
        "uncertain": "usikkert",
        "source": "Kilde",
        "note": "Merknad",
        "assumption": "antakelse",
        "provenance": "Slik ble dette laget",
        "command": "Kommando",
        "seed": "Startverdi for tilfeldige tall (frø)",
        "replications": "Replikasjoner (gjentatte kjøringer)",
        "years": "Simulert tid",
        "versions": "Programversjoner",
        "inputs": "Filer og kontrollsummer (SHA-256)",
        "only_new": "for tiltakene bare filer som ikke står under grunnlaget",
        "scroll": "Tabell som kan rulles sidelengs",
        "scroll_picture": "Bilde som kan rulles sidelengs",
        "policies": "{count} tiltak",
        "paper": "På papir er noe utelatt: tilleggstall, tall år for år, hva målene betyr, tallene bak bildene og alle "
        "forutsetninger. Det står i filen report.html.",
        "contents": "Innhold",
        "behind": "Tallene bak bildet",
    },
    "en": {
        "title": "Boligtrapp: results",
        "of": "Boligtrapp: {label}",
        "against": "{policy} against {baseline}",
        "purpose": "This is a planning tool. It makes no decisions (vedtak) and says nothing about individuals.",
        "assumed": "The figures for today's situation are assumptions, not data from the municipality.",
        "partial": "The run was cut short: {finished} of {asked} replications were finished. Only they are counted.",
        "questions": "The questions",
        "today": "Baseline",
        "policy": "Policy",
        "no_question": "No question is stated.",
        "results": "Results",
        "measure": "Measure",
        "unit": "Unit",
        "mean": "Mean",
        "interval": "95% interval",
        "baseline": "Baseline",
        "value": "Policy",
        "difference": "Difference",
        "verdict": "In words",
        "detectable": "Smallest detectable difference",
        "beside": "Additional figures",
        "headline": "Main figures",
        "whole": "the whole period",
        "missing": "{nulls} without a number",
        "few": "Only {replications}: the figures are very uncertain. Use at least {few}, better 20 or more.",
        "chance": (
            "The 95% interval shows how uncertain the figure is because of chance within the model. Each interval is of one "
            "measure: of twenty measures without any difference, about one will look like a difference all the same. "
            "Uncertainty in the assumptions comes on top."
        ),
        "points": "Differences between percentages are given in percentage points.",
        "cut": (
            "The intervals are symmetric around the mean (t-intervals), but are not shown below 0 or above 100%. "
            "summary.csv has the whole interval."
        ),
        "detectable_means": (
            "Smallest detectable difference: if the true difference is this large, eight in ten such runs will show it."
        ),
        "yearly": "Year by year",
        "yearly_lead": "Means of the main figures in each year. NOK are in millions.",
        "year": "Year",
        "to_year": "to",
        "million": "million",
        "meaning": "What the measures mean",
        "assumptions": "Assumptions",
        "sources": (
            "Short names of sources are explained in the register of sources that the scenario names. "
            "The notes stand as they are written in the files."
        ),
        "parameter": "Assumption",
        "number": "Value",
        "range": "Range of uncertainty",
        "kind": "Type",
        "decision": "can be decided",
        "fact": "fact",
        "uncertain": "uncertain",
        "source": "Source",
        "note": "Note",
        "assumption": "assumption",
        "provenance": "How this was made",
        "command": "Command",
        "seed": "Seed of the random numbers",
        "replications": "Replications (repeated runs)",
        "years": "Simulated time",
        "versions": "Versions of programs",
        "inputs": "Files and checksums (SHA-256)",
        "only_new": "for policies only files that do not stand under the baseline",
        "scroll": "Table that can be scrolled sideways",
        "scroll_picture": "Picture that can be scrolled sideways",
        "policies": "{count} policies",
        "paper": "On paper some things are left out: additional figures, figures year by year, what the measures mean, the "
        "figures behind the pictures and all assumptions. They stand in the file report.html.",
        "contents": "Contents",
        "behind": "The figures behind the picture",
    },
}


def purpose_text(lang: str, *, assumed: bool) -> str:
    """Say what the tool is and is not, and where today's situation is assumed, that it is."""
    words = WORDS[lang]
    return f"{words['purpose']} {words['assumed']}" if assumed else words["purpose"]


def notes(lang: str, replications: int, *, compared: bool, cut: bool = False) -> list[str]:
    """Give what must stand beside a table of figures, the most important first; parameters as of its two parts."""
    few = few_text(lang, replications)
    return [*([few] if few else []), *interval_notes(lang, compared=compared, cut=cut)]


def quoted(name: str, lang: str) -> str:
    """Put a name in the quotation marks of the language."""
    return f"«{name}»" if lang == "nb" else f"“{name}”"


def few_text(lang: str, replications: int) -> str:
    """Say that so many finished replications are few; empty when they are not."""
    if replications >= FEW:
        return ""
    return WORDS[lang]["few"].format(replications=replications_text(replications, lang), few=FEW)


def interval_notes(lang: str, *, compared: bool, cut: bool = False) -> list[str]:
    """Say what the intervals mean and leave out.

    Parameters
    ----------
    lang : {'nb', 'en'}
    compared : bool
        Whether the table is of differences.
    cut : bool
        Whether the end of an interval was cut at a value that the measure cannot pass.
    """
    words = WORDS[lang]
    return [words["chance"], *([words["points"]] if compared else []), *([words["cut"]] if cut else [])]
