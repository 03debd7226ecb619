"""The schemas that `schema` prints say what may be written: all keys of a file, yes and no, references to parameters."""

import json
from typing import Any

import jsonschema
import pytest
from typer.testing import CliRunner

from sim.cli.app import app
from sim.cli.schema import Kind
from sim.cli.written_schema import as_written


@pytest.fixture(scope="module")
def schemas() -> dict[str, Any]:
    return json.loads(CliRunner().invoke(app, ["schema"]).stdout)


def test_they_are_draft_07(schemas: dict[str, Any]) -> None:
    assert list(schemas) == list(Kind)
    for schema in schemas.values():
        jsonschema.Draft7Validator.check_schema(schema)
        assert schema["$schema"] == "http://json-schema.org/draft-07/schema#"


def test_a_file_of_a_rule_set_that_names_it_also_says_what_it_is_called(schemas: dict[str, Any]) -> None:
    validator = jsonschema.Draft7Validator(schemas["ruleset"])
    label = {"nb": "a", "en": "b"}
    assert validator.is_valid({"ruleset": "a", "label": label})
    assert validator.is_valid({"definitions": {"old": "age > 66"}}), "one topic of several"
    assert not validator.is_valid({"ruleset": "a"})
    assert not validator.is_valid({})


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
