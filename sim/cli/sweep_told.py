"""How a sweep is told: the curves as a table, and what they say in words."""

import sys
from collections.abc import Mapping, Sequence
from typing import Any

from sim.cli.points import csv_text
from sim.cli.study_document import kpi_label, label, number_label, set_to
from sim.cli.wanted import gap_text, size_text
from sim.report.assumptions import value_text

#: So many points are named, one by one; of more their number is told.
_MOST_NAMED = 8
_WORDS = {
    "nb": {
        "title": "{label}: {points} punkter, {n} replikasjoner hver, frø {seed}",
        "target": {True: "{kpi} på høyst {value}", False: "{kpi} på minst {value}"},
        "none": "Ingen av tallene når målet: {target}.",
        "guess": "Minste tall som når målet ({target}): {value} (beste anslag).",
        "enough": "Med 95 % sikkerhet er {value} nok, og alle større tall som er prøvd.",
        "unsure": "Ingen av tallene når målet med 95 % sikkerhet; flere replikasjoner eller større tall trengs.",
        "small": "Med 95 % sikkerhet er {value} for lite, og alle mindre tall som er prøvd.",
        "moved": "{kpi}: når {name} går fra {first} til {last}, er endringen {change} (95 %: {low} til {high}).",
        "unmoved": "{kpi}: ingen sikker endring når {name} går fra {first} til {last} (95 %: {low} til {high}).",
        "apart": "{kpi}: største forskjell fra det første punktet er {change} (95 %: {low} til {high}), ved {where}.",
        "opens": "Kan tidligst åpne",
        "last": "Alt kan være åpent",
        "late": "* {late} av {all} rekker ikke",
        "everywhere": "alle punkter",
        "where": "{count} av {all} punkter",
        "never": "* Ved {where} kan ikke alt åpne før perioden er over: {what}. Tallene gjelder det som rekker å åpne.",
        "seldom": "* Ved {where} rekker ikke alt å åpne i minst halvparten av framtidene: {what}.",
    },
    "en": {
        "title": "{label}: {points} points, {n} replications each, seed {seed}",
        "target": {True: "{kpi} of at most {value}", False: "{kpi} of at least {value}"},
        "none": "None of the numbers reaches the target: {target}.",
        "guess": "Smallest number that reaches the target ({target}): {value} (best guess).",
        "enough": "With 95% confidence {value} is enough, and every larger number that was tried.",
        "unsure": "No number reaches the target with 95% confidence; more replications or larger numbers are needed.",
        "small": "With 95% confidence {value} is too small, and every smaller number that was tried.",
        "moved": "{kpi}: when {name} goes from {first} to {last}, the change is {change} (95%: {low} to {high}).",
        "unmoved": "{kpi}: no sure change when {name} goes from {first} to {last} (95%: {low} to {high}).",
        "apart": "{kpi}: the largest difference from the first point is {change} (95%: {low} to {high}), at {where}.",
        "opens": "Can open from",
        "last": "All can be open",
        "late": "* {late} of {all} not in time",
        "everywhere": "every point",
        "where": "{count} of {all} points",
        "never": "* At {where} not everything can open before the period ends: {what}. The figures are of what opens in time.",
        "seldom": "* At {where} not everything opens in time in at least half of all futures: {what}.",
    },
}


def curves_table(document: Mapping[str, Any]) -> str:
    """Give `curves.csv`."""
    paths, rows = document["vary"], document["curves"]
    values = [list(point.values()) for point in document["points"]]
    heads = ["point", *paths, *list(rows[0])[1:]] if rows else ["point", *paths]
    return csv_text(heads, [[row["point"], *values[row["point"]], *list(row.values())[1:]] for row in rows])


def show_sweep(document: Mapping[str, Any], lang: str) -> None:
    """Print the curves as a table, and the answer in words."""
    from sim.cli.terminal import table
    from sim.report import mean_told

    words: Mapping[str, Any] = _WORDS[lang]
    shown = document["shown"]
    of = {(row["point"], row["kpi"]): row for row in document["curves"]}
    opens = {point: _days(of, words) for point, of in _by_point(document).items()}
    rows = []
    for point in document["finished"]:
        cells = []
        for kpi in shown:
            row = of[point, kpi]
            figure = mean_told(row, document["kpis"][kpi], lang)
            cells.append(figure.mean if row["low"] is None else f"{figure.mean} ({figure.interval})")
        rows.append([*document["points"][point].values(), *cells, *(opens.get(point, ("–", "–")) if opens else ())])
    name = document["scenario"]
    title = words["title"].format(
        label=label(document, name, lang), points=len(rows), n=document["replications"], seed=document["seed"]
    )
    heads = [
        *document["vary"],
        *(kpi_label(document, kpi, lang) for kpi in shown),
        *((words["opens"], words["last"]) if opens else ()),
    ]
    table(title, "", heads, rows)
    sys.stdout.write("".join(line + "\n" for line in document["said"][lang]))


