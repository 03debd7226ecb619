"""The stored JSON Schemas: what the program prints now, fit for every file that is shipped, and unfit for broken ones.

Validated by jsonschema, which knows nothing of pydantic. Renew the stored ones by `python run_sim.py schema --out schema`.
"""

import datetime
import json
import re
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft7Validator
from typer.testing import CliRunner

from rules.reading import plain, read_yaml
from rules.ruleset.merge import ACCEPTED_NAME, CASES_SUFFIX, PROOFS_SUFFIX
from sim.cli.app import app

ROOT = Path(__file__).parents[1]
STORED = ROOT / "schema"
MODELINE = re.compile(r"^# yaml-language-server: \$schema=(\S+)$", re.MULTILINE)
SHIPPED = [
    file
    for place in ("scenarios/**/", "rules/**/", "sim/scenario/", "benchmarks/core", "tests/validation/[rs]*/")
    for file in sorted(ROOT.glob(f"{place}*.yaml"))
] + [ROOT / "regressions.yaml"]
BROKEN = {
    # File of tests/bad_yaml: kind of file, keys that lead to the mistake, word of JSON Schema that it offends.
    "rules/misspelt_section.yaml": ("ruleset", (), "additionalProperties"),
    "rules/misspelt_key.yaml": ("ruleset", ("eligibility", "ADULT"), "additionalProperties"),
    "rules/small_letters_in_id.yaml": ("ruleset", ("eligibility",), "additionalProperties"),
    "rules/no_condition.yaml": ("ruleset", ("eligibility", "ADULT"), "required"),
    "rules/one_language.yaml": ("ruleset", ("eligibility", "ADULT", "ground"), "required"),
    "rules/unknown_outcome.yaml": ("ruleset", ("offers", "declined", 0, "outcome"), "enum"),
    "rules/not_a_map.yaml": ("ruleset", (), "type"),
    "scenario/policy_without_extends.yaml": ("policy", (), "required"),
    "scenario/parameter_of_unknown_kind.yaml": ("scenario", ("parameters", "stay", "kind"), "enum"),
    "policy/extends_list.yaml": ("policy", ("extends",), "type"),
}


def written(value: Any) -> Any:
    """Give a file as an editor's YAML reader does: keys and dates are text."""
    if isinstance(value, dict):
        return {str(key): written(of) for key, of in value.items()}
    if isinstance(value, list):
        return [written(of) for of in value]
    return value.isoformat() if isinstance(value, datetime.date) else value


def kind_of(file: Path, content: Any) -> str:
    """Tell from its name, its folder and its first keys which schema a file is meant for."""
    if file.name.endswith(CASES_SUFFIX):
        return "cases"
    if file.name.endswith(PROOFS_SUFFIX):
        return "properties"
    if file.name == ACCEPTED_NAME:
        return "accepted"
    if file.name == "sources.yaml":
        return "sources"
    if file.parent.name == "parameters":
        return "parameters"
    if "extends" in content:
        return "policy"
    if "guards" in content:
        return "regressions"
    return "scenario" if "scenario" in content else "ruleset"


@cache
def validator(kind: str) -> Draft7Validator:
    schema = json.loads((STORED / f"{kind}.json").read_text("utf-8"))
    Draft7Validator.check_schema(schema)
    return Draft7Validator(schema)


def test_the_stored_schemas_are_the_generated_ones() -> None:
    generated = json.loads(CliRunner().invoke(app, ["schema"]).stdout)
    assert {file.stem for file in STORED.iterdir()} == set(generated)
    for kind, schema in generated.items():
        assert json.loads((STORED / f"{kind}.json").read_text("utf-8")) == schema, f"{kind}.json: write the schemas anew"


@pytest.mark.parametrize("file", SHIPPED, ids=lambda file: file.relative_to(ROOT).as_posix())
def test_shipped_files_are_valid(file: Path) -> None:
    content = written(plain(read_yaml(file)))
    kind = kind_of(file, content)
    assert [f"{error.json_path}: {error.message}" for error in validator(kind).iter_errors(content)] == []
    modeline = MODELINE.search(file.read_text("utf-8"))
    if modeline is not None:
        assert (file.parent / modeline[1]).resolve() == STORED / f"{kind}.json"


