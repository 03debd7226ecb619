"""Which sheets the workbook has, and the rows of each: plain data, no spreadsheet yet."""

import re
from collections.abc import Iterable, Mapping, Sequence
from math import fsum
from typing import Any

from sim.report.numbers import PROPORTIONS
from sim.report.phases import phase_name
from sim.report.withheld import is_withheld, withheld_text
from sim.report.workbook.kostra import kostra_sheet
from sim.report.workbook.sheet import COUNT, MONEY, TEXT, Cell, Sheet
from sim.report.workbook.words import WORDS
from sim.results import TABLES, ResultsData

HORIZON = 0

_NUMBER = re.compile(r"-?\d+(\.\d+)?")
_PART_FIGURES = ("mean", "low", "high", "difference", "difference_low", "difference_high")


def sheets(data: ResultsData, lang: str) -> list[Sheet]:
    """Give the sheets of a results folder in the order of their tabs; a table without rows has no sheet."""
    words = WORDS[lang]
    made = [
        _headline(data, lang),
        _years(data, lang),
        _parts(data, lang),
        _money(data, lang),
        kostra_sheet(data, lang),
        _moves(data, lang),
        _projects(data, lang),
        _replications(data, lang),
        _assumptions(data, lang),
        _definitions(data, lang),
        _made(data, words),
    ]
    return [sheet for sheet in made if sheet.rows]


def _headline(data: ResultsData, lang: str) -> Sheet:
    words = WORDS[lang]
    compared = len(data.run["policies"]) > 1
    figures = words["difference_columns"] if compared else words["run_columns"]
    names = (
        ("baseline_mean", "policy_mean", "difference", "difference_low", "difference_high", "smallest_detectable", "pairs")
        if compared
        else ("mean", "sd", "low", "high", "n")
    )
    baseline = data.run["policies"][0]["name"]
    rows, kinds = [], []
    for row in data.summary:
        if row["year"] != HORIZON or row["dimension"] != "all" or (compared and row["policy"] == baseline):
            continue
        kpi = data.texts["kpis"].get(row["kpi"])
        if kpi is None:
            continue
        shown = _shown(kpi)
        rows.append([_policy(data, row["policy"], lang), kpi[lang], kpi[f"unit_{lang}"], *_numbers(row, names, lang)])
        kinds.append([TEXT, TEXT, TEXT, *(COUNT if name in ("pairs", "n") else shown for name in names)])
    columns = [words["policy"], words["measure"], words["unit"], *figures]
    return Sheet(words["headline"], words["headline_intro" if compared else "headline_intro_run"], columns, rows, kinds)


def _years(data: ResultsData, lang: str) -> Sheet:
    words = WORDS[lang]
    whole = [row for row in data.summary if row["dimension"] == "all" and row["year"] > 0]
    years = sorted({row["year"] for row in whole})
    means = {(row["policy"], row["kpi"], row["year"]): _numbers(row, ("mean",), lang)[0] for row in whole}
    rows, kinds = [], []
    for policy, kpi in dict.fromkeys((row["policy"], row["kpi"]) for row in whole):
        about = data.texts["kpis"].get(kpi)
        if about is not None:
            rows.append(
                [_policy(data, policy, lang), about[lang], about[f"unit_{lang}"], *(means.get((policy, kpi, y)) for y in years)]
            )
            kinds.append([TEXT, TEXT, TEXT, *[_shown(about)] * len(years)])
    columns = [words["policy"], words["measure"], words["unit"], *(f"{words['year']} {year}" for year in years)]
    return Sheet(words["years"], words["years_intro"], columns, rows, kinds)


