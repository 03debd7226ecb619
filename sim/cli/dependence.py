"""What an answer depends on: the designs behind `sensitivity`, its documents and its words."""

import sys
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from sim.cli.figures import kpi_texts, unit_of
from sim.cli.unknowns import Unknown, Unknowns
from sim.cli.wanted import gap_text
from sim.experiment import difference, estimate
from sim.experiment.breakeven import break_even
from sim.experiment.designs import Table, Trajectory, latin_hypercube, morris, sobol
from sim.experiment.points import PointFigures
from sim.experiment.screening import elementary_effects, sobol_indices, sobol_points
from sim.experiment.uncertainty import bands, value_of_information

_DEFAULTS = {"tornado": 0, "morris": 4, "sobol": 16, "spread": 32}
_DAYS_A_YEAR = 365.25
_WORDS: dict[str, dict[str, Any]] = {
    "nb": {
        "of_policy": "{kpi}: {policy} mot {baseline}",
        "of_one": "{kpi}: {baseline}",
        "tornado": ("Forutsetning", "Fra", "Til", "Utslag lav", "Utslag høy", "Rangeringen snur"),
        "morris": ("Forutsetning", "Fra", "Til", "Utslag (abs.)", "Utslag", "Spredning", "Støy"),
        "sobol": ("Forutsetning", "Fra", "Til", "Alene", "Med samspill"),
        "turns": "ved {at} (95 %: {within})",
        "never": "nei, sikkert ikke innen spennet",
        "unsure": "kan ikke utelukkes: {within}",
        "assumed": " *",
        "legend": "* ingen kilde, eller ikke identifisert.",
        "unknown": "Det vi ikke vet: ni av ti mulige gjennomsnitt ligger mellom {low} og {high}.",
        "chance": "Tilfeldighet: ni av ti enkeltforløp ligger mellom {low} og {high}.",
        "noise": "{share} % av variasjonen mellom punktene er støy av for få replikasjoner (trukket fra).",
        "above": "{share} % av de mulige gjennomsnittene er over null.",
        "evpi": "Å vite alt er verdt {nok} kroner per år for valget; best slik det ser ut i dag: {best}.",
        "regrets": "Det en taper i snitt på at forutsetningene er andre enn en tror, og hvor ofte planen er best:",
        "regret": "  {name}: {nok} kroner per år, best i {share} %",
        "each": "  {name}: {nok} kroner per år",
        "fixed": "Holdt fast (kan ikke flyttes alene): {names}.",
    },
    "en": {
        "of_policy": "{kpi}: {policy} against {baseline}",
        "of_one": "{kpi}: {baseline}",
        "tornado": ("Parameter", "From", "To", "Effect low", "Effect high", "The ranking turns"),
        "morris": ("Parameter", "From", "To", "Effect (abs.)", "Effect", "Spread", "Noise"),
        "sobol": ("Parameter", "From", "To", "Alone", "With interactions"),
        "turns": "at {at} (95%: {within})",
        "never": "no, surely not within the range",
        "unsure": "cannot be ruled out: {within}",
        "assumed": " *",
        "legend": "* no source, or not identified.",
        "unknown": "What we do not know: nine of ten possible means lie between {low} and {high}.",
        "chance": "Chance: nine of ten single futures lie between {low} and {high}.",
        "noise": "{share}% of the variance between points is noise of too few replications (taken out).",
        "above": "{share}% of the possible means are above zero.",
        "evpi": "Knowing everything is worth {nok} NOK per year for the choice; best as things look today: {best}.",
        "regrets": "What is lost on average when the assumptions are other than believed, and how often the plan is best:",
        "regret": "  {name}: {nok} NOK per year, best in {share}%",
        "each": "  {name}: {nok} NOK per year",
        "fixed": "Held fixed (cannot be moved alone): {names}.",
    },
}


