"""The files of scenarios/: they load, fast, the stock adds up, and every number has its card."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from rules.reading import Mapping, Scalar, plain, read_yaml
from sim.scenario import check_scenario, load_comparison, load_scenario
from sim.world.blueprint import ByNeed

FOLDER = Path(__file__).parents[3] / "scenarios"
BAERUM = FOLDER / "baerum.yaml"
POLICIES = sorted(path for path in FOLDER.glob("*.yaml") if "extends:" in path.read_text(encoding="utf-8"))


def test_it_loads_in_time() -> None:
    begun = time.process_time()
    load_scenario(BAERUM)
    assert time.process_time() - begun < 1.5


def test_the_stock_is_that_of_the_source() -> None:
    _, summary = check_scenario(BAERUM)
    stock = summary["stock"]
    assert list(stock) == ["velferdsbolig", "omsorgsbolig"]
    assert sum(stock["velferdsbolig"].values()) == 1070
    assert sum(stock["omsorgsbolig"].values()) == 130
    assert all(list(steps) == ["1", "2", "3", "4", "5"] for steps in stock.values())
    assert stock["velferdsbolig"]["4"] == 2 * 4
    assert stock["velferdsbolig"]["3"] == 0, "the modular houses are projects, outside the 1 070"


def test_the_three_modular_plots_are_projects() -> None:
    projects = load_scenario(BAERUM).blueprint.mechanisms["projects"].root
    assert [(p.type, p.dwellings, p.base.units) for p in projects] == [("modulhus", 4, 1)] * 3


def test_nothing_is_left_to_say_of_the_parameters() -> None:
    findings, summary = check_scenario(BAERUM)
    assert [finding.render() for finding in findings] == []
    assert summary["assumptions"] > summary["sourced"] > 20


def test_every_number_stands_in_a_parameter() -> None:
    """Outside types, fields of groups, cut points, steps and bounds of households and start dates there is no number."""
    free = {"schemes", "types", "marks", "risk_factors", "start", "horizon", "parameters", "money.price_year", "services.refresh"}
    free |= {"systems"}  # each of them names its source there
    free |= {f"groups.{name}.fields" for name in load_scenario(BAERUM).blueprint.groups}
    found = []

    def walk(node: object, path: str) -> None:
        if path in free or path.endswith((".need", ".to", ".ranks", ".adds", ".within")):
            return
        if isinstance(node, Mapping):
            for key, entry in node.entries.items():
                walk(entry.node, f"{path}.{key}".lstrip("."))
        elif isinstance(node, Scalar):
            if isinstance(node.value, int | float) and not isinstance(node.value, bool):
                found.append((path, node.text))
        else:
            for item in node.items:  # type: ignore[attr-defined]
                walk(item, path)

    walk(read_yaml(BAERUM), "")
    assert found == []


def test_every_parameter_has_all_its_parts() -> None:
    for file in sorted((FOLDER / "parameters").glob("*.yaml")):
        for name, card in plain(read_yaml(file)).items():
            missing = {"label", "value", "kind", "source"} - set(card)
            assert not missing, f"{file.name}: {name}"
            assert card["note"] or card["source"] != "assumption", f"{file.name}: {name} says nothing of where it comes from"


def test_marks_cover_every_need_that_can_be_reached() -> None:
    blueprint = load_scenario(BAERUM).blueprint
    marks = blueprint.groups["both"].fields["conflict"]
    assert isinstance(marks, ByNeed)
    assert {(t.scheme, t.rank) for t in blueprint.types.values() if t.ladder} <= set(marks.shares)


@pytest.mark.parametrize("path", POLICIES, ids=lambda path: path.stem)
def test_a_policy_is_short_and_asks_a_question(path: Path) -> None:
    scenario = load_scenario(path)
    assert scenario.policy is not None
    assert scenario.name == path.stem
    assert all(scenario.question[lang].endswith("?") for lang in ("nb", "en"))
    lines = [line for line in path.read_text(encoding="utf-8").splitlines() if line.strip() and not line.startswith("#")]
    assert len(lines) <= 24
    assert all((FOLDER / name).is_file() for name in scenario.policy.equal_cost)


def test_all_policies_can_be_compared_with_today() -> None:
    scenarios = load_comparison(BAERUM, POLICIES)
    assert len(scenarios) == len(POLICIES) + 1 >= 8
    assert len({scenario.blueprint.bins for scenario in scenarios.values()}) == 1
