"""Fit of home to need, and how much of a change at the lowest step is the stock of homes alone."""

from sim.report.blocks import Block, Cell, Column, Figure, Paragraph, Part, Table
from sim.report.numbers import change, from_to
from sim.report.paired import Interval
from sim.report.parts.differences import difference_panels, difference_tables
from sim.report.parts.finding import finding
from sim.report.parts.sizes import size_panels, size_table
from sim.report.parts.stock_alone import SHARE, Split, split
from sim.report.parts.year_lead import alone
from sim.report.precision import without_noise
from sim.report.reading import Reading
from sim.report.withheld import is_withheld
from sim.report.wording import WORDS

KPI = "below_need_share"
_NOISE = 1e-9
_SAY = {
    "nb": {
        "title": "Svarer boligene til behovet?",
        "need": "Behov",
        "lead": "Andelen som bor med mindre støtte enn de trenger, etter behov.",
        "change": (
            "Forskjell i andelen som bor med mindre støtte enn de trenger, etter behov. Fylt punkt: intervallet "
            "ligger på én side av null. Åpent punkt: ingen sikker forskjell."
        ),
        "why": (
            "«{kpi}» endrer seg når boligene på det trinnet blir flere eller færre, også om ingen bor riktigere enn "
            "før. Tabellen deler endringen: Det boligmassen alene ville gitt, er beregnet ved å la grunnlagets belegg "
            "på hvert trinn gjelde for tiltakets boliger. Resten er flyttinger og utflyttinger."
        ),
        "table": "{kpi}: endring i prosentpoeng, med 95 %-intervall",
        "all": "Hele endringen",
        "stock": "Boligmassen alene",
        "rest": "Resten",
    },
    "en": {
        "title": "Do homes answer needs?",
        "need": "Need",
        "lead": "Share who live with less support than they need, by need.",
        "change": (
            "Difference in the share who live with less support than they need, by need. Filled point: the interval "
            "lies on one side of zero. Hollow point: no sure difference."
        ),
        "why": (
            "“{kpi}” changes when homes at that step become more or fewer, even if nobody lives more fittingly than "
            "before. The table divides the change: what the stock of homes alone would give is computed by applying "
            "the baseline's occupancy of each step to the policy's homes. The rest is moves and exits."
        ),
        "table": "{kpi}: change in percentage points, with 95% intervals",
        "all": "The whole change",
        "stock": "The stock alone",
        "rest": "The rest",
    },
}


def fit(reading: Reading) -> Part | None:
    """Tell who lives with less support than needed, and divide the change at the lowest step."""
    say, blocks = _SAY[reading.lang], list[Block]()
    figure = _below_need(reading)
    if figure is not None:
        blocks.append(figure)
    splits = {name: found for name in reading.others if (found := split(reading, name)) is not None}
    if splits:
        blocks += [Paragraph(say["why"].format(kpi=reading.kpi_name(SHARE))), _table(reading, splits)]
    return Part("fit", say["title"], blocks) if blocks else None


def _below_need(reading: Reading) -> Figure | None:
    if KPI not in reading.kpis or reading.row(reading.baseline, KPI) is None:
        return None
    needs = [need for need in reading.values(KPI, "need") if _measured(reading, need)]
    if not needs:
        return None
    say = _SAY[reading.lang]
    sizes = size_table(reading, KPI, "need", needs, say["need"])
    if not reading.compared:
        return Figure(alone(reading, KPI), say["lead"], size_panels(reading, KPI, "need", needs), [sizes])
    title = finding(reading, reading.kpi_name(KPI), KPI, {name: reading.row(name, KPI) for name in reading.others})
    tables = [sizes, *difference_tables(reading, KPI, "need", needs, say["need"])]
    return Figure(title, say["change"], difference_panels(reading, KPI, "need", needs), tables)


def _measured(reading: Reading, need: str) -> bool:
    rows = (reading.row(name, KPI, "need", need) for name in reading.names)
    return any(row is not None and (row["mean"] or is_withheld(row)) for row in rows)


def _table(reading: Reading, splits: dict[str, Split]) -> Table:
    say, words = _SAY[reading.lang], WORDS[reading.lang]
    rows: list[list[Cell | str]] = [
        [reading.label(name), *(_told(reading, part) for part in (of.change, of.stock, of.rest))] for name, of in splits.items()
    ]
    columns = [Column(words["policy"]), *(Column(say[name], number=True) for name in ("all", "stock", "rest"))]
    return Table(say["table"].format(kpi=reading.kpi_name(SHARE)), columns, rows)


def _told(reading: Reading, part: Interval) -> Cell:
    mean, low, high = (change(without_noise(value, _NOISE), "share", 4, reading.lang) for value in part)
    return Cell(mean, from_to(low, high, reading.lang) if part.low is not None else "")