class Analysis(NamedTuple):
    """A design over the unknown numbers.

    Attributes
    ----------
    method : str
    chosen : Unknowns
    points : tuple of tuple of (index, share)
        For each point, which numbers are moved and where to.
    walks : tuple of Trajectory
        Of Morris' screening.
    rows : int
        Of the base design of Sobol indices.
    """

    method: str
    chosen: Unknowns
    points: tuple[tuple[tuple[int, float], ...], ...]
    walks: tuple[Trajectory, ...] = ()
    rows: int = 0

    def settings(self, number: int) -> list[tuple[str, str]]:
        """Give a point as values to set."""
        return [self.chosen.varied[index].setting(share) for index, share in self.points[number]]

    def document(self, names: Sequence[str], kpi: str, found: Sequence[PointFigures], price: float | None) -> dict[str, Any]:
        """Give `sensitivity.json`; without figures (interrupted) only what was asked.

        `of` holds the analysis of each policy against the baseline, or of the baseline itself when it is alone.
        """
        document: dict[str, Any] = {
            "method": self.method,
            "policies": list(names),
            "kpi": kpi,
            "unit": unit_of(kpi),
            "points": len(self.points),
            "fixed": dict(self.chosen.fixed),
        }
        if not found:
            return document | {"partial": True}
        baseline, *policies = names
        document["of"] = {
            name: self._analysed([_judged(of, baseline, name, kpi) for of in found], bool(policies))
            for name in policies or [baseline]
        }
        if price is not None:
            document["information"] = self._information(found, names, price)
        return document

    def _analysed(self, numbers: list[list[float | None]], ranked: bool) -> dict[str, Any]:
        """Analyse one figure over the points."""
        match self.method:
            case "tornado":
                return self._tornado(numbers, ranked)
            case "morris":
                size = len(self.chosen.varied) + 1
                per_walk = [numbers[i * size : (i + 1) * size] for i in range(len(self.walks))]
                effects = elementary_effects(self.walks, per_walk)
                return {"parameters": self._ranked([of._asdict() for of in effects], "size")}
            case "sobol":
                of = sobol_indices(self.rows, numbers)
                both = [{"first": a, "total": b} for a, b in zip(of.first, of.total, strict=True)]
                return {"parameters": self._ranked(both, "total"), "noise_share": of.noise_share}
        return {"bands": bands(numbers)._asdict()}

    def _tornado(self, numbers: list[list[float | None]], ranked: bool) -> dict[str, Any]:
        base = numbers[0]
        rows = []
        for index, unknown in enumerate(self.chosen.varied):
            low, high = numbers[1 + 2 * index], numbers[2 + 2 * index]
            row: dict[str, Any] = {
                "low": _effect(base, low),
                "high": _effect(base, high),
                "swing": _effect(low, high),
            }
            if ranked:
                ends = float(unknown.span.low), float(unknown.span.high)
                inner = ends[0] < float(unknown.value) < ends[1]
                places = [ends[0], *([float(unknown.value)] if inner else []), ends[1]]
                found = break_even(places, [low, *([base] if inner else []), high])
                row["break_even"] = found._asdict()
            rows.append(row)
        listed = self._ranked(rows, "swing")
        return {"base": estimate(base)._asdict(), "parameters": listed}

    def _ranked(self, rows: Sequence[Mapping[str, Any]], by: str) -> list[dict[str, Any]]:
        listed = [{**_described(of), **row} for of, row in zip(self.chosen.varied, rows, strict=True)]

        def size(row: Mapping[str, Any]) -> float:
            of = row[by]["difference"] if isinstance(row[by], Mapping) else row[by]
            return abs(float(of or 0.0))

        return sorted(listed, key=size, reverse=True)

    def _information(self, found: Sequence[PointFigures], names: Sequence[str], price: float) -> dict[str, Any]:
        benefits = [[_benefit(of, name, price) for of in found] for name in names]
        shares = [[share for _, share in point] for point in self.points]
        of = value_of_information(benefits, shares)
        each = sorted(
            ((unknown.id, worth) for unknown, worth in zip(self.chosen.varied, of.each, strict=True)), key=lambda row: -row[1]
        )
        return {
            "nok_per_waiting_day": price,
            "evpi_nok_per_year": of.everything,
            "uncorrected": of.uncorrected,
            "best": names[of.best],
            "regret_nok_per_year": dict(zip(names, of.regret, strict=True)),
            "best_share": dict(zip(names, of.best_share, strict=True)),
            "parameters": dict(each),
        }


def analysis(method: str, chosen: Unknowns, size: int | None, seed: int) -> Analysis:
    """Give the design of a method over the chosen numbers."""
    n, d = size or _DEFAULTS[method], len(chosen.varied)
    if method == "tornado":
        ends = [((index, share),) for index in range(d) for share in (0.0, 1.0)]
        return Analysis(method, chosen, ((), *ends))
    if method == "morris":
        walks = morris(n, d, seed)
        return Analysis(method, chosen, _indexed(tuple(p for walk in walks for p in walk.points)), walks)
    if method == "sobol":
        return Analysis(method, chosen, _indexed(sobol_points(sobol(n, 2 * d, seed))), (), n)
    return Analysis(method, chosen, _indexed(latin_hypercube(n, d, seed)))


def show(document: Mapping[str, Any], labels: Mapping[str, Mapping[str, str]], plan: Analysis, lang: str) -> None:
    """Print what the answer depends on, policy by policy, and what it would be worth to know."""
    words, kpi, baseline = _WORDS[lang], document["kpi"], document["policies"][0]
    text = kpi_texts()[kpi]
    against = len(document["policies"]) > 1
    lines: list[str] = []
    for name, of in document["of"].items():
        form = words["of_policy" if against else "of_one"]
        label = text["nb"] if lang == "nb" else text["en"]
        title = form.format(kpi=label, baseline=labels[baseline][lang], policy=labels[name][lang])
        if document["method"] == "spread":
            lines += [title, *_bands_told(of["bands"], kpi, against, lang), ""]
            continue
        _table(title, of, document["method"], kpi, against, lang)
        if "noise_share" in of:
            sys.stdout.write(words["noise"].format(share=round(100 * of["noise_share"])) + "\n")
    if document["method"] != "spread":
        lines.append(words["legend"])
    if "information" in document:
        lines += _worth_told(document["information"], labels, {of.id: of.label[lang] for of in plan.chosen.varied}, lang)
    if plan.chosen.fixed:
        lines.append(words["fixed"].format(names=", ".join(name for name, _ in plan.chosen.fixed)))
    sys.stdout.write("\n".join(lines) + "\n")


