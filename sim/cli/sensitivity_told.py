"""How a sensitivity analysis is told: tables of the numbers, and in words what the answer depends on."""

import sys
from collections.abc import Mapping, Sequence
from typing import Any

from sim.cli.study_document import kpi_label, label
from sim.cli.wanted import gap_text, size_text

_MOST_NAMED = 3
_MOST_LISTED = 6
_WORDS: dict[str, dict[str, Any]] = {
    "nb": {
        "of_policy": "{kpi}: {policy} mot {baseline}",
        "of_one": "{kpi}: {baseline}",
        "tornado": ("Forutsetning", "Fra", "Til", "Utslag lav", "Utslag høy", "Rangeringen snur"),
        "morris": ("Forutsetning", "Fra", "Til", "Utslag (abs.)", "Utslag", "Spredning", "Støy"),
        "morris_groups": ("Gruppe", "Antall", "Utslag (abs.)", "Spredning", "Støy"),
        "sobol": ("Forutsetning", "Fra", "Til", "Alene", "Med samspill"),
        "sobol_groups": ("Gruppe", "Antall", "Alene", "Med samspill"),
        "turns": "ved {at} (95 %: {within})",
        "never": "nei, sikkert ikke innen spennet",
        "unsure": "kan ikke utelukkes: {within}",
        "assumed": " *",
        "legend": "* ingen kilde, eller ikke identifisert.",
        "base": "{title}: forskjellen er {mean} slik vi tror verden er (95 %: {low} til {high}).",
        "base_one": "{title}: {mean} slik vi tror verden er (95 %: {low} til {high}).",
        "most": "Mest betyr {name}: fra {low} til {high} flytter den svaret {swing}.",
        "nothing": "Ingen av tallene flytter svaret mer enn støyen av så få replikasjoner.",
        "turning": "Hvilken plan som er best, snur innen spennet til: {names}.",
        "not_turning": "Ingen av tallene snur rangeringen alene, så langt spennene rekker.",
        "open": "For {n} av {of} tall kan det ikke utelukkes at rangeringen snur: {names}.",
        "screened": "Størst utslag har: {names}. {quiet} av {of} har ikke større utslag enn støyen.",
        "explained": "{name} står for {share} % av det vi ikke vet om svaret, alene (95 %: {low} til {high} %).",
        "unexplained": "Med så få rader kan det ikke sies hvor mye hvert tall står for alene.",
        "unknown": "Det vi ikke vet: ni av ti mulige gjennomsnitt ligger mellom {low} og {high}.",
        "unseen": "Det vi ikke vet, kan ikke skilles fra tilfeldigheter med så få punkter og replikasjoner. Det betyr ikke at "
        "det er lite.",
        "chance": "Tilfeldighet: ni av ti enkeltforløp ligger mellom {low} og {high}.",
        "noise": "{share} % av variasjonen mellom punktene er støy av for få replikasjoner (trukket fra).",
        "above": "{share} % av de mulige gjennomsnittene er over null.",
        "evpi": "Å vite alt er verdt {nok} kroner per år for valget (95 %: {low} til {high}); best slik det ser ut nå: {best}.",
        "regrets": "Det en taper i snitt på at forutsetningene er andre enn en tror, og hvor ofte planen er best:",
        "regret": "  {name}: {nok} kroner per år, best i {share} %",
        "each": "  {name}: {nok} kroner per år",
        "fixed": "Holdt fast (kan ikke flyttes alene): {names}.",
        "more": " og {n} til",
    },
    "en": {
        "of_policy": "{kpi}: {policy} against {baseline}",
        "of_one": "{kpi}: {baseline}",
        "tornado": ("Parameter", "From", "To", "Effect low", "Effect high", "The ranking turns"),
        "morris": ("Parameter", "From", "To", "Effect (abs.)", "Effect", "Spread", "Noise"),
        "morris_groups": ("Group", "Numbers", "Effect (abs.)", "Spread", "Noise"),
        "sobol": ("Parameter", "From", "To", "Alone", "With interactions"),
        "sobol_groups": ("Group", "Numbers", "Alone", "With interactions"),
        "turns": "at {at} (95%: {within})",
        "never": "no, surely not within the range",
        "unsure": "cannot be ruled out: {within}",
        "assumed": " *",
        "legend": "* no source, or not identified.",
        "base": "{title}: the difference is {mean} as we believe the world to be (95%: {low} to {high}).",
        "base_one": "{title}: {mean} as we believe the world to be (95%: {low} to {high}).",
        "most": "Most depends on {name}: from {low} to {high} it moves the answer by {swing}.",
        "nothing": "None of the numbers moves the answer by more than the noise of so few replications.",
        "turning": "Which plan is best turns within the range of: {names}.",
        "not_turning": "None of the numbers turns the ranking by itself, as far as the ranges go.",
        "open": "For {n} of {of} numbers it cannot be ruled out that the ranking turns: {names}.",
        "screened": "The largest effects: {names}. {quiet} of {of} have no larger effect than the noise.",
        "explained": "{name} stands for {share}% of what we do not know of the answer, by itself (95%: {low} to {high}%).",
        "unexplained": "With so few rows it cannot be said how much each number stands for by itself.",
        "unknown": "What we do not know: nine of ten possible means lie between {low} and {high}.",
        "unseen": "What we do not know cannot be told from chance with so few points and replications. That does not mean that "
        "it is small.",
        "chance": "Chance: nine of ten single futures lie between {low} and {high}.",
        "noise": "{share}% of the variance between points is noise of too few replications (taken out).",
        "above": "{share}% of the possible means are above zero.",
        "evpi": "Knowing everything is worth {nok} NOK per year for the choice (95%: {low} to {high}); "
        "best as things look today: {best}.",
        "regrets": "What is lost on average when the assumptions are other than believed, and how often the plan is best:",
        "regret": "  {name}: {nok} NOK per year, best in {share}%",
        "each": "  {name}: {nok} NOK per year",
        "fixed": "Held fixed (cannot be moved alone): {names}.",
        "more": " and {n} more",
    },
}


