"""Schema and loader agree: what the schema of a kind of file can see is refused by both, and in the same place.

The loader refuses every file of tests/bad_yaml (test_bad_yaml.py), and jsonschema, which knows nothing of our code, says what the
stored schema sees. What follows from names, from the types of expressions, from sums, dates or other files, no schema sees.
"""

import datetime
import json
import re
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft7Validator

from rules.reading import InputError, Node, at, plain, read_yaml

ROOT = Path(__file__).parents[1]
ZOO = ROOT / "tests" / "bad_yaml"
MODELINE = re.compile(r"^# yaml-language-server: \$schema=(\S+)$", re.MULTILINE)

#: Mistakes in rules that show without knowing any name or type: an editor must see them as they are typed.
SEEN = [
    "misspelt_section", "misspelt_key", "small_letters_in_id", "no_condition", "one_language", "unknown_outcome",
    "not_a_map", "unknown_status", "unknown_lottery", "field_without_source", "field_without_label", "type_unknown",
    "entity_unknown", "unit_unknown", "unknown_event", "state_unknown", "two_sources", "enum_without_values", "value_twice",
    "yes_no_with_range", "time_without_unit", "period_of_nothing", "period_in_words", "count_as_yes_no", "dunder_field",
    "keyword_field", "norwegian_letter_field", "name_of_the_language", "table_unknown_hit", "table_without_rows",
    "loose_legal_base", "two_criteria_in_one", "amount_without_value", "quota_both_ways", "exception_without_condition",
    "exclusion_without_period", "cap_of_a_lottery",
]  # fmt: skip


@cache
def validator(kind: str) -> Draft7Validator:
    return Draft7Validator(json.loads((ROOT / "schema" / f"{kind}.json").read_text("utf-8")))


def written(value: Any) -> Any:
    """Give a file as an editor's YAML reader does: keys and dates are text."""
    if isinstance(value, dict):
        return {str(key): written(of) for key, of in value.items()}
    if isinstance(value, list):
        return [written(of) for of in value]
    return value.isoformat() if isinstance(value, datetime.date) else value


def kind_of(folder: str, content: Any) -> str:
    if folder == "rules":
        return "ruleset"
    return "policy" if isinstance(content, dict) and {"extends", "changes"} & content.keys() else "scenario"


def leaves(error: Any) -> list[Any]:
    """Give an error, or what is wrong with each of the alternatives that it offers."""
    return [error, *(deep for inner in error.context for deep in leaves(inner))]


def animals() -> list[tuple[str, str]]:
    return [
        (folder, name)
        for folder in ("rules", "scenario", "policy")
        for name in plain(read_yaml(ZOO / folder / "expected.yaml"))
        if (ZOO / folder / name).is_file()
    ]


def seen(folder: str, name: str) -> tuple[Node, list[Any]] | None:
    """Give what the schema says of a broken file; None when it is no YAML of ours."""
    try:
        node = read_yaml(ZOO / folder / name)
    except InputError:
        return None
    content = written(plain(node))
    errors = validator(kind_of(folder, content)).iter_errors(content)
    return node, [deep for error in errors for deep in leaves(error)]


@pytest.mark.parametrize("name", SEEN)
def test_what_a_schema_can_see_it_sees(name: str) -> None:
    found = seen("rules", f"{name}.yaml")
    assert found is not None and found[1] != []


@pytest.mark.parametrize(("folder", "name"), animals(), ids=lambda of: of.removesuffix(".yaml"))
def test_where_the_schema_sees_a_mistake_the_loader_points_to_the_same_place(folder: str, name: str) -> None:
    line = plain(read_yaml(ZOO / folder / "expected.yaml"))[name].get("line")
    found = seen(folder, name)
    if found is None or not found[1] or line is None:
        return
    node, errors = found
    spans = [span(node, list(error.absolute_path)) for error in errors]
    assert any(first <= line <= last for first, last in spans), (line, spans)


