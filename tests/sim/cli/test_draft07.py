"""A pydantic schema said in draft-07: valid, and accepting the same documents."""

from typing import Annotated, Literal

import jsonschema
import pytest
from pydantic import BaseModel, ConfigDict, Field, TypeAdapter

from sim.cli.draft07 import draft_07


class Leaf(BaseModel):
    """A leaf."""

    model_config = ConfigDict(extra="forbid")
    kind: Literal["leaf"]
    size: Annotated[int, Field(ge=0)]


class Branch(BaseModel):
    kind: Literal["branch"]
    parts: list["Leaf | Branch"] = []
    pair: tuple[int, str] = (1, "a")
    named: dict[str, Leaf] = {}
    one: Leaf | None = Field(default=None, description="beside a reference")


SCHEMA = draft_07(Branch.model_json_schema())


def test_it_is_a_draft_07_schema() -> None:
    jsonschema.Draft7Validator.check_schema(SCHEMA)
    assert SCHEMA["$schema"] == "http://json-schema.org/draft-07/schema#"
    assert "$defs" not in str(SCHEMA) and "prefixItems" not in str(SCHEMA)


@pytest.mark.parametrize(
    ("document", "valid"),
    [
        ({"kind": "branch"}, True),
        ({"kind": "branch", "parts": [{"kind": "leaf", "size": 2}, {"kind": "branch"}]}, True),
        ({"kind": "branch", "pair": [1, "b"], "named": {"a": {"kind": "leaf", "size": 0}}}, True),
        ({"kind": "branch", "pair": ["b", 1]}, False),
        ({"kind": "branch", "pair": [1, "b", 2]}, False),
        ({"kind": "branch", "parts": [{"kind": "leaf", "size": -1}]}, False),
        ({"kind": "branch", "one": {"kind": "leaf", "size": 1, "more": 1}}, False),
        ({"kind": "tree"}, False),
    ],
)
def test_it_accepts_the_same_documents(document: object, valid: bool) -> None:
    assert jsonschema.Draft7Validator(SCHEMA).is_valid(document) is valid


def test_what_stands_beside_a_reference_is_not_lost() -> None:
    schema = draft_07({"properties": {"a": {"$ref": "#/$defs/A", "description": "d"}}, "$defs": {"A": {"type": "string"}}})
    assert schema["properties"]["a"] == {"description": "d", "allOf": [{"$ref": "#/definitions/A"}]}


def test_a_property_may_have_the_name_of_a_keyword() -> None:
    schema = draft_07({"properties": {"items": {"type": "string"}, "$ref": {"type": "string"}}})
    assert schema["properties"] == {"items": {"type": "string"}, "$ref": {"type": "string"}}


def test_a_map_whose_names_have_a_pattern_refuses_others() -> None:
    names = Annotated[str, Field(pattern="^[a-z]+$")]
    validator = jsonschema.Draft7Validator(draft_07(TypeAdapter(dict[names, int]).json_schema()))
    assert validator.is_valid({"a": 1})
    assert not validator.is_valid({"A": 1})


def test_keys_that_go_together() -> None:
    assert draft_07({"dependentRequired": {"a": ["b"]}})["dependencies"] == {"a": ["b"]}
