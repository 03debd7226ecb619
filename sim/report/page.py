"""The report as one plain page of HTML, from the contents of a results folder."""

import math
from collections.abc import Mapping, Sequence
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined

from sim.report.assumptions import assumption_told
from sim.report.endings import endings_text
from sim.report.interval import mean_told
from sim.report.numbers import amount, years_text
from sim.report.verdict import told
from sim.report.wording import WORDS, few_text, interval_notes
from sim.results import ResultsData

_HORIZON = 0
#: As many columns of years as fit on a sheet of A4.
_YEARS_A_TABLE = 10


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
    policies: Sequence[Mapping[str, Any]] = data.run["policies"]
    compared = len(policies) > 1
    tables = {policy["name"]: _table(data, policy["name"], lang) for policy in policies}
    cut = not compared and any(row["cut"] for rows in tables.values() for row in rows)
    return environment.get_template("page.html").render(
        lang=lang,
        words=WORDS[lang],
        title=_title(policies, lang),
        run=data.run,
        years_simulated=years_text(data.run["years"], lang),
        policies=[policy | {"first": number == 0} for number, policy in enumerate(dict(policy) for policy in policies)],
        kpis=data.texts["kpis"],
        few=few_text(lang, data.run["replications"]),
        notes=interval_notes(lang, compared=compared, cut=cut),
        tables=tables,
        endings={policy["name"]: endings_text(data.summary, policy["name"], lang) for policy in policies},
        spans=_spans(data),
        yearly={policy["name"]: _yearly(data, policy["name"], lang) for policy in policies},
        assumptions=_assumptions(data, lang),
        compared=compared,
    )


def _title(policies: Sequence[Mapping[str, Any]], lang: str) -> str:
    words = WORDS[lang]
    baseline, *others = (policy["label"][lang] for policy in policies)
    label = words["against"].format(policy=", ".join(others), baseline=baseline) if others else baseline
    return words["of"].format(label=label)


def _undivided(data: ResultsData, policy: str) -> list[Mapping[str, Any]]:
    return [row for row in data.summary if row["policy"] == policy and row["dimension"] == "all"]


def _table(data: ResultsData, policy: str, lang: str) -> list[dict[str, Any]]:
    """Give the undivided figures of the horizon, written out; headline measures first."""
    rows = []
    for row in _undivided(data, policy):
        kpi = data.texts["kpis"].get(row["kpi"])
        if row["year"] != _HORIZON or kpi is None:
            continue
        of = mean_told(row, kpi, lang)
        shown = {"kpi": row["kpi"], "headline": kpi["headline"], "nulls": row["nulls"], **of._asdict()}
        if "difference" in row:
            means = {name: amount(row[name], kpi["unit"], kpi["decimals"], lang) for name in ("baseline_mean", "policy_mean")}
            shown |= {**means, **told(row, kpi, lang)._asdict()}
            shown["nulls"] = row["n"] + row["nulls"] - (row["pairs"] or 0)
        rows.append(shown)
    return sorted(rows, key=lambda row: not row["headline"])


def _spans(data: ResultsData) -> list[list[int]]:
    years = sorted({row["year"] for row in data.summary if row["year"] > 0})
    tables = math.ceil(len(years) / _YEARS_A_TABLE)
    size = math.ceil(len(years) / max(tables, 1))
    return [years[first : first + size] for first in range(0, len(years), max(size, 1))]


def _yearly(data: ResultsData, policy: str, lang: str) -> list[dict[str, Any]]:
    """Give the mean of each headline measure in each year; money in millions."""
    means = {(row["kpi"], row["year"]): row["mean"] for row in _undivided(data, policy)}
    found = []
    for kpi, text in data.texts["kpis"].items():
        if not text["headline"]:
            continue
        unit, scale, decimals = text[f"unit_{lang}"], 1.0, int(text["decimals"])
        if "NOK" in text["unit"]:
            unit, scale, decimals = f"{WORDS[lang]['million']} {unit}", 1e-6, 1
        years = {}
        for year in (year for span in _spans(data) for year in span):
            mean = means.get((kpi, year))
            years[year] = amount(None if mean is None else scale * mean, text["unit"], decimals, lang)
        found.append({"kpi": kpi, "unit": unit, "years": years})
    return found


def _assumptions(data: ResultsData, lang: str) -> list[dict[str, Any]]:
    names: dict[str, Mapping[str, str]] = {}
    for texts in data.texts.get("scenarios", {}).values():
        names = {**texts, **names}
    return [assumption_told(record, names, lang) for record in data.texts["assumptions"]]
