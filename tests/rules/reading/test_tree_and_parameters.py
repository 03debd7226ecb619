from pathlib import Path

import pytest

from rules.reading import (
    InputError,
    Mapping,
    Node,
    Place,
    at,
    from_plain,
    parse_yaml,
    plain,
    resolve_extends,
    substitute,
)

TREE = parse_yaml("projects:\n  - {id: a, homes: [1, 2]}\n  - {id: b}\n", "f.yaml")


def table(text: str) -> dict[str, Node]:
    node = parse_yaml(text, "parameters.yaml")
    assert isinstance(node, Mapping)
    return {key: entry.node for key, entry in node.entries.items()}


def test_at_goes_by_key_index_and_id() -> None:
    assert plain(at(TREE, ("projects", "a", "homes", 1))) == 2
    assert plain(at(TREE, ("projects", 1))) == {"id": "b"}
    assert plain(at(TREE, ("projects", "0", "homes", "0"))) == 1
    assert at(TREE, ()) is TREE


@pytest.mark.parametrize(
    "path",
    [("projcts",), ("projects", "c"), ("projects", 2), ("projects", -1), ("projects", "a", "id", "x")],
)
def test_at_says_where_the_path_ends(path: tuple[str | int, ...]) -> None:
    with pytest.raises(InputError, match="there is no"):
        at(TREE, path)


def test_from_plain_and_plain_are_inverse() -> None:
    data = {"a": [1, 2.5, True, None, "x"], "b": {"c": []}}
    assert plain(from_plain(data, Place("--set", 1, 1, ""))) == data
    with pytest.raises(TypeError):
        from_plain({"a": object()}, Place("--set", 1, 1, ""))


def test_parameters_are_put_in_with_their_places_and_named() -> None:
    node, used = substitute(parse_yaml("a: [$x, {b: $deep}]\nc: '$x'\n", "f"), table("x: 4 years\ndeep: [$x]\nidle: 1"))
    assert plain(node) == {"a": ["4 years", {"b": ["4 years"]}], "c": "$x"}
    assert used == {"x", "deep"}
    assert at(node, ("a", 0)).place.file == "parameters.yaml"


def test_every_unknown_parameter_is_told() -> None:
    with pytest.raises(InputError) as caught:
        substitute(parse_yaml("[$y, $xx]", "f"), table("x: 1\nyy: 2"))
    assert [(f.hint, f.place and f.place.column) for f in caught.value.findings] == [("$yy", 2), ("$x", 6)]


def test_extends_gives_the_ground_first_and_paths_from_the_naming_file(tmp_path: Path) -> None:
    (tmp_path / "below").mkdir()
    (tmp_path / "base.yaml").write_text("homes: 1\n", "utf-8")
    (tmp_path / "below" / "middle.yaml").write_text("extends: ../base.yaml\n", "utf-8")
    (tmp_path / "top.yaml").write_text("extends: below/middle.yaml\n", "utf-8")
    chain = resolve_extends(tmp_path / "top.yaml")
    assert [link.path.name for link in chain] == ["base.yaml", "middle.yaml", "top.yaml"]
    assert plain(chain[0].node) == {"homes": 1}


def test_extends_follows_a_loop_of_links_only_once(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text("extends: link.yaml\n", "utf-8")
    (tmp_path / "link.yaml").symlink_to(tmp_path / "a.yaml")
    with pytest.raises(InputError, match="extends itself"):
        resolve_extends(tmp_path / "a.yaml")


def test_a_parameter_can_be_what_is_added() -> None:
    node, used = substitute(
        parse_yaml("a: {hours: +$more, less: +$fewer, text: '+$more'}", "f"), table("more: 8\nfewer: -3 years")
    )
    assert plain(node) == {"a": {"hours": "+8", "less": "+-3 years", "text": "+$more"}}
    assert used == {"more", "fewer"}
    assert at(node, ("a", "hours")).place.file == "parameters.yaml"


def test_what_is_added_is_one_number() -> None:
    with pytest.raises(InputError) as caught:
        substitute(parse_yaml("[+$shares, +$more, +$nobody, +$]", "f"), table("shares: {a: 1}\nmore: +8"))
    assert [finding.message for finding in caught.value.findings] == [
        "'+$shares' adds a number, but the parameter is a map (keys with values)",
        "'+$more' adds a number, but the parameter is +8",
        "there is no parameter named 'nobody'",
        "'$' is not the name of a parameter",
    ]