@pytest.mark.parametrize("folder", ["scenarios", "rules"])
def test_editors_are_told_where_the_schema_is(folder: str) -> None:
    untold = [file for file in (ROOT / folder).rglob("*.yaml") if not MODELINE.search(file.read_text("utf-8"))]
    assert untold == []


def test_every_modeline_of_the_project_leads_to_a_schema() -> None:
    files = [file for folder in ("benchmarks", "rules", "scenarios", "sim", "tests") for file in (ROOT / folder).rglob("*.yaml")]
    told = {file: MODELINE.findall(file.read_text("utf-8", errors="replace")) for file in files}
    lost = [(file, address) for file, addresses in told.items() for address in addresses if not (file.parent / address).is_file()]
    assert any(told.values()) and lost == []


@pytest.mark.parametrize("name", BROKEN)
def test_broken_files_are_refused_at_the_mistake(name: str) -> None:
    kind, path, word = BROKEN[name]
    content = written(plain(read_yaml(ROOT / "tests" / "bad_yaml" / name)))
    errors = [deep for error in validator(kind).iter_errors(content) for deep in leaves(error)]
    assert (path, word) in [(tuple(error.absolute_path), error.validator) for error in errors]


def leaves(error: Any) -> list[Any]:
    """Give an error, or what is wrong with each of the alternatives that it offers."""
    return [deep for inner in error.context for deep in leaves(inner)] if error.context else [error]


def changed(**sections: Any) -> dict[str, Any]:
    """Give the scenario that the broken files extend, with other sections."""
    content = written(plain(read_yaml(ROOT / "tests" / "bad_yaml" / "scenario" / "base.yaml")))
    assert validator("scenario").is_valid(content)
    return {**content, **sections}


@pytest.mark.parametrize(
    "sections",
    [
        {"exit": {}},
        {"horizon": ["5 years"]},
        {"rules": {"file": "rules.yaml"}},
        {"parameters": 3},
        {"sites": [{"type": "home"}]},
        {"needs": {"transitions": {"worse": {"to": 2}}}},
        {"needs": {"transitions": {"worse": {"to": {}, "after": "1 year"}}}},
        {"needs": {"transitions": {"worse": {"to": 2, "after": {"exponental": "1 year"}}}}},
        {"needs": {"transitions": {"worse": {"to": 2, "after": {"weibull": {"mean": "1 year"}}}}}},
        {"needs": {"transitions": {"worse": {"from": {"need": "one"}, "to": 2, "after": "1 year"}}}},
        {"needs": {"transitions": {"worse": {"from": {"needs": 1}, "to": 2, "after": "1 year"}}}},
        {"exits": {"transitions": {"leave": {"after": "1 year", "destination": "moon"}}}},
        {"returns": {"share": "5 %", "after": "1 year", "need": "kept"}},
        {"projects": [{"id": "a", "type": "home", "dwellings": 2, "start": "2026-01-01", "phases": {"a": {"last": "1 year"}}}]},
    ],
    ids=str,
)
def test_mistakes_in_a_scenario_are_refused(sections: dict[str, Any]) -> None:
    assert not validator("scenario").is_valid(changed(**sections))


@pytest.mark.parametrize(
    "sections",
    [
        {"rules": ["rules.yaml", "more"]},
        {"parameters": ["a.yaml", "b.yaml"]},
        {"parameters": "a.yaml"},
        {"needs": {"transitions": {"w": {"from": {"need": [1, 2]}, "to": {"2": "50 %", "exit": "50 %"}, "after": "1 year"}}}},
        {"needs": {"transitions": {"w": {"to": "omsorg 4", "after": {"uniform": ["1 year", "$longest"]}}}}},
        {"returns": {"share": "5 %", "after": {"exponential": "$stay"}, "need": {"only": {"1": "100 %"}}}},
        {"projects": [{"id": "a", "type": "home", "dwellings": 2, "start": "2026-01-01",
                       "phases": {"plan": {"fixed": "1 year"}, "build": {"lasts": "2 years", "share": "50 %"}}}]},
    ],
    ids=str,
)  # fmt: skip
def test_every_way_of_writing_is_accepted(sections: dict[str, Any]) -> None:
    assert [error.message for error in validator("scenario").iter_errors(changed(**sections))] == []
