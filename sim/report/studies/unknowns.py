"""What the answer hangs on: the tornado with break-even, screening, shares of variance, and the two bands."""

from collections.abc import Mapping, Sequence
from typing import Any

from sim.report.blocks import Block, Cell, Column, Figure, Heading, Panel, Paragraph, Part, Table
from sim.report.charts import Mark, Swing, forest, tornado
from sim.report.parts.scale import Scale, scale_of
from sim.report.studies.information import information
from sim.report.studies.study import Study, rounded

_SAY: dict[str, dict[str, str]] = {
    "nb": {
        "title": "Hva svaret avhenger av",
        "policy": "{policy} mot {baseline}",
        "tornado": "{kpi}: hvor langt hver forutsetning flytter svaret alene",
        "tornado_lead": (
            "{unit}. Stiplet: svaret slik vi tror verden er. Heltrukket: null. Hver strek går fra svaret i den ene enden av "
            "spennet (lavest) til svaret i den andre (høyest)."
        ),
        "low_end": "lavest",
        "high_end": "høyest",
        "text": "{kpi}, {count} forutsetninger. Tallene står i tabellen under.",
        "parameter": "Forutsetning",
        "range": "Spenn",
        "at_low": "Svaret ved laveste verdi",
        "at_high": "Svaret ved høyeste verdi",
        "swing": "Fra lavest til høyest",
        "turns": "Snur rangeringen?",
        "verdict_turns": "ja, ved {at} (95 %: {within})",
        "verdict_never": "nei, sikkert ikke innenfor spennet",
        "verdict_unsure": "kan ikke utelukkes ved {within}",
        "no_source": "uten kilde",
        "break_even": (
            "Rangeringen snur der forskjellen mellom tiltaket og grunnlaget skifter fortegn når bare denne forutsetningen "
            "endres. «Kan ikke utelukkes» betyr at det trengs flere replikasjoner for å si det sikkert."
        ),
        "morris": "{kpi}: forutsetninger etter utslag",
        "size": "Utslag (størrelse)",
        "mean": "Utslag (retning)",
        "spread": "Ulikt utslag i samspill med andre",
        "noise": "Støy",
        "members": "Antall tall",
        "sobol": "{kpi}: andel av usikkerheten i svaret som hver forutsetning står for",
        "first": "Alene",
        "total": "Med samspill",
        "sobol_noise": "{share} % av variasjonen mellom punktene er støy av for få replikasjoner, og er trukket fra.",
        "bands": "{kpi}: det vi ikke vet, og tilfeldighet, hver for seg",
        "bands_lead": (
            "{unit}. Punktet er gjennomsnittet. Øverste strek: ni av ti mulige gjennomsnitt når forutsetningene er usikre. "
            "Nederste: ni av ti enkeltforløp."
        ),
        "unknown": "Det vi ikke vet",
        "chance": "Det vi ikke vet, og tilfeldighet",
        "band": "Bånd",
        "from": "Fra",
        "to": "Til",
        "fixed": "Disse er holdt fast, fordi de ikke kan endres alene: {names}.",
    },
    "en": {
        "title": "What the answer depends on",
        "policy": "{policy} against {baseline}",
        "tornado": "{kpi}: how far each assumption moves the answer by itself",
        "tornado_lead": (
            "{unit}. Dashed: the answer as we believe the world to be. Solid: zero. Each bar goes from the answer at one end "
            "of the range (lowest) to the answer at the other (highest)."
        ),
        "low_end": "lowest",
        "high_end": "highest",
        "text": "{kpi}, {count} assumptions. The figures stand in the table below.",
        "parameter": "Assumption",
        "range": "Range",
        "at_low": "The answer at the lowest value",
        "at_high": "The answer at the highest value",
        "swing": "From lowest to highest",
        "turns": "Does the ranking turn?",
        "verdict_turns": "yes, at {at} (95%: {within})",
        "verdict_never": "no, surely not within the range",
        "verdict_unsure": "cannot be ruled out at {within}",
        "no_source": "no source",
        "break_even": (
            "The ranking turns where the difference between policy and baseline changes sign when this assumption alone is "
            "moved. “Cannot be ruled out” means that more replications are needed to say it surely."
        ),
        "morris": "{kpi}: assumptions by their effect",
        "size": "Effect (size)",
        "mean": "Effect (direction)",
        "spread": "Unequal effect together with others",
        "noise": "Noise",
        "members": "Numbers",
        "sobol": "{kpi}: share of the uncertainty of the answer that each assumption stands for",
        "first": "Alone",
        "total": "With interactions",
        "sobol_noise": "{share}% of the variance between points is noise of too few replications, and is taken out.",
        "bands": "{kpi}: what we do not know, and chance, apart",
        "bands_lead": (
            "{unit}. The point is the mean. Upper bar: nine of ten possible means when the assumptions are uncertain. Lower: "
            "nine of ten single courses of events."
        ),
        "unknown": "What we do not know",
        "chance": "What we do not know, and chance",
        "band": "Band",
        "from": "From",
        "to": "To",
        "fixed": "These are held fixed, since they cannot be moved alone: {names}.",
    },
}


