"""A calibration: what the observations leave of each range, and how the figures then compare with what was observed."""

from collections.abc import Mapping, Sequence
from typing import Any

from sim.report.blocks import Block, Cell, Column, Figure, Panel, Paragraph, Part, Table
from sim.report.charts import Range, ranges
from sim.report.numbers import NOTHING
from sim.report.studies.study import Study, rounded

_SAY = {
    "nb": {
        "title": "Hva observasjonene lar stå igjen",
        "figure": "Etter observasjonene er {share} av mulighetene igjen",
        "lead": (
            "Hele streken er spennet forutsetningen hadde. Tykk strek: det som fortsatt er mulig. Firkant: verdien i scenariet. "
            "Alt innenfor den tykke streken passer med det som er observert; dataene kan ikke skille mellom det."
        ),
        "left": "fortsatt mulig",
        "own": "scenarioets verdi",
        "unit": "del av spennet",
        "text": "{count} forutsetninger. Tallene står i tabellen under.",
        "parameter": "Forutsetning",
        "range": "Spenn",
        "value": "I scenariet",
        "plausible": "Fortsatt mulig",
        "middle": "Midterste halvdel",
        "fitted": "Tall som ble brukt til tilpasningen",
        "validation": "Tall som ble holdt utenfor, som kontroll",
        "kpi": "Mål",
        "observed": "Observert (standardavvik)",
        "model": "Modellen, med det som er igjen",
        "agrees": "Stemmer",
        "yes": "ja",
        "no": "nei",
        "nothing": "Ingen verdier i spennene passer med observasjonene. Se på forutsetningene, spennene eller tallet selv.",
        "fixed": "Disse er holdt fast, fordi de ikke kan endres alene: {names}.",
    },
    "en": {
        "title": "What the observations leave",
        "figure": "After the observations, {share} of the possibilities is left",
        "lead": (
            "The whole line is the range that the assumption had. Thick: what is still plausible. Square: the scenario's value. "
            "Everything within the thick line agrees with what was observed; the data cannot tell it apart."
        ),
        "left": "still plausible",
        "own": "the scenario's value",
        "unit": "part of the range",
        "text": "{count} assumptions. The figures stand in the table below.",
        "parameter": "Assumption",
        "range": "Range",
        "value": "In the scenario",
        "plausible": "Still plausible",
        "middle": "Middle half",
        "fitted": "Figures used for the fit",
        "validation": "Figures kept aside for validation",
        "kpi": "Measure",
        "observed": "Observed (standard deviation)",
        "model": "The model, with what is left",
        "agrees": "Agrees",
        "yes": "yes",
        "no": "no",
        "nothing": "No values in the ranges agree with the observations. Look at the assumptions, the ranges, or the figure.",
        "fixed": "These are held fixed, since they cannot be moved alone: {names}.",
    },
}


def fitted(study: Study) -> Part:
    """Give what is left of each range, and the figures beside what was observed."""
    document, say = study.document, _SAY[study.lang]
    blocks: list[Block] = []
    if document["hardest"] is not None:
        blocks.append(Paragraph(say["nothing"], strong=True))
    blocks += _ranges(study)
    blocks += [_compared(study, say[key], document[key]) for key in ("fitted", "validation") if document[key]]
    if document["fixed"]:
        blocks.append(Paragraph(say["fixed"].format(names=", ".join(document["fixed"])), note=True))
    return Part("fitted", say["title"], blocks)


def _ranges(study: Study) -> list[Block]:
    say, rows = _SAY[study.lang], study.document["parameters"]
    columns = [Column(say[key]) for key in ("parameter", "range", "value", "plausible", "middle")]
    cells: list[list[Cell | str]] = [
        [
            study.called(row),
            study.range(row["from"], row["to"]),
            study.value(str(row["value"])),
            _within(study, row, row["plausible"]) if "plausible" in row else NOTHING,
            _within(study, row, [float(text.split()[0]) for text in row["middle_half"]]) if "middle_half" in row else NOTHING,
        ]
        for row in rows
    ]
    table = Table(say["title"], columns, cells)
    left = [row for row in rows if "plausible" in row and row["ends"][0] != row["ends"][1]]
    if not left:
        return [table]
    marks = []
    for row in left:
        low, high = (_share(row, at) for at in row["plausible"])
        marks.append(Range(study.called(row), low, high, _share(row, row["at"])))
    picture = ranges(marks, (say["left"], say["own"]), say["unit"], say["text"].format(count=len(marks)), study.lang)
    per_cent = "\N{NO-BREAK SPACE}%" if study.lang == "nb" else "%"
    share = study.plain(100 * (study.document["plausible_share"] or 0.0), 1) + per_cent
    return [
        Figure(say["figure"].format(share=share), say["lead"], [Panel(study.label(study.document["scenario"]), picture)], []),
        table,
    ]


def _within(study: Study, row: Mapping[str, Any], ends: Sequence[float]) -> str:
    low, high = (rounded(end, row["unit"]) for end in ends)
    return study.range(low, high)


def _share(row: Mapping[str, Any], at: float) -> float:
    """Give how far along its range a value lies."""
    low, high = row["ends"]
    return float(min(max((at - low) / (high - low), 0.0), 1.0))


def _compared(study: Study, caption: str, records: Sequence[Mapping[str, Any]]) -> Table:
    say = _SAY[study.lang]
    columns = [
        Column(say["kpi"]),
        Column(say["observed"], number=True),
        Column(say["model"], number=True),
        Column(say["agrees"], apart=True),
    ]
    rows: list[list[Cell | str]] = []
    for of in records:
        kpi = of["kpi"]
        observed = f"{_size(study, kpi, of['observed'])} ({study.gap(kpi, of['sd'], signed=False)})"
        model = f"{_size(study, kpi, of['low'])} – {_size(study, kpi, of['high'])}" if "low" in of else NOTHING
        agrees = NOTHING if "agrees" not in of else say["yes" if of["agrees"] else "no"]
        rows.append([Cell(study.kpi_name(kpi), study.unit(kpi)), observed, model, agrees])
    return Table(caption, columns, rows)


def _size(study: Study, kpi: str, value: float) -> str:
    size = study.size(kpi, {"mean": value, "low": None, "high": None})
    return size if isinstance(size, str) else size.text
