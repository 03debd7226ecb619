"""Each proposal by itself: the figures beside the main ones, and the main ones year by year."""

import math

from sim.report.blocks import Block, Cell, Column, Details, Heading, Paragraph, Part, Table
from sim.report.endings import endings_text
from sim.report.numbers import amount
from sim.report.parts.headlines import figures_table
from sim.report.reading import Reading
from sim.report.wording import WORDS

#: As many columns of years as fit on a sheet of A4.
_YEARS_A_TABLE = 10
_SAY = {
    "nb": {
        "title": "Hvert tiltak for seg",
        "one": "Flere tall",
        "beside": "Tilleggstall: {label}",
        "years": "År for år: {label}",
    },
    "en": {
        "title": "Each policy by itself",
        "one": "More figures",
        "beside": "Additional figures: {label}",
        "years": "Year by year: {label}",
    },
}


def proposals(reading: Reading) -> Part:
    """Give what there is of every policy beyond the main figures."""
    say, words = _SAY[reading.lang], WORDS[reading.lang]
    blocks: list[Block] = []
    for name in reading.names:
        label = reading.label(name)
        if reading.compared:
            blocks.append(Heading(label))
        if reading.compared and name == reading.baseline:
            endings = endings_text(reading.data.summary, name, reading.lang)
            blocks += [Paragraph(f"{endings}.")] if endings else []
        else:
            beside = figures_table(reading, name, headline=False)
            blocks += [Details(say["beside"].format(label=label), [beside])] if beside is not None else []
        tables = _yearly(reading, name)
        if tables:
            blocks.append(Details(say["years"].format(label=label), [Paragraph(words["yearly_lead"]), *tables]))
    return Part("proposals", say["title" if reading.compared else "one"], blocks, screen=True)


def _spans(years: list[int]) -> list[list[int]]:
    size = math.ceil(len(years) / max(math.ceil(len(years) / _YEARS_A_TABLE), 1))
    return [years[first : first + size] for first in range(0, len(years), max(size, 1))]


def _yearly(reading: Reading, policy: str) -> list[Table]:
    """Give the mean of each headline measure in each year; money in millions."""
    words, spans = WORDS[reading.lang], _spans(reading.years)
    tables = []
    for span in spans:
        rows: list[list[Cell | str]] = []
        for kpi in reading.headlines():
            text, unit, scale, decimals = reading.kpis[kpi], reading.unit(kpi), 1.0, int(reading.kpis[kpi]["decimals"])
            if "NOK" in text["unit"]:
                unit, scale, decimals = f"{words['million']} {unit}", 1e-6, 1
            cells: list[Cell | str] = [Cell(reading.kpi_name(kpi), unit)]
            for year in span:
                row = reading.row(policy, kpi, year=year)
                mean = None if row is None else row["mean"]
                cells.append(amount(None if mean is None else scale * mean, str(text["unit"]), decimals, reading.lang))
            rows.append(cells)
        when = f", {words['year'].lower()} {span[0]} {words['to_year']} {span[-1]}" if len(spans) > 1 else ""
        columns = [Column(words["measure"]), *(Column(f"{words['year']} {year}", number=True, whole=True) for year in span)]
        tables.append(Table(reading.label(policy) + when, columns, rows, dense=True))
    return tables
