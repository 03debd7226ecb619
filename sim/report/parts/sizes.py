"""Sizes by parts of a breakdown, drawn and written: the policy's beside the baseline's."""

from collections.abc import Sequence

from sim.report.blocks import Cell, Column, Panel, Table
from sim.report.charts import Level, levels
from sim.report.interval import mean_told
from sim.report.parts.scale import scale_of
from sim.report.reading import Reading
from sim.report.wording import WORDS


def size_panels(reading: Reading, kpi: str, dimension: str, values: Sequence[str], labelled: int = 20) -> list[Panel]:
    """Draw a measure by the parts of a breakdown: a panel for every policy with the baseline's sizes in it too."""
    words, scale = WORDS[reading.lang], scale_of(reading, kpi)
    shown = {name: _levels(reading, name, kpi, dimension, values, scale.factor) for name in reading.names}
    top = max((end for of in shown.values() for level in of for end in (level.mean, level.high) if end is not None), default=1.0)
    if scale.factor == 100.0:
        top = min(top, 100.0)
    panels = []
    for name in reading.others or reading.names:
        marks, names = shown[name], [words["value"]]
        if reading.compared:
            both = [(words["baseline"], level) for level in shown[reading.baseline]] + [
                (words["value"], level) for level in marks
            ]
            marks, names = [level._replace(series=series) for series, level in both], [words["baseline"], words["value"]]
        else:
            marks = [level._replace(series=names[0]) for level in marks]
        if marks:
            panels.append(
                Panel(
                    reading.label(name), levels(marks, names, top, scale.unit, _text(reading, kpi, name), reading.lang, labelled)
                )
            )
    return panels


def size_table(reading: Reading, kpi: str, dimension: str, values: Sequence[str], heading: str) -> Table:
    """Write the same as one table: a column for every policy, with the interval under the mean."""
    rows: list[list[Cell | str]] = []
    for value in values:
        cells: list[Cell | str] = [reading.called(dimension, value)]
        for name in reading.names:
            row = reading.row(name, kpi, dimension, value)
            of = None if row is None else mean_told(row, reading.kpis[kpi], reading.lang)
            cells.append("–" if of is None else Cell(of.mean, of.interval))
        rows.append(cells)
    columns = [Column(heading), *(Column(reading.label(name), number=True) for name in reading.names)]
    return Table(f"{reading.kpi_name(kpi)} ({reading.unit(kpi)}); {WORDS[reading.lang]['interval']}", columns, rows)


def _levels(reading: Reading, policy: str, kpi: str, dimension: str, values: Sequence[str], factor: float) -> list[Level]:
    found = []
    for value in values:
        row = reading.row(policy, kpi, dimension, value)
        if row is None or row["mean"] is None:
            continue
        low, high = row["low"], row["high"]
        ends = (None, None) if low is None else (factor * max(low, 0.0), factor * high)
        if ends[1] is not None and factor == 100.0:
            ends = (ends[0], min(ends[1], 100.0))
        found.append(Level(reading.called(dimension, value), "", factor * row["mean"], *ends))
    return found


def _text(reading: Reading, kpi: str, policy: str) -> str:
    shown = {
        "nb": "{kpi} for {policy}, med 95 %-intervall. Tallene står i tabellen under.",
        "en": "{kpi} with {policy}, with 95% intervals. The figures stand in the table below.",
    }
    return shown[reading.lang].format(kpi=reading.kpi_name(kpi), policy=reading.label(policy))