def _parts(data: ResultsData, lang: str) -> Sheet:
    words = WORDS[lang]
    rows, kinds = [], []
    for row in data.summary:
        kpi = data.texts["kpis"].get(row["kpi"])
        if row["dimension"] == "all" or row["year"] != HORIZON or kpi is None:
            continue
        figures = _numbers(row, _PART_FIGURES, lang)
        part = _part(data, row["policy"], row["value"], lang)
        dimension = words["dimensions"].get(row["dimension"], row["dimension"])
        rows.append([_policy(data, row["policy"], lang), dimension, part, kpi[lang], kpi[f"unit_{lang}"], *figures])
        kinds.append([TEXT] * 5 + [_shown(kpi)] * 6)
    columns = [words["policy"], words["dimension"], words["part"], words["measure"], words["unit"], *words["part_columns"]]
    return Sheet(words["parts"], words["parts_intro"], columns, rows, kinds)


def _money(data: ResultsData, lang: str) -> Sheet:
    words = WORDS[lang]
    sums = _means(data, "money", ("policy", "account", "payer", "year"), "nok")
    years = sorted({key[3] for key in sums if key[3] > 0})
    rows: list[list[Cell]] = [
        [
            _policy(data, policy, lang),
            words["accounts"].get(account, account),
            words["payers"].get(payer, payer),
            *(sums.get((policy, account, payer, year), 0.0) for year in years),
        ]
        for policy, account, payer in dict.fromkeys(key[:3] for key in sums)
    ]
    columns = [words["policy"], words["account"], words["payer"], *(f"{words['year']} {year}" for year in years)]
    return Sheet(words["money"], words["money_intro"], columns, rows, [[TEXT] * 3 + [MONEY] * len(years)] * len(rows))


def _moves(data: ResultsData, lang: str) -> Sheet:
    words = WORDS[lang]
    # The table holds the years; the whole period is their sum.
    sums = _means(data, "flows", ("policy", "from", "to"), "n")
    rows: list[list[Cell]] = [
        [_policy(data, policy, lang), _part(data, policy, origin, lang), _part(data, policy, target, lang), mean]
        for (policy, origin, target), mean in sums.items()
    ]
    kinds = [[TEXT, TEXT, TEXT, "per run:1"]] * len(rows)
    return Sheet(words["moves"], words["moves_intro"], [words["policy"], *words["move_columns"]], rows, kinds)


def _projects(data: ResultsData, lang: str) -> Sheet:
    words = WORDS[lang]
    names = [column.name for column in TABLES["projects"]]
    begun: dict[tuple[str, str, str], list[tuple[float, float | None]]] = {}
    for values in data.tables["projects"]:
        row = dict(zip(names, values, strict=True))
        begun.setdefault((row["policy"], row["project"], row["phase"]), []).append((row["start"], row["end"]))
    rows: list[list[Cell]] = []
    for (policy, project, phase), spans in begun.items():
        ends = sorted(end for _, end in spans if end is not None)
        start = fsum(first for first, _ in spans) / len(spans)
        end = fsum(ends) / len(ends) if ends else None
        rows.append([_policy(data, policy, lang), project, phase_name(phase, lang), start, end, len(ends), len(spans)])
    kinds = [[TEXT, TEXT, TEXT, "days:0", "days:0", COUNT, COUNT]] * len(rows)
    return Sheet(words["projects"], words["projects_intro"], [words["policy"], *words["project_columns"]], rows, kinds)


def _replications(data: ResultsData, lang: str) -> Sheet:
    words = WORDS[lang]
    names = [column.name for column in TABLES["kpis"]]
    rows: list[list[Cell]] = []
    kinds: list[list[str]] = []
    for values in data.horizon(["all"]):
        row = dict(zip(names, values, strict=True))
        kpi = data.texts["kpis"].get(row["kpi"])
        if kpi is not None and kpi["headline"]:
            rows.append([_policy(data, row["policy"], lang), row["replication"], kpi[lang], kpi[f"unit_{lang}"], row["number"]])
            kinds.append([TEXT, COUNT, TEXT, TEXT, _shown(kpi)])
    columns = [words["policy"], words["replication"], words["measure"], words["unit"], words["figure"]]
    return Sheet(words["replications"], words["replications_intro"], columns, rows, kinds)