def unknowns(study: Study) -> Part:
    """Tell what the answer of each policy hangs on, by the method that was asked for."""
    document, say = study.document, _SAY[study.lang]
    blocks: list[Block] = []
    tell = {"tornado": _tornado, "morris": _morris, "sobol": _sobol, "spread": _bands}[document["method"]]
    baseline = document["policies"][0]
    for name, of in document["of"].items():
        if name != baseline:
            blocks.append(Heading(say["policy"].format(policy=study.label(name), baseline=study.label(baseline))))
        blocks += tell(study, of)
    if "information" in document:
        blocks += information(study)
    if document["fixed"]:
        blocks.append(Paragraph(say["fixed"].format(names=", ".join(document["fixed"])), note=True))
    return Part("unknowns", say["title"], blocks)


def _tornado(study: Study, of: Mapping[str, Any]) -> list[Block]:
    kpi, say = study.document["kpi"], _SAY[study.lang]
    scale, middle = scale_of(study, kpi), of["base"]["mean"]
    rows = [row for row in of["parameters"] if None not in (row["low"]["difference"], row["high"]["difference"])]
    if middle is None or not rows:
        return []
    swings = [
        Swing(
            study.called(row),
            scale.factor * (middle + row["low"]["difference"]),
            scale.factor * (middle + row["high"]["difference"]),
        )
        for row in rows
    ]
    text = say["text"].format(kpi=study.kpi_name(kpi), count=len(rows))
    unit = _unit(study, scale)
    picture = tornado(swings, scale.factor * middle, (say["low_end"], say["high_end"]), unit, text, study.lang)
    heads = ["parameter", "range", "at_low", "at_high", "swing"]
    turning = any("break_even" in row for row in rows)
    columns = [Column(say[key], number=key in heads[2:]) for key in heads]
    columns += [Column(say["turns"], apart=True)] if turning else []
    cells: list[list[Cell | str]] = [
        [
            Cell(study.called(row), say["no_source"] if row["assumed"] else ""),
            study.range(row["from"], row["to"]),
            _answer(study, middle + row["low"]["difference"]),
            _answer(study, middle + row["high"]["difference"]),
            study.gap(kpi, row["swing"]["difference"]),
            *([_turning(row, study)] if turning else []),
        ]
        for row in rows
    ]
    lead = say["tornado_lead"].format(unit=unit.capitalize())
    table = Table(f"{study.kpi_name(kpi)} ({unit})", columns, cells)
    figure = Figure(say["tornado"].format(kpi=study.kpi_name(kpi)), lead, [Panel(study.kpi_name(kpi), picture)], [], wide=True)
    return [figure, table, *([Paragraph(say["break_even"])] if turning else [])]


def _answer(study: Study, value: float) -> str:
    """Write the answer at a value: a difference from the baseline, or the baseline's own figure."""
    kpi = study.document["kpi"]
    if len(study.document["policies"]) > 1:
        return study.gap(kpi, value)
    size = study.size(kpi, {"mean": value, "low": None, "high": None})
    return size if isinstance(size, str) else size.text


