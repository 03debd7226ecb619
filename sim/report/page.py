"""The report as one plain page of HTML, from the contents of a results folder."""

from collections.abc import Mapping, Sequence
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined

from sim.report.numbers import amount, change
from sim.report.verdict import verdict
from sim.report.wording import WORDS
from sim.results import ResultsData

_HORIZON = 0


def page(data: ResultsData, lang: str = "nb") -> str:
    """Make the page.

    Parameters
    ----------
    data : ResultsData
        What a results folder holds; the tables themselves are not read.
    lang : {'nb', 'en'}

    Returns
    -------
    str
        A whole HTML document without scripts or anything to fetch; every text from outside is escaped.
    """
    environment = Environment(
        loader=PackageLoader("sim.report"), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    kpis: Mapping[str, Any] = data.texts["kpis"]
    policies: Sequence[Mapping[str, Any]] = data.run["policies"]
    return environment.get_template("page.html").render(
        lang=lang,
        words=WORDS[lang],
        run=data.run,
        policies=[policy | {"first": number == 0} for number, policy in enumerate(dict(policy) for policy in policies)],
        kpis=kpis,
        tables={policy["name"]: _tables(data, policy["name"], lang) for policy in policies},
        years=_years(data),
        yearly={policy["name"]: _yearly(data, policy["name"], lang) for policy in policies},
        assumptions=data.texts["assumptions"],
        compared=len(policies) > 1,
    )


def _undivided(data: ResultsData, policy: str) -> list[Mapping[str, Any]]:
    return [row for row in data.summary if row["policy"] == policy and row["dimension"] == "all"]


def _tables(data: ResultsData, policy: str, lang: str) -> list[dict[str, Any]]:
    """Give the undivided figures of the horizon, written out; headline measures first."""
    rows = []
    for row in _undivided(data, policy):
        kpi = data.texts["kpis"].get(row["kpi"])
        if row["year"] != _HORIZON or kpi is None:
            continue
        rows.append(
            {"kpi": row["kpi"], "headline": kpi["headline"], "n": row["n"], "nulls": row["nulls"]}
            | {name: amount(row[name], kpi["unit"], kpi["decimals"], lang) for name in ("mean", "low", "high")}
            | _difference(row, kpi, lang)
        )
    return sorted(rows, key=lambda row: not row["headline"])


def _difference(row: Mapping[str, Any], kpi: Mapping[str, Any], lang: str) -> dict[str, str]:
    if "difference" not in row:
        return {}
    unit, decimals = kpi["unit"], kpi["decimals"]
    names = ("difference", "difference_low", "difference_high", "smallest_detectable")
    written = {name: change(row[name], unit, decimals, lang, signed=name != "smallest_detectable") for name in names}
    means = {name: amount(row[name], unit, decimals, lang) for name in ("baseline_mean", "policy_mean")}
    return written | means | {"verdict": verdict(row, kpi, lang)}


def _years(data: ResultsData) -> list[int]:
    return sorted({row["year"] for row in data.summary if row["year"] > 0})


def _yearly(data: ResultsData, policy: str, lang: str) -> list[dict[str, Any]]:
    """Give the mean of each headline measure in each year."""
    means = {(row["kpi"], row["year"]): row["mean"] for row in _undivided(data, policy)}
    return [
        {"kpi": kpi, "years": [amount(means.get((kpi, year)), text["unit"], text["decimals"], lang) for year in _years(data)]}
        for kpi, text in data.texts["kpis"].items()
        if text["headline"]
    ]
