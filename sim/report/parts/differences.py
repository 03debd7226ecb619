"""Differences by parts of a breakdown, told and drawn: one panel and one table for every policy."""

from collections.abc import Sequence

from sim.report.blocks import Cell, Column, Panel, Table
from sim.report.charts import Mark, forest
from sim.report.numbers import amount
from sim.report.parts.scale import scale_of
from sim.report.reading import Reading
from sim.report.verdict import told
from sim.report.wording import WORDS


def difference_panels(reading: Reading, kpi: str, dimension: str, values: Sequence[str], labelled: int = 20) -> list[Panel]:
    """Draw the differences of a measure by the parts of a breakdown, every policy on the same scale."""
    scale = scale_of(reading, kpi)
    marks = {
        policy: [
            Mark(
                reading.called(dimension, value),
                scale.factor * row["difference"],
                _scaled(row["difference_low"], scale.factor),
                _scaled(row["difference_high"], scale.factor),
            )
            for value in values
            if (row := reading.row(policy, kpi, dimension, value)) is not None and row.get("difference") is not None
        ]
        for policy in reading.others
    }
    ends = [end for of in marks.values() for mark in of for end in (mark.mean, mark.low, mark.high) if end is not None]
    span = (min(ends, default=0.0), max(ends, default=0.0))
    return [
        Panel(
            reading.label(policy),
            forest(of, span, scale.change_unit, _text(reading, kpi, policy, len(of)), reading.lang, labelled),
        )
        for policy, of in marks.items()
        if of
    ]


def difference_tables(reading: Reading, kpi: str, dimension: str, values: Sequence[str], heading: str) -> list[Table]:
    """Write the same as tables: size before and after, difference, interval, and what they say."""
    words, text = WORDS[reading.lang], reading.kpis[kpi]
    columns = [
        Column(heading),
        Column(words["baseline"], number=True, whole=True),
        Column(words["value"], number=True, whole=True),
        Column(words["difference"], number=True, whole=True),
        Column(words["interval"], number=True),
        Column(words["verdict"], apart=True),
    ]
    tables = []
    for policy in reading.others:
        rows: list[list[Cell | str]] = []
        for value in values:
            row = reading.row(policy, kpi, dimension, value)
            if row is None:
                continue
            said = told(row, text, reading.lang)
            before, after = (
                amount(row[name], str(text["unit"]), int(text["decimals"]), reading.lang)
                for name in ("baseline_mean", "policy_mean")
            )
            rows.append([reading.called(dimension, value), before, after, said.difference, said.interval, said.words])
        if rows:
            tables.append(Table(f"{reading.kpi_name(kpi)} ({reading.unit(kpi)}): {reading.label(policy)}", columns, rows))
    return tables


def _scaled(value: float | None, factor: float) -> float | None:
    return None if value is None else factor * value


def _text(reading: Reading, kpi: str, policy: str, lines: int) -> str:
    shown = {
        "nb": "{kpi}: forskjell fra grunnlaget med {policy}, {lines} linjer med 95 %-intervall. Tallene står i tabellen under.",
        "en": "{kpi}: difference from the baseline with {policy}, {lines} lines with 95% intervals. The figures stand in the "
        "table below.",
    }
    return shown[reading.lang].format(kpi=reading.kpi_name(kpi), policy=reading.label(policy), lines=lines)