def show_sensitivity(document: Mapping[str, Any], lang: str) -> None:
    """Print the numbers policy by policy, and what they say in words."""
    from sim.cli.terminal import table

    words, method = _WORDS[lang], document["method"]
    if method != "spread":
        grouped = document["grouped"]
        heads = words[f"{method}_groups" if grouped else method]
        if method == "tornado" and not _against(document):
            heads = heads[:-1]
        for name, of in document["of"].items():
            rows = [(_group_row if grouped else _row)(row, method, document["kpi"], lang) for row in of["parameters"]]
            table(_title(document, name, lang), "", heads, rows)
        sys.stdout.write(words["legend"] + "\n")
    sys.stdout.write("\n".join(document["said"][lang]) + "\n")


def sensitivity_told(document: Mapping[str, Any], lang: str) -> list[str]:
    """Read a whole analysis out."""
    words = _WORDS[lang]
    lines: list[str] = []
    for name, of in document.get("of", {}).items():
        title = _title(document, name, lang)
        match document["method"]:
            case "spread":
                lines += [title, *_bands_told(of["bands"], document["kpi"], _against(document), lang), ""]
            case "tornado":
                lines += _tornado_told(of, title, document["kpi"], _against(document), lang)
            case "morris":
                lines += [title, *_screened_told(of["parameters"], lang)]
            case _:
                lines += [title, *_explained_told(of, lang)]
    if "information" in document:
        lines += _worth_told(document["information"], document, lang)
    if document["fixed"]:
        lines.append(words["fixed"].format(names=_few(list(document["fixed"]), lang)))
    return lines


def _few(names: Sequence[str], lang: str) -> str:
    more = len(names) - _MOST_LISTED
    if more <= 0:
        return ", ".join(names)
    return ", ".join(names[:_MOST_LISTED]) + str(_WORDS[lang]["more"].format(n=more))


def _against(document: Mapping[str, Any]) -> bool:
    return len(document["policies"]) > 1


def _title(document: Mapping[str, Any], name: str, lang: str) -> str:
    form = _WORDS[lang]["of_policy" if _against(document) else "of_one"]
    baseline = label(document, document["policies"][0], lang)
    return str(form.format(kpi=kpi_label(document, document["kpi"], lang), baseline=baseline, policy=label(document, name, lang)))


def _tornado_told(of: Mapping[str, Any], title: str, kpi: str, against: bool, lang: str) -> list[str]:
    words, base, rows = _WORDS[lang], of["base"], of["parameters"]
    lines = []
    if base["low"] is not None:
        mean, low, high = (_answer(base[end], kpi, against, lang) for end in ("mean", "low", "high"))
        lines.append(words["base" if against else "base_one"].format(title=title, mean=mean, low=low, high=high))
    first = rows[0]
    if first["swing"]["low"] is not None and first["swing"]["low"] * first["swing"]["high"] > 0:
        swing = gap_text(first["swing"]["difference"], kpi, lang, signed=True)
        lines.append(words["most"].format(name=_named(first, lang), low=first["from"], high=first["to"], swing=swing))
    else:
        lines.append(words["nothing"])
    if "break_even" not in first:
        return lines
    turning = [row for row in rows if row["break_even"]["verdict"] == "turns"]
    open_ = [row for row in rows if row["break_even"]["verdict"] == "unsure"]
    if turning:
        names = "; ".join(f"{_named(row, lang)} ({_turn(row, lang)})" for row in turning)
        lines.append(words["turning"].format(names=names))
    if open_:
        names = "; ".join(_named(row, lang) for row in open_)
        lines.append(words["open"].format(n=len(open_), of=len(rows), names=names))
    if not turning and not open_:
        lines.append(words["not_turning"])
    return lines


def _named(row: Mapping[str, Any], lang: str) -> str:
    return f"«{row['label'][lang]}»" if lang == "nb" else f"“{row['label'][lang]}”"


