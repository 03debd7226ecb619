"""What it is worth to find out more before choosing, and what each plan may lose by being chosen now."""

from sim.report.blocks import Block, Cell, Column, Heading, Paragraph, Table
from sim.report.studies.study import Study

_SAY = {
    "nb": {
        "heading": "Hva det er verdt å vite mer",
        "evpi": (
            "Settes en ventedag til {price} kroner, er det verdt høyst {evpi} kroner i året å vite alt om disse forutsetningene "
            "før en velger{within}. Det er en øvre grense for hva det kan lønne seg å bruke på å finne ut mer. "
            "Slik det ser ut i dag, er «{best}» best."
        ),
        "within": "; med så få forløp kan tallet ligge mellom {low} og {high} (95 %)",
        "regret": "Hva en taper i snitt på å velge nå, hvis forutsetningene er andre enn vi tror",
        "plan": "Alternativ",
        "loss": "Tap (kroner per år)",
        "share": "Best i",
        "each": "Hva det er verdt å vite hver forutsetning alene",
        "parameter": "Forutsetning",
        "worth": "Verdi (kroner per år)",
    },
    "en": {
        "heading": "What it is worth to know more",
        "evpi": (
            "With a day of waiting set at {price} NOK, knowing everything about these assumptions before choosing is worth at "
            "most {evpi} NOK a year{within}. That is an upper bound on what it can pay to spend on finding out. "
            "As things look today, “{best}” is best."
        ),
        "within": "; with so few futures the figure may lie between {low} and {high} (95%)",
        "regret": "What is lost on average by choosing now, if the assumptions are other than we believe",
        "plan": "Alternative",
        "loss": "Loss (NOK per year)",
        "share": "Best in",
        "each": "What it is worth to know each assumption alone",
        "parameter": "Assumption",
        "worth": "Value (NOK per year)",
    },
}


def information(study: Study) -> list[Block]:
    """Tell the expected value of perfect information, of each number and of all, with the regret of each plan."""
    say, found = _SAY[study.lang], study.document["information"]
    within = ""
    if "evpi_within" in found:
        low, high = (study.plain(end, 0) for end in found["evpi_within"])
        within = say["within"].format(low=low, high=high)
    lead = say["evpi"].format(
        within=within,
        price=study.plain(found["nok_per_waiting_day"], 0),
        evpi=study.plain(found["evpi_nok_per_year"], 0),
        best=study.label(found["best"]),
    )
    per_cent = "\N{NO-BREAK SPACE}%" if study.lang == "nb" else "%"
    plans: list[list[Cell | str]] = [
        [study.label(name), study.plain(loss, 0), study.plain(100 * found["best_share"][name], 0) + per_cent]
        for name, loss in found["regret_nok_per_year"].items()
    ]
    each: list[list[Cell | str]] = [[study.called(row), study.plain(row["nok_per_year"], 0)] for row in found["parameters"]]
    return [
        Heading(say["heading"]),
        Paragraph(lead),
        Table(say["regret"], [Column(say["plan"]), Column(say["loss"], number=True), Column(say["share"], number=True)], plans),
        Table(say["each"], [Column(say["parameter"]), Column(say["worth"], number=True)], each),
    ]
