"""What the figures cannot say."""

from sim.report.blocks import Bullets, Part
from sim.report.numbers import years_text
from sim.report.reading import Reading
from sim.report.wording import WORDS

_SAY = {
    "nb": {
        "title": "Hva dette ikke kan si",
        "individuals": (
            "Modellen sier noe om grupper og om gjennomsnitt over mange tenkte forløp. Den sier ingenting om en "
            "bestemt person, og rangerer ingen."
        ),
        "chance": (
            "Intervallene viser usikkerheten fra tilfeldigheter i modellen, ikke feil i forutsetninger eller i modellen selv."
        ),
        "many": (
            "Det er mange mål og grupper: Noen forskjeller vil se sikre ut ved en tilfeldighet. Legg vekt på det som går igjen."
        ),
        "horizon": (
            "Perioden er {years}. Boliger som åpner sent, rekker å koste mer enn de rekker å hjelpe; nåverdien tar "
            "hensyn til verdien som er igjen i bygg og tomter, men ikke til nytten etterpå."
        ),
        "behaviour": (
            "Hvordan søkere, naboer og ansatte endrer seg når tilbudet endres, er bare med så langt forutsetningene sier det."
        ),
    },
    "en": {
        "title": "What this cannot say",
        "individuals": (
            "The model tells of groups and of means over many imagined courses of events. It says nothing about any "
            "one person, and ranks nobody."
        ),
        "chance": (
            "The intervals show uncertainty from chance within the model, not errors in the assumptions or in the model itself."
        ),
        "many": "There are many measures and groups: some differences will look sure by chance. Trust what recurs.",
        "horizon": (
            "The period is {years}. Homes that open late cost more within it than they can help; the present value "
            "counts the value left in buildings and land, but not the use made of them afterwards."
        ),
        "behaviour": (
            "How applicants, neighbours and staff change when the supply changes is there only as far as the assumptions say so."
        ),
    },
}


def limits(reading: Reading) -> Part:
    """Say what the figures leave out."""
    say, words = _SAY[reading.lang], WORDS[reading.lang]
    items = [words["purpose"]]
    if reading.run["data"] == "assumed":
        items.append(words["assumed"])
    items += [say["individuals"], say["chance"]]
    if reading.compared:
        items.append(say["many"])
    items.append(say["horizon"].format(years=years_text(reading.run["years"], reading.lang)))
    items.append(say["behaviour"])
    return Part("limits", say["title"], [Bullets(items)])
