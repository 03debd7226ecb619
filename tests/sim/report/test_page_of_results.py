"""The page: whole and well-formed HTML in the language asked for, with nothing untranslated or unescaped."""

import json
import re
from html.parser import HTMLParser
from typing import Any

import pytest

from sim.cli.figures import kpi_texts
from sim.report import page
from sim.report.assumptions import value_text
from sim.report.wording import WORDS
from sim.results import ResultsData

THIN = "\N{NARROW NO-BREAK SPACE}"


def summary_row(policy: str, kpi: str, year: int = 0, dimension: str = "all", value: str = "all", mean: float = 20_000.5):
    numbers = {"n": 4, "nulls": 0, "mean": mean, "sd": 2.0, "low": -1.0, "high": mean + 1}
    against = {"pairs": 4, "baseline_mean": 1.0, "policy_mean": 2.0, "difference": 1.0, "difference_low": 0.5,
               "difference_high": 1.5, "correlation": 0.5, "smallest_detectable": 0.7}  # fmt: skip
    first = dict.fromkeys(against)
    return {"policy": policy, "year": year, "dimension": dimension, "value": value, "kpi": kpi, **numbers,
            **(first if policy == "base" else against)}  # fmt: skip


def results(policies: tuple[str, ...] = ("base", "more"), years: int = 12) -> ResultsData:
    ids = ["wait_days_mean", "occupancy_mean", "net_cost_nok_per_year", "follow_up_declined_share"]
    rows = [summary_row(policy, kpi, year) for policy in policies for kpi in ids for year in range(years + 1)]
    rows += [summary_row(policy, "wait_ending_share", 0, "cause", "housed", 0.7) for policy in policies]
    if len(policies) == 1:
        rows = [{key: row[key] for key in list(row)[:11]} for row in rows]
    run: dict[str, Any] = {
        "policies": [
            {"name": name, "label": {"nb": f"{name} <b>", "en": f"{name} <i>"}, "question": {"nb": "", "en": ""},
             "hash": "x", "inputs": {"a.yaml": "0" * 64}} for name in policies
        ],
        "data": "assumed", "seed": 1, "replications": 4, "asked": 4, "ending": "complete", "years": 0.2,
        "command": "run <script>alert(1)</script>", "versions": {"python": "3.11"},
    }  # fmt: skip
    assumption = {"id": "stay", "label": {"nb": "Botid", "en": "Stay"}, "value": "2.5 years", "range": "[1 years, 4 years]",
                  "kind": "uncertain", "source": "assumption", "note": "None <known>."}  # fmt: skip
    scenarios = {"base": {"groups.young": {"nb": "Unge", "en": "Young people"}}}
    texts = json.loads(json.dumps({"kpis": kpi_texts(), "assumptions": [assumption], "scenarios": scenarios}))
    return ResultsData(run, texts, {}, rows)