def _screened_told(rows: list[Mapping[str, Any]], lang: str) -> list[str]:
    words = _WORDS[lang]
    loud = [row for row in rows if row["size"] > 2 * row["noise"]]
    if not loud:
        return [words["nothing"]]
    names = ", ".join(_named(row, lang) for row in loud[:_MOST_NAMED])
    return [words["screened"].format(names=names, quiet=len(rows) - len(loud), of=len(rows))]


def _explained_told(of: Mapping[str, Any], lang: str) -> list[str]:
    words = _WORDS[lang]
    noise = words["noise"].format(share=round(100 * of["noise_share"]))
    first = max(of["parameters"], key=lambda row: row["first_within"][0])
    least, most = first["first_within"]
    if least <= 0:
        return [words["unexplained"], noise]
    share, low, high = (round(100 * min(1.0, end)) for end in (first["first"], least, most))
    return [words["explained"].format(name=_named(first, lang), share=share, low=low, high=high), noise]


def _answer(value: float, kpi: str, against: bool, lang: str) -> str:
    """Write a difference from the baseline, or the baseline's own figure."""
    return gap_text(value, kpi, lang, signed=True) if against else size_text(value, kpi, lang)


def _bands_told(of: Mapping[str, Any], kpi: str, against: bool, lang: str) -> list[str]:
    words = _WORDS[lang]
    lines = []
    # Where noise explains all that differs between the points, the band of means has no width: that is no knowledge.
    seen = of["unknown_low"] < of["unknown_high"]
    for band in ("unknown", "chance"):
        low, high = (_answer(of[f"{band}_{end}"], kpi, against, lang) for end in ("low", "high"))
        lines.append(words[band if seen or band == "chance" else "unseen"].format(low=low, high=high))
    lines.append(words["noise"].format(share=round(100 * of["noise_share"])))
    if against and seen:
        lines.append(words["above"].format(share=round(100 * of["above_zero"])))
    return lines


def _worth_told(worth: Mapping[str, Any], document: Mapping[str, Any], lang: str) -> list[str]:
    from sim.report import number

    words = _WORDS[lang]
    best = label(document, worth["best"], lang)
    nok, low, high = (number(value, 0, lang) for value in (worth["evpi_nok_per_year"], *worth["evpi_within"]))
    lines = [words["evpi"].format(nok=nok, low=low, high=high, best=best)]
    lines += [
        words["each"].format(name=row["label"][lang], nok=number(row["nok_per_year"], 0, lang))
        for row in worth["parameters"]
        if row["nok_per_year"]
    ]
    lines.append(words["regrets"])
    for name, nok in worth["regret_nok_per_year"].items():
        share = round(100 * worth["best_share"][name])
        lines.append(words["regret"].format(name=label(document, name, lang), nok=number(nok, 0, lang), share=share))
    return lines


def _group_row(row: Mapping[str, Any], method: str, kpi: str, lang: str) -> list[str]:
    cells = [row["label"][lang] + (_WORDS[lang]["assumed"] if row["assumed"] else ""), str(len(row["members"]))]
    return [*cells, *_judged_cells(row, method, kpi, lang, grouped=True)]


def _row(row: Mapping[str, Any], method: str, kpi: str, lang: str) -> list[str]:
    words = _WORDS[lang]
    cells = [row["label"][lang] + (words["assumed"] if row["assumed"] else ""), row["from"], row["to"]]
    if method != "tornado":
        return [*cells, *_judged_cells(row, method, kpi, lang)]
    cells += [_gap(row[end]["difference"], kpi, lang) for end in ("low", "high")]
    return [*cells, _turn(row, lang)] if "break_even" in row else cells


def _judged_cells(row: Mapping[str, Any], method: str, kpi: str, lang: str, *, grouped: bool = False) -> list[str]:
    if method == "sobol":
        return [_index(row, name, lang) for name in ("first", "total")]
    mean = [] if grouped else [_gap(row["mean"], kpi, lang)]
    size, spread, noise = (_gap(row[name], kpi, lang, signed=False) for name in ("size", "spread", "noise"))
    return [size, *mean, spread, noise]


def _index(row: Mapping[str, Any], name: str, lang: str) -> str:
    """Write a Sobol index with its interval, cut at what a share can be."""
    from sim.report import number

    middle, low, high = (number(min(1.0, max(0.0, of)), 2, lang) for of in (row[name], *row[f"{name}_within"]))
    return f"{middle} [{low}; {high}]"


def _gap(value: float | None, kpi: str, lang: str, *, signed: bool = True) -> str:
    return "" if value is None else gap_text(value, kpi, lang, signed=signed)


def _turn(row: Mapping[str, Any], lang: str) -> str:
    found = row["break_even"]
    within = ", ".join(f"{low:.4g} – {high:.4g}" for low, high in found["within"])
    at = ", ".join(f"{place:.4g}" for place in found["at"])
    return str(_WORDS[lang][found["verdict"]].format(at=f"{at} {row['unit']}".strip(), within=within))
