"""Every policy that builds names what else the same money gives, and is named by it."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from rules.reading import plain, read_yaml

FOLDER = Path(__file__).parents[1] / "scenarios"


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