def _unit(study: Study, scale: Scale) -> str:
    return scale.change_unit if len(study.document["policies"]) > 1 else scale.unit


def _turning(row: Mapping[str, Any], study: Study) -> str:
    found, say = row["break_even"], _SAY[study.lang]
    at = [study.value(rounded(place, row["unit"])) for place in found["at"]]
    within = [study.range(rounded(low, row["unit"]), rounded(high, row["unit"])) for low, high in found["within"]]
    return say[f"verdict_{found['verdict']}"].format(at=", ".join(at), within="; ".join(within))


def _heads(study: Study, of: Mapping[str, Any]) -> tuple[list[Column], list[list[Cell | str]]]:
    """Give the first columns of a table of assumptions, or of groups of them."""
    say, grouped = _SAY[study.lang], study.document["grouped"]
    columns = [Column(say["parameter"]), Column(say["members" if grouped else "range"], number=grouped)]
    rows: list[list[Cell | str]] = [
        [
            Cell(study.called(row), say["no_source"] if row["assumed"] else ""),
            study.plain(len(row["members"]), 0) if grouped else study.range(row["from"], row["to"]),
        ]
        for row in of["parameters"]
    ]
    return columns, rows


def _morris(study: Study, of: Mapping[str, Any]) -> list[Block]:
    kpi, say = study.document["kpi"], _SAY[study.lang]
    columns, rows = _heads(study, of)
    measured = ["size", "mean", "spread", "noise"]
    columns += [Column(say[key], number=True) for key in measured]
    for cells, row in zip(rows, of["parameters"], strict=True):
        cells += [study.gap(kpi, row.get(key), signed=key == "mean") for key in measured]
    return [Table(f"{say['morris'].format(kpi=study.kpi_name(kpi))} ({_unit(study, scale_of(study, kpi))})", columns, rows)]


def _sobol(study: Study, of: Mapping[str, Any]) -> list[Block]:
    kpi, say = study.document["kpi"], _SAY[study.lang]
    columns, rows = _heads(study, of)
    columns += [Column(say[key], number=True) for key in ("first", "total")]
    for cells, row in zip(rows, of["parameters"], strict=True):
        cells += [study.plain(row["first"]), study.plain(row["total"])]
    blocks: list[Block] = [Table(say["sobol"].format(kpi=study.kpi_name(kpi)), columns, rows)]
    if of.get("noise_share") is not None:
        blocks.append(Paragraph(say["sobol_noise"].format(share=study.plain(100 * of["noise_share"], 0)), note=True))
    return blocks


def _bands(study: Study, of: Mapping[str, Any]) -> list[Block]:
    kpi, say, bands = study.document["kpi"], _SAY[study.lang], of["bands"]
    scale = scale_of(study, kpi)
    names = ("unknown", "chance")
    marks: list[Mark] = []
    rows: list[Sequence[Cell | str]] = []
    for name in names:
        low, high = bands[f"{name}_low"], bands[f"{name}_high"]
        if None in (low, high, bands["mean"]) or (name == "unknown" and low == high):
            continue
        marks.append(Mark(say[name], *(scale.factor * value for value in (bands["mean"], low, high))))
        rows.append([say[name], _answer(study, low), _answer(study, high)])
    if not marks:
        return []
    ends = [end for mark in marks for end in (mark.low, mark.high) if end is not None]
    unit = _unit(study, scale)
    text = say["text"].format(kpi=study.kpi_name(kpi), count=bands["points"])
    picture = forest(marks, (min(ends), max(ends)), unit, text, study.lang)
    columns = [Column(say["band"]), Column(say["from"], number=True), Column(say["to"], number=True)]
    table = Table(f"{study.kpi_name(kpi)} ({unit})", columns, rows)
    title, lead = say["bands"].format(kpi=study.kpi_name(kpi)), say["bands_lead"].format(unit=unit.capitalize())
    return [Figure(title, lead, [Panel(study.kpi_name(kpi), picture)], [table])]
