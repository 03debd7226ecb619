"""Waiting over time, as fans: the middle replication, and where half and nine in ten of them lie."""

from collections import defaultdict

import numpy as np

from sim.report.blocks import Cell, Column, Figure, Panel, Part, Table
from sim.report.charts import Fan, fan
from sim.report.numbers import from_to, number
from sim.report.parts.finding import few, finding
from sim.report.reading import ALL, Reading
from sim.report.wording import WORDS

_SHOWN = ("waiting_list_mean", "without_home_mean")
_MONTHS = 12
_SAY = {
    "nb": {
        "title": "Ventingen over tid",
        "lead": (
            "{unit}. Linjen er den midterste replikasjonen (median) hver måned; halvparten av replikasjonene ligger i "
            "det mørke båndet og ni av ti i det lyse."
        ),
        "against": " Stiplet: medianen for grunnlaget.",
        "text": (
            "{kpi} måned for måned med {policy}: median {first} i starten og {last} til slutt. Tallene står i tabellen under."
        ),
        "table": "{kpi} ({unit}) i siste måned av hvert år: median, og der ni av ti replikasjoner ligger",
        "alone": "{kpi}: median {first} i første måned og {last} i siste",
    },
    "en": {
        "title": "Waiting over time",
        "lead": (
            "{unit}. The line is the middle replication (median) in each month; half of the replications lie in the "
            "dark band and nine in ten in the light one."
        ),
        "against": " Dashed: the median of the baseline.",
        "text": (
            "{kpi} month by month with {policy}: median {first} at the start and {last} at the end. The figures stand "
            "in the table below."
        ),
        "table": "{kpi} ({unit}) in the last month of each year: median, and where nine in ten replications lie",
        "alone": "{kpi}: median {first} in the first month and {last} in the last",
    },
}


def waiting(reading: Reading) -> Part | None:
    """Draw how many wait, and how many have no home, month by month."""
    series = _series(reading)
    figures = [
        figure for kpi in _SHOWN if kpi in reading.kpis and (figure := _figure(reading, kpi, series.get(kpi, {}))) is not None
    ]
    return Part("waiting", _SAY[reading.lang]["title"], figures) if figures else None


def _series(reading: Reading) -> dict[str, dict[str, dict[int, list[float]]]]:
    """Give the figures of all replications by measure, policy and month."""
    found: dict[str, dict[str, dict[int, list[float]]]] = defaultdict(lambda: defaultdict(lambda: defaultdict(list)))
    for policy, _, month, kpi, dimension, _, value in reading.table("series"):
        if dimension == ALL and value is not None and kpi in _SHOWN:
            found[kpi][policy][month].append(value)
    return found


def _figure(reading: Reading, kpi: str, series: dict[str, dict[int, list[float]]]) -> Figure | None:
    if not series or any(name not in series for name in reading.names):
        return None
    say, words = _SAY[reading.lang], WORDS[reading.lang]
    bands = {name: _bands(series[name]) for name in reading.names}
    top = max(band.high90 for of in bands.values() for band in of)
    if top <= 0:
        return None
    against = bands[reading.baseline] if reading.compared else []
    panels = []
    for name in reading.others or reading.names:
        first, last = (number(bands[name][at].median, 1, reading.lang) for at in (0, -1))
        text = say["text"].format(kpi=reading.kpi_name(kpi), policy=reading.label(name), first=first, last=last)
        titles = (words["year"], reading.unit(kpi))
        panels.append(Panel(reading.label(name), fan(bands[name], against, top, titles, text, reading.lang)))
    rows = {name: reading.row(name, kpi) for name in reading.others}
    title = finding(reading, reading.kpi_name(kpi), kpi, rows) if rows else say["alone"].format(
        kpi=reading.kpi_name(kpi), first=first, last=last) + few(reading)  # fmt: skip
    unit = reading.unit(kpi)
    lead = say["lead"].format(unit=unit[:1].upper() + unit[1:]) + (say["against"] if against else "")
    return Figure(title, lead, panels, [_table(reading, kpi, bands)])


def _bands(months: dict[int, list[float]]) -> list[Fan]:
    ends = (5, 25, 50, 75, 95)
    return [Fan((month - 0.5) / _MONTHS, *(float(end) for end in np.percentile(months[month], ends))) for month in sorted(months)]


def _table(reading: Reading, kpi: str, bands: dict[str, list[Fan]]) -> Table:
    say, words, lang = _SAY[reading.lang], WORDS[reading.lang], reading.lang
    length = min(len(of) for of in bands.values())
    shown = sorted({*range(_MONTHS - 1, length, _MONTHS), length - 1})
    rows: list[list[Cell | str]] = []
    for at in shown:
        cells: list[Cell | str] = [f"{words['year']} {at // _MONTHS + 1}"]
        for of in bands.values():
            band = of[at]
            cells.append(
                Cell(number(band.median, 1, lang), from_to(number(band.low90, 1, lang), number(band.high90, 1, lang), lang))
            )
        rows.append(cells)
    columns = [Column(words["year"]), *(Column(reading.label(name), number=True) for name in bands)]
    return Table(say["table"].format(kpi=reading.kpi_name(kpi), unit=reading.unit(kpi)), columns, rows)
