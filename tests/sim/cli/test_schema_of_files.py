"""The schemas that `schema` prints accept what the program accepts, and refuse a misspelt key."""

import datetime
import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from typer.testing import CliRunner

from rules.reading import plain, read_yaml
from sim.cli.app import app
from sim.cli.written_schema import as_written

ROOT = Path(__file__).parents[3]


def written(value: Any) -> Any:
    """Give a file as an editor's YAML reader does: keys and dates are text."""
    if isinstance(value, dict):
        return {str(key): written(of) for key, of in value.items()}
    if isinstance(value, list):
        return [written(of) for of in value]
    return value.isoformat() if isinstance(value, datetime.date) else value


@pytest.fixture(scope="module")
def schemas() -> dict[str, Any]:
    return json.loads(CliRunner().invoke(app, ["schema"]).stdout)


def test_they_are_draft_07(schemas: dict[str, Any]) -> None:
    assert list(schemas) == ["scenario", "policy", "ruleset"]
    for schema in schemas.values():
        jsonschema.Draft7Validator.check_schema(schema)
        assert schema["$schema"] == "http://json-schema.org/draft-07/schema#"


@pytest.mark.parametrize("file", sorted((ROOT / "rules" / "baerum").glob("*.yaml")), ids=lambda file: file.stem)
def test_rules_are_accepted(schemas: dict[str, Any], file: Path) -> None:
    if file.name.endswith(".test.yaml"):
        return
    # One topic a file: the keys that every rule set must have stand in one of them.
    schema = {key: of for key, of in schemas["ruleset"].items() if key != "required"}
    jsonschema.validate(written(plain(read_yaml(file))), schema, jsonschema.Draft7Validator)


def test_a_misspelt_key_is_refused(schemas: dict[str, Any]) -> None:
    scenario = {"scenario": "a", "schemes": {"s": {}}}
    validator = jsonschema.Draft7Validator(schemas["scenario"])
    assert validator.is_valid(scenario)
    assert not validator.is_valid({**scenario, "horizn": "3 years"})


def test_references_and_yes_no() -> None:
    schema = {
        "properties": {"n": {"type": "integer", "title": "N"}, "b": {"$ref": "#/definitions/B"}},
        "definitions": {"B": {"properties": {"open": {"type": "boolean"}}}},
    }
    scenario = jsonschema.Draft7Validator(as_written(schema, references=True))
    assert scenario.is_valid({"n": 3, "b": {"open": "yes"}})
    assert scenario.is_valid({"n": "$homes", "b": {"open": "$opens"}})
    assert not scenario.is_valid({"n": "homes"})
    assert not scenario.is_valid({"b": {"open": "perhaps"}})
    assert not jsonschema.Draft7Validator(as_written(schema, references=False)).is_valid({"n": "$homes"})
