"""A sweep: every measure over the number that was moved, and from when what is added can be open."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from sim.report.blocks import Block, Cell, Column, Figure, Panel, Part, Table
from sim.report.charts import Point, curve
from sim.report.interval import mean_told, possible
from sim.report.parts.scale import scale_of
from sim.report.studies.study import Study
from sim.report.wording import WORDS

_SAY = {
    "nb": {
        "title": "Tallene som ble prøvd",
        "rises": "{kpi}: høyere for {last} enn for {first}",
        "falls": "{kpi}: lavere for {last} enn for {first}",
        "level": "{kpi}: ingen sikker forskjell mellom {first} og {last}",
        "several": "{kpi} for {count} kombinasjoner av tallene",
        "line": "{unit}. Punktene er gjennomsnitt; båndet er 95 %-intervallet fra tilfeldigheter i modellen.",
        "bars": "{unit}. Hvert punkt er en kombinasjon, med 95 %-intervall. Også de andre tallene varierer fra punkt til punkt.",
        "text": "{kpi} mot {path}: {points} punkter. Tallene står i tabellen under.",
        "point": "Verdi",
        "change": "Endring fra første punkt",
        "openings": "Når det som legges til, tidligst kan åpne",
        "what": "Tiltak",
        "opens": "Tidligst åpning",
        "median": "Like sannsynlig før som etter",
        "never": "ikke innenfor perioden",
    },
    "en": {
        "title": "The numbers that were tried",
        "rises": "{kpi}: higher at {last} than at {first}",
        "falls": "{kpi}: lower at {last} than at {first}",
        "level": "{kpi}: no sure difference between {first} and {last}",
        "several": "{kpi} for {count} combinations of the numbers",
        "line": "{unit}. The points are means; the band is the 95% interval of chance within the model.",
        "bars": "{unit}. Each point is a combination, with its 95% interval. The other numbers differ from point to point, too.",
        "text": "{kpi} against {path}: {points} points. The figures stand in the table below.",
        "point": "Value",
        "change": "Change from the first point",
        "openings": "When what is added can open at the earliest",
        "what": "What",
        "opens": "Earliest opening",
        "median": "As likely before as after",
        "never": "not within the period",
    },
}


def swept(study: Study) -> Part:
    """Draw each measure that was asked for over each number that was moved."""
    document, say = study.document, _SAY[study.lang]
    kpis = [kpi for kpi in document["shown"] if kpi in study.kpis]
    blocks: list[Block] = [figure for kpi in kpis if (figure := _figure(study, kpi)) is not None]
    openings = _openings(study)
    return Part("swept", say["title"], [*blocks, *([openings] if openings is not None else [])])


def _figure(study: Study, kpi: str) -> Figure | None:
    document, say = study.document, _SAY[study.lang]
    rows = [row for row in document["curves"] if row["kpi"] == kpi and row["mean"] is not None]
    paths: Sequence[str] = document["vary"]
    if not rows:
        return None
    scale, joined = scale_of(study, kpi), len(paths) == 1
    panels = []
    for path in paths:
        points = [
            Point(
                _number(document["points"][row["point"]][path]),
                scale.factor * row["mean"],
                *_ends(row, scale.factor, study.kpis[kpi]["unit"]),
            )
            for row in rows
        ]
        name = study.number_name(path)
        text = say["text"].format(kpi=study.kpi_name(kpi), path=name, points=len(points))
        picture = curve(points, (name, scale.unit), text, study.lang, joined=joined)
        panels.append(Panel(study.kpi_name(kpi) if joined else name, picture))
    lead = say["line" if joined else "bars"].format(unit=scale.unit.capitalize())
    return Figure(_title(study, kpi, rows), lead, panels, [_table(study, kpi, rows)])


def _title(study: Study, kpi: str, rows: Sequence[Mapping[str, Any]]) -> str:
    document, say = study.document, _SAY[study.lang]
    paths: Sequence[str] = document["vary"]
    if len(paths) > 1 or len(rows) < 2:
        return say["several"].format(kpi=study.kpi_name(kpi), count=len(rows))
    first, last = (study.value(document["points"][rows[at]["point"]][paths[0]]) for at in (0, -1))
    low, high = rows[-1]["difference_low"], rows[-1]["difference_high"]
    way = "level" if low is None or low <= 0 <= high else "rises" if low > 0 else "falls"
    return say[way].format(kpi=study.kpi_name(kpi), first=first, last=last)


def _table(study: Study, kpi: str, rows: Sequence[Mapping[str, Any]]) -> Table:
    say, words, document = _SAY[study.lang], WORDS[study.lang], study.document
    paths: Sequence[str] = document["vary"]
    columns = [Column(study.number_name(path)) for path in paths]
    columns += [Column(words["mean"], number=True), Column(words["interval"], number=True), Column(say["change"], apart=True)]
    shown: list[list[Cell | str]] = []
    for row in rows:
        of = mean_told(row, study.kpis[kpi], study.lang)
        change = {"difference": row["difference"], "low": row["difference_low"], "high": row["difference_high"]}
        values = [study.value(str(document["points"][row["point"]][path])) for path in paths]
        shown.append([*values, of.mean, of.interval, study.difference(kpi, change, row["n"]).words if row["point"] else "–"])
    return Table(f"{study.kpi_name(kpi)} ({study.unit(kpi)})", columns, shown)


def _openings(study: Study) -> Table | None:
    say, document = _SAY[study.lang], study.document
    rows: list[list[Cell | str]] = [
        [
            ", ".join(study.value(value) for value in document["points"][of["point"]].values()),
            str(of["what"]),
            of["opens"] or say["never"],
            of.get("median", of["opens"]) or say["never"],
        ]
        for of in document["openings"]
    ]
    columns = [Column(say[name]) for name in ("point", "what", "opens", "median")]
    return Table(say["openings"], columns, rows) if rows else None


def _number(text: str) -> float:
    """Read the number of a written quantity (``4.5 years``); per cent stay per cent, and a date is its year, with its part."""
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return float(text.split()[0].rstrip("%"))
    return day.year + (day.timetuple().tm_yday - 1) / 366


def _ends(row: Mapping[str, Any], factor: float, unit: str) -> tuple[float | None, float | None]:
    if row["low"] is None:
        return None, None
    low, high = possible(row["low"], row["high"], unit)
    return factor * low, factor * high
