"""Whatever stands anywhere in a scenario or a policy, its author gets findings with places, never a traceback."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path
from typing import Any

import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from rules.reading import InputError
from sim.scenario import check_scenario, load_scenario

ZOO = Path(__file__).parents[2] / "bad_yaml" / "scenario"
BASE: Any = yaml.load((ZOO / "base.yaml").read_text(encoding="utf-8"), Loader=yaml.BaseLoader)
POLICY: Any = {
    "extends": "base.yaml",
    "name": "p",
    "question": {"nb": "Hva?", "en": "What?"},
    "policy_from": "2027-01-01",
    "changes": {
        "sites": {"add": [{"id": "c", "type": "home"}]},
        "projects": {"add": [{"id": "d", "type": "home", "dwellings": "2"}]},
        "parameters": {"hours": {"value": "50 hours per week"}},
        "rules": {"matching": {"RANK": {"requires": "assessed_rank <= home_rank"}}},
    },
}
ODD_TEXTS = ["", "x", "0", "-1", "1.5", "true", "2027-01-01", "100 %", "$stay", "+1", "30 days", "a < 1"]
ODD = st.sampled_from([*ODD_TEXTS, [], {}, ["x"], [{"id": "x"}], {"x": "1"}])


def paths(node: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    below = node.items() if isinstance(node, dict) else enumerate(node) if isinstance(node, list) else ()
    return [path, *(found for key, value in below for found in paths(value, (*path, key)))]


def replaced(node: Any, path: tuple[Any, ...], value: Any) -> Any:
    if not path:
        return value
    if isinstance(node, dict):
        return {key: replaced(item, path[1:], value) if key == path[0] else item for key, item in node.items()}
    return [replaced(item, path[1:], value) if key == path[0] else item for key, item in enumerate(node)]


def without_quotes(node: Any) -> str:
    if isinstance(node, dict):
        return "{" + ", ".join(f'"{key}": {without_quotes(value)}' for key, value in node.items()) + "}"
    if isinstance(node, list):
        return "[" + ", ".join(map(without_quotes, node)) + "]"
    return node if not set(node) & set(",{}[]:#") else f'"{node}"'


def try_to_load(folder: Path, name: str, tree: Any) -> None:
    (folder / "rules.yaml").write_text((ZOO / "rules.yaml").read_text(encoding="utf-8"), encoding="utf-8")
    file = folder / name
    file.write_text(without_quotes(tree), encoding="utf-8")
    try:
        load_scenario(file)
    except InputError as error:
        assert all(finding.place is not None for finding in error.findings)
        assert check_scenario(file)[0]


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(path=st.sampled_from(paths(BASE)[1:]), value=ODD)
def test_anything_in_a_scenario(tmp_path: Path, path: tuple[Any, ...], value: Any) -> None:
    try_to_load(tmp_path, "scenario.yaml", replaced(BASE, path, value))


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(path=st.sampled_from(paths(POLICY)[1:]), value=ODD)
def test_anything_in_a_policy(tmp_path: Path, path: tuple[Any, ...], value: Any) -> None:
    (tmp_path / "base.yaml").write_text((ZOO / "base.yaml").read_text(encoding="utf-8"), encoding="utf-8")
    try_to_load(tmp_path, "policy.yaml", replaced(POLICY, path, value))


def test_the_trees_load_as_they_are(tmp_path: Path) -> None:
    (tmp_path / "rules.yaml").write_text((ZOO / "rules.yaml").read_text(encoding="utf-8"), encoding="utf-8")
    (tmp_path / "base.yaml").write_text(without_quotes(BASE), encoding="utf-8")
    (tmp_path / "policy.yaml").write_text(without_quotes(POLICY), encoding="utf-8")
    bins = load_scenario(tmp_path / "policy.yaml").blueprint.bins
    assert all(low < high for low, high in pairwise(bins))
