import time
from datetime import date
from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from rules.reading import InputError, Mapping, Scalar, at, parse_yaml, plain, read_yaml, strict_yaml

BOTH = pytest.mark.parametrize("loader", ["CSafeLoader", "SafeLoader"])


def outcome(text: str, loader: str, monkeypatch: pytest.MonkeyPatch) -> object:
    """The data, or the codes and lines of the findings, under one of PyYAML's two parsers."""
    monkeypatch.setattr(strict_yaml, "_LOADER", getattr(yaml, loader))
    try:
        return plain(parse_yaml(text, "f.yaml"))
    except InputError as error:
        return [(f.code, f.place and f.place.line) for f in error.findings]


@BOTH
@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("yes", "yes"), ("no", "no"), ("on", "on"), ("off", "off"), ("NO", "NO"), ("y", "y"),
        ("true", True), ("False", False), ("~", None), ("null", None), ("22:30", "22:30"), ("1_000", "1_000"),
        ("010", 10), ("0o17", 15), ("0x1F", 31), ("+80", 80), ("-3", -3), ("1.", 1.0), (".5", 0.5), ("1e3", 1000.0),
        ("1e", "1e"), ("2027-01-31", date(2027, 1, 31)), ("2027-1-31", "2027-1-31"), ("'5'", "5"), ('"true"', "true"),
        ("0..7300", "0..7300"), ("yes/no", "yes/no"), ("4 years", "4 years"), ("=", "="), ("1.2.3", "1.2.3"),
    ],
)  # fmt: skip
def test_scalars_follow_yaml_1_2(text: str, value: object, loader: str, monkeypatch: pytest.MonkeyPatch) -> None:
    read = outcome(f"key: {text}", loader, monkeypatch)
    assert isinstance(read, dict)
    assert read["key"] == value
    assert type(read["key"]) is type(value)


def test_keys_become_text_and_quoted_words_may_be_keys() -> None:
    assert plain(parse_yaml("1: a\n2027-01-01: b\n'no': c\n\"true\": d\n", "f")) == {
        "1": "a", "2027-01-01": "b", "no": "c", "true": "d",
    }  # fmt: skip


def test_one_and_its_text_are_the_same_key() -> None:
    with pytest.raises(InputError, match="second time"):
        parse_yaml("1: a\n'1': b\n", "f")


@pytest.mark.parametrize("key", ["yes", "No", "ON", "off", "true", "False", "null", "~"])
def test_words_that_are_booleans_elsewhere_are_no_keys(key: str) -> None:
    with pytest.raises(InputError, match="cannot be a key"):
        parse_yaml(f"{key}: 1", "f")


@BOTH
def test_places_count_characters_from_one(loader: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(strict_yaml, "_LOADER", getattr(yaml, loader))
    tree = parse_yaml("# å\nBærum: {åsen: 'ø', b: [1, 2]}\r\nlast: x\n", "f.yaml")
    node = at(tree, ("Bærum", "b", 1))
    assert (node.place.file, node.place.line, node.place.column) == ("f.yaml", 2, 27)
    assert node.place.text == "Bærum: {åsen: 'ø', b: [1, 2]}"
    assert isinstance(tree, Mapping)
    assert tree.entries["last"].key_place.line == 3
    assert str(at(tree, ("last",)).place) == "f.yaml:3:7"


def test_quoted_scalars_are_not_plain() -> None:
    quoted, bare = (parse_yaml(text, "f") for text in ("'$x'", "$x"))
    assert isinstance(quoted, Scalar)
    assert isinstance(bare, Scalar)
    assert (quoted.plain, bare.plain) == (False, True)


def test_several_mistakes_are_told_at_once() -> None:
    with pytest.raises(InputError) as caught:
        parse_yaml("a: 1\na: 2\nno: 3\nd: 2027-02-30\n", "f")
    assert [f.code for f in caught.value.findings] == ["duplicate-key", "boolean-key", "no-such-date"]


@BOTH
@pytest.mark.parametrize("text", ["[" * 100_000, "{a: " * 100_000, "- " * 100_000, "[[]," * 100_000])
def test_a_hundred_thousand_brackets(text: str, loader: str, monkeypatch: pytest.MonkeyPatch) -> None:
    begun = time.perf_counter()
    assert outcome(text, loader, monkeypatch) == [("too-deep", 1)]
    assert time.perf_counter() - begun < 1.0


def test_depth_up_to_the_cap_is_read() -> None:
    depth = strict_yaml.MAX_DEPTH
    assert plain(parse_yaml("[" * depth + "]" * depth, "f"))
    with pytest.raises(InputError, match="deep"):
        parse_yaml("[" * (depth + 1) + "]" * (depth + 1), "f")


def test_too_many_values_and_too_long_a_text() -> None:
    begun = time.perf_counter()
    with pytest.raises(InputError, match="more than 100000 values"):
        parse_yaml("[" + "1, " * 200_000 + "1]", "f")
    with pytest.raises(InputError, match="longer than 10 MB"):
        parse_yaml("a" * (strict_yaml.MAX_BYTES + 1), "f")
    assert time.perf_counter() - begun < 2.0


def test_a_near_file_name_is_suggested(tmp_path: Path) -> None:
    folder = tmp_path
    (folder / "baerum.yaml").write_text("a: 1", "utf-8")
    with pytest.raises(InputError, match=r"did you mean .*baerum\.yaml"):
        read_yaml(folder / "bearum.yaml")


YAMLISH = st.text(alphabet=st.sampled_from("ab: -[]{},#'\"|>&*!%@?\n\n  01.~é<+$\t\\"), max_size=60)


@given(YAMLISH)
@settings(max_examples=400, deadline=None)
def test_yaml_like_text_is_read_or_refused_with_places(text: str) -> None:
    try:
        parse_yaml(text, "f.yaml")
    except InputError as error:
        for finding in error.findings:
            assert finding.place is not None
            assert finding.render().startswith("f.yaml:")
            assert "not well-formed YAML" not in finding.message, "a complaint of PyYAML without words of ours"


@given(st.text(max_size=80))
@settings(max_examples=200, deadline=None)
def test_any_text_is_read_or_refused(text: str) -> None:
    try:
        parse_yaml(text, "f.yaml")
    except InputError as error:
        assert str(error)


@given(st.binary(max_size=80))
@settings(max_examples=150, deadline=None)
def test_any_bytes_are_read_or_refused(tmp_path_factory: pytest.TempPathFactory, content: bytes) -> None:
    path = tmp_path_factory.getbasetemp() / "any.yaml"
    path.write_bytes(content)
    try:
        read_yaml(path)
    except InputError as error:
        assert str(error)


TREES = st.recursive(
    st.integers() | st.booleans() | st.none() | st.dates() | st.text("abø: -#'\n", max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text("abcå", min_size=1, max_size=3), inner, max_size=3),
    max_leaves=8,
)


@given(st.dictionaries(st.text("abcå", min_size=1, max_size=3), TREES, min_size=1, max_size=3))
@settings(max_examples=150, deadline=None)
def test_both_parsers_read_what_pyyaml_writes(data: dict[str, object]) -> None:
    # PyYAML writes shared objects as anchors, so the data is written without them.
    class Dumper(yaml.SafeDumper):
        def ignore_aliases(self, data: object) -> bool:
            return True

    text = yaml.dump(data, Dumper=Dumper, allow_unicode=True)
    with pytest.MonkeyPatch.context() as patch:
        results = [outcome(text, loader, patch) for loader in ("CSafeLoader", "SafeLoader")]
    assert results == [data, data]