def _assumptions(data: ResultsData, lang: str) -> Sheet:
    words = WORDS[lang]
    rows: list[list[Cell]] = [
        [
            record["label"].get(lang, record["id"]),
            _number_or_text(record["value"]),
            record["range"],
            words["kinds"].get(record["kind"], record["kind"]),
            words["assumption"] if record["source"] == "assumption" else record["source"],
            record["note"],
        ]
        for record in data.texts["assumptions"]
    ]
    kinds = [[TEXT, TEXT if isinstance(row[1], str) else "plain", *[TEXT] * 4] for row in rows]
    return Sheet(words["assumptions"], words["assumptions_intro"], words["assumption_columns"], rows, kinds)


def _number_or_text(text: str) -> Cell:
    """Give a bare number as a number; one with a unit is text."""
    return float(text) if _NUMBER.fullmatch(text) else text


def _definitions(data: ResultsData, lang: str) -> Sheet:
    words = WORDS[lang]
    rows = [[kpi[lang], kpi[f"unit_{lang}"], kpi[f"means_{lang}"], name] for name, kpi in data.texts["kpis"].items()]
    return Sheet(words["definitions"], words["definitions_intro"], words["definition_columns"], rows, [[TEXT] * 4] * len(rows))


def _made(data: ResultsData, words: Mapping[str, Any]) -> Sheet:
    run = data.run
    rows: list[list[Cell]] = [
        [words["command"], run["command"]],
        [words["seed"], str(run["seed"])],
        [words["replications_run"], str(run["replications"])],
        [words["years_run"], str(run["years"])],
        [words["started"], run["started"]],
        *([f"{words['hash']} {policy['name']}", policy["hash"]] for policy in run["policies"]),
        *([name, number] for name, number in run["versions"].items()),
    ]
    return Sheet(words["made"], words["made_intro"], words["made_columns"], rows, [[TEXT, TEXT]] * len(rows))


def _means(data: ResultsData, table: str, by: tuple[str, ...], figure: str) -> dict[tuple[Any, ...], float]:
    """Give the mean over replications of a figure of a table, by some of its columns; what did not happen counts as 0."""
    names = [column.name for column in TABLES[table]]
    places = [names.index(name) for name in by]
    where = names.index(figure)
    parts: dict[tuple[Any, ...], list[float]] = {}
    for row in data.tables[table]:
        parts.setdefault(tuple(row[place] for place in places), []).append(row[where])
    return {key: fsum(values) / data.run["replications"] for key, values in parts.items()}


def _numbers(row: Mapping[str, Any], names: Sequence[str], lang: str) -> list[Cell]:
    """Give figures of a row of the summary; the first of what is withheld is a word, and the others are empty."""
    if is_withheld(row):
        return [withheld_text(lang), *[None] * (len(names) - 1)]
    return [row.get(name) for name in names]


def _shown(kpi: Mapping[str, Any]) -> str:
    unit = "share" if kpi["unit"] in PROPORTIONS else "figure"
    return f"{unit}:{kpi['decimals']}"


def _policy(data: ResultsData, name: str, lang: str) -> str:
    labels: Iterable[str] = (policy["label"].get(lang, name) for policy in data.run["policies"] if policy["name"] == name)
    return next(iter(labels), name)


def _part(data: ResultsData, policy: str, value: str, lang: str) -> str:
    """Give the words for one part of a breakdown: a type, a group, a service, a step or rank of a scheme; or two such parts."""
    if "/" in value:
        return ", ".join(_part(data, policy, part, lang) for part in value.split("/"))
    words = WORDS[lang]
    texts = data.texts.get("scenarios", {}).get(policy, {})
    for section in ("types", "groups", "schemes", "districts", "services.teams", "programmes", "acute_beds.kinds"):
        label = texts.get(f"{section}.{value}")
        if label is not None:
            return str(label[lang])
    scheme, _, rank = value.rpartition("_")
    if f"schemes.{scheme}" in texts and rank.isdigit():
        return f"{texts[f'schemes.{scheme}'][lang]} {rank}"
    return str(words["places"].get(value) or words["accounts"].get(value, value))
