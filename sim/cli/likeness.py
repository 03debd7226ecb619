"""What `rerun` says of two results folders."""

from typing import Any, TextIO

from sim.cli.terminal import table
from sim.report import amount
from sim.report.numbers import change
from sim.results import ResultsData, StudyLikeness
from sim.results.likeness import Change, FigureChange, Likeness

VERSION = 1
_MOST = 40
_WORDS: dict[str, dict[str, Any]] = {
    "nb": {
        "equal": "Likt: alle tabeller og tall er de samme til siste siffer.",
        "rounding": "Likt til ni siffer: alt som er ulikt, er avrunding, som kan være en annen på en annen plattform.",
        "differs": "Ulikt: {tables} tabeller og {figures} tall er ikke de samme.",
        "values_differ": "Ulikt: {n} tall er ikke de samme.",
        "value_heads": ("Tall", "Før", "Nå"),
        "more_values": "… og {n} tall til.",
        "inputs": "Filer som er endret siden da:",
        "made_by": "Programmer og plattform som er andre enn da:",
        "same_inputs": "Filene og programmene er de samme.",
        "new": "ny",
        "gone": "brukes ikke lenger",
        "changed": "endret",
        "tables": "Tabeller som er ulike",
        "table_heads": ("Tabell", "", "Rader før", "Rader nå", "Ulike"),
        "figures": "Tall som er ulike, hele perioden (gjennomsnitt)",
        "figure_heads": ("Mål", "Tiltak", "Før", "Nå", "Forskjell"),
        "more": "… og {n} tall til: andre år, andre inndelinger og tilleggstall.",
    },
    "en": {
        "equal": "Equal: all tables and figures are the same to the last digit.",
        "rounding": "Equal to nine digits: all that differs is rounding, which may be another on another platform.",
        "differs": "Different: {tables} tables and {figures} figures are not the same.",
        "values_differ": "Different: {n} figures are not the same.",
        "value_heads": ("Figure", "Before", "Now"),
        "more_values": "… and {n} figures more.",
        "inputs": "Files that have changed since then:",
        "made_by": "Programs and platform that are not those of then:",
        "same_inputs": "The files and the programs are the same.",
        "new": "new",
        "gone": "no longer used",
        "changed": "changed",
        "tables": "Tables that differ",
        "table_heads": ("Table", "", "Rows before", "Rows now", "Different"),
        "figures": "Figures that differ, the whole period (means)",
        "figure_heads": ("Measure", "Policy", "Before", "Now", "Difference"),
        "more": "… and {n} figures more: other years, other breakdowns and additional figures.",
    },
}


def likeness_json(found: Likeness | StudyLikeness) -> dict[str, Any]:
    """Give what `rerun --json` prints."""
    differing = ("inputs", "made_by", *(("values",) if isinstance(found, StudyLikeness) else ("tables", "figures")))
    return {
        "version": VERSION,
        "equal": found.equal,
        "equal_to_nine_digits": found.same_to_nine_digits,
        **{name: [of._asdict() for of in getattr(found, name)] for name in differing},
    }


def show_likeness(found: Likeness, before: ResultsData, lang: str, stream: TextIO) -> None:
    """Print what differs, the causes first, and last whether it is the same."""
    words = _WORDS[lang]
    _head(found, words, stream)
    if found.tables:
        rows = [[of.table, "", str(of.before), str(of.after), str(of.differing)] for of in found.tables]
        table(words["tables"], "", words["table_heads"], rows, stream)
    if found.figures:
        _figures(found.figures, before, lang, stream)
    _verdict(found, words["differs"].format(tables=len(found.tables), figures=len(found.figures)), words, stream)


def show_study_likeness(found: StudyLikeness, lang: str, stream: TextIO) -> None:
    """Print what differs between two documents of a study, as `show_likeness` does."""
    words = _WORDS[lang]
    _head(found, words, stream)
    rows = [[of.where, _short(of.before), _short(of.after)] for of in found.values[:_MOST]]
    if rows:
        table(words["figures"], "", words["value_heads"], rows, stream)
    if len(found.values) > len(rows):
        stream.write(words["more_values"].format(n=len(found.values) - len(rows)) + "\n\n")
    _verdict(found, words["values_differ"].format(n=len(found.values)), words, stream)


def _short(value: Any) -> str:
    text = f"{value:.9g}" if isinstance(value, float) else "–" if value is None else str(value)
    return text if len(text) <= 40 else text[:39] + "…"


def _head(found: Likeness | StudyLikeness, words: dict[str, Any], stream: TextIO) -> None:
    lines = [*_causes(words["inputs"], found.inputs, words), *_made_by(words["made_by"], found.made_by, words)]
    stream.write("\n".join(lines or [words["same_inputs"]]) + "\n\n")


def _verdict(found: Likeness | StudyLikeness, differs: str, words: dict[str, Any], stream: TextIO) -> None:
    stream.write((words["equal"] if found.equal else words["rounding"] if found.same_to_nine_digits else differs) + "\n")


def _causes(head: str, changes: list[Change], words: dict[str, Any]) -> list[str]:
    if not changes:
        return []
    said = {of: words["new" if of.before is None else "gone" if of.after is None else "changed"] for of in changes}
    return [head, *(f"  {of.what}: {said[of]}" for of in changes)]


def _made_by(head: str, changes: list[Change], words: dict[str, Any]) -> list[str]:
    if not changes:
        return []
    return [head, *(f"  {of.what}: {of.before or words['new']} → {of.after or words['gone']}" for of in changes)]


def _figures(figures: list[FigureChange], before: ResultsData, lang: str, stream: TextIO) -> None:
    words = _WORDS[lang]
    kpis = before.texts["kpis"]
    shown = [of for of in figures if of.year == 0 and of.dimension == "all" and kpis.get(of.kpi, {}).get("headline")][:_MOST]
    rows = []
    for of in shown:
        about = kpis[of.kpi]
        unit, decimals = about["unit"], about["decimals"] + (0 if "NOK" in about["unit"] else 1)
        apart = None if of.before is None or of.after is None else of.after - of.before
        told = [amount(value, unit, decimals, lang) for value in (of.before, of.after)]
        rows.append([f"{about[lang]} ({about[f'unit_{lang}']})", of.policy, *told, change(apart, unit, decimals, lang)])
    if rows:
        table(words["figures"], "", words["figure_heads"], rows, stream)
    if len(figures) > len(shown):
        stream.write(words["more"].format(n=len(figures) - len(shown)) + "\n\n")
