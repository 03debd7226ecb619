"""The tables of `run` and `compare`: in the words of the report, with the plural and the decimal mark of the language."""

import io
from collections.abc import Mapping
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from sim.cli.figures import kpi_texts
from sim.cli.study import Study
from sim.cli.summary import Row, summary
from sim.cli.terminal import show_comparison, show_run
from sim.experiment import Key, Sample
from sim.report import page, verdict
from sim.results import ResultsData

WAIT, EVICTIONS = "wait_days_mean", "evictions_per_year"


def sample(waits: list[float], evictions: list[float]) -> Sample:
    made = Sample()
    for wait, evicted in zip(waits, evictions, strict=True):
        made.add(
            [
                (0, "all", "all", WAIT, wait),
                (0, "all", "all", EVICTIONS, evicted),
                (0, "cause", "housed", "wait_ending_share", 0.75),
            ]
        )
    return made


def study(samples: Mapping[str, Sample], years: float = 10.0) -> Study:
    count = len(next(iter(samples.values())).numbers(Key(0, "all", "all", WAIT)))
    scenarios: dict[str, Any] = {
        name: SimpleNamespace(
            name=name, title={"nb": name.title(), "en": name.title()}, question={"nb": "Hva da?", "en": "What then?"}
        )
        for name in samples
    }
    policies = [
        {"name": name, "label": of.title, "question": of.question, "hash": "", "inputs": {}} for name, of in scenarios.items()
    ]
    run = {"replications": count, "asked": count, "years": years, "seed": 7, "data": "assumed", "policies": policies,
           "ending": "complete", "command": "run", "versions": {}}  # fmt: skip
    texts = {"kpis": kpi_texts(), "assumptions": [], "scenarios": {}}
    outcome: Any = SimpleNamespace(finished=tuple(range(1, count + 1)), asked=count)
    return Study(scenarios, samples, outcome, summary(samples), run, texts, Path("x"))


def printed(of: Study, lang: str) -> str:
    stream = io.StringIO()
    (show_run if len(of.scenarios) == 1 else show_comparison)(of, lang, stream)
    return stream.getvalue()


@pytest.mark.parametrize(
    ("lang", "title", "few"),
    [
        ("nb", "Today: 1 replikasjon, 0,2 år, frø 7", "Bare 1 replikasjon: tallene er svært usikre."),
        ("en", "Today: 1 replication, 0.2 years, seed 7", "Only 1 replication: the figures are very uncertain."),
    ],
)
def test_one_replication_of_a_part_of_a_year(lang: str, title: str, few: str) -> None:
    text = printed(study({"today": sample([300.0], [1.0])}, 0.2), lang)
    assert text.startswith(title)
    assert few in text


def test_a_rare_event_has_no_negative_interval() -> None:
    text = printed(study({"today": sample([300.0, 310.0, 305.0], [0.0, 0.0, 1.0])}), "nb")
    (line,) = (line for line in text.splitlines() if line.startswith("Utkastelser"))
    assert line.split("  ")[-1].strip() == "0,0 til 1,8"
    assert "vises ikke under 0" in text
    assert "fikk bolig 75,0" in text


def test_the_page_and_the_table_say_the_same_of_a_difference() -> None:
    waits = [300.0 + k for k in range(12)]
    of = study({"today": sample(waits, [0.0] * 12), "then": sample([wait - 20 - k for k, wait in enumerate(waits)], [0.0] * 12)})
    rows: list[Row] = [row for row in of.summary if row["policy"] == "then" and row["dimension"] == "all"]
    said = [verdict(row, kpi_texts()[str(row["kpi"])], "nb") for row in rows]
    assert said[0].startswith("kortere: mellom ")
    assert said[1] == "nøyaktig ingen forskjell"
    text, html = printed(of, "nb"), page(ResultsData(of.run, of.texts, {}, of.summary), "nb")
    assert all(words in text and words in html for words in said)
    assert "svært usikker" not in text
    assert "svært usikker" not in html
    assert text.count("av tjue mål") + text.count("Av tjue mål") == 1