class Reader(HTMLParser):
    """Notes headings, tables and what is open."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.headings: list[int] = []
        self.heads_without_scope = 0
        self.tables = 0
        self.captions = 0
        self.lang: str | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        named = dict(attrs)
        if tag not in ("meta", "br", "link"):
            self.open.append(tag)
        if re.fullmatch("h[1-6]", tag):
            self.headings.append(int(tag[1]))
        self.heads_without_scope += tag == "th" and named.get("scope") not in ("col", "row")
        self.tables += tag == "table"
        self.captions += tag == "caption"
        if tag == "html":
            self.lang = named.get("lang")
        assert tag not in ("script", "img", "link", "iframe"), tag

    def handle_endtag(self, tag: str) -> None:
        # HTML lets a cell and a row end with the one after it.
        while tag not in ("td", "tr") and self.open[-1] in ("td", "tr"):
            self.open.pop()
        assert self.open.pop() == tag


@pytest.mark.parametrize("lang", ["nb", "en"])
@pytest.mark.parametrize("policies", [("base",), ("base", "more"), ("base", "more", "other")])
def test_structure(policies: tuple[str, ...], lang: str) -> None:
    reader = Reader()
    reader.feed(page(results(policies), lang))
    reader.close()
    assert reader.open == []
    assert reader.lang == lang
    assert reader.headings[0] == 1
    assert reader.headings.count(1) == 1
    assert all(after <= before + 1 for before, after in zip(reader.headings, reader.headings[1:], strict=False))
    assert reader.tables == reader.captions > 0
    assert reader.heads_without_scope == 0


def test_a_comparison_in_norwegian() -> None:
    text = page(results())
    assert "<title>Boligtrapp: more &lt;b&gt; mot base &lt;b&gt;</title>" in text
    assert "Slik sluttet ventingen for nye husstander: fikk bolig 70,0" in text
    assert "Bare 4 replikasjoner: tallene er svært usikre." in text
    assert "lengre: mellom 0,5 og 1,5 dager (svært usikkert)" in text
    assert "Ingen spørsmål er oppgitt." in text
    assert "Timer beboer takket nei til" in text
    assert "0,2 år" in text
    assert "2,5 år" in text
    assert "1 til 4 år" in text
    assert "usikkert" in text
    assert "None &lt;known&gt;." in text
    assert "<script>" not in text
    told = text[text.index("<body>") :]
    for jargon in ("sensurert", "periodetabell", "(tau)", "Intet ", "Slag", "uncertain", "0.2", " 1 replikasjoner"):
        assert jargon not in told, jargon


def test_one_scenario_is_told_with_cut_intervals() -> None:
    text = page(results(("base",)))
    assert f"0 til 20{THIN}002" in text
    assert WORDS["nb"]["cut"] in text
    assert WORDS["nb"]["points"] not in text


def test_long_horizons_fit_the_sheet() -> None:
    text = page(results(("base",), years=12))
    assert "år 1 til 6</caption>" in text
    assert "år 7 til 12</caption>" in text
    assert "år 1" not in page(results(("base",), years=10))


def test_both_languages_have_all_words() -> None:
    assert WORDS["nb"].keys() == WORDS["en"].keys()


NAMES = {
    "groups.young": {"nb": "Unge", "en": "Young people"},
    "schemes.velferd": {"nb": "Velferdsbolig", "en": "Welfare dwelling"},
}


@pytest.mark.parametrize(
    ("text", "nb", "en"),
    [
        ("112", "112", "112"),
        ("[0.5 years, 2 years]", "0,5 til 2 år", "0.5 to 2 years"),
        ("[805 hours per week, 1610 hours per week]", "805 til 1610 timer per uke", "805 to 1,610 hours per week"),
        ("[1 year, 4 years]", "1 til 4 år", "1 year to 4 years"),
        ("uniform: [2.5 days, 9.5 days]", "jevnt fordelt: 2,5 til 9,5 dager", "uniformly distributed: 2.5 to 9.5 days"),
        ("[5 %, 25 %]", "5 til 25 %", "5 to 25 %"),
        ("3.2 million NOK", "3,2 millioner kroner", "3.2 million NOK"),
        ("80 000 NOK per year", f"80{THIN}000 kroner per år", "80,000 NOK per year"),
        ("2026-03-01", "2026-03-01", "2026-03-01"),
        ("young: 12.5 %, velferd: {1: 3 %}", "Unge: 12,5 %, Velferdsbolig: (1: 3 %)",
         "Young people: 12.5 %, Welfare dwelling: (1: 3 %)"),
        ("lognormal: {mean: 40 days, sd: 7 days}", "lognormalfordelt: (gjennomsnitt: 40 dager, standardavvik: 7 dager)",
         "lognormally distributed: (mean: 40 days, standard deviation: 7 days)"),
        ("exponential: 1 year", "eksponentialfordelt, gjennomsnitt 1 år", "exponentially distributed, mean 1 year"),
        ("with_others: 3 %", "bor hos andre: 3 %", "with others: 3 %"),
    ],
)  # fmt: skip
def test_values_of_parameters_in_words(text: str, nb: str, en: str) -> None:
    assert value_text(text, NAMES, "nb").replace("\N{NO-BREAK SPACE}", " ") == nb
    assert value_text(text, NAMES, "en").replace("\N{NO-BREAK SPACE}", " ") == en
