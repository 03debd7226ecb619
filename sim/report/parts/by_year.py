"""A measure year by year: a panel for every policy, one table for all."""

from sim.report.blocks import Cell, Column, Panel, Table
from sim.report.charts import Yearly, yearly
from sim.report.interval import mean_told
from sim.report.parts.scale import scale_of
from sim.report.reading import Reading
from sim.report.wording import WORDS


def year_panels(reading: Reading, kpi: str) -> list[Panel]:
    """Draw a measure year by year, the baseline's dashed in every panel."""
    words, scale = WORDS[reading.lang], scale_of(reading, kpi)
    shown = {name: _years(reading, name, kpi, scale.factor) for name in reading.names}
    top = max((one.high or one.mean for of in shown.values() for one in of), default=1.0)
    against = shown[reading.baseline] if reading.compared else []
    text = {
        "nb": "{kpi} år for år med {policy}. Tallene står i tabellen under.",
        "en": "{kpi} year by year with {policy}. The figures stand in the table below.",
    }[reading.lang]
    return [
        Panel(
            reading.label(name),
            yearly(
                shown[name],
                against,
                top,
                (words["year"], scale.unit),
                text.format(kpi=reading.kpi_name(kpi), policy=reading.label(name)),
                reading.lang,
            ),
        )
        for name in reading.others or reading.names
        if shown[name]
    ]


def year_table(reading: Reading, kpi: str) -> Table:
    """Write a measure year by year: a column for every policy, with the interval under the mean."""
    words = WORDS[reading.lang]
    rows: list[list[Cell | str]] = []
    for year in reading.years:
        cells: list[Cell | str] = [f"{words['year']} {year}"]
        for name in reading.names:
            row = reading.row(name, kpi, year=year)
            of = None if row is None else mean_told(row, reading.kpis[kpi], reading.lang)
            cells.append("–" if of is None else Cell(of.mean, of.interval))
        rows.append(cells)
    columns = [Column(words["year"]), *(Column(reading.label(name), number=True) for name in reading.names)]
    return Table(f"{reading.kpi_name(kpi)} ({reading.unit(kpi)}); {words['interval']}", columns, rows)


def _years(reading: Reading, policy: str, kpi: str, factor: float) -> list[Yearly]:
    found = []
    for year in reading.years:
        row = reading.row(policy, kpi, year=year)
        if row is None or row["mean"] is None:
            continue
        low, high = row["low"], row["high"]
        found.append(
            Yearly(
                year,
                factor * row["mean"],
                None if low is None else factor * max(low, 0.0),
                None if high is None else factor * high,
            )
        )
    return found
