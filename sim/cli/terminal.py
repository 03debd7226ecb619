"""Tables for the terminal: drawn on a terminal, plain aligned text when piped."""

import sys
from collections.abc import Sequence
from typing import TextIO

from sim.cli.engine import label_of
from sim.cli.figures import KpiText, kpi_texts
from sim.cli.study import Study
from sim.cli.summary import HORIZON, Row
from sim.report import amount, endings_text, mean_told, notes, replications_text, told, withheld_note, years_text

_WORDS = {
    "nb": {
        "run": ("Mål", "Enhet", "Gjennomsnitt", "95 %-intervall"),
        "compare": ("Mål", "Enhet", "Grunnlag", "Tiltak", "Forskjell", "95 %-intervall", "Betyr"),
        "replications": "{label}: {replications}, {years}, frø {seed}",
        "against": "{policy} mot {baseline}: {replications}, {years}, frø {seed}",
        "nulls": " ({nulls} uten tall)",
        "assumed": "Dagens situasjon er anslått: tallene er antakelser, ikke kommunens data. Verktøyet fatter ikke vedtak.",
    },
    "en": {
        "run": ("Measure", "Unit", "Mean", "95% interval"),
        "compare": ("Measure", "Unit", "Baseline", "Policy", "Difference", "95% interval", "In words"),
        "replications": "{label}: {replications}, {years}, seed {seed}",
        "against": "{policy} against {baseline}: {replications}, {years}, seed {seed}",
        "nulls": " ({nulls} without a number)",
        "assumed": "Today's situation is estimated: the figures are assumptions, not the municipality's data. "
        "This tool makes no decisions (vedtak).",
    },
}
_LEFT = frozenset({0, 1, 6})  # columns of words; the others are numbers


def show_run(study: Study, lang: str, stream: TextIO | None = None) -> None:
    """Print the figures of one scenario."""
    (name, scenario), *_ = study.scenarios.items()
    words = _WORDS[lang]
    title = str(words["replications"]).format(label=label_of(scenario)[lang], **_counts(study, lang))
    figures = [(row, text, mean_told(row, text, lang)) for row, text in _headlines(study, name)]
    rows = [[_label(text, int(row["nulls"] or 0), lang), _unit(text, lang), of.mean, of.interval] for row, text, of in figures]
    table(title, scenario.question.get(lang, ""), words["run"], rows, stream)
    _endings(study, name, lang, stream)
    _notes(study, lang, stream, cut=any(of.cut for *_, of in figures))


def show_comparison(study: Study, lang: str, stream: TextIO | None = None) -> None:
    """Print one table for each policy, with the differences in numbers and in words."""
    words = _WORDS[lang]
    (_, baseline), *policies = study.scenarios.items()
    for name, scenario in policies:
        labels = {"policy": label_of(scenario)[lang], "baseline": label_of(baseline)[lang]}
        title = str(words["against"]).format(**labels, **_counts(study, lang))
        rows = [_compare_row(row, text, lang) for row, text in _headlines(study, name)]
        table(title, scenario.question.get(lang, ""), words["compare"], rows, stream)
        _endings(study, name, lang, stream)
    _notes(study, lang, stream, compared=True)


def table(title: str, question: str, heads: Sequence[str], rows: Sequence[Sequence[str]], stream: TextIO | None = None) -> None:
    """Print a table: with lines and wrapped to the width on a terminal, otherwise one line a row, columns aligned."""
    stream = stream or sys.stdout
    above = [title, question] if question else [title]
    if not stream.isatty():
        lines = [*above, "", *_aligned([heads, *rows]), ""]
        stream.write("\n".join(lines) + "\n")
        return
    from rich.box import SIMPLE_HEAD
    from rich.console import Console
    from rich.markup import escape
    from rich.table import Table

    drawn = Table(title=escape("\n".join(above)), title_justify="left", title_style="bold", box=SIMPLE_HEAD, pad_edge=False)
    for number, head in enumerate(heads):
        drawn.add_column(escape(head), justify="left" if number in _LEFT else "right")
    for row in rows:
        drawn.add_row(*map(escape, row))
    Console(file=stream, highlight=False).print(drawn)


def _aligned(rows: Sequence[Sequence[str]]) -> list[str]:
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    return [
        "  ".join(
            cell.ljust(width) if number in _LEFT else cell.rjust(width)
            for number, (cell, width) in enumerate(zip(row, widths, strict=True))
        ).rstrip()
        for row in rows
    ]


def _headlines(study: Study, policy: str) -> list[tuple[Row, KpiText]]:
    texts = kpi_texts()
    rows = {
        str(row["kpi"]): row
        for row in study.summary
        if row["policy"] == policy and row["year"] == HORIZON and row["dimension"] == "all"
    }
    return [(rows[kpi], text) for kpi, text in texts.items() if text["headline"] and kpi in rows]


def _number(row: Row, name: str) -> float | None:
    value = row[name]
    return None if value is None else float(value)


def _label(text: KpiText, nulls: int, lang: str) -> str:
    label = text["nb"] if lang == "nb" else text["en"]
    return label + (str(_WORDS[lang]["nulls"]).format(nulls=nulls) if nulls else "")


def _unit(text: KpiText, lang: str) -> str:
    return text["unit_nb"] if lang == "nb" else text["unit_en"]


def _compare_row(row: Row, text: KpiText, lang: str) -> list[str]:
    unit, decimals = text["unit"], text["decimals"]
    before, after = (amount(_number(row, name), unit, decimals, lang) for name in ("baseline_mean", "policy_mean"))
    of = told(row, text, lang)
    nulls = int(row["n"] or 0) + int(row["nulls"] or 0) - int(row["pairs"] or 0)
    return [_label(text, nulls, lang), _unit(text, lang), before, after, of.difference, of.interval, of.words]


def _counts(study: Study, lang: str) -> dict[str, object]:
    return {
        "replications": replications_text(study.run["replications"], lang),
        "years": years_text(study.run["years"], lang),
        "seed": study.run["seed"],
    }


def _endings(study: Study, policy: str, lang: str, stream: TextIO | None) -> None:
    """Print how the waiting ended, which must never be far from the table."""
    said = endings_text(study.summary, policy, lang)
    if said:
        (stream or sys.stdout).write(said + "\n\n")


def _notes(study: Study, lang: str, stream: TextIO | None, *, compared: bool = False, cut: bool = False) -> None:
    """Print what the intervals mean and leave out."""
    lines = notes(lang, study.run["replications"], compared=compared, cut=cut)
    if study.run["data"] == "assumed":
        lines.append(str(_WORDS[lang]["assumed"]))
    if withheld := withheld_note(study.run, lang):
        lines.append(withheld)
    (stream or sys.stdout).write("\n".join(lines) + "\n")