def _bands_told(of: Mapping[str, Any], kpi: str, against: bool, lang: str) -> list[str]:
    words = _WORDS[lang]
    lines = []
    for band in ("unknown", "chance"):
        low, high = (gap_text(of[f"{band}_{end}"], kpi, lang, signed=against) for end in ("low", "high"))
        lines.append(words[band].format(low=low, high=high))
    lines.append(words["noise"].format(share=round(100 * of["noise_share"])))
    if against:
        lines.append(words["above"].format(share=round(100 * of["above_zero"])))
    return lines


def _worth_told(
    worth: Mapping[str, Any], labels: Mapping[str, Mapping[str, str]], known: Mapping[str, str], lang: str
) -> list[str]:
    from sim.report import number

    words = _WORDS[lang]
    lines = [words["evpi"].format(nok=number(worth["evpi_nok_per_year"], 0, lang), best=labels[worth["best"]][lang])]
    lines += [
        words["each"].format(name=known[name], nok=number(nok, 0, lang)) for name, nok in worth["parameters"].items() if nok
    ]
    lines.append(words["regrets"])
    for name, nok in worth["regret_nok_per_year"].items():
        share = round(100 * worth["best_share"][name])
        lines.append(words["regret"].format(name=labels[name][lang], nok=number(nok, 0, lang), share=share))
    return lines


def _table(title: str, of: Mapping[str, Any], method: str, kpi: str, against: bool, lang: str) -> None:
    from sim.cli.terminal import table

    words = _WORDS[lang]
    heads = words[method] if method != "tornado" or against else words[method][:-1]
    table(title, "", heads, [_row(row, method, kpi, lang) for row in of["parameters"]])


def _row(row: Mapping[str, Any], method: str, kpi: str, lang: str) -> list[str]:
    from sim.report import number

    words = _WORDS[lang]
    cells = [row["label"][lang] + (words["assumed"] if row["assumed"] else ""), row["from"], row["to"]]

    def gap(value: float | None, signed: bool = True) -> str:
        return "" if value is None else gap_text(value, kpi, lang, signed=signed)

    match method:
        case "morris":
            return [*cells, gap(row["size"], False), gap(row["mean"]), gap(row["spread"], False), gap(row["noise"], False)]
        case "sobol":
            return [*cells, number(row["first"], 2, lang), number(row["total"], 2, lang)]
    cells += [gap(row["low"]["difference"]), gap(row["high"]["difference"])]
    if "break_even" not in row:
        return cells
    found = row["break_even"]
    within = ", ".join(f"{low:.4g} – {high:.4g}" for low, high in found["within"])
    at = ", ".join(f"{place:.4g}" for place in found["at"])
    return [*cells, words[found["verdict"]].format(at=f"{at} {row['unit']}".strip(), within=within)]


def _described(of: Unknown) -> dict[str, Any]:
    low, high = of.span.text(of.span.low), of.span.text(of.span.high)
    return {
        "parameter": of.id,
        "label": dict(of.label),
        "from": low,
        "to": high,
        "value": of.span.text(of.value),
        "unit": of.span.unit,
        "assumed": of.assumed,
    }


def _judged(of: PointFigures, baseline: str, name: str, kpi: str) -> list[float | None]:
    """Give the figure itself of a baseline, of a policy the paired difference from it."""
    before = of.numbers(baseline, kpi)
    if name == baseline:
        return before
    pairs = zip(before, of.numbers(name, kpi), strict=True)
    return [None if b is None or p is None else p - b for b, p in pairs]


def _effect(before: Sequence[float | None], after: Sequence[float | None]) -> dict[str, Any]:
    of = difference(before, after)
    return {"difference": of.difference, "low": of.low, "high": of.high}


def _benefit(of: PointFigures, name: str, price: float) -> list[float | None]:
    """Give minus the cost a year: what is paid, and what waiting is worth."""
    pairs = zip(of.numbers(name, "net_cost_nok_per_year"), of.numbers(name, "waiting_list_mean"), strict=True)
    return [None if c is None or w is None else -(c + price * _DAYS_A_YEAR * w) for c, w in pairs]


def _indexed(table: Table) -> tuple[tuple[tuple[int, float], ...], ...]:
    return tuple(tuple(enumerate(row)) for row in table)