def span(node: Node, path: list[str | int]) -> tuple[int, int]:
    """Give the first and the last line of what a path leads to."""
    found: Node = node
    place = node.place
    for step in path:
        entries = getattr(found, "entries", None)
        if entries is not None and str(step) in entries:
            place = entries[str(step)].key_place
        elif entries is not None:
            break
        found = at(found, (step,))
    return place.line, last_line(found)


def last_line(node: Node) -> int:
    inner = [entry.node for entry in getattr(node, "entries", {}).values()] or list(getattr(node, "items", ()))
    return max([node.place.line, *(last_line(part) for part in inner)])


@pytest.mark.parametrize("folder", ["docs", "rules", "scenarios"])
def test_every_shipped_file_tells_editors_its_schema_and_is_valid(folder: str) -> None:
    files = sorted((ROOT / folder).rglob("*.yaml"))
    assert files
    for file in files:
        modeline = MODELINE.search(file.read_text("utf-8"))
        assert modeline, file
        address = (file.parent / modeline[1]).resolve()
        assert address.parent == ROOT / "schema" and address.is_file(), file
        content = written(plain(read_yaml(file)))
        assert [f"{file}: {error.json_path}: {error.message}" for error in validator(address.stem).iter_errors(content)] == []


def test_fields_and_tables_have_hover_texts_and_completion() -> None:
    parts = validator("ruleset").schema["definitions"]
    field, table = parts["WrittenField"], parts["WrittenTable"]
    basis = {"legal", "status", "note", "valid"}
    for part in (field, table):
        untold = [name for name, of in part["properties"].items() if name not in basis and not of.get("description")]
        assert part["description"] and untold == []
    assert "applicant" in field["properties"]["of"]["enum"] and "years" in field["properties"]["unit"]["enum"]
    events = json.dumps(field["properties"]["source"])
    assert '"moved_to_municipality"' in events and '"in_crisis"' in events


@pytest.mark.parametrize(
    ("field", "valid"),
    [
        ({"type": "int", "range": "0..9", "source": "stored"}, True),
        ({"type": "int", "range": "-5..9", "unit": "NOK", "may_be": "unknown", "source": "stored"}, True),
        ({"type": "yes/no", "source": {"within": {"event": "incident", "period": "40 days"}}}, True),
        ({"type": "one of", "values": ["a", "b"], "source": {"supplied": {"by": "world", "refresh": "1 week"}}}, True),
        ({"type": "int", "range": "0..9", "source": {"count": {"of": "members", "where": "member_age < 18"}}}, True),
        ({"type": "int", "range": "0..9", "unit": "months", "source": {"remaining": {"until": "lease_ends"}}}, True),
        ({"type": "int", "source": "stored"}, False),
        ({"type": "int", "range": "0 to 9", "source": "stored"}, False),
        ({"type": "yes/no", "range": "0..1", "source": "stored"}, False),
        ({"type": "int", "range": "0..9", "unit": "rooms", "source": {"elapsed": {"since": "born"}}}, False),
        ({"type": "yes/no", "source": {"within": {"event": "incident"}}}, False),
        ({"type": "yes/no", "source": {"elapsed": {"since": "born"}, "supplied": {"by": "world"}}}, False),
        ({"type": "int", "range": "0..9", "may_be": "absent", "source": "table"}, False),
    ],
    ids=str,
)
def test_the_schema_of_fields_and_the_loader_agree(field: dict[str, Any], valid: bool) -> None:
    from rules.language import read_fields
    from rules.reading import parse_yaml

    label = {"nb": "navn", "en": "name"}
    fields = {"thing": {"of": "applicant", "label": label, **field}}
    member = {"of": "member", "type": "int", "unit": "years", "range": "0..110", "source": {"elapsed": {"since": "born"}}}
    fields["member_age"] = {"label": label, **member}
    assert validator("ruleset").is_valid({"fields": fields}) == valid
    try:
        read_fields(parse_yaml(json.dumps(fields), "fields.yaml"))
        loaded = True
    except InputError:
        loaded = False
    assert loaded == valid