def sweep_told(document: Mapping[str, Any], lang: str) -> list[str]:
    """Read a whole sweep out."""
    return [*_answered(document, lang), *_not_in_time(document, lang), *_moved(document, lang)]


def _by_point(document: Mapping[str, Any]) -> dict[int, list[Mapping[str, Any]]]:
    found: dict[int, list[Mapping[str, Any]]] = {}
    for row in document["openings"]:
        found.setdefault(row["point"], []).append(row)
    return found


def _days(of: Sequence[Mapping[str, Any]], words: Mapping[str, Any]) -> tuple[str, str]:
    """Give the first day on which something can open, and that by which everything can, as likely as not."""
    late = sum(row["in_time"] != "yes" for row in of)
    last = words["late"].format(late=late, all=len(of)) if late else max(row["median"] for row in of)
    return min((row["opens"] for row in of if row["opens"]), default="–"), last


def _not_in_time(document: Mapping[str, Any], lang: str) -> list[str]:
    """Say at which points not all that is built can stand open within the period."""
    words: Mapping[str, Any] = _WORDS[lang]
    lines = []
    for kind in ("never", "seldom"):
        late = {
            point: names
            for point, of in _by_point(document).items()
            if (names := [o["what"] for o in of if o["in_time"] == kind])
        }
        if not late:
            continue
        paths, points = document["vary"], document["points"]
        if len(late) == len(points):
            where = words["everywhere"]
        elif len(paths) == 1 and not document["sobol"] and len(late) <= _MOST_NAMED:
            values = ", ".join(value_text(points[point][paths[0]], {}, lang) for point in late)
            where = f"{number_label(document, paths[0], lang)} = {values}"
        else:
            where = words["where"].format(count=len(late), all=len(points))
        what = ", ".join(dict.fromkeys(name for names in late.values() for name in names))
        lines.append(words[kind].format(where=where, what=what))
    return lines


def _answered(document: Mapping[str, Any], lang: str) -> list[str]:
    words: Mapping[str, Any] = _WORDS[lang]
    answer = document.get("until")
    if answer is None:
        return []
    value = size_text(answer["value"], answer["kpi"], lang)
    target = words["target"][answer["at_most"]].format(kpi=kpi_label(document, answer["kpi"], lang).lower(), value=value)
    guess = "none" if answer["smallest"] is None else "guess"
    numbers = {key: value_text(answer[key] or "", {}, lang) for key in ("smallest", "enough", "too_small")}
    lines = [words[guess].format(target=target, value=numbers["smallest"])]
    lines.append(words["unsure"] if answer["enough"] is None else words["enough"].format(value=numbers["enough"]))
    if answer["too_small"] is not None:
        lines.append(words["small"].format(value=numbers["too_small"]))
    return lines


def _moved(document: Mapping[str, Any], lang: str) -> list[str]:
    """Say how far each shown measure moves over the points."""
    words: Mapping[str, Any] = _WORDS[lang]
    lines = []
    for kpi in document["shown"]:
        rows = [row for row in document["curves"] if row["kpi"] == kpi and row["difference_low"] is not None]
        if len(rows) < 2:
            continue
        one = len(document["vary"]) == 1 and not document["sobol"]
        row = rows[-1] if one else max(rows, key=lambda row: abs(row["difference"]))
        change, low, high = (
            gap_text(row[end], kpi, lang, signed=True) for end in ("difference", "difference_low", "difference_high")
        )
        values: Sequence[Mapping[str, str]] = document["points"]
        where = set_to(document, values[row["point"]], lang)
        first, last = (value_text(next(iter(values[at].values())), {}, lang) for at in (rows[0]["point"], row["point"]))
        ends = {"name": number_label(document, document["vary"][0], lang), "first": first, "last": last, "where": where}
        sure = not row["difference_low"] <= 0 <= row["difference_high"]
        form = words["apart" if not one else "moved" if sure else "unmoved"]
        lines.append(form.format(kpi=kpi_label(document, kpi, lang), change=change, low=low, high=high, **ends))
    return lines
