"""The zoo of broken files: one mistake a file, and the words its message must contain.

Every folder of tests/bad_yaml goes through one public loader, registered in `LOADERS`. Its `expected.yaml` maps
each file to `{says: [words ...], nb: [words ...], line: n}`; `nb` (what it says in Norwegian) and `line` may be left
out. Files that a broken file needs (what it extends) stand in the same folder without an entry. A new animal needs its
file and its line in expected.yaml;
a new folder needs a loader: a callable that takes a path and raises `InputError`.
"""

import re
import time
from collections.abc import Callable
from pathlib import Path
from typing import Literal

import pytest

from rules import load_ruleset
from rules.reading import (
    Count,
    Days,
    InputError,
    Label,
    Mapping,
    Nok,
    PerDay,
    Record,
    Share,
    at,
    overlay,
    parse_yaml,
    plain,
    read_yaml,
    resolve_extends,
    substitute,
    validate,
)
from sim.cli.speech import speaker
from sim.scenario import load_scenario

ZOO = Path(__file__).parent / "bad_yaml"


class Small(Record):
    homes: Count = 1
    stay: Days = 1.0
    arrivals: PerDay = 1.0
    share: Share = 0.5
    cost: Nok = 0.0
    label: Label | None = None
    order: Literal["longest", "lottery"] = "lottery"


def read_policy(path: Path) -> None:
    """Lay the changes of a chain of files over each other."""
    first, *rest = resolve_extends(path)
    node = first.node
    for link in rest:
        node = overlay(node, at(link.node, ("changes",)))


def read_small(path: Path) -> None:
    """Put parameters in and validate."""
    table = parse_yaml("stay_ordinary: 4 years\nchicken: $egg\negg: $chicken\n", "parameters.yaml")
    assert isinstance(table, Mapping)
    node, _ = substitute(read_yaml(path), {key: entry.node for key, entry in table.entries.items()})
    validate(Small, node)


#: Folder of tests/bad_yaml -> the public loader its files go through.
LOADERS: dict[str, Callable[[Path], object]] = {
    "yaml": read_yaml,
    "policy": read_policy,
    "units": read_small,
    "scenario": load_scenario,
    "programmes": load_scenario,
    "rules": load_ruleset,
}


def animals() -> list[tuple[str, str]]:
    return [
        (folder.name, name)
        for folder in sorted(ZOO.iterdir())
        if folder.is_dir()
        for name in plain(read_yaml(folder / "expected.yaml"))
    ]


@pytest.mark.parametrize(("folder", "name"), animals())
def test_says_what_is_wrong_and_where(folder: str, name: str) -> None:
    expected = plain(read_yaml(ZOO / folder / "expected.yaml"))[name]
    begun = time.perf_counter()
    with pytest.raises(InputError) as caught:
        LOADERS[folder](ZOO / folder / name)
    assert time.perf_counter() - begun < 1.0
    text = str(caught.value)
    for words in expected["says"]:
        assert words in text
    assert re.match(r"[^\n]+:\d+:\d+: ", text), "the message begins with file:line:column"
    in_norwegian = caught.value.render(speaker("nb"))
    for words in expected.get("nb", ()):
        assert words in in_norwegian
    if "line" in expected:
        lines = [finding.place.line for finding in caught.value.findings if finding.place]
        assert expected["line"] in lines


@pytest.mark.parametrize("folder", sorted(LOADERS))
def test_every_folder_has_animals_and_none_is_forgotten(folder: str) -> None:
    named = set(plain(read_yaml(ZOO / folder / "expected.yaml")))
    text = "".join(p.read_text("utf-8", errors="replace") for p in (ZOO / folder).glob("*.yaml"))
    present = {path.name for path in (ZOO / folder).glob("*.yaml")} - {"expected.yaml"}
    unexplained = {name for name in present - named if name not in text}
    assert named
    assert not unexplained, "a file without words that no other file extends"


def test_every_folder_has_a_loader() -> None:
    assert {folder.name for folder in ZOO.iterdir() if folder.is_dir()} == set(LOADERS)
