"""Every policy that builds names what else the same money gives, and is named by it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from scripts import script

from rules.reading import plain, read_yaml

ROOT = Path(__file__).parents[1]
FOLDER = ROOT / "scenarios"


@pytest.fixture(scope="module")
def policies() -> dict[str, Any]:
    """Every policy as it is written, by name."""
    found = {path.stem: plain(read_yaml(path)) for path in sorted(FOLDER.glob("*.yaml"))}
    return {name: written for name, written in found.items() if "extends" in written}


def test_what_builds_names_something_of_the_same_cost(policies: dict[str, Any]) -> None:
    building = {name for name, written in policies.items() if _builds(written["changes"])}
    assert {"new-tun", "four-more-firemannsboliger", "rehabilitate-large-complexes", "more-acute-beds"} <= building
    assert not {"need-first", "more-hours-same-money", "early-dialogue"} & building
    assert {name for name in building if not policies[name].get("equal_cost")} == set()


def _builds(changes: Mapping[str, Any]) -> bool:
    """Say whether a policy adds homes, or rebuilds them, or adds places or beds."""
    homes = any("add" in changes.get(section, {}) for section in ("sites", "projects"))
    return homes or "acute_beds" in changes or any("places" in of for of in changes.get("programmes", {}).values())


def test_there_are_enough_policies_and_each_says_what_it_asks(policies: dict[str, Any]) -> None:
    decisions = [of for of in policies.values() if of.get("kind", "decision") == "decision" and of["changes"]]
    assert len(decisions) >= 14
    assert len({of["question"][lang] for of in decisions for lang in ("nb", "en")}) == 2 * len(decisions)


def test_who_names_another_is_named_by_it(policies: dict[str, Any]) -> None:
    pairs = {(name, file.removesuffix(".yaml")) for name, of in policies.items() for file in of.get("equal_cost", ())}
    assert {(other, name) for name, other in pairs} == pairs


@pytest.fixture(scope="module")
def same_money() -> ModuleType:
    """The script that measures."""
    return script(ROOT / "docs" / "model" / "same_money.py")


def test_what_is_called_the_same_money_was_measured_to_be(same_money: ModuleType) -> None:
    figures = json.loads(same_money.FIGURES.read_text("utf-8"))
    assert figures["written"] == same_money.stamps(), "policies have changed: run python docs/model/same_money.py"
    cost = {name: of["difference"] for name, of in figures["policies"].items()}
    apart = {
        (one, other) for one, other in same_money.pairs(same_money.declared()) if not same_money.alike(cost[one], cost[other])
    }
    assert apart == set()
    assert same_money.PAGE.read_text("utf-8") == same_money.page(figures)


def test_costs_six_per_cent_apart_are_not_called_the_same(same_money: ModuleType) -> None:
    assert same_money.alike(100.0, 95.1) and not same_money.alike(100.0, 94.0)
