"""The page on small units says what its kept figures say, and its commands can be read."""

import json
from pathlib import Path
from typing import Any

import pytest
from scripts import script

from sim.scenario import load_comparison

ROOT = Path(__file__).parents[1]


@pytest.fixture(scope="module")
def renew() -> Any:
    return script(ROOT / "docs" / "small-units" / "renew.py")


def test_the_page_is_written_from_the_figures(renew: Any) -> None:
    figures = json.loads(renew.FIGURES.read_text(encoding="utf-8"))
    assert renew.page(figures) == renew.PAGE.read_text(encoding="utf-8"), "run python docs/small-units/renew.py --page"


def test_other_figures_make_another_page(renew: Any) -> None:
    figures = json.loads(renew.FIGURES.read_text(encoding="utf-8"))
    figures["compared"]["policies"]["houses-4"]["below_need_share"]["difference"] += 0.01
    assert renew.page(figures) != renew.PAGE.read_text(encoding="utf-8")


def test_the_page_says_when_its_figures_were_made_or_that_they_are_old(renew: Any) -> None:
    figures = json.loads(renew.FIGURES.read_text(encoding="utf-8"))
    beside = {f"beside {kpi}": figures[f"turning {kpi}"] for kpi in renew.MEASURES[:2]}
    new = renew.page({**figures, **beside, "day": "2031-05-06"})
    assert "The figures were made on 2031-05-06." in new and "older than the scenario" not in new and "Not run yet" not in new
    figures.pop("day", None)
    assert "older than the scenario" in renew.page(figures)


def test_what_it_runs_can_be_loaded(renew: Any) -> None:
    files = [ROOT / word for word in renew.commands(renew.FULL)["compared"] if word.endswith(".yaml")]
    found = load_comparison(files[0], files[1:])
    unknown = {of.id: of for of in next(iter(found.values())).assumptions}
    assert {"houses-2", "houses-4", "houses-8", "housing-first-same-money"} <= set(found)
    assert all(unknown[name].range for name in renew.UNKNOWN)
