"""Living environments by type of home, per resident-year, adjusted for who lives there."""

from sim.report.blocks import Figure, Paragraph, Part
from sim.report.interval import mean_told
from sim.report.numbers import NOTHING
from sim.report.parts.differences import difference_tables
from sim.report.parts.finding import few, finding
from sim.report.parts.sizes import size_panels, size_table
from sim.report.reading import Reading
from sim.report.wording import WORDS

ADJUSTED, RAW = "incidents_per_resident_year_standardised", "incidents_per_resident_year"
_SAY = {
    "nb": {
        "title": "Bomiljø",
        "type": "Type bolig",
        "finding": "Justert for hvem som bor der: flest hendelser per beboerår ved {most}, færrest ved {least}",
        "lead": "Hendelser per beboerår etter type bolig, som om beboerne hadde de samme behovene og hørte til de samme gruppene "
        "overalt, med 95 %-intervall.",
        "key": " Firkant: grunnlaget. Skive: tiltaket.",
        "raw": (
            "Ujusterte tall straffer boligtypen som huser dem med størst behov; de står i tabellen. Små boliger kan "
            "komme både bedre og dårligere ut: det følger av forutsetningene om størrelse og naboskap, som er usikre."
        ),
    },
    "en": {
        "title": "Living environments",
        "type": "Type of home",
        "finding": "Adjusted for who lives there: most incidents per resident-year at {most}, fewest at {least}",
        "lead": "Incidents per resident-year by type of home, as if residents had the same needs and belonged to the same groups "
        "everywhere, with 95% intervals.",
        "key": " Square: the baseline. Disc: the policy.",
        "raw": (
            "Unadjusted figures punish the type that houses those with the greatest needs; they stand in the table. "
            "Small sites may come out better or worse: that follows from the assumptions of size and neighbours, "
            "which are uncertain."
        ),
    },
}


def environments(reading: Reading) -> Part | None:
    """Draw incidents by type of home; nothing where they are not broken down, or there is one type."""
    if ADJUSTED not in reading.kpis:
        return None
    means = {
        value: row["mean"]
        for value in reading.values(ADJUSTED, "type")
        if (row := reading.row(reading.baseline, ADJUSTED, "type", value)) is not None and row["mean"] is not None
    }
    if len(means) < 2:
        return None
    say, values = _SAY[reading.lang], list(means)
    most, least = (_named(reading, pick(means, key=lambda value: float(means[value]))) for pick in (max, min))
    every = reading.values(ADJUSTED, "type")
    tables = [size_table(reading, kpi, "type", every, say["type"]) for kpi in (ADJUSTED, RAW)]
    tables += difference_tables(reading, ADJUSTED, "type", every, say["type"])
    title = say["finding"].format(most=most, least=least)
    rows = {name: row for name in reading.others if RAW in reading.kpis and (row := reading.row(name, RAW)) is not None}
    title += f". {finding(reading, reading.kpi_name(RAW), RAW, rows)}" if rows else few(reading)
    lead = say["lead"] + (say["key"] if reading.compared else "")
    figure = Figure(title, lead, size_panels(reading, ADJUSTED, "type", values), tables)
    return Part("environments", say["title"], [figure, Paragraph(say["raw"])])


def _named(reading: Reading, type_: str) -> str:
    """Name a type with its figure and interval: types whose intervals overlap are not surely in that order."""
    row = reading.row(reading.baseline, ADJUSTED, "type", type_)
    assert row is not None
    of = mean_told(row, reading.kpis[ADJUSTED], reading.lang)
    interval = "" if of.interval == NOTHING else f"; {WORDS[reading.lang]['interval']} {of.interval}"
    return f"{reading.called('type', type_)} ({of.mean}{interval})"
